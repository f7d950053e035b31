"""Two languages: every sentence has its Chinese, none is left over, and both have the same places for values."""

import ast
import string
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import made
import pytest

from results import labels, names, report, words
from results.figures import over_time
from results.language import FOLDER, catalogue, current, date, language, say
from sim.measures import measures

ROOT = Path(__file__).parents[2]
ROOMS = ("results", "experiments")
FILES = sorted(FOLDER.glob("*.toml"))


def calls():
    """Every call of ``say`` in the rooms, with its place."""
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def literal(node):
    return node.args[0].value if len(node.args) == 1 and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str) else None


def places(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_sentence_is_written_in_place():
    loose = [place for place, node in calls() if literal(node) is None and not place.startswith("results/language.py")]
    assert not loose


def test_every_sentence_has_its_chinese():
    missing = {literal(node): place for place, node in calls() if literal(node) is not None and literal(node) not in catalogue()}
    assert not missing


def test_no_chinese_sentence_is_left_over():
    said = {literal(node) for _, node in calls()}
    assert not {english for english in catalogue() if english not in said}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_languages_have_the_same_places(path):
    for english, chinese in tomllib.loads(path.read_text(encoding="utf-8")).items():
        assert places(english) == places(chinese), english
        assert chinese.strip(), english


def test_no_two_files_say_the_same_sentence_in_other_words():
    seen = {}
    for path in FILES:
        for english, chinese in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert seen.setdefault(english, chinese) == chinese, f"{path.name}: {english}"


def test_every_value_that_a_sentence_asks_for_is_given():
    for place, node in calls():
        text = literal(node)
        given = {keyword.arg for keyword in node.keywords}
        if text is not None and None not in given and given:
            assert {name.partition(".")[0] for name in places(text)} == given, place


def test_a_language_holds_within_its_block_only():
    with language("zh"):
        assert current() == "zh"
        assert say("month") == "月"
        with language("klingon"):
            assert current() == "en"
    assert say("month") == "month"


def test_days():
    with language("zh"):
        assert date(datetime(2026, 3, 9, tzinfo=UTC)) == "2026年3月9日"


def test_measures_follow_the_language():
    english = labels.label("trust").text
    with language("zh"):
        assert labels.label("trust").text == "信任"
        assert labels.shown_unit("share/period") == "%/月"
        assert labels.with_unit(0.031, "share/period") == "3.10%/月"
    assert labels.label("trust").text == english == "Trust"


def test_every_measure_has_a_unit_that_can_be_said():
    with language("zh"):
        said = {labels.shown_unit(measure.unit) for measure in measures().values()}
    assert not {unit for unit in said if unit.isascii() and "%" not in unit}


def test_every_strategy_has_a_name_in_both_languages():
    from results.looks import STRATEGIES
    from sim.strategies import Steady  # noqa: F401, its package finds all strategies

    with language("zh"):
        assert not [kind for kind in STRATEGIES if names.strategy(kind).isascii()]


def test_findings_in_chinese_hold_the_same_numbers(months):
    english = words.findings(months)
    with language("zh"):
        chinese = words.findings(months)
    assert len(english) == len(chinese)
    assert "关系型企业合计占企业总销量的 65.0%，比交易型企业多 20.0 个百分点" in " ".join(chinese)


def test_a_figure_and_a_report_in_chinese_have_no_english_sentence(results, months):
    with language("zh"):
        assert over_time.figure(months, ["trust"]).layout.title.text.startswith("信任<br>")
        html = report.html([results])
    assert '<html lang="zh-CN">' in html
    own = html[html.index("<body>") :]
    for english in ("What came out", "In numbers", "replications", "Where this comes from", "95 %"):
        assert english not in own
    assert made.SCENARIO["title"] in own  # a scenario without Chinese keeps its own words
