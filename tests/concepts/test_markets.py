"""The other five markets as customers and firms feel them: each concept against the same market without it. One seed, the same luck."""

import numpy as np
import pytest
from compare import change, pair, shipped, value, whole

from docs.concepts import PARTNERSHIPS
from sim.levers import MARKETS
from sim.mechanisms.internal_market import InternalMarket

ONE = "firms.0.fixed."
SWITCHES = {
    "supplier": "supply", "distributor": "distribution", "internal": "internal_market", "competitor": "competition", "influencer": "influence",
}  # fmt: skip
"""The mechanism of each market; customers are always there."""


def surplus(tables, party):
    return value(tables, "share", "One", table="surplus_months", party=party)


def test_c001_who_shares_the_surplus_depends_on_how_a_firm_uses_its_power():
    parties = set(whole()["surplus_months"]["party"])
    assert parties == {"customer", "firm", "supplier", "distributor", "employees"}
    generous, hard = (whole({ONE + "distributor_forbearance": left, ONE + "wage": wage}) for left, wage in ((1.0, 1.1), (0.0, 0.9)))
    assert surplus(generous, "employees") > surplus(hard, "employees") + 0.01
    assert sum(surplus(generous, party) for party in parties) == pytest.approx(1.0, abs=0.02)


@pytest.mark.parametrize("markets", range(1, 7))
def test_c014_one_market_or_up_to_six(markets):
    """Customers alone, then one market more each time: each is there and changes what the firm earns."""
    on = list(SWITCHES)[: markets - 1]

    def only(switched_on):
        return whole({f"mechanisms.{rule}.active": market in switched_on for market, rule in SWITCHES.items()}, customers=200, months=8)

    assert set(only(on)["dyad_months"]["market"]) == {"customer", *on}
    if on:
        assert value(only(on), "profit", months=(3, 8)) != value(only(on[:-1]), "profit", months=(3, 8))


def test_c016_a_shock_at_a_supplier_reaches_customers():
    """A supplier of services and goods fails: what customers get is worse, and least where the firm has another partner."""
    fails = [{"name": "fails", "month": 7, "set": {"suppliers.0.reliability": 0.1, "suppliers.1.reliability": 0.1}}]
    after, before = whole(events=fails), whole()
    assert change(after, before, "late_supplies", months=(8, 18)) > 0.3
    assert change(after, before, "bad_episodes", months=(8, 18)) > 0.3 * value(before, "bad_episodes", months=(8, 18))
    assert change(after, before, "satisfaction", months=(12, 18)) < -0.01


def test_c028_all_ten_partnerships_are_there_and_reported():
    tables = shipped("six_markets", customers=300, months=3)
    reported = tables["partner_months"].groupby("partnership")[["trust", "commitment"]].mean()
    there = {name for name, kinds in PARTNERSHIPS.items() if set(kinds) & ({*reported.index} | {"customer"})}
    assert len(PARTNERSHIPS) == 10
    assert there == set(PARTNERSHIPS)
    assert reported.notna().all(axis=None)
    assert value(tables, "trust", "Relational C", (1, 3), table="dyad_months", market="customer") > 0.0


@pytest.mark.parametrize(("market", "plane"), [("influencer", "government and public"), ("distributor", "allied firms"), ("internal", "inside the firm")])
def test_c035_a_firm_may_be_relational_on_one_plane_only(market, plane):
    chosen, neither = (whole({f"firms.0.orientation.{market}": place}) for place in (1.0, 0.0))
    moved = {name: change(chosen, neither, "trust", table="dyad_months", plane=name) for name in set(chosen["dyad_months"]["plane"])}
    assert moved[plane] > 0.01
    assert moved[plane] == max(moved.values())


def test_c012_c036_the_weakest_department_is_where_mending_pays_most():
    able = np.array([[0.3, 0.6, 0.6, 0.6]], np.float32)
    rule, alike, talk = InternalMarket(), np.ones(4, np.float32), np.full(1, 0.5, np.float32)

    def delivered(skill):
        return float(rule.capability(skill, skill, alike, talk)[0])

    mended = [delivered(able + 0.1 * np.eye(4, dtype=np.float32)[k]) - delivered(able) for k in range(4)]
    assert mended[0] > 1.5 * max(mended[1:])
    careless = {f"mechanisms.internal_market.{name}": 0.0 for name in ("reach",)}
    trained, untrained = ({ONE + "training": level} for level in (1.0, 0.0))
    assert change(whole(trained), whole(untrained), "service_capability") > 0.02
    assert abs(change(whole({**trained, **careless}), whole({**untrained, **careless}), "service_capability")) < 0.005


def test_c039_who_keeps_to_the_rules_is_fined_less_and_capped_less():
    hostile = {"influencers.1.strictness": 1.0, "influencers.1.stance": -0.5, "mechanisms.influence.fine": 0.2}
    honest, sly = (whole({**hostile, ONE + "compliance": level, ONE + "public_relations": level}) for level in (1.0, 0.0))
    assert change(honest, sly, "amount", table="flows", payee="government") < 0.0
    assert value(honest, "stance", table="partner_months", partner="Authority") > value(sly, "stance", table="partner_months", partner="Authority") + 0.1
    power = {"market.idle_capacity": 0.0, "market.transparency": 0.0, "market.switching_cost": 3.0, ONE + "forbearance": 0.0, ONE + "compliance": 0.0}
    capped, free = (whole({**hostile, **power, "mechanisms.influence.cap": cap}) for cap in (0.9, 0.0))
    assert change(capped, free, "surplus_share") < -0.01


def test_c045_departments_that_talk_lose_less_between_them():
    assert change(whole({ONE + "internal_dialogue": 1.0}), whole({ONE + "internal_dialogue": 0.0}), "service_capability") > 0.05
    smooth = {"mechanisms.internal_market.friction": 0.0, "mechanisms.internal_market.by_talk": 0.0}
    rest = change(whole({**smooth, ONE + "internal_dialogue": 1.0}), whole({**smooth, ONE + "internal_dialogue": 0.0}), "service_capability")
    assert abs(rest) < 0.05


@pytest.mark.parametrize(("lever", "feels"), [("supplier_dialogue", "information"), ("supplier_partnership", "commitment")])
def test_c048_conduct_towards_suppliers_is_answered(lever, feels):
    kind, hard = (whole({ONE + lever: level, "suppliers.0.orientation": 0.9, "market.idle_capacity": 0.0}) for level in (1.0, 0.0))
    assert change(kind, hard, feels, table="partner_months", market="supplier") > 0.005


def test_c057_each_of_the_five_pressures_has_its_cause():
    base = whole()
    entrant = [{"name": name, "strategy": {"kind": "continuum", "orientation": 0.5}, "start_share": share, "enters": enters}
               for name, share, enters in (("One", 0.4, 1), ("Other", 0.4, 1), ("New", 0.0, 4))]  # fmt: skip
    assert change(whole({"market.transparency": 1.0}), whole({"market.transparency": 0.0}), "pressure_buyers") > 0.02
    assert change(whole({"market.outside_utility": 2.0}), base, "pressure_substitutes") > 0.05
    assert change(whole({"firms.1.brand": 1.0}), base, "pressure_rivals") > 0.05
    assert value(pair(firms=entrant), "pressure_entrants") > 0.02 > value(pair(), "pressure_entrants") == 0.0
    few = whole({"suppliers.1.capacity": 1.0}, suppliers=[{"name": "Cheap"}, {"name": "Good"}][:1])
    assert change(few, base, "pressure_suppliers") > 0.02


def test_c092_two_way_cooperation_win_win_closeness_control():
    """Each characteristic is an index of the relation with suppliers, and follows what the firm does."""
    relational, distant = (whole({"firms.0.orientation.supplier": place, "market.idle_capacity": 0.0}) for place in (1.0, 0.0))
    for index in ("two_way", "cooperation", "closeness"):
        assert change(relational, distant, index, table="dyad_months", market="supplier") > 0.01, index
    assert set(relational["dyad_months"]["market"]) == set(MARKETS)
    mighty = {"market.idle_capacity": 0.0, "market.transparency": 0.0, "market.switching_cost": 3.0, "mechanisms.power.freedom": 0.4, ONE + "crm": 0.02}
    fair, greedy = (pair({**mighty, ONE + "forbearance": left}) for left in (1.0, 0.0))
    assert change(fair, greedy, "win_win", table="dyad_months", market="customer") > 0.1


def test_c093_allies_do_not_fight():
    """The same rivals: prices are cut and matched where they oppose each other, and left alone where they are allied."""
    willing = {"mechanisms.competition.courtship": 1.0, "mechanisms.competition.bar": 0.05, ONE + "price_matching": 1.0, ONE + "alliance": 1.0}
    allied, opposed = (whole({**willing, "firms.1.fixed": {"alliance": ready, "discount": 0.1}}) for ready in (1.0, 0.0))
    assert value(allied, "allies") == 1.0 and value(opposed, "allies") == 0.0
    assert value(opposed, "price") < value(allied, "price") - 0.05


def test_c087_systems_for_one_for_the_team_and_between_firms():
    """One employee's systems make contacts cheap, a team's database knows customers, an alliance makes goods cheap."""
    ready = {"mechanisms.competition.courtship": 1.0, "mechanisms.competition.bar": 0.05, "firms.1.fixed.alliance": 1.0}
    assert change(whole({ONE + "automation": 1.0}), whole(), "cost_retention") < -0.5
    assert change(whole({ONE + "crm": 0.01}), whole({ONE + "crm": 0.0}), "knowledge") > 0.1
    assert change(whole({**ready, ONE + "alliance": 1.0}), whole({**ready, ONE + "alliance": 0.0}), "input_cost") < -0.005


@pytest.mark.parametrize(("system", "moves", "by"), [("crm", "knowledge", 0.1), ("automation", "cost_retention", -0.5), ("supplier_dialogue", "cost_partners", 0.1)])
def test_c079_systems_for_customers_contacts_and_supplies(system, moves, by):
    difference = change(whole({ONE + system: 0.01 if system == "crm" else 1.0}), whole({ONE + system: 0.0}), moves)
    assert difference / by > 1.0


