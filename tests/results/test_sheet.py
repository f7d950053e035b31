"""Pages of analyses, and what is said of their place on the terminal."""

from pathlib import Path

import pytest

from results import sheet, show
from results.language import language

FACTS = {"command": "python run.py x", "relmarket": "1", "model_sha256": "ab"}


def test_where_numbers_come_from_is_a_sweep_or_a_command():
    assert sheet.origin(FACTS)[0] == ("command", "python run.py x")
    assert sheet.origin({**FACTS, "design_sha256": "cd"})[0] == ("sweep", "python run.py x")


@pytest.mark.parametrize(
    ("spoken", "lines"), [("en", ["", "results  out", "page     out/index.html"]), ("zh", ["", "结果  out", "页面  out/index.html"])]
)
def test_places_of_results_stand_below_each_other(capsys, spoken, lines):
    with language(spoken):
        show.kept(Path("out/index.html"), results=Path("out"))
    assert capsys.readouterr().out.splitlines() == lines


def test_a_long_path_is_one_line_and_its_brackets_stay(capsys):
    place = Path("long" * 60) / "[bold]"
    show.kept(place / "index.html", scenario=place / "scenario.toml")
    assert capsys.readouterr().out.splitlines() == ["", f"scenario  {place}/scenario.toml", f"page      {place}/index.html"]
