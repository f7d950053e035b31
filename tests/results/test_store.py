"""Kept results: what is written is read back by any reader, equal bytes for equal results."""

import hashlib
from pathlib import Path

import duckdb
import made
import numpy as np
import pandas as pd
import pytest
from made import PART_FACTS, fill

from results import manifest, store
from results.growing import Store

RUN = store.Run("made-0000", "made", 0, 1)


def digests(directory):
    return {str(p.relative_to(directory)): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(directory.rglob("*.parquet"))}


def test_what_is_written_is_read_back(tmp_path):
    kept = Store(tmp_path / "run", force=False)
    place = kept.close(fill(kept))
    found = store.read(place)
    assert found.finished == 3
    expected = pd.DataFrame(made.tables()["firm_months"])
    first = found.firm_months[found.firm_months["replication"] == 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(first[list(expected)], expected, check_dtype=False)
    assert list(first)[:4] == ["run", "scenario", "replication", "seed"]
    assert np.isnan(found.summary["profit"]).sum() == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]
    assert sorted(path.name for path in place.iterdir()) == ["dyad_months", "firm_months", "manifest.json", "summary.parquet"]


def test_text_is_text_and_missing_is_missing_for_any_reader(tmp_path):
    kept = Store(tmp_path / "run", force=False)
    place = kept.close(fill(kept))
    types = dict(duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM '{place}/firm_months/*.parquet')").fetchall())
    assert types["firm"] == types["strategy"] == types["run"] == "VARCHAR"
    assert types["seed"] == "UBIGINT"
    assert duckdb.sql(f"SELECT count(*) FROM '{place}/summary.parquet' WHERE profit IS NULL").fetchall() == [(3,)]
    notes = duckdb.sql(f"SELECT key, value FROM parquet_kv_metadata('{place}/firm_months/made-0000.parquet')").fetchall()
    assert (b"relmarket", b"0") in notes


def test_equal_results_have_equal_bytes(tmp_path):
    places = []
    for name in ("a", "b"):
        kept = Store(tmp_path / name, force=False)
        places.append(kept.close(fill(kept, (0, 1, 2) if name == "a" else (2, 0, 1))))
    assert digests(places[0]) == digests(places[1])


def test_a_table_without_rows_keeps_its_columns(tmp_path):
    tables = {"cohorts": {"firm": np.array([], object), "age": np.array([], np.int32)}, "summary": {"firm": np.array(["a"])}}
    kept = Store(tmp_path / "run", force=False)
    facts = {**made.manifest(), "runs": [vars(RUN)]}
    kept.write_manifest(facts)
    store.write_parts(kept.directory, RUN, tables, PART_FACTS)
    found = store.read(kept.close(facts))
    assert len(found.cohorts) == 0
    assert list(found.cohorts)[-2:] == ["firm", "age"]


def test_a_killed_run_is_read_as_far_as_it_came(tmp_path):
    kept = Store(tmp_path / "run", force=False)
    fill(kept, (0,))
    (kept.directory / "firm_months" / "made-0001.parquet").write_bytes(b"half")
    found = store.read(kept.directory)
    assert found.finished == 1
    assert found.manifest["status"] == "running"


def test_a_full_disk_is_one_sentence(tmp_path):
    class Full:
        def __enter__(self):
            return self

        def __exit__(self, *_error):
            return None

        def register(self, *_arguments):
            return None

        def execute(self, *_arguments):
            raise duckdb.IOException('IO Error: Could not write file "x": No space left on device')

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "_connect", Full)
        with pytest.raises(store.StoreError, match=r"cannot be written \(no space left on device\)$"):
            store.write_parts(tmp_path, RUN, made.tables(), PART_FACTS)
    assert not list(tmp_path.rglob("*.parquet*"))


def test_reading_what_is_no_run_is_one_sentence(tmp_path):
    with pytest.raises(store.StoreError, match="there is no such run directory"):
        store.read(tmp_path / "missing")
    with pytest.raises(store.StoreError, match="is not a run directory"):
        store.read(tmp_path)
    (tmp_path / "manifest.json").write_bytes(b"\xff\x00")
    with pytest.raises(store.StoreError, match="is not a run directory"):
        store.read(tmp_path)


def test_a_damaged_part_is_one_sentence(tmp_path):
    kept = Store(tmp_path / "run", force=False)
    place = kept.close(fill(kept))
    (place / "firm_months" / "made-0001.parquet").write_bytes(b"damaged")
    with pytest.raises(store.StoreError, match="cannot be read"):
        store.read(place)


def test_a_place_for_results_is_free_taken_or_a_file(tmp_path):
    assert not store.check_directory(tmp_path)
    assert not store.check_directory(tmp_path / "new")
    (tmp_path / "file").write_text("x")
    assert store.check_directory(tmp_path)
    with pytest.raises(store.StoreError, match=r"^mine: is a file, not a directory; choose another place with --out$"):
        store.check_directory(tmp_path / "file", Path("mine"))


def test_digest_does_not_depend_on_the_order_of_keys():
    assert manifest.digest({"a": 1, "b": [1, 2]}) == manifest.digest({"b": [1, 2], "a": 1})
    assert manifest.digest({"a": 1}) != manifest.digest({"a": 2})


def test_quotes_and_odd_names_in_paths(tmp_path):
    kept = Store(tmp_path / 'it\'s a "run"', force=False)
    assert store.read(kept.close(fill(kept))).finished == 3
    assert store.slug("a b/c..") == "a_b_c"
    assert store.slug("..") == "run"
