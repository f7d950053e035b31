"""Competition for customers, and where relations win or lose: each concept against the same market without it. One seed, the same luck."""

import pytest
from compare import change, lead, pair, panel, shipped, value

ONE = "firms.0.fixed."
AGAINST = {"firms.0.strategy": {"kind": "relational"}, "firms.1.strategy": {"kind": "transactional"}}
"""A relational firm One against a transactional Other."""


def test_c004_in_a_buyers_market_customers_lead_and_take_more():
    sellers, buyers = (pair({"market.idle_capacity": idle}) for idle in (0.0, 0.8))
    assert change(buyers, sellers, "power_balance") < -0.15
    assert change(buyers, sellers, "surplus_share") < -0.005


def test_c005_promotions_of_all_cancel_each_other():
    nobody, one, both = pair(), pair({ONE + "discount": 0.15}), pair({ONE + "discount": 0.15, "firms.1.fixed.discount": 0.15})
    assert change(one, nobody, "market_share") > 0.08
    assert abs(change(both, nobody, "market_share")) < 0.05
    assert change(both, nobody, "profit") < -15.0


def test_c005_where_technology_makes_products_alike_nobody_is_worth_more():
    apart, alike = pair({"firms.0.quality": 0.85}), pair({"firms.0.quality": 0.85, "firms.1.quality": 0.85})
    assert lead(apart, "perceived_value", "One", "Other") > 0.1
    assert abs(lead(alike, "perceived_value", "One", "Other")) < 0.03


def test_c021_c022_c059_keeping_and_winning_pay_together_and_more_keeping_where_winning_is_dear():
    """Five firms with one budget and another split of it each; accounts leave out what winning costs beyond a ratio of 6."""
    splits = (0.0, 0.3, 0.6, 0.9, 1.0)

    def profits(ratio):
        split = {"kind": "budget_split", "budget": 0.02, "full_effort": 0.1, "cost_ratio": ratio}
        tables = panel({f"S{share}": {"strategy": split | {"retention_share": share}} for share in splits}, customers=1500, months=24)
        wasted = [1500 * 0.02 * (1.0 - share) * (1.0 - 6.0 / ratio) for share in splits]
        return [value(tables, "profit", f"S{share}", (7, 24)) - lost for share, lost in zip(splits, wasted, strict=True)]

    usual, dear = profits(6.0), profits(20.0)
    assert 0 < usual.index(max(usual)) < len(splits) - 1, "an inner share is best"
    assert max(usual) > max(usual[0], usual[-1]) + 2.0
    assert dear[-1] - dear[1] > usual[-1] - usual[1], "the dearer winning, the more keeping is worth against it"


def test_c060_five_classes_and_what_moves_people_between_them():
    dear, plain = pair({"firms.0.price": 1.4}), pair()
    classes = ("existing", "new", "brand_switchers", "triers")
    for tables in (dear, plain):
        assert sum(value(tables, name) for name in classes) == pytest.approx(value(tables, "customers"))
    assert value(dear, "brand_switchers") / value(dear, "customers") > value(plain, "brand_switchers") / value(plain, "customers") + 0.03

    def turned(tables):
        rows = tables["class_months"].query("firm == 'One' and before == 'existing' and after == 'brand_switcher'")
        return rows["customers"].sum() / tables["firm_months"].query("firm == 'One'")["existing"].sum()

    assert turned(dear) > 1.2 * turned(plain)


def test_c070_what_relationship_marketing_is_not():
    """Six firms in one market: mass, selling, loyalty, partnering and database marketing, and the whole of it."""
    kinds = ("mass", "relationship_selling", "loyalty_only", "partnering", "database_only", "relational")
    tables = panel({kind: {"strategy": {"kind": kind}} for kind in kinds}, months=24)
    for kind in kinds[:-1]:
        assert lead(tables, "commitment", "relational", kind, (13, 24)) > 0.02, kind
        assert lead(tables, "trust", "relational", kind, (13, 24)) > 0.02, kind
    assert lead(tables, "knowledge", "database_only", "mass") > 0.1
    assert lead(tables, "social_bond", "relationship_selling", "database_only") > 0.05


def test_c080_relations_are_wasted_on_customers_who_want_deals():
    def ahead(orientation, measure):
        return lead(pair({**AGAINST, "segments.0.orientation": orientation, "segments.0.orientation_spread": 0.1}, months=24), measure, "One", "Other", (13, 24))

    assert ahead(0.8, "profit") > ahead(0.1, "profit") + 10.0
    assert ahead(0.8, "commitment") > ahead(0.1, "commitment") + 0.1


def test_c080_in_a_market_of_deal_seekers_relations_lose():
    tables = shipped("transaction_buyers", customers=1500, months=24)
    relational, transactional = (sum(value(tables, "profit", f"{kind}", (1, 24)) for kind in kinds)
                                 for kinds in (("Relational C", "Relational D"), ("Transactional A", "Transactional B")))  # fmt: skip
    assert relational < 0.9 * transactional


def test_c089_each_tactic_moves_its_own_state():
    """The menu of tactics: what each does, where it does it. Personal contact and follow-up are set against no contact at all."""
    silent = dict.fromkeys(("mail", "email", "phone"), 0.0)
    menu = {
        "personal contact": (silent | {"phone": 3.0}, "trust", 0.01), "quality service": ({"service": 0.9}, "performance", 0.05),
        "value-added services": ({"extras": 0.8}, "performance", 0.04), "regular follow-up": (silent | {"mail": 9.5}, "social_bond", 0.02),
        "rewards": ({"reward": 0.1}, "perceived_value", 0.01), "care": ({"social": 1.0}, "social_bond", 0.05),
        "participation": ({"participation": 1.0, "social": 1.0}, "social_bond", 0.05), "surveys": ({"sensing": 0.8}, "offer_fit", 0.1),
        "joint values": ({"shared_values": 1.0}, "commitment", 0.02), "open information": ({"openness": 1.0}, "information_satisfaction", 0.08),
        "integration": ({"structural": 1.0}, "structural_bond", 0.1), "records": ({"crm": 0.01}, "knowledge", 0.05),
    }  # fmt: skip
    for name, (tactic, measure, least) in menu.items():
        without = silent if silent.keys() <= tactic.keys() else {}
        assert change(pair({"firms.0.fixed": tactic}), pair({"firms.0.fixed": without} if without else None), measure) > least, name


def test_c100_who_wins_depends_on_the_market():
    """The relational firm leads by profit in one corner of the plane of switching cost and orientation, and by less in the other."""

    def ahead(switching, orientation):
        return lead(pair({**AGAINST, "market.switching_cost": switching, "segments.0.orientation": orientation}, months=24), "profit", "One", "Other", (1, 24))

    assert ahead(0.0, 0.8) > ahead(0.0, 0.1) + 5.0
    assert ahead(0.0, 0.8) > ahead(3.0, 0.8)


def test_c071_who_helps_to_make_the_offer_makes_it_better():
    helps = {ONE + "social": 1.0, "mechanisms.ladder.partner": 0.1, "mechanisms.ladder.advocate": 0.4}

    def performance(together, co_creation):
        return value(pair({**helps, ONE + "participation": together, "mechanisms.ladder.co_creation": co_creation}), "performance")

    assert performance(1.0, 0.6) > performance(0.0, 0.6) + 0.015
    assert abs(performance(1.0, 0.0) - performance(0.0, 0.0)) < 0.005


@pytest.mark.parametrize(
    ("path", "high", "low", "measure", "least"),
    [
        ("mechanisms.power.freedom", 0.5, 0.0, "revenue", 3.0),
        (ONE + "participation", 1.0, 0.0, "performance", 0.001),
        (ONE + "dialogue", 1.0, 0.0, "trust", 0.002),
    ],
)
def test_c072_price_product_and_promotion_are_talked_about(path, high, low, measure, least):
    helps = {ONE + "social": 1.0, "mechanisms.ladder.partner": 0.1, "mechanisms.ladder.advocate": 0.4, "market.transparency": 1.0}
    assert change(pair({**helps, path: high}), pair({**helps, path: low}), measure) > least


def test_c072_place_is_a_channel_of_ones_own():
    shelves = {"distributors": [{"name": "City"}]}
    assert change(pair({ONE + "direct": 0.8}, **shelves), pair(**shelves), "availability") > 0.03

