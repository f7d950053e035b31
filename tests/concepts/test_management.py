"""Concepts C076 to C100: managing relations, from readiness and systems to planning, traits, and the choice between the poles."""

from itertools import pairwise, product

import pytest
from compare import PARTNERS, SEGMENT, change, lead, levers, pair, panel, shipped, value, whole

LATE = (13, 24)


def place(orientation):
    return {"strategy": {"kind": "continuum", "orientation": orientation}}


def test_relations_are_a_cost_and_an_asset():
    poles = {"Low": place(0.2), "High": place(0.9)}
    usual, dear = panel(poles, months=24), panel(poles, {"mechanisms.accounts.conduct_cost": 0.02}, months=24)
    assert value(usual, "relationship_cost", "High", LATE) > 3.0 * value(usual, "relationship_cost", "Low", LATE)
    assert value(usual, "customer_equity", "High", LATE) > 1.15 * value(usual, "customer_equity", "Low", LATE)
    for firm in poles:
        assert value(dear, "return_on_relationships", firm, LATE) < 0.9 * value(usual, "return_on_relationships", firm, LATE)
        assert value(dear, "customer_equity", firm, LATE) < value(usual, "customer_equity", firm, LATE)


def paid(tables, payee):
    flows = tables["flows"]
    return float(flows[(flows["payee"] == payee) & (flows["firm"] == "One")]["amount"].sum())


def by_stance(number):
    """Return the market with an influencer against all firms, and with the same one for them."""
    return tuple(whole({f"influencers.{number}.stance": stance, f"influencers.{number}.strictness": 1.0}, months=12) for stance in (-1.0, 1.0))


def test_each_kind_of_influencer_acts_in_its_own_way():
    year = (1, 12)
    against, friendly = by_stance(0)
    assert change(friendly, against, "reputation", months=year) > 0.06, "the paper"
    against, friendly = by_stance(1)
    assert paid(against, "government") > 1.2 * paid(friendly, "government"), "the authority fines"
    against, friendly = by_stance(2)
    assert paid(against, "bank") > 1.1 * paid(friendly, "bank"), "the bank lends dearly"
    against, friendly = by_stance(3)
    assert change(against, friendly, "transparency", months=year) > 0.03, "the consumer body tells"
    against, friendly = by_stance(4)
    assert change(friendly, against, "funnel_know", months=year) > 0.015, "the community recommends"


def test_twelve_kinds_of_stakeholders_have_their_rows():
    rows = shipped("six_markets", customers=200, months=2)["partner_months"]
    kinds = set(rows["partnership"])
    # Consumer bodies and communities are both non-profit: one partnership, two kinds of influencer.
    assert len(kinds) == 11
    assert len(kinds) - 1 + len(set(rows[rows["partnership"] == "lateral_nonprofit"]["partner"])) == 12
    slots = {"supply": "supplier", "distribution": "intermediate", "internal_market": "internal"}
    rest = shipped("six_markets", {f"mechanisms.{slot}.active": False for slot in slots}, customers=200, months=2)["partner_months"]
    assert {kind.split("_")[0] for kind in kinds - set(rest["partnership"])} == set(slots.values()), "each market switched off takes its kinds along"


def test_each_of_eight_elements_holds_effort_back():
    elements = ("culture", "leadership", "strategy", "structure", "people", "technology", "knowledge", "process")
    tables = panel({"ready": {}, **{element: {"readiness": {element: 0.1}} for element in elements}}, customers=1400)
    assert value(tables, "readiness", "ready") == 1.0
    for element in elements:
        assert value(tables, "readiness", element) == pytest.approx(0.1 ** (1.0 / 8.0), abs=1e-3)
        assert value(tables, "knowledge", element) < 0.95 * value(tables, "knowledge", "ready"), element
        assert value(tables, "social_bond", element) < 0.9 * value(tables, "social_bond", "ready"), element


TACTICS = {
    "plain": {},
    "personal communication": {"dialogue": 1.0},
    "service": {"service": 0.9},
    "community": {"social": 0.9},
    "value-added": {"extras": 0.9},
    "rewards": {"reward": 0.08},
    "training": {"training": 1.0},
    "publicity": {"public_relations": 1.0},
    "survey": {"sensing": 1.0},
    "database": {"crm": 0.01},
    "automation": {"automation": 1.0},
    "internal talk": {"internal_dialogue": 1.0},
    "silence": {"mail": 0.0, "email": 0.0},
    "follow-up": {"mail": 1.5, "email": 2.0},
}
"""Firms that differ in one tactic or system; the last two are compared with each other."""


def tactics():
    return panel({name.title(): levers(**held) for name, held in TACTICS.items()}, months=24, **PARTNERS)


@pytest.mark.parametrize(
    ("tactic", "state", "least"),
    [
        ("personal communication", "good_contacts", 0.025),
        ("service", "satisfaction", 0.035),
        ("community", "social_bond", 0.1),
        ("value-added", "relationship_value", 0.015),
        ("rewards", "cost_retention", 1.5),
        ("training", "service_capability", 0.025),
        ("publicity", "reputation", 0.025),
        ("survey", "offer_fit", 0.14),
    ],
)
def test_a_tactic_moves_its_target_state(tactic, state, least):
    assert lead(tactics(), state, tactic.title(), "Plain", (7, 24)) > least


def test_regular_follow_up_builds_a_social_bond():
    assert lead(tactics(), "social_bond", "Follow-Up", "Silence", (7, 24)) > 0.04


def test_each_system_does_its_work():
    tables = tactics()
    assert lead(tables, "knowledge", "Database", "Plain", (7, 24)) > 0.08
    assert lead(tables, "service_capability", "Internal Talk", "Plain", (7, 24)) > 0.045
    contacts = [value(tables, "cost_retention", firm, (7, 24)) / value(tables, "customers", firm, (7, 24)) for firm in ("Automation", "Plain")]
    assert contacts[0] < 0.95 * contacts[1]
    assert lead(tables, "social_bond", "Automation", "Plain", (7, 24)) < -0.02, "cheaper and cooler"


TIES = {"dialogue": 0.7, "social": 0.2}
"""Personal ties: worth nothing to who wants none."""


def test_relations_with_those_who_want_deals_cost_money():
    segments = [
        {**SEGMENT, "name": "deals", "orientation": 0.05, "orientation_spread": 0.05},
        {**SEGMENT, "name": "relations", "orientation": 0.9, "orientation_spread": 0.1},
    ]
    market = {"mechanisms.choice.commitment_weight": 6.0}
    on, off = (pair(market | {"firms.0.fixed": held}, segments=segments, customers=1200, months=24) for held in (TIES, dict.fromkeys(TIES, 0.0)))
    gain = {s["name"]: change(on, off, "profit", months=(1, 24), table="segment_months", segment=s["name"]) for s in segments}
    bound = {s["name"]: change(on, off, "commitment", months=(1, 24), table="segment_months", segment=s["name"]) for s in segments}
    assert gain["deals"] < -1.3
    assert gain["relations"] > gain["deals"] + 0.5
    assert bound["deals"] < 0.01 < 0.02 < bound["relations"]


def test_each_level_adds_to_the_one_below():
    kinds = ("transactional", "basic", "personalised", "interactive", "co_creative")
    tables = panel({kind: {"strategy": {"kind": kind}} for kind in kinds}, months=24)
    for state, least in (("trust", 0.005), ("commitment", 0.005), ("satisfaction", 0.003), ("profit", 0.5)):
        for lower, higher in pairwise(kinds):
            assert lead(tables, state, higher, lower, LATE) > least, (state, higher)
    assert value(tables, "knowledge", "basic", LATE) == 0.0
    assert value(tables, "knowledge", "personalised", LATE) > 0.2
    assert lead(tables, "trust", "interactive", "personalised", LATE) > 0.05, "who is asked and heard trusts"


def rungs():
    fixed = {"service": 0.4}
    firms = {
        "Plain": {"fixed": fixed},
        "Served": levers(service=0.9),
        "Loud": levers(service=0.4, advertising=0.02),
        "Unsafe": {"reliability": 0.7, "fixed": fixed},
    }
    return panel(firms, months=24)


def test_service_moves_customers_up_from_transactions():
    tables = rungs()
    assert lead(tables, "stage_transaction", "Served", "Plain", LATE) < -0.25
    assert lead(tables, "stage_relationship", "Served", "Plain", LATE) > 0.2
    for firm in ("Plain", "Served"):
        assert sum(value(tables, f"stage_{stage}", firm, LATE) for stage in ("transaction", "service", "relationship")) == pytest.approx(1.0)


def test_the_funnel_narrows_and_each_end_has_its_lever():
    tables = rungs()
    for firm in ("Plain", "Served", "Loud"):
        steps = [value(tables, f"funnel_{step}", firm, LATE) for step in ("know", "interact", "satisfy", "value")]
        assert all(wide > narrow for wide, narrow in pairwise(steps)), firm
    assert lead(tables, "funnel_know", "Loud", "Plain", LATE) > 0.05
    assert lead(tables, "funnel_satisfy", "Served", "Plain", LATE) > 0.12
    assert lead(tables, "funnel_value", "Served", "Loud", LATE) > 0.02


def test_failures_send_customers_down_the_ladder():
    tables = rungs()
    low = [sum(value(tables, f"rung_{rung}", firm, LATE) for rung in ("trial", "repeat")) for firm in ("Unsafe", "Plain")]
    high = [sum(value(tables, f"rung_{rung}", firm, LATE) for rung in ("satisfied", "loyal", "advocate", "partner")) for firm in ("Unsafe", "Plain")]
    assert low[0] > low[1] + 0.09
    assert high[0] < 0.6 * high[1]


def test_individual_group_and_community_each_carry_a_part():
    usual = pair()
    unwritten, unspoken = (pair({f"mechanisms.{slot}.active": False}) for slot in ("contact", "word_of_mouth"))
    assert change(usual, unwritten, "commitment") > 0.015, "one by one"
    assert change(usual, unspoken, "word_of_mouth_positive") > 1.0, "all with all"
    assert change(usual, unspoken, "funnel_know") > 0.007
    segments = [{**SEGMENT, "name": name} for name in ("reached", "others")]
    campaign = {"name": "c", "firm": "One", "segments": ["reached"], "month": 4, "months": 9, "levers": {"discount": 0.3}}
    group = pair({"campaigns": [campaign]}, segments=segments)
    bought = [value(group, "purchases", "One", (4, 12), "segment_months", segment=name) for name in ("reached", "others")]
    assert bought[0] > 1.15 * bought[1], "group by group"


PLANES = {
    "customers": "social", "inside the firm": "internal_dialogue", "allied firms": "supplier_dialogue", "government and public": "public_relations",
}  # fmt: skip


@pytest.mark.parametrize("plane", PLANES)
def test_each_plane_answers_to_its_own_tool(plane):
    without = dict.fromkeys(PLANES.values(), 0.0)
    more, less = (whole({"firms.0.fixed": held}) for held in (without | {PLANES[plane]: 1.0}, without))
    closer = {
        name: value(more, "closeness", table="dyad_months", plane=name) - value(less, "closeness", table="dyad_months", plane=name) for name in PLANES
    }
    assert closer.pop(plane) > 0.12
    assert all(abs(moved) < 0.01 for moved in closer.values()), closer


TRAITS = {"customised": ("crm", 0.008), "two-way": ("dialogue", 1.0), "long-run": ("forbearance", 1.0), "integrated": ("structural", 0.8)}


def test_four_traits_in_all_sixteen_combinations():
    combinations = list(product((0, 1), repeat=4))
    firms = {
        "Traits " + "".join(map(str, has)): levers(**{name: on * full for on, (name, full) in zip(has, TRAITS.values(), strict=True)})
        for has in combinations
    }
    tables = panel(firms, {"market.idle_capacity": 0.0, "market.transparency": 0.1})

    def main_effect(measure, trait):
        number = list(TRAITS).index(trait)
        return sum((1 if has[number] else -1) * value(tables, measure, firm) for has, firm in zip(combinations, firms, strict=True)) / 8.0

    assert main_effect("knowledge", "customised") > 0.2
    assert main_effect("good_contacts", "two-way") > 0.05
    assert main_effect("surplus_share", "long-run") < -0.008
    assert main_effect("structural_bond", "integrated") > 0.15
    assert max(abs(main_effect("structural_bond", trait)) for trait in TRAITS if trait != "integrated") < 0.03
    assert min(main_effect("trust", trait) for trait in ("customised", "two-way")) > 0.015


def test_a_partner_is_chosen_by_strength_and_values():
    def orders(partnership, **more):
        held = {"firms.0.fixed": {"supplier_partnership": partnership, "shared_values": 1.0}}
        return value(
            whole(held | {path.replace("__", "."): number for path, number in more.items()}), "orders", table="partner_months", partner="Good"
        )

    assert orders(1.0, suppliers__1__quality=0.9) > orders(0.0, suppliers__1__quality=0.9) + 0.3
    strong = {"mechanisms__supply__by_values": 5.0}
    assert orders(1.0, suppliers__1__values=1.0, **strong) > orders(1.0, suppliers__1__values=0.0, **strong) + 0.4


def test_each_of_four_characteristics_has_its_lever():
    def moved(measure, lever, market):
        more, less = (whole({"firms.0.fixed": {lever: level}}) for level in (1.0, 0.0))
        return change(more, less, measure, table="dyad_months", market=market)

    assert moved("two_way", "supplier_dialogue", "supplier") > 0.07
    assert moved("cooperation", "supplier_partnership", "supplier") > 0.03
    assert moved("closeness", "social", "customer") > 0.2
    using, sparing = (shipped("monopoly_of_information", {"firms.0.fixed": {"forbearance": level}}, customers=600, months=18) for level in (0.0, 1.0))
    assert change(sparing, using, "win_win", "Transactional A", table="dyad_months", market="customer") > 0.25


def test_control_mends_a_fall_of_quality_and_sooner_without_delay():
    standards = {"None": {"standard": 0.0}, "Quick": {"standard": 0.6, "delay": 1.0}, "Slow": {"standard": 0.6, "delay": 10.0}}
    slip = {"name": "slip", "month": 13, "months": 100, "set": {f"firms.{number}.quality": 0.4 for number in range(3)}}
    tables = panel({name: {"planning": how} for name, how in standards.items()}, {"events": [slip]}, months=36)
    assert lead(tables, "satisfaction", "Quick", "None", (29, 36)) > 0.06
    assert lead(tables, "satisfaction", "Quick", "Slow", (19, 28)) > 0.01
    assert lead(tables, "cost_service", "Quick", "None", (29, 36)) > 4.0
