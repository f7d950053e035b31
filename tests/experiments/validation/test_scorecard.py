"""The command: what fails, what is kept, what goes on, and what is refused; with facts made for the purpose."""

import json
from collections import Counter
from math import inf, nan

import numpy as np
import pytest

from experiments.runner import RunError
from experiments.validation import catalogue, commands, place
from experiments.validation.fact import Axes, Curve, Evidence, Fact, Finding
from results import store
from results.language import language
from results.store import StoreError

CALLS = Counter()


def measured(name, value):
    def measure(effort):
        CALLS[name] += 1
        if isinstance(value, BaseException):
            raise value
        points = Axes("panel", "x", "y").curve("published", [1, 2], [value, value])
        return Evidence([Finding(f"what {name} is", value, value - 0.1, value + 0.1, 5, least=0.0, most=1.0)], [points], "A note & more.")

    return measure


def fact(number, value):
    return Fact(number, f"Title {number}", "It is so.", ("fader2005",), measured(f"V{number}", value))


@pytest.fixture(autouse=True)
def plain_page(monkeypatch, request):
    """Spare the page, which takes most of a second, where it is not what is tested."""
    if "page" not in request.node.name:
        monkeypatch.setattr(place, "_page", lambda *_: "a page")


@pytest.fixture
def facts(monkeypatch):
    """Let the catalogue hold some facts; returns a function of them."""

    def hold(*given):
        CALLS.clear()
        known = {one.name: one for one in given}
        for module in (catalogue, commands):
            monkeypatch.setattr(module, "facts", lambda: known)

    return hold


def validate(where, **options):
    return commands.validate(**{"quick": False, "only": "", "out": str(where), "workers": 1, "force": False, **options})


def rows(where):
    return store.read_table([where / "scorecard.parquet"])


def test_all_pass(facts, tmp_path, capsys):
    facts(fact(1, 0.5), fact(2, 0.2))
    assert validate(tmp_path) == 0
    assert list(rows(tmp_path)["passed"]) == [True, True]
    out = capsys.readouterr().out
    assert "All 2 facts are reproduced." in out
    assert "Fader, Hardie & Lee 2005" in out
    assert "0 to 1.00" in out


def test_one_that_is_out_of_range_fails_the_command_and_is_named(facts, tmp_path, capsys):
    facts(fact(1, 0.5), fact(2, 1.2))
    assert validate(tmp_path) == 1
    assert "not reproduced: V2." in capsys.readouterr().out
    assert json.loads((tmp_path / "manifest.json").read_text("utf-8"))["failed"] == ["V2"]


def test_one_that_breaks_is_a_failing_row_and_the_others_go_on(facts, tmp_path):
    facts(fact(1, ValueError("no such thing")), fact(2, 0.5))
    assert validate(tmp_path) == 1
    table = rows(tmp_path).set_index("fact")
    assert table.loc["V1", "what"] == "could not be measured: ValueError: no such thing"
    assert not table.loc["V1", "passed"]
    assert table.loc["V1", "judged"]
    assert table.loc["V2", "passed"]


def test_a_fact_that_judges_nothing_is_not_reproduced(facts, tmp_path):
    facts(Fact(1, "Empty", "It is so.", (), lambda effort: Evidence([Finding("shown", 1.0, 1.0, 1.0, 1)])))
    assert validate(tmp_path) == 1
    assert "nothing was judged" in rows(tmp_path)["what"].iloc[-1]


def test_the_tables_have_what_is_promised(facts, tmp_path):
    facts(fact(1, 0.5))
    validate(tmp_path)
    wanted = ["fact", "title", "source", "what", "value", "low", "high", "n", "least", "most", "unit", "target", "judged", "passed", "seconds"]
    assert list(rows(tmp_path).columns)[: len(wanted)] == wanted
    curves = store.read_table([tmp_path / "curves.parquet"])
    assert list(curves["fact"]) == ["V1", "V1"]
    assert list(curves["x"]) == [1.0, 2.0]
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["status"] == "finished"
    assert len(manifest["model_sha256"]) == 64


def test_the_page_is_one_file_with_every_fact(facts, tmp_path):
    facts(fact(1, 0.5), fact(2, 1.2))
    validate(tmp_path)
    page = (tmp_path / "index.html").read_text("utf-8")
    assert "V1 Title 1: PASS" in page
    assert "V2 Title 2: FAIL" in page
    assert "A note &amp; more." in page
    assert 'src="http' not in page
    assert "Not measured here yet" not in page


def test_the_page_in_chinese_has_no_english(facts, tmp_path, english, seen):
    facts(fact(1, 0.5), fact(2, ValueError("no")))
    with language("zh"):
        validate(tmp_path)
    page = seen(tmp_path / "index.html")
    assert "V2 Title 2：未通过" in page
    assert "无法测量：ValueError: no" in page
    assert not english(page.replace("It is so.", ""))


def test_the_page_of_some_facts_says_which_are_missing(facts, tmp_path):
    facts(fact(1, 0.5), fact(2, 0.5))
    validate(tmp_path, only="V2")
    assert "Not measured here yet: V1." in (tmp_path / "index.html").read_text("utf-8")


def test_what_is_known_is_not_measured_again(facts, tmp_path):
    facts(fact(1, 0.5), fact(2, RuntimeError("once more")))
    validate(tmp_path)
    before = rows(tmp_path)
    validate(tmp_path)
    assert CALLS == {"V1": 1, "V2": 2}  # one that broke is tried again
    again = rows(tmp_path)
    assert again[again["fact"] == "V1"].equals(before[before["fact"] == "V1"])


def test_unless_it_is_asked_for(facts, tmp_path):
    facts(fact(1, 0.5), fact(2, 0.5))
    validate(tmp_path)
    validate(tmp_path, only="V1", force=True)
    assert CALLS == {"V1": 2, "V2": 1}


def test_or_what_it_rests_on_has_changed(facts, tmp_path):
    facts(fact(1, 0.5))
    validate(tmp_path)
    path = tmp_path / "evidence" / "V1.json"
    held = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**held, "rests_on": "other sources"}), encoding="utf-8")
    validate(tmp_path)
    assert CALLS["V1"] == 2


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"rests_on": 1}'])
def test_damaged_evidence_is_measured_again(facts, tmp_path, damage):
    facts(fact(1, 0.5))
    validate(tmp_path)
    (tmp_path / "evidence" / "V1.json").write_text(damage, encoding="utf-8")
    assert validate(tmp_path) == 0
    assert CALLS["V1"] == 2


def test_after_a_stop_what_was_finished_is_kept_and_the_rest_is_done(facts, tmp_path, capsys):
    facts(fact(1, 0.5), fact(2, KeyboardInterrupt()), fact(3, 0.5))
    assert validate(tmp_path) == 130
    assert list(rows(tmp_path)["fact"]) == ["V1"]
    assert "the same command does the rest" in capsys.readouterr().err
    facts(fact(1, 0.5), fact(2, 0.5), fact(3, 0.5))
    assert validate(tmp_path) == 0
    assert CALLS == {"V2": 1, "V3": 1}
    assert list(rows(tmp_path)["fact"]) == ["V1", "V2", "V3"]


def test_measuring_one_keeps_what_is_known_of_the_others(facts, tmp_path):
    facts(fact(1, 0.5), fact(2, 1.2))
    validate(tmp_path)
    assert validate(tmp_path, only="V1") == 0  # V2 was not asked for
    assert list(rows(tmp_path)["fact"]) == ["V1", "V2"]


def test_quick_and_full_do_not_mix(facts, tmp_path):
    facts(fact(1, 0.5))
    validate(tmp_path)
    with pytest.raises(StoreError, match="holds a full validation; give --force"):
        validate(tmp_path, quick=True)
    assert validate(tmp_path, quick=True, force=True) == 0


def test_a_place_that_is_something_else_is_left_alone(facts, tmp_path):
    facts(fact(1, 0.5))
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="is not a validation of this program"):
        validate(tmp_path, force=True)
    with pytest.raises(StoreError, match="is a file"):
        validate(tmp_path / "letter.txt")
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_an_unknown_number_is_refused_before_anything_is_made(facts, tmp_path):
    facts(fact(1, 0.5))
    with pytest.raises(RunError, match="there are V1"):
        validate(tmp_path / "new", only="V2")
    assert not (tmp_path / "new").exists()


def test_stopped_before_anything_was_finished_there_is_an_empty_page(facts, tmp_path):
    facts(fact(1, KeyboardInterrupt()))
    assert validate(tmp_path) == 130
    assert len(rows(tmp_path)) == 0
    assert "Validation" in (tmp_path / "index.html").read_text("utf-8")
    facts(fact(1, 0.5))
    assert validate(tmp_path) == 0


def test_numbers_of_numpy_and_open_ranges_come_back_as_they_were(facts, tmp_path):
    points = Axes("panel", "x", "y").over("simulated", np.arange(2.0), [np.array([1.0, 3.0]), np.array([2.0, 2.0])])
    evidence = Evidence([Finding("one", np.float64(0.5), nan, nan, 1, least=0.4)], [Curve("p", "s", np.arange(2), np.ones(2)), points])
    facts(Fact(1, "Title", "It is so.", (), lambda effort: evidence))
    validate(tmp_path)
    first, curves = rows(tmp_path), store.read_table([tmp_path / "curves.parquet"])
    facts(Fact(1, "Title", "It is so.", (), lambda effort: pytest.fail("it is known")))
    validate(tmp_path)
    assert rows(tmp_path).equals(first)
    assert store.read_table([tmp_path / "curves.parquet"]).equals(curves)
    assert first["most"].iloc[0] == inf
