"""The page of validation: its scorecard is made from the tables of a validation, and its place is there."""

import pandas as pd

from docs import validation as page
from experiments.validation import place
from results import manifest, store

ROWS = {
    "fact": ["V3", "V3", "V26"], "title": "", "source": "", "what": ["zero class", "for comparison", "path"], "value": [0.6, 0.2, -0.26],
    "low": [0.59, 0.2, -0.3], "high": [0.61, 0.2, -0.2], "n": 30, "least": [0.58, -float("inf"), -0.7], "most": [0.62, float("inf"), -0.3],
    "unit": ["share", "share", ""], "target": float("nan"), "judged": [True, False, True], "passed": [True, True, False], "seconds": 60.0, "note": "",
}  # fmt: skip


def test_the_scorecard_says_what_passes_what_fails_and_what_is_only_shown(tmp_path):
    store.write_table(tmp_path / "scorecard.parquet", pd.DataFrame(ROWS), {})
    manifest.write(tmp_path, {"format": place.FORMAT, "model_sha256": "0123456789abcdef"})
    found = page.scorecard(tmp_path)
    assert "1 of 2 facts are reproduced; failing: V26." in found
    judged, shown = found.split("not judged:")
    assert "zero class" in judged
    assert "**FAIL**" in judged
    assert "for comparison" in shown
    assert "Model `0123456789ab`." in found


def test_without_a_validation_the_scorecard_stays_and_the_origins_are_current(tmp_path, monkeypatch, capsys):
    before = page.PAGE.read_text(encoding="utf-8")
    copy = tmp_path / "validation.md"
    copy.write_text(before, encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", copy)
    assert page.main([str(tmp_path / "nothing")]) == 1
    assert copy.read_text(encoding="utf-8") == before, "run: python -m docs.validation"
    assert "is left as it stands" in capsys.readouterr().err


def test_the_page_has_a_place_for_the_scorecard():
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.filled(text, {page.NAME: "here it stands"}).count("here it stands") == 1
