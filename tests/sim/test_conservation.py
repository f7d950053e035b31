"""Conservation: people, purchases and money add up, in every month of every market; columns stay within their declared range."""

import numpy as np
import pytest
import small
from hypothesis import given, settings
from hypothesis import strategies as st

from sim import dyads
from sim.customers import columns
from sim.market import MarketModel
from sim.measures import measures
from sim.parties import DepartmentSpec, DistributorSpec, InfluencerSpec, SupplierSpec
from sim.rules import kinds
from sim.scenario import Campaign, FirmSpec, Market, Segment
from sim.units import MICROS

STRATEGIES = sorted(kinds("sim.strategies")["strategy"].items())
share = st.floats(0, 1)


PULLED = [{}, {}, {"portfolio": 1.0}, {"favours": 0.5, "innovation": 1.0, "sensing": 1.0}, {"direct": 0.5, "poaching": 0.3, "reactivation": 3.0}]
"""Levers that strategies on the continuum leave alone."""


@st.composite
def partners(draw):
    """Partners in any of the four markets, none to three in each."""
    kinds = ["media", "government", "bank", "consumer_body", "community"]

    def some(make):
        return tuple(make(f"p{k}") for k in range(draw(st.integers(0, 3))))

    return {
        "suppliers": some(lambda name: SupplierSpec(
            name=name, cost=draw(st.floats(0, 2)), quality=draw(share), reliability=draw(share), capacity=draw(st.sampled_from([0.0, 20.0, 1e9])),
            orientation=draw(share),
        )),
        "distributors": some(lambda name: DistributorSpec(name=name, reach=draw(st.floats(0.1, 5)), orientation=draw(share))),
        "departments": some(lambda name: DepartmentSpec(name=name, weight=draw(st.floats(0.1, 5)), staff=draw(st.floats(0.1, 5)))),
        "influencers": some(lambda name: InfluencerSpec(
            name=name, kind=draw(st.sampled_from(kinds)), audience=draw(share), strictness=draw(share), stance=draw(st.floats(-1, 1)),
        )),
    }  # fmt: skip


@st.composite
def campaigns(draw):
    """None, or a campaign of the first firm with a control group."""
    if draw(st.booleans()):
        return ()
    return (
        Campaign(
            name="c", firm="f0", month=draw(st.integers(1, 4)), months=draw(st.integers(1, 4)), budget=draw(st.floats(0, 100)),
            control=draw(st.floats(0, 0.9)), form=draw(st.sampled_from(["offer", "event"])), levers={"discount": draw(st.floats(0, 0.5))},
        ),
    )  # fmt: skip


@st.composite
def markets(draw):
    """Small markets all over the range of what a scenario may say."""
    setting = draw(st.sampled_from(["noncontractual", "contractual"]))
    n_segments, n_firms = draw(st.integers(1, 3)), draw(st.integers(2, 5))
    segments = tuple(
        Segment(
            name=f"s{k}", share=draw(st.floats(0.1, 5)), need_shape=draw(st.floats(0.2, 3)), need_scale=draw(st.floats(0.2, 5)),
            dropout_a=draw(st.floats(0, 3)), dropout_b=draw(st.floats(0.5, 10)), orientation=draw(share), orientation_spread=draw(st.floats(0, 0.5)),
            price_sensitivity=draw(st.floats(0, 3)), desire=draw(share), taste_spread=draw(st.floats(0, 3)),
        )
        for k in range(n_segments)
    )  # fmt: skip
    firms = tuple(
        FirmSpec(
            name=f"f{k}", strategy=draw(st.sampled_from(STRATEGIES))[1](), price=draw(st.floats(0.1, 3)), unit_cost=draw(st.floats(0, 2)),
            quality=draw(share), reliability=draw(share), awareness=draw(share), reputation=draw(share), brand=draw(st.floats(-2, 2)),
            start_share=draw(st.floats(0, 1 / n_firms)), enters=draw(st.sampled_from([1, 1, 1, 3])), leaves=draw(st.sampled_from([6000, 6000, 5])),
            scandal=draw(st.sampled_from([0.0, 0.0, 0.5])), fixed=draw(st.sampled_from(PULLED)),
        )
        for k in range(n_firms)
    )  # fmt: skip
    market = Market(
        setting=setting, contract_term=draw(st.floats(1, 12)), switching_cost=draw(st.floats(0, 3)), outside_utility=draw(st.floats(-5, 3)),
        transparency=draw(share), idle_capacity=draw(share), season_amplitude=draw(share),
    )  # fmt: skip
    scenario = small.scenario(
        customers=draw(st.integers(n_segments, 150)), months=draw(st.integers(1, 8)), segments=segments, firms=firms, market=market,
        campaigns=draw(campaigns()), **draw(partners()),
    )  # fmt: skip
    slots = draw(st.lists(st.sampled_from(sorted(type(scenario.mechanisms).model_fields)), max_size=2, unique=True))
    changes = {f"mechanisms.{slot}.active": False for slot in slots}
    changes["mechanisms.turnover.departure"] = draw(st.floats(0, 0.3))
    changes["mechanisms.power.privacy"] = draw(share)
    changes["mechanisms.competition.active"] = draw(st.booleans())
    changes["mechanisms.balancing.active"] = draw(st.booleans())
    return scenario.but(changes)


def check_month(model, before, customers):
    """What must hold after any month; returns the firms' customers."""
    ledger = model.ledger
    figures = {name: values[-1] for name, values in ledger.months[-1].items()}
    by_segment = ledger.months[-1]
    # People.
    gained = figures["acquired"] + figures["won_back"]
    lost = model.ledger._recent[-1]["lost"][-1]
    at_start = model.ledger._recent[-1]["at_start"][-1]
    np.testing.assert_array_equal(figures["customers"], at_start + gained - lost)
    np.testing.assert_array_equal(at_start, customers)
    if model.scenario.market.setting != "contractual":  # a contract may end in the month of its purchase
        assert (figures["buyers"] <= figures["customers"]).all()
    assert (figures["buyers"] <= figures["purchases"]).all()
    inside, arrived, left = (int(n) for n in ledger.people[-1])
    assert inside == before + arrived - left
    assert inside == (model.customers.get("rate") > 0).sum()
    # Every dyad is in one regime, one class, one rung; every active customer in one cell.
    regimes = figures["customers"] if model.scenario.mechanisms.power.active else 0 * figures["customers"]
    np.testing.assert_array_equal(figures["marketed_leads"] + figures["parity"] + figures["marketer_leads"], regimes)
    classes = sum(figures[name] for name in ("existing", "new", "brand_switchers", "triers"))
    np.testing.assert_array_equal(classes, figures["customers"])
    some = figures["customers"] > 0
    cells = sum(figures[name] for name in ("loyal_share", "latent_share", "spurious_share", "no_loyalty_share"))
    np.testing.assert_allclose(cells[some], 1.0)
    rungs = sum(figures[f"rung_{name}"] for name in ("trial", "repeat", "satisfied", "loyal", "advocate", "partner"))
    np.testing.assert_allclose(rungs[some], 1.0)
    # Who has a history is active or has quit.
    purchases = model.customers.get("purchases")
    np.testing.assert_array_equal(figures["customers"] + figures["quitters"], (purchases > 0).sum(axis=0))
    # Complaints are part of bad episodes, handled ones of complaints, recovered ones of those.
    assert (figures["recovered"] <= figures["complaints_handled"]).all()
    assert (figures["complaints_handled"] <= figures["complaints"]).all()
    assert (figures["complaints"] <= figures["bad_episodes"]).all()
    assert (figures["bad_episodes"] <= figures["buyers"]).all()
    assert (figures["agreed"] <= figures["negotiated"]).all()
    assert figures["switched_in"].sum() == figures["switched_out"].sum()
    if figures["purchases"].sum() > 0:
        assert figures["market_share"].sum() == pytest.approx(1.0)
    # Money, to the micro.
    money = ledger.money[-1]
    assert money.dtype == np.int64
    np.testing.assert_array_equal(np.rint(figures["profit"] * MICROS), money[0] - money[1:].sum(axis=0))
    # The whole market is the sum of its segments.
    for name in ("customers", "purchases", "acquired", "complaints", "marketer_leads", "switched_in"):
        np.testing.assert_array_equal(by_segment[name][:-1].sum(axis=0), figures[name])
    for name in ("revenue", "profit", "cost_retention", "cost_acquisition"):
        np.testing.assert_allclose(by_segment[name][:-1].sum(axis=0), figures[name], atol=1e-6)
    return figures["customers"]


def check_ranges(model):
    for name, declared in columns().items():
        values = np.asarray(model.customers.get(name), np.float64)
        assert np.isfinite(values).all(), name
        assert (values >= declared.metadata["low"]).all() and (values <= declared.metadata["high"]).all(), name
    for name, measure in measures().items():
        values = model.ledger.months[-1][name]
        known = values[~np.isnan(values)]
        # Means are of numbers rounded to 2^-20 and may lie a hair outside.
        assert (known >= measure.low - 1e-6).all() and (known <= measure.high + 1e-6).all(), name


def check_partners(model):
    """What must hold of partners and of the books after any month."""
    web, rules = model.web, model.timeline.at(model.month)[1]
    for market, held in web.dyads.items():
        for name, declared in dyads.columns(market).items():
            values = np.asarray(getattr(held, name), np.float64)
            assert values.shape == (len(model.firms), len(held)), f"{market}.{name}"
            assert np.isfinite(values).all(), f"{market}.{name}"
            assert (values >= declared.low - 1e-6).all() and (values <= declared.high + 1e-6).all(), f"{market}.{name}"
    if web.lives("supplier", rules):
        orders = web.dyads["supplier"].orders.sum(axis=1)
        assert ((np.abs(orders - 1.0) < 1e-5) | (orders == 0.0)).all()
    # Firms that are not there sell nothing.
    figures = {name: values[-1] for name, values in model.ledger.months[-1].items()}
    absent = np.array([not firm.enters <= model.month <= firm.leaves for firm in model.scenario.firms])
    if model.scenario.market.setting != "contractual":
        assert (figures["purchases"][absent] == 0).all()
    # Money: what a firm has left is what came in less what went out, to the micro; every amount has a payer and a payee.
    books = model.office.history.books[-1]
    balance = np.zeros(len(model.firms), np.int64)
    for (payer, payee, _), amount in books.flows.items():
        assert amount.dtype == np.int64 and (amount >= 0).all(), (payer, payee)
        assert (payer == "firm") != (payee == "firm"), (payer, payee)
        balance += amount if payee == "firm" else -amount
    money = model.ledger.money[-1]
    np.testing.assert_array_equal(balance, money[0] - money[1:].sum(axis=0))
    np.testing.assert_allclose(books.surplus["firm"], figures["profit"], atol=1e-6)


@settings(max_examples=100)
@given(scenario=markets(), seed=st.integers(0, 2**64 - 1))
def test_everything_adds_up_and_stays_in_range_in_any_market(scenario, seed):
    model = MarketModel(scenario, seed=seed)
    first = (model.customers.get("purchases") > 0).sum(axis=0)
    inside, customers = scenario.customers, first
    spent = 0
    while model.running:
        model.step()
        customers = check_month(model, inside, customers)
        inside = int(model.ledger.people[-1][0])
        check_ranges(model)
        check_partners(model)
        spent += int(model.ledger.money[-1][0].sum())
    revenue = model.tables()["summary"]["total_revenue"].sum()
    assert revenue * MICROS == pytest.approx(spent, abs=len(scenario.firms))


@pytest.mark.parametrize("make", [small.scenario, small.contractual])
def test_what_customers_spend_is_what_firms_receive_in_exact_micros(make, monkeypatch):
    from sim import market

    spent = []
    carry_out = market.carry_out

    def watched(block, now):
        outcome = carry_out(block, now)
        spent.append((now.month, int(outcome["spent"][0])))
        return outcome

    monkeypatch.setattr(market, "carry_out", watched)
    model = small.run(make())
    for month in range(1, 13):
        assert sum(amount for when, amount in spent if when == month) == model.ledger.money[month - 1][0].sum()


def test_acquired_are_those_whose_first_purchase_it_was(history):
    for month in range(1, 25):
        before, after = history.states[month - 1], history.states[month]
        stayed = before["entered"] == after["entered"]
        # A newcomer's row starts empty: what was bought there before was somebody else's.
        had = (before["purchases"] > 0) & stayed[:, None]
        acquired = (after["purchases"] > 0) & ~had
        np.testing.assert_array_equal(acquired.sum(axis=0), history.figure("acquired")[month - 1])


def test_purchases_are_those_recorded(history):
    for month in range(1, 25):
        before, after = history.states[month - 1], history.states[month]
        stayed = (before["entered"] == after["entered"])[:, None]
        more = after["purchases"].astype(int) - np.where(stayed, before["purchases"], 0)
        assert (more >= 0).all()
        np.testing.assert_array_equal(more.sum(axis=0), history.figure("purchases")[month - 1])
        np.testing.assert_array_equal((more > 0).sum(axis=0), history.figure("buyers")[month - 1])
        np.testing.assert_array_equal(after["last_purchase"] == month, more > 0)


def test_traits_never_change_unless_a_newcomer_takes_the_place(history):
    first = history.states[0]
    for month, state in enumerate(history.states):
        same = state["entered"] == 0
        for name in ("taste", "orientation", "dropout"):
            np.testing.assert_array_equal(state[name][same], first[name][same])
        inside = same & (state["rate"] > 0)
        np.testing.assert_array_equal(state["rate"][inside], first["rate"][inside])
        assert (state["entered"] <= month).all()


def test_awareness_is_never_lost(history):
    for before, after in zip(history.states, history.states[1:], strict=False):
        same = before["entered"] == after["entered"]
        assert (after["aware"][same] >= before["aware"][same]).all()


def test_nobody_buys_after_leaving_the_category(history):
    for before, after in zip(history.states, history.states[1:], strict=False):
        gone = (before["rate"] == 0) & (before["entered"] == after["entered"])
        assert (after["purchases"][gone] == before["purchases"][gone]).all()


def test_the_means_are_those_of_the_columns(history):
    state, last = history.states[-1], 23
    silence = history.model.timeline.at(24)[1].database.silence(
        state["purchases"].T.copy(), state["first_purchase"].T.copy(), state["last_purchase"].T.copy(), 24
    )
    active = (silence <= 1).T
    np.testing.assert_array_equal(active.sum(axis=0), history.figure("customers")[last])
    for name in ("trust", "commitment", "satisfaction", "social_bond", "structural_bond"):
        mean = np.where(active, state[name], 0).sum(axis=0) / active.sum(axis=0)
        np.testing.assert_allclose(history.figure(name)[last], mean, atol=1e-6)
    np.testing.assert_allclose(history.figure("reputation")[last], state["reputation"].mean(axis=0), atol=1e-6)


def test_cohorts_hold_all_purchases_and_customers(history):
    table = history.model.tables()["cohorts"]
    for firm in np.unique(table["firm"]):
        mine = table["firm"] == firm
        at_end = mine & (table["acquired_in"] + table["age"] == 24)
        j = [spec.name for spec in history.model.scenario.firms].index(firm)
        assert table["customers"][at_end].sum() == history.figure("customers")[-1, j]
        in_month = mine & (table["acquired_in"] + table["age"] == 12)
        assert table["purchases"][in_month].sum() == history.figure("purchases")[11, j]
    assert (table["age"] >= 0).all()
    assert (table["customers"] <= table["size"] + 0).mean() > 0.9
