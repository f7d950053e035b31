"""The page of estimators is made from a comparison's own files, and names every method and the model that made it."""

import re

import pandas as pd

from docs import estimators as page
from experiments.truth.analysis import KEYS, Comparison
from experiments.truth.future import Plan
from experiments.truth.methods import METHODS
from experiments.truth.scores import SCORES

TEXT = page.PAGE.read_text(encoding="utf-8")


def test_the_page_has_its_picture_its_table_and_the_model():
    assert "Not run in full yet" not in TEXT
    assert 0 < page.PICTURE.stat().st_size < 200_000
    assert re.search(r"Model `[0-9a-f]{12}`\.", TEXT)
    assert not [name for name in METHODS if f"| {name} |" not in TEXT]


def test_a_row_of_the_table_holds_the_scores_of_a_method():
    rows = [("made", "relational", "expected", "sBG", score, 0.5, 0.4, 0.6, 3) for score in SCORES]
    table = pd.DataFrame(rows, columns=[*KEYS, "mean", "low", "high", "n"])
    firms = pd.DataFrame([{"scenario": "made", "strategy": "relational", "customers": 90, "value": 2.0, "error": 0.1, "lost": 0.25, "ceiling": 0.9}])
    found = Comparison(Plan(24, 12, 4), 3, table, firms, table)
    facts = {"command": "python run.py estimators made --out /tmp/it --force --futures 4", "model_sha256": "a" * 64}
    text = page.section(found, facts)
    assert "| made | relational | sBG | 1.50 ±0.10 | 0.500 ±0.100 | 0.500 ±0.100 | 50.0 ±10.0 | 50.0 ±10.0 | 50.0 ±10.0 |" in text
    assert "| made | relational | 90.0 | 2.00 | 25.0 | 0.900 |" in text
    assert "`python run.py estimators made --futures 4`. Model `aaaaaaaaaaaa`." in text


def test_without_a_comparison_the_page_is_left_as_it_stands(tmp_path, capsys):
    assert page.main([str(tmp_path)]) == 1
    assert "left as it stands" in capsys.readouterr().err
    assert page.PAGE.read_text(encoding="utf-8") == TEXT
