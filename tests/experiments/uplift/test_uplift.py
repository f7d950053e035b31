"""Uplift: twins differ in one thing alone, estimates follow their definitions, and the words follow the numbers."""

import re

import numpy as np
import pandas as pd
import pytest

from experiments.runner import run_all
from experiments.uplift import words
from experiments.uplift.analysis import RETURN, analyse, uplift
from experiments.uplift.estimates import BEFORE_AFTER, RANDOMISED, TREATED_UNTREATED, TRUTH, before_after, bias
from experiments.uplift.twin import without
from results.frames import Results
from results.language import language
from scenarios import ScenarioError, load
from sim.levers import Levers


def market(**changes):
    return load("duel").but(
        {
            "customers": 300, "months": 8, "campaigns": [
                {"name": "Push", "firm": "Relational C", "month": 5, "months": 2, "budget": 3.0, "levers": {"discount": 0.3}, "control": 0.3},
                {"name": "Late", "firm": "Relational C", "month": 40, "months": 2},
            ],
            "events": [
                {"name": "Glass", "month": 3, "set": {"market.transparency": 0.9}},
                {"name": "Dear", "month": 3, "set": {"firms.1.price": 1.2}},
            ],
            **changes,
        }
    )  # fmt: skip


@pytest.fixture(scope="module")
def pushed():
    return uplift(market(), "campaign.Push", 3, workers=1)


def test_twins_differ_in_one_thing_alone():
    twin = without(market(), "campaign.Push")
    assert [campaign.name for campaign in twin.counterfactual.campaigns] == ["Late"]
    assert twin.counterfactual.but(name=twin.factual.name, campaigns=twin.factual.campaigns) == twin.factual
    assert (twin.start, twin.end, twin.budget, twin.firms) == (5, 6, 3.0, ("Relational C",))
    glass = without(market(), "event.Glass")
    assert [event.name for event in glass.counterfactual.events] == ["Dear"]
    assert glass.others == ()
    assert without(market(), "event.Dear").firms == ("Transactional B",)


def test_a_fixed_lever_is_taken_away_and_another_set_to_its_transactional_pole():
    fixed = without(market(**{"firms.2.fixed": {"reward": 0.5}}), "firms.2.reward")
    assert fixed.counterfactual.firms[2].fixed == {}
    assert "taken away" in fixed.how
    free = without(market(), "firms.2.reward")
    assert free.counterfactual.firms[2].fixed == {"reward": Levers.at(0.0).reward}
    assert "transactional pole" in free.how


@pytest.mark.parametrize(
    ("what", "saying"),
    [
        ("campaign.Posh", "no campaign 'Posh'.*campaign.Push"),
        ("event.x", "allowed: event.Glass, event.Dear"),
        ("firms.9.reward", "numbered 0 to 3"),
        ("firms.x.reward", "numbered 0 to 3"),
        ("firms.2.rewrad", "did you mean 'firms.2.reward'"),
        ("firms.2", "levers: discount"),
        ("prices", "campaign.Push, campaign.Late, event.Glass"),
        ("campaign.Late", "after the end of the run"),
    ],
)
def test_unknown_names_answer_with_what_there_is(what, saying):
    with pytest.raises(ScenarioError, match=saying):
        without(market(), what)


def test_a_campaign_that_does_nothing_brings_exactly_nothing():
    idle = {"name": "Idle", "firm": "Relational C", "month": 3, "months": 2, "control": 0.5}
    found = uplift(market(campaigns=[idle]), "campaign.Idle", 2, workers=1)
    assert (found.brought["mean"].dropna() == 0.0).all()
    assert any("changed nothing in profit" in sentence for sentence in words.findings(found))
    assert RETURN not in set(found.brought["measure"])


def test_the_truth_is_the_difference_of_both_markets(pushed):
    frames = [pushed.results.of(one.name).firm_months for one in (pushed.twin.factual, pushed.twin.counterfactual)]
    sums = [frame[(frame["firm"] == "Relational C") & (frame["month"] >= 5)].groupby("replication")["profit"].sum() for frame in frames]
    rows = pushed.brought[pushed.brought["who"] == "Relational C"].set_index("measure")
    assert rows.loc["profit", "mean"] == pytest.approx((sums[0] - sums[1]).mean())
    assert rows.loc[RETURN, "mean"] == pytest.approx(rows.loc["profit", "mean"] / 3.0)
    methods = pushed.methods.set_index(["measure", "method"])
    assert methods.loc[("profit", TRUTH), "bias"] == 0.0
    assert {method for _, method in methods.index} == {TRUTH, BEFORE_AFTER, TREATED_UNTREATED, RANDOMISED}


def test_before_after_worked_by_hand():
    twin = without(market(), "campaign.Push")
    index = pd.MultiIndex.from_product([[0], range(1, 9)], names=["replication", "month"])
    values = pd.Series([1.0, 2.0, 3.0, 5.0, 10.0, 20.0, 0.0, 0.0], index=index)
    assert before_after(values, twin, "profit").tolist() == [30.0 - 8.0]  # periods 5 and 6 against 3 and 4
    assert before_after(values, twin, "customers").tolist() == [20.0 - 5.0]


def test_the_control_group_estimate_worked_by_hand_and_its_absence_is_fine(pushed):
    table = pushed.results.of(pushed.twin.factual.name).frames["campaign_months"]
    own = table[(table["campaign"] == "Push") & table["month"].between(5, 6) & (table["replication"] == 0)]
    sums = own.groupby("group")[["people", "purchases"]].sum()
    by_hand = sums.loc["target", "purchases"] - sums.loc["control", "purchases"] * sums.loc["target", "people"] / sums.loc["control", "people"]
    from experiments.uplift.estimates import estimates

    found = estimates(pushed.twin, pushed.results).set_index(["measure", "method", "replication"])["value"]
    assert found["purchases", RANDOMISED, 0] == pytest.approx(by_hand)
    bare = Results(pushed.results.manifest, {name: frame for name, frame in pushed.results.frames.items() if name != "campaign_months"})
    assert RANDOMISED not in set(analyse(pushed.twin, bare).methods["method"])


def test_the_words_in_chinese_have_the_same_numbers_and_no_english(pushed, english):
    said = words.findings(pushed)
    with language("zh"):
        chinese = words.findings(pushed)
    assert english(" ".join(said))
    assert [re.findall(r"\d[\d,.]*\d", one.replace("95 %", "95%")) for one in said] == [re.findall(r"\d[\d,.]*\d", one) for one in chinese]
    assert not english(" ".join(chinese).replace("with - without", ""))


def test_segments_reached_are_compared_with_those_that_are_not():
    campaign = {"name": "Part", "firm": "Relational C", "month": 3, "months": 2, "segments": ["small first order"], "levers": {"discount": 0.3}}
    twin = without(market(campaigns=[campaign]), "campaign.Part")
    assert twin.segments == ("small first order",)
    found = analyse(twin, run_all([twin.factual, twin.counterfactual], 2, workers=1))
    assert TREATED_UNTREATED in set(found.methods["method"])
    assert any("segments reached differ" in sentence for sentence in words.findings(found))


def test_what_acts_on_everybody_from_the_start_has_no_naive_estimate():
    found = uplift(market(**{"events.0.month": 1}), "event.Glass", 2, workers=1)
    assert set(found.methods["method"]) == {TRUTH}
    assert "no before; it acts on everybody" in " ".join(words.findings(found))


def test_words_follow_the_numbers(pushed):
    table = pd.DataFrame(
        [("profit", TRUTH, k, -1.0, -1.0) for k in range(3)] + [("profit", BEFORE_AFTER, k, 5.0 + 0.1 * k, -1.0) for k in range(3)],
        columns=["measure", "method", "replication", "value", "truth"],
    )
    methods = bias(table)
    assert methods["bias"].tolist() == pytest.approx([0.0, 6.1])
    made = type(pushed)(twin=pushed.twin, results=pushed.results, brought=pushed.brought, methods=methods)
    (said,) = [sentence for sentence in words.findings(made) if "before-after says" in sentence]
    assert "too high by 6.10" in said
    assert "it even has the wrong sign" in said
    wide = methods.assign(bias_low=[0.0, -1.0], bias_high=[0.0, 13.0])
    (said,) = [s for s in words.findings(type(pushed)(pushed.twin, pushed.results, pushed.brought, wide)) if "before-after says" in s]
    assert "not clearly off" in said


def test_one_replication_is_said_to_have_no_interval():
    found = uplift(market(), "firms.2.service", 1, workers=1)
    assert np.isnan(found.brought["low"]).all()
    assert "one replication, no interval" in " ".join(words.findings(found))


@pytest.mark.usefixtures("without_figures")
def test_the_command_keeps_tables_and_page_and_says_what_it_found(tmp_path):
    from tests.cli import test_cli as cli

    words_of = ("uplift", "campaign", "--without", "campaign.Winter letter", "--customers", "200", "--replications", "2", "--out", "here")
    out, _ = cli.call(*words_of, cwd=tmp_path)
    assert "control group" in out
    assert (tmp_path / "here/uplift.parquet").exists()
    assert "What it brought: campaign &#x27;Winter letter&#x27;" in (tmp_path / "here/index.html").read_text(encoding="utf-8")
    cli.refused("uplift", "duel", "--without", "campaign.x", cwd=tmp_path, saying=["no campaign 'x'", "the scenario has no campaigns"])
    cli.refused("uplift", "duel", cwd=tmp_path, saying=["--without"])
