"""Run directories in the making: whole or absent, never overwritten unasked, and what was finished is not lost."""

import os

import pandas as pd
import pytest
from made import fill

from results import growing, store
from results.growing import Store


def test_a_directory_that_exists_is_not_overwritten(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "precious").write_text("x")
    for force in (False, True):
        with pytest.raises(store.StoreError, match="--force" if not force else "is not a run directory"):
            Store(tmp_path / "run", force=force)
    assert (tmp_path / "run" / "precious").read_text() == "x"
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_force_replaces_an_older_run_only_at_the_end(tmp_path):
    first = Store(tmp_path / "run", force=False)
    first.close(fill(first, (0,)))
    second = Store(tmp_path / "run", force=True)
    facts = fill(second, (0, 1, 2))
    assert store.read(tmp_path / "run").finished == 1
    second.close(facts)
    assert store.read(tmp_path / "run").finished == 3
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_an_interrupted_run_keeps_what_was_finished(tmp_path):
    kept = Store(tmp_path / "run", force=False)
    facts = fill(kept, (0, 2))
    (kept.directory / "firm_months" / "made-0001.parquet").write_bytes(b"half")
    (kept.directory / "firm_months" / "made-0001.parquet.part").write_bytes(b"half")
    place = kept.close({**facts, "status": "interrupted"})
    found = store.read(place)
    assert sorted(found.firm_months["replication"].unique()) == [0, 2]
    assert found.manifest["status"] == "interrupted"
    assert sorted(path.name for path in (place / "firm_months").iterdir()) == ["made-0000.parquet", "made-0002.parquet"]


def test_an_interrupted_run_does_not_replace_an_older_one(tmp_path):
    first = Store(tmp_path / "run", force=False)
    first.close(fill(first))
    second = Store(tmp_path / "run", force=True)
    facts = fill(second, (1,))
    beside = second.close({**facts, "status": "interrupted"})
    assert beside != tmp_path / "run"
    assert store.read(tmp_path / "run").finished == 3
    assert store.read(beside).finished == 1


def test_many_replications_lie_in_few_files_and_read_the_same(tmp_path, monkeypatch):
    runs = (0, 1, 2)
    apart = Store(tmp_path / "apart", force=False)
    apart.close(fill(apart, runs))
    monkeypatch.setattr(growing, "TOGETHER", 2)
    few = Store(tmp_path / "few", force=False)
    place = few.close(fill(few, runs))
    assert sorted(path.name for path in (place / "firm_months").iterdir()) == ["made-0000.parquet", "made-0002.parquet"]
    assert {path.name for path in place.iterdir() if path.name.startswith(".")} == set()
    one, other = store.read(tmp_path / "apart"), store.read(place)
    for name, frame in one.frames.items():
        pd.testing.assert_frame_equal(frame, other.frames[name])


def test_without_room_to_join_them_parts_stay_as_they_are(tmp_path, monkeypatch):
    def full(*_):
        raise store.StoreError("no space left on device")

    monkeypatch.setattr(growing, "TOGETHER", 2)
    monkeypatch.setattr(growing, "join_parts", full)
    kept = Store(tmp_path / "run", force=False)
    place = kept.close(fill(kept, (0, 1, 2)))
    assert len(list((place / "firm_months").iterdir())) == 3
    assert store.read(place).finished == 3


def test_nothing_finished_leaves_nothing(tmp_path):
    kept = Store(tmp_path / "run", force=False)
    facts = fill(kept, ())
    with pytest.raises(store.StoreError, match="nothing is kept"):
        kept.close(facts)
    assert list(tmp_path.iterdir()) == []


def test_a_file_in_the_way_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(store.StoreError, match="is a file, not a directory"):
        Store(tmp_path / "file", force=True)
    with pytest.raises(store.StoreError, match="cannot be written"):
        Store(tmp_path / "file" / "run", force=False)


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write everywhere")
def test_an_unwritable_place_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(store.StoreError, match="permission denied"):
        Store(tmp_path / "run", force=False)
