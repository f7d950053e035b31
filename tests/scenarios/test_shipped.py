"""Every scenario that is shipped: complete, checked, a round trip through its own text, and a source beside every number."""

import re
import tomllib

import pytest

from scenarios import check, load, names, parse, to_toml
from scenarios.files import FOLDER

WANTED = {"baseline", "contractual", "duel", "noncontractual", "relational", "transaction_buyers", "transactional"}


def test_the_scenarios_of_the_first_run_are_there():
    assert set(names()) >= WANTED


@pytest.mark.parametrize("name", names())
def test_it_is_fine_and_says_what_it_is_for(name):
    assert check(name) == ()
    own = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    assert all(own.get(key) for key in ("title", "question", "notice", "attempt")), "texts are not inherited"
    assert own["question"].endswith("?")


@pytest.mark.parametrize("name", names())
def test_written_out_and_read_again_it_is_equal(name):
    scenario = load(name)
    again = parse(to_toml(scenario))
    assert again == scenario
    assert to_toml(again) == to_toml(scenario)
    assert type(scenario).model_validate_json(scenario.model_dump_json(), strict=False) == scenario


@pytest.mark.parametrize("name", names())
def test_every_number_has_its_origin_beside_it(name):
    for line in (FOLDER / f"{name}.toml").read_text(encoding="utf-8").splitlines():
        code, _, comment = line.partition("#")
        without_text = re.sub(r'"[^"]*"', "", code)
        if re.search(r"[=,]\s*-?\d", without_text):
            assert re.match(r"\s*(assumed|published: \w+|calibrated: )", comment), line


@pytest.mark.parametrize("name", names())
def test_published_numbers_name_a_source_of_the_bibliography(name):
    bibliography = FOLDER.parent / "sim" / "sources.toml"
    keys = set(tomllib.loads(bibliography.read_text(encoding="utf-8")))
    cited = set(re.findall(r"published: (\w+)", (FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
    assert cited <= keys


def test_the_poles_are_what_they_say():
    for kind in ("transactional", "relational"):
        assert {firm.strategy.kind for firm in load(kind).firms} == {kind}
    assert [firm.strategy.kind for firm in load("duel").firms] == ["transactional"] * 2 + ["relational"] * 2


def test_in_the_duel_only_the_strategy_differs():
    firms = [firm.model_dump(exclude={"name", "strategy"}) for firm in load("duel").firms]
    assert all(firm == firms[0] for firm in firms)


def test_the_settings_are_what_they_say():
    assert load("contractual").market.setting == "contractual"
    assert load("noncontractual").market.setting == "noncontractual"


def test_the_baseline_has_no_relationship_marketing():
    baseline = load("baseline")
    assert len(baseline.firms) >= 8
    relations = ("turnover", "word_of_mouth", "database", "contact", "power", "satisfaction", "complaints", "commitment_trust", "bonds")
    assert not any(getattr(baseline.mechanisms, slot).active for slot in relations)


def test_written_text_survives_awkward_values():
    awkward = load("duel").but({"title": 'quotes " and \\ and \n lines and ünïcode \x7f', "notice": "\t"})
    event = {"name": "e", "month": 3, "set": {"firms.0.price": 1.5, "market.transparency": 1}}
    awkward = awkward.but({"events": [event], "seed": 2**64 - 1, "firms.0.price": 1e-05})
    assert parse(to_toml(awkward)) == awkward
