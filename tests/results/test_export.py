"""Reports and exports from the command line's side: files that other programs read, and a sentence where there is nothing to read."""

import re

import made
import pandas as pd
import pytest

from results import commands, pictures, store, tabular
from results.gallery import Look, topics
from results.store import StoreError


def export(place, **changes):
    asked = {"form": "", "figures": "", "out": "", "force": False, "spoken": "en"} | changes
    return commands.export(str(place), **asked)


def test_a_report_is_one_file_that_asks_the_network_for_nothing(run, capsys):
    assert commands.make_report([str(run)], out="", spoken="en") == 0
    html = (run / "report.html").read_text(encoding="utf-8")
    own = html.replace(html[html.index("<script>") : html.index("</script>")], "", 1)
    assert not re.findall(r"https?://|//cdn|@import|url\(", own)
    assert 3e6 < len(html) < 8e6
    assert "report.html" in capsys.readouterr().out


@pytest.mark.usefixtures("without_figures")
def test_a_report_in_chinese_has_a_name_of_its_own(run):
    commands.make_report([str(run)], out="", spoken="zh")
    assert "结果" in (run / "report.zh.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("without_figures")
def test_a_report_of_runs_of_one_scenario_tells_them_apart(run, tmp_path):
    import shutil

    shutil.copytree(run, tmp_path / "again")
    commands.make_report([str(run), str(tmp_path / "again")], out=str(tmp_path / "both.html"), spoken="en")
    html = (tmp_path / "both.html").read_text(encoding="utf-8")
    assert "made (made) against made (again)" in html
    assert "What the difference is" in html and "+0" not in re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)[:2000]


def test_every_figure_has_a_topic_and_a_name(results):
    keys = [topic.key for topic in topics(Look(results, "made"))]
    assert len(keys) == len(set(keys)) >= 8


def test_tables_as_csv_hold_the_same_rows(run, tmp_path):
    export(run, form="csv", out=str(tmp_path / "out"))
    months = pd.read_csv(tmp_path / "out" / "firm_months.csv")
    assert len(months) == 288
    assert months["market_share"].sum() == pytest.approx(made.firm_months()["market_share"].sum())
    assert "nan" not in (tmp_path / "out" / "firm_months.csv").read_text()


def test_tables_as_parquet_are_whole(run, tmp_path):
    export(run, form="parquet", out=str(tmp_path / "out"))
    assert len(store.read_table([tmp_path / "out" / "cohorts.parquet"])) == len(made.cohorts())


def test_tables_as_a_workbook(run, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    export(run, form="xlsx", out=str(tmp_path / "out"))
    book = openpyxl.load_workbook(tmp_path / "out" / "made.xlsx", read_only=True)
    assert {"firm_months", "summary", "cohorts"} <= set(book.sheetnames)
    rows = list(book["firm_months"].iter_rows(values_only=True))
    assert len(rows) == 289 and rows[0][:3] == ("run", "scenario", "replication")


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    place = tmp_path / "odd"
    place.mkdir()
    (place / "manifest.json").write_text("{}")
    store.write_table(place / "t.parquet", pd.DataFrame({"a": ["=1+1", "b"], "x": [float("inf"), float("nan")]}), {})
    export(place, form="xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "odd-export" / "odd.xlsx")["t"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert (sheet["B2"].value, sheet["B3"].value) == ("inf", None)


def test_a_table_that_a_sheet_cannot_hold_is_one_sentence(run, tmp_path, monkeypatch):
    pytest.importorskip("openpyxl")
    monkeypatch.setattr(tabular, "MOST_ROWS", 100)
    with pytest.raises(StoreError, match=r"has [0-9,]+ rows, and a sheet of xlsx holds 99; export csv or parquet"):
        export(run, form="xlsx", out=str(tmp_path / "out"))
    assert not list((tmp_path / "out").iterdir())


def test_what_is_there_stays_unless_forced(run, tmp_path):
    export(run, form="csv", out=str(tmp_path / "out"))
    with pytest.raises(StoreError, match="exists already; give --force"):
        export(run, form="csv", out=str(tmp_path / "out"))
    assert export(run, form="csv", out=str(tmp_path / "out"), force=True) == 0


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "give --format csv, xlsx or parquet"),
        ({"form": "xls"}, "--format xls: is not known; allowed: csv, xlsx, parquet"),
        ({"figures": "png,jpg"}, "--figures jpg: is not known; allowed: png, svg, pdf"),
        ({"form": "csv", "spoken": "fr"}, "--language fr: is not known; allowed: en, zh"),
    ],
)
def test_bad_input_is_one_sentence(run, changes, sentence):
    with pytest.raises(StoreError, match=re.escape(sentence)):
        export(run, **changes)


def test_directories_that_are_missing_empty_or_damaged(run, tmp_path):
    with pytest.raises(StoreError, match="there is no such directory of results"):
        export(tmp_path / "nowhere", form="csv")
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match="is not a directory of results"):
        export(tmp_path / "empty", form="csv")
    (run / "firm_months" / "made-0001.parquet").write_bytes(b"PAR1 no more")
    with pytest.raises(StoreError, match="firm_months"):
        export(run, form="csv")
    with pytest.raises(StoreError, match="cannot be read"):
        commands.make_report([str(run)], out="", spoken="en")
    assert not (run / "report.html").exists()


@pytest.mark.parametrize("left_out", ["runs", "seeds", "packages"])
def test_a_manifest_that_lacks_something_is_damaged(run, left_out):
    facts = {key: value for key, value in made.manifest().items() if key != left_out}
    store.manifests.write(run, facts)
    with pytest.raises(StoreError, match="is damaged: it does not tell"):
        commands.make_report([str(run)], out="", spoken="en")


def test_a_report_is_no_directory(run, tmp_path):
    with pytest.raises(StoreError, match="is a directory; --out needs the name of a file"):
        commands.make_report([str(run)], out=str(tmp_path), spoken="en")


def test_without_a_browser_there_is_one_sentence(monkeypatch):
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(pictures.shutil, "which", lambda name: None)
    monkeypatch.setattr(pictures, "_elsewhere", lambda: "")
    with pytest.raises(StoreError, match="no browser was found"):
        pictures.browser()
    monkeypatch.setenv("BROWSER_PATH", "/nowhere/chrome")
    with pytest.raises(StoreError, match="BROWSER_PATH: /nowhere/chrome is not there"):
        pictures.browser()


@pytest.mark.slow
def test_figures_are_written_without_a_network(run, tmp_path):
    pytest.importorskip("kaleido")
    try:
        pictures.browser()
    except StoreError as absent:
        pytest.skip(str(absent))
    export(run, figures="svg,png", out=str(tmp_path / "out"))
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"profit.svg", "profit.png"} <= written
    assert "Cumulative profit per firm" in (tmp_path / "out" / "profit.svg").read_text()
