"""What is found in a folder, and that nothing outside of it is."""

import json
import shutil

import pandas as pd
import pytest

from results import manifest, store
from results.dashboard import sources
from results.dashboard.data import Library
from results.dashboard.library import parts
from results.store import StoreError


@pytest.fixture
def copied(folder, tmp_path):
    """A copy of the folder, to do harm to."""
    shutil.copytree(folder, tmp_path / "runs")
    return tmp_path / "runs"


def test_runs_sweeps_maps_and_validations_are_found(folder):
    found = Library(folder).entries("run", "sweep", "map", "validation")
    assert {name: entry.kind for name, entry in found.items()} == {
        "pair": "run", "six": "run", "levers": "sweep", "plane": "map", "validation": "validation"
    }  # fmt: skip


def test_a_run_itself_can_be_the_folder(folder):
    assert list(Library(folder / "six").entries("run")) == ["six"]


@pytest.mark.parametrize("name", ["../pair", "/etc", "pair/../six", "pair/firm_months", "", ".", "pair\x00", "~"])
def test_a_name_leads_nowhere_but_to_what_was_found(folder, name):
    with pytest.raises(StoreError, match="There are no such results"):
        Library(folder).entry(name, "run")


def test_links_that_lead_out_of_the_folder_are_passed_over(copied, tmp_path):
    shutil.move(copied / "six", tmp_path / "elsewhere")
    (copied / "six").symlink_to(tmp_path / "elsewhere")
    library = Library(copied)
    assert "six" not in library.entries("run")
    outside = tmp_path / "secret.parquet"
    shutil.copy(copied / "pair" / "firm_months" / "duel-0000.parquet", outside)
    (copied / "pair" / "firm_months" / "duel-0000.parquet").unlink()
    (copied / "pair" / "firm_months" / "duel-0000.parquet").symlink_to(outside)
    assert outside not in [path.resolve() for path in parts(library.entry("pair", "run"), "firm_months")]


def test_the_database_itself_reads_nothing_outside_and_writes_nothing(folder, tmp_path):
    library = Library(folder)
    store.write_table(tmp_path / "out.parquet", pd.DataFrame({"a": [1]}), {})
    entry = library.entry("pair", "run")
    with pytest.raises(StoreError, match="pair cannot be read"):
        library._read(entry, "SELECT * FROM read_parquet($files)", [tmp_path / "out.parquet"])
    for text in ("SET enable_external_access = true", "INSTALL httpfs"):
        with pytest.raises(StoreError):
            library._read(entry, text, [])


def harm_manifest(place):
    (place / manifest.NAME).write_text('{"format": "relmarket-run-1", "scenarios": [{}]}')


def harm_text(place):
    (place / manifest.NAME).write_bytes(b"\xff\xfe{")


def harm_part(place):
    path = next((place / "firm_months").glob("*.parquet"))
    path.write_bytes(path.read_bytes()[:300])


def harm_table(place):
    shutil.rmtree(place / "firm_months")


@pytest.mark.parametrize("harm", [harm_manifest, harm_text])
def test_a_damaged_manifest_hides_a_run_and_the_others_stay(copied, harm):
    harm(copied / "pair")
    assert set(Library(copied).entries("run")) == {"six"}


@pytest.mark.parametrize("harm", [harm_part, harm_table])
def test_a_damaged_table_is_a_sentence(copied, harm):
    harm(copied / "pair")
    library = Library(copied)
    source = sources.sources(library)["pair|duel"]
    with pytest.raises(StoreError, match=r"pair (cannot be read|does not hold)"):
        sources.firms(library, source)


def test_a_column_is_read_again_when_its_file_changes(copied, monkeypatch):
    monkeypatch.setattr("results.dashboard.library.AGAIN", -1.0)
    library = Library(copied)
    entry = library.entry("levers", "sweep")
    before = library.kept(entry, "summary", ["point"])
    path = parts(entry, "summary")[0]
    store.write_table(path, store.read_table([path]).head(3), {})
    assert (len(library.kept(entry, "summary", ["point"])), len(before) > 3) == (3, True)


def test_a_folder_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(StoreError, match="there is no such folder"):
        Library(tmp_path / "nowhere")


def test_a_manifest_with_a_strange_name_is_only_text(copied):
    facts = json.loads((copied / "six" / manifest.NAME).read_text())
    facts["scenarios"][0]["name"] = "<b>'; DROP TABLE t; --"
    (copied / "six" / manifest.NAME).write_text(json.dumps(facts))
    library = Library(copied)
    source = sources.sources(library)["six|<b>'; DROP TABLE t; --"]
    assert not len(sources.firms(library, source))
