"""Organising for relations: memory, systems, people, plans, accounts. Each concept against the same market without it. One seed, the same luck."""

import pytest
from compare import change, pair, value

ONE = "firms.0.fixed."
PLAN = "firms.0.planning."
ELEMENTS = ("culture", "leadership", "strategy", "structure", "people", "technology", "knowledge", "process")


def test_c007_the_cheaper_a_contact_the_more_of_them_pay_up_to_a_point():
    counts = (0.0, 2.0, 5.0, 9.5, 19.0)

    def best(letter):
        profits = [value(pair({"mechanisms.accounts.letter": letter, "firms.0.fixed": {"mail": mail, "email": 0.0, "phone": 0.0}}), "profit") for mail in counts]
        return counts[profits.index(max(profits))]

    assert best(0.04) == 0.0
    assert 0.0 < best(0.0) < 19.0


def test_c058_a_database_that_forgets_sooner_knows_less():
    recorded = {ONE + "crm": 0.01, "segments.0.need_scale": 6.0}
    long, short = (pair({**recorded, "mechanisms.database.memory": months}) for months in (36.0, 2.0))
    assert change(long, short, "knowledge") > 0.2
    assert change(long, short, "performance") > 0.005


def test_c076_relations_cost_and_are_worth_something():
    close, distant = (pair({ONE + "social": level, ONE + "structural": level}) for level in (1.0, 0.0))
    assert change(close, distant, "relationship_cost") > 3.0
    assert change(close, distant, "return_on_relationships") < -1.0
    assert change(pair({"market.discount_rate": 0.0}), pair({"market.discount_rate": 0.5}), "customer_equity") > 0.1 * value(pair(), "customer_equity")


@pytest.mark.parametrize("element", ELEMENTS)
def test_c074_c078_one_element_that_is_missing_undoes_the_rest(element):
    lame, whole = pair({f"firms.0.readiness.{element}": 0.0}, months=6), pair(months=6)
    assert value(lame, "readiness", months=(1, 6)) == 0.0
    assert value(whole, "readiness", months=(1, 6)) == 1.0
    assert change(lame, whole, "social_bond", months=(4, 6)) < -0.02
    assert value(pair({f"firms.0.readiness.{element}": 0.2}, months=2), "readiness", months=(1, 2)) == pytest.approx(0.2 ** (1 / 8), abs=1e-4)


def test_c047_c097_a_fall_of_quality_is_corrected_sooner_the_sooner_it_is_known():
    fall = [{"name": "quality falls", "month": 7, "set": {"firms.0.quality": 0.4}}]
    ignored = pair({PLAN + "standard": 0.0}, events=fall, months=24)

    def corrected(delay):
        tables = pair({PLAN + "standard": 0.56, PLAN + "delay": delay}, events=fall, months=24)
        return [change(tables, ignored, "satisfaction", months=(month, month)) for month in range(7, 25)]

    def months_until(gains):
        return next(month for month, gain in enumerate(gains) if gain > 0.02)

    soon, late = corrected(1.0), corrected(9.0)
    assert soon[-1] > 0.05
    assert 6 <= months_until(late) - months_until(soon) <= 10, "eight months later known, about as much later mended"


def test_c073_a_manager_can_look_after_so_many_relations():
    partners = {"distributors": [{"name": f"Store {k}"} for k in range(8)]}

    def talk(specialists, span):
        tables = pair({PLAN + "specialists": specialists, PLAN + "span": span, ONE + "distributor_dialogue": 1.0}, **partners)
        return value(tables, "information", table="dyad_months", market="distributor")

    assert talk(1.0, 8.0) > talk(1.0, 2.0) + 0.02
    assert talk(4.0, 2.0) == pytest.approx(talk(1.0, 8.0), abs=1e-6)


@pytest.mark.parametrize(
    ("step", "without", "measure", "least"),
    [("manager", False, "social_bond", 0.01), ("specialists", 0.0, "distributor_commitment", 0.005), ("standard", 0.0, "performance", 0.02)],
)
def test_c098_a_step_of_the_plan_left_out_is_felt(step, without, measure, least):
    planned, shops = {PLAN + "specialists": 2.0, PLAN + "standard": 0.66}, {"distributors": [{"name": "City", "orientation": 1.0}, {"name": "Country"}]}
    generous = {ONE + "distributor_dialogue": 1.0}
    assert change(pair({**planned, **generous}, **shops), pair({**planned, **generous, PLAN + step: without}, **shops), measure) > least


def test_c099_a_campaign_is_five_decisions_and_its_worth_is_that_against_a_control_group():
    campaign = {"name": "letter", "firm": "One", "objective": "purchases", "theme": "thank you", "owner": "marketing", "form": "offer", "month": 7,
                "months": 6, "budget": 60.0, "levers": {"discount": 0.2}, "control": 0.4}  # fmt: skip
    tables = pair(campaigns=[campaign], customers=1200)
    rows = tables["campaign_months"].query("7 <= month <= 12").groupby("group")[["purchases", "people", "revenue"]].sum()
    before = tables["campaign_months"].query("month < 7").groupby("group")[["purchases", "people"]].sum()
    rate, was = rows["purchases"] / rows["people"], before["purchases"] / before["people"]
    assert (rate["target"] - rate["control"]) - (was["target"] - was["control"]) > 0.03
    assert rows["revenue"]["target"] / rows["purchases"]["target"] < 0.9 * rows["revenue"]["control"] / rows["purchases"]["control"]
    plain = pair(customers=1200)
    assert change(tables, plain, "cost_acquisition", months=(7, 12)) == pytest.approx(10.0, abs=0.5)
