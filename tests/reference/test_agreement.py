"""The fast model equals the plain one: every discrete outcome, attitudes within 1e-4, money to the cent.

Month by month the plain model takes over the fast one's state, so that every month is a test of its own over all customers and one rounding tie
cannot hide what follows. A flip must be proved a tie: moving one draw by 1e-5 of itself (or two steps of a draw) gives the fast outcome, and
all counts of the month then agree. At most one decision in 100,000 may be one. Then both run freely, from a seed without ties.
"""

from collections import Counter

import pytest
from scipy.special import betaincinv, gammaincinv

from sim import MarketModel
from sim.draws import Luck
from tests.reference.agreement import Month, books_apart, decisions, differences, partners_apart
from tests.reference.market import PlainMarket
from tests.reference.settings import MARKETS_OFF, SETTINGS, SWITCHED_OFF, busy, off, six, six_off

SEED = 1
ALLOWED_FLIPS = 1e-5


def chosen(*quick):
    """Return all settings; those that are not named are left to the slow tests."""
    return [setting if setting in quick else pytest.param(setting, marks=pytest.mark.slow) for setting in SETTINGS]


def by_month(scenario, seed):
    """Return all ties, how many decisions there were, and the two models; fail at the first month with a difference that is no tie."""
    plain, fast = PlainMarket(scenario, seed), MarketModel(scenario, seed=seed)
    assert differences(plain, fast) == {}, "the customers differ before the first month"
    assert partners_apart(plain, fast) == [], "relations with partners differ before the first month"
    ties, decided = [], 0
    while fast.running:
        month = Month(plain, fast).live()
        assert not month.bugs, "\n".join(month.bugs[:10])
        ties += month.ties
        decided += decisions(plain)
    return ties, decided, plain, fast


@pytest.mark.parametrize("setting", chosen("duel", "short contracts", "events and campaigns"))
def test_every_month_agrees(setting):
    ties, decided, plain, fast = by_month(SETTINGS[setting](), SEED)
    print(f"{setting}: {len(ties)} ties in at least {decided} decisions", *ties, sep="\n  ")
    assert len(ties) <= max(1, round(ALLOWED_FLIPS * decided)), ties
    cohorts_agree(plain, fast)
    classes_agree(plain, fast)
    # The setting is a test only where something happens.
    assert sum(book["purchases"] for books in plain.history for cell in books.values() for book in cell) > len(plain.customers) / 5


def cohorts_agree(plain, fast):
    """The last month of the cohorts' table: how many customers of each firm and month of acquisition are active."""
    found = Counter()
    for customer in plain.customers:
        for j, spec in enumerate(plain.described.firms):
            found[spec.name, max(customer.first_purchase[j], 0)] += customer.silence(j, plain.month) <= 1
    table = fast.tables()["cohorts"]
    last = [row for row, began in enumerate(table["acquired_in"]) if began + table["age"][row] == plain.month]
    kept = {(table["firm"][row], int(table["acquired_in"][row])): int(table["customers"][row]) for row in last}
    assert +Counter(kept) == +found


def classes_agree(plain, fast):
    """The table of moves between the database's classes: how many customers went from which to which, each month."""
    found = Counter()
    for month, books in enumerate(plain.history, 1):
        for cell in books.values():
            for spec, book in zip(plain.described.firms, cell, strict=True):
                found.update({(month, spec.name, *moved): int(count) for moved, count in book.items() if isinstance(moved, tuple)})
    table = fast.tables()["class_months"]
    kept = zip(*(table[name].tolist() for name in ("month", "firm", "before", "after", "customers")), strict=True)
    assert {row[:4]: row[4] for row in kept} == found


def test_six_markets_in_which_everything_happens_agree():
    ties, decided, _plain, fast = by_month(six(customers=120, months=18), SEED)
    assert len(ties) <= max(1, round(ALLOWED_FLIPS * decided)), ties
    happened = fast.tables()
    partners, firms = happened["partner_months"], happened["firm_months"]
    # The setting is a test only where all of this happens.
    assert set(partners["allied"][partners["market"] == "competitor"]) == {0.0, 1.0}
    assert (partners["wait"] > 0).any() and ((partners["late"] > 0) & (partners["late"] < 1)).any() and (partners["late"] == 1).any()
    assert (partners["agreed"] == 0).any()
    for figure in ("left_dissatisfied", "left_for_offer", "left_for_variety", "left_not_found", "switched_in", "cost_partners"):
        assert firms[figure].sum() > 0, figure
    assert fast.web.lead.max() > 0 and fast.web.moves.any() and fast.web.copied.any()


@pytest.mark.parametrize("slot", [slot if slot == "supply" else pytest.param(slot, marks=pytest.mark.slow) for slot in MARKETS_OFF])
def test_six_markets_agree_without(slot):
    ties = by_month(six_off(slot).but(customers=120, months=10), SEED)[0]
    assert len(ties) <= 1, ties


@pytest.mark.parametrize("slot", SWITCHED_OFF)
def test_every_month_agrees_without(slot):
    ties = by_month(off(slot).but(customers=150, months=8), SEED)[0]
    assert len(ties) <= 1, ties


@pytest.mark.parametrize("setting", chosen("busy"))
def test_free_runs_agree(setting):
    scenario, stories = SETTINGS[setting](), []
    for seed in range(1, 7):
        story = free_run(scenario, seed)
        if not story:
            return
        stories.append(f"seed {seed}: {story}")
    # With about one tie in a few runs, six seeds in a row are not luck.
    pytest.fail("\n".join(stories))


def free_run(scenario, seed):
    """Return the first difference between two free runs; nothing if there is none to the end."""
    plain, fast = PlainMarket(scenario, seed), MarketModel(scenario, seed=seed)
    while fast.running:
        fast.step()
        plain.step()
        apart = differences(plain, fast)
        books = partners_apart(plain, fast) + books_apart(plain, fast)
        if apart or books:
            return f"month {plain.month}: {list(apart.items())[:2]} {books[:2]}"
    total = sum(figures["cumulative_profit"] for figures in plain.months[-1])
    assert total == pytest.approx(float(fast.ledger.months[-1]["cumulative_profit"][-1].sum()), abs=0.005)
    return ""


def test_rates_and_dropouts_are_gamma_and_beta():
    """The one thing that the plain model takes from the fast one, against scipy: quantiles of one draw each, within 1e-4."""
    scenario = busy(customers=5_000, months=1)
    customers, luck, segment = MarketModel(scenario, seed=3).customers, Luck(3, 0, 0, 5_000), scenario.segments[0]
    rate = gammaincinv(segment.need_shape, luck.uniform("purchase_rate").astype(float) + 2.0**-25) / segment.need_scale
    dropout = betaincinv(segment.dropout_a, segment.dropout_b, luck.uniform("dropout").astype(float) + 2.0**-25)
    assert customers.get("rate") == pytest.approx(rate, rel=1e-4)
    assert customers.get("dropout") == pytest.approx(dropout, rel=1e-4)
