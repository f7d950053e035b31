"""Texts of tables in Chinese: every fact, every finding, every panel, axis and line of one, every study; and none is left over."""

import ast
import re
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from experiments.sweep.study import FOLDER as STUDIES
from experiments.validation import catalogue, cohort, contracts, panel
from experiments.validation.facts import v17_asymmetry, v19_complaints, v21_contacts, v26_commitment_trust
from results.language import language
from results.told import TABLES, texts, told
from scenarios import load

ROOT = Path(__file__).parents[2]
FACTS = sorted((ROOT / "experiments" / "validation" / "facts").glob("v*.py"))
INNER = {"ready for complaints"}
"""Texts of several words that nobody sees: names of events."""
SHOWN = {"Finding", "over", "curve", "Axes", "Evidence", "_count", "_error_with_interval"}
"""Calls whose texts are shown, also single words."""


def form(node):
    """Return a text, or a text made of values as its form: the values as {0}, {1}."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    values = iter(range(len(node.values)))
    own = [part.value.replace("{", "{{").replace("}", "}}") if isinstance(part, ast.Constant) else f"{{{next(values)}}}" for part in node.values]
    return "".join(own)


def is_seen(text):
    return bool(re.search(r"[A-Za-z]", text))


def texts_of(path):
    """Return every text of a fact's module that readers see."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    inner |= {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node}
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in inner and " " in form(node):
            found.add(form(node))
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in SHOWN:
                found |= {form(one) for one in node.args if isinstance(one, ast.Constant | ast.JoinedStr)}
    return {text for text in found if is_seen(text)} - INNER


def values():
    """Return the words that findings and lines of several facts are put together of."""
    listed = [*contracts.TITLES.values(), *v19_complaints.CLASSES, *v19_complaints.SIZES, *v21_contacts.NAMES.values()]
    listed += [*v26_commitment_trust.NAMES.values(), *(load(name).title.split(":")[0] for name in v17_asymmetry.SCENARIOS)]
    listed += [" < ".join(v19_complaints.CLASSES), ", 1 ".join(v19_complaints.CLASSES[:2]), ", 3 ".join(v19_complaints.CLASSES[2:])]
    for module in (cohort, panel):
        listed += [value for name, value in vars(module).items() if name.isupper() and isinstance(value, str) and not value.endswith(".csv")]
    return listed


@pytest.mark.parametrize("path", FACTS, ids=lambda path: path.stem)
def test_all_that_a_fact_shows_has_its_chinese(path):
    assert not texts_of(path) - set(texts())


def test_every_fact_has_its_chinese():
    with language("zh"):
        assert not [text for fact in catalogue.facts().values() for text in (fact.title, fact.statement) if told(text).isascii()]


def test_words_that_findings_are_put_together_of_have_their_chinese():
    assert not {value for value in values() if " " in value or value.islower()} - set(texts()) - {"cdnow", "duel"}


def test_every_study_has_its_chinese():
    for path in sorted(STUDIES.glob("*.toml")):
        study = tomllib.loads(path.read_text(encoding="utf-8"))
        assert {study["title"], study["question"]} <= set(texts()), path.name


def test_no_chinese_of_a_fact_is_left_over():
    known = set().union(*map(texts_of, FACTS)) | set(values()) | {"could not be measured: {0}", "nothing was judged"}
    known |= {word for path in FACTS for word in re.findall(r'"([^"\n]+)"', path.read_text(encoding="utf-8"))}
    assert not set(filter(is_seen, tomllib.loads((TABLES / "facts.toml").read_text(encoding="utf-8")))) - known


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.toml")), ids=lambda path: path.stem)
def test_both_languages_have_the_same_values(path):
    for english, chinese in tomllib.loads(path.read_text(encoding="utf-8")).items():
        wanted = re.findall(r"\{(\d)\}", english)
        # A plural's ending is a value that Chinese does not have.
        assert sorted(re.findall(r"\{(\d)\}", chinese)) == (wanted[:1] if english == "{0} year{1}" else wanted), english


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("repeat purchases by week 39", "到第 39 周的重复购买"),
        ("the same, all need it equally often", "同上，所有人需要的频率相同"),
        ("complained, not satisfied, minor problem", "投诉，未满意，轻微问题"),
        ("seeds in the order silent < complained, not satisfied < satisfied < satisfied quickly, major problem",
         "次序为沉默 < 投诉，未满意 < 满意 < 很快满意的种子，严重问题"),
        ("shared values → trust", "共同价值观 → 信任"),
        ("customers, power used", "顾客，使用权力"),
        ("high end: rise with customers alike, trust and commitment frozen", "高端：上升，顾客相同，冻结信任与承诺"),
        ("my own words", "my own words"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_text_of_values_is_told_with_its_values(english, chinese):
    assert told(english) == english
    with language("zh"):
        assert told(english) == chinese


def test_a_twin_says_in_chinese_what_was_taken_away():
    from experiments.uplift.twin import without

    market = load("duel").but(
        {"campaigns": [{"name": "Push", "firm": "Relational C", "month": 5, "months": 2, "budget": 3.0, "levers": {"discount": 0.3}}],
         "events": [{"name": "Glass", "month": 3, "set": {"market.transparency": 0.9}}], "firms.2.fixed": {"reward": 0.5}}
    )  # fmt: skip
    said = [without(market, what) for what in ("campaign.Push", "event.Glass", "firms.2.reward", "firms.2.discount")]
    with language("zh"):
        assert not [twin for twin in said if told(twin.what) == twin.what or told(twin.how) == twin.how]


def test_all_tables_are_read():
    assert len(texts()) == sum(len(tomllib.loads(path.read_text(encoding="utf-8"))) for path in TABLES.glob("*.toml"))  # none says another's


@pytest.mark.parametrize("module", ["results/replay.py", "results/dashboard/live/levers.py"])
def test_why_work_of_a_live_page_fails_has_its_chinese(module):
    tree = ast.parse((ROOT / module).read_text(encoding="utf-8"))
    raised = [node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call)]
    reasons = {form(call.args[0]) for call in raised}
    assert reasons
    assert not reasons - set(texts())


def test_a_worker_that_cannot_do_its_work_is_told_in_the_readers_language(tmp_path):
    shared = pytest.importorskip("results.dashboard.live.shared", reason="needs the extra `dashboard`", exc_type=ImportError)
    from results.dashboard.live.history import WatchStored
    from results.store import StoreError

    with pytest.raises(StoreError) as failed:
        WatchStored(tmp_path / "none", "duel-0001", 0).begin()
    session = SimpleNamespace(state="failed", problem=str(failed.value))
    assert "there is no such run directory" in shared.problem(session)
    with language("zh"):
        assert shared.problem(session) == f"这项工作无法完成：{tmp_path / 'none'}：没有这样的运行目录"
