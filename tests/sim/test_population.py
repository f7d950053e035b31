"""The starting customers: drawn from the scenario's distributions, and the same whatever else the scenario says."""

import itertools

import numpy as np
import pytest
import small
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import betaincinv, gammaincinv

from sim import customers, population
from sim.customers import NEVER, NOBODY, bytes_per_customer, columns
from sim.market import MarketModel
from sim.scenario import Segment

LARGE = 20_000


@pytest.fixture(scope="module")
def large():
    segments = (
        Segment(name="s", need_shape=0.6, need_scale=1.5, dropout_a=0.8, dropout_b=2.5, orientation=0.5, orientation_spread=0.2, taste_spread=1.3),
    )
    return MarketModel(small.scenario(customers=LARGE, segments=segments), seed=5)


@given(shares=st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=8), more=st.integers(0, 500))
def test_every_segment_has_its_part_and_nobody_is_lost(shares, more):
    n = len(shares) + more
    scenario = small.scenario(customers=n, segments=tuple(Segment(name=f"s{k}", share=share) for k, share in enumerate(shares)))
    sizes = population.sizes(scenario)
    assert sum(sizes) == n
    assert min(sizes) >= 1
    # Ends are rounded, and moved where a segment would be empty.
    parts = np.array(shares) / sum(shares) * n
    assert np.abs(np.array(sizes) - parts).max() <= len(shares)


# Kolmogorov-Smirnov tests at a false-alarm rate of 1e-4 each; the seed is fixed.
def test_purchase_rates_are_gamma(large):
    assert stats.kstest(large.customers.get("rate"), stats.gamma(0.6, scale=1 / 1.5).cdf).pvalue > 1e-4


def test_dropout_is_beta(large):
    assert stats.kstest(large.customers.get("dropout"), stats.beta(0.8, 2.5).cdf).pvalue > 1e-4


def test_orientation_is_uniform_within_its_spread(large):
    assert stats.kstest(large.customers.get("orientation"), stats.uniform(0.3, 0.4).cdf).pvalue > 1e-4


def test_taste_is_normal_and_independent_between_firms(large):
    taste = large.customers.get("taste") * 0.001
    # Stored in thousandths: the rounding is far below what the test can see.
    assert stats.kstest(taste[:, 0], stats.norm(scale=1.3).cdf).pvalue > 1e-4
    assert abs(np.corrcoef(taste[:, 0], taste[:, 1])[0, 1]) < 4.5 / np.sqrt(LARGE)


@pytest.mark.parametrize("shape", [0.05, 0.25, 0.6, 1.0, 4.0])
def test_the_table_of_gamma_quantiles_is_as_exact_as_it_says(shape):
    draws = (np.arange(0.0, 1.0, 1 / 50_021) + 1e-6)[:-1]
    exact = gammaincinv(shape, draws)
    kept = exact > 1e-30
    np.testing.assert_allclose(population._gamma(shape).at(draws)[kept], exact[kept], rtol=1e-4)


@pytest.mark.parametrize(("a", "b"), [(0.2, 2.0), (0.8, 2.5), (1.0, 12.0), (5.0, 0.3)])
def test_and_so_is_that_of_beta_quantiles(a, b):
    draws = (np.arange(0.0, 1.0, 1 / 50_021) + 1e-6)[:-1]
    exact = betaincinv(a, b, draws)
    kept = exact > 1e-30
    np.testing.assert_allclose(population._beta(a, b).at(draws)[kept], exact[kept], rtol=1e-4)


def test_first_relations_follow_the_start_shares(large):
    current = large.customers.get("current")
    for j, share in enumerate((0.25, 0.25, 0.2)):
        # 4.5 standard errors of a share: false alarm 7e-6.
        assert abs((current == j).mean() - share) < 4.5 * np.sqrt(share * (1 - share) / LARGE)
    mine = np.arange(3) == current[:, None]
    state = small.state(large)
    np.testing.assert_array_equal(state["purchases"], mine)
    for name in ("first_purchase", "last_purchase"):
        assert (state[name][~mine] == NEVER).all()
        # Up to a year back, evenly: twelve months, at a false-alarm rate of 1e-4.
        assert stats.chisquare(np.bincount(-state[name][mine], minlength=12)).pvalue > 1e-4
    np.testing.assert_array_equal(state["first_purchase"], state["last_purchase"])
    assert (state["aware"][mine] == 1).all()


def test_contracts_of_the_start_end_in_turn():
    model = MarketModel(small.contractual(customers=LARGE).but({"market.contract_term": 5.0}))
    state = small.state(model)
    assert stats.chisquare(np.bincount(-state["first_purchase"][state["purchases"] > 0], minlength=5)).pvalue > 1e-4


def test_people_have_come_and_gone_before_the_start():
    segments = (Segment(name="s", dropout_a=1.0, dropout_b=4.0, need_shape=1.0, need_scale=1.0),)
    fresh = small.scenario(customers=LARGE, segments=segments).but({"mechanisms.turnover.arrival": 0.2, "mechanisms.turnover.departure": 0.01})
    settled = fresh.but({"market.settling": 36.0})
    one, other = (small.state(MarketModel(scenario, seed=5)) for scenario in (fresh, settled))
    assert (one["rate"] > 0).all()
    assert 0.5 < (other["rate"] > 0).mean() < 0.99
    # Those who leave easily, and those who buy often, have gone sooner.
    here = other["rate"] > 0
    assert other["dropout"][here].mean() < one["dropout"].mean() - 0.02
    assert other["rate"][here].mean() < one["rate"].mean() - 0.02
    assert (other["entered"] == 0).all()
    assert (other["current"][~here] == NOBODY).all()


def test_a_customer_of_nobody_has_no_history(large):
    state = small.state(large)
    alone = state["current"] == NOBODY
    assert alone.any()
    assert (state["purchases"][alone] == 0).all()
    assert (state["commitment"] == 0).all()


def test_two_scenarios_under_one_seed_meet_the_same_customers():
    one = MarketModel(small.scenario(), seed=3)
    other = MarketModel(
        small.scenario().but(
            {"firms.0.strategy.kind": "relational", "firms.1.price": 1.4, "mechanisms.power.eps": 0.3, "market.setting": "contractual"}
        ),
        seed=3,
    )
    small.same(small.state(one), small.state(other))


def test_one_customers_traits_do_not_depend_on_how_many_others_there_are():
    alone = (Segment(name="s"),)
    few, many = (
        MarketModel(small.scenario(customers=50, segments=alone), seed=3),
        MarketModel(small.scenario(customers=5_000, segments=alone), seed=3),
    )
    small.same({k: v[:50] for k, v in small.state(many).items()}, small.state(few))


def test_another_seed_meets_other_customers():
    one, other = MarketModel(small.scenario(), seed=3), MarketModel(small.scenario(), seed=4)
    assert (one.customers.get("rate") != other.customers.get("rate")).mean() > 0.99


def test_another_firm_leaves_the_customers_as_they_are():
    two, three = MarketModel(small.scenario(firms=small.FIRMS[:2]), seed=3), MarketModel(small.scenario(), seed=3)
    small.same(small.state(two), small.state(three), ("rate", "dropout", "orientation"))
    for name in ("taste", "reputation", "satisfaction"):
        np.testing.assert_array_equal(small.state(two)[name], small.state(three)[name][:, :2])


def test_blocks_cover_the_customers_once_and_hold_one_segment_each(monkeypatch):
    monkeypatch.setattr(population, "BLOCK", 1_000)
    total = 10_000
    model = MarketModel(small.scenario(customers=total))
    firsts = [(block.first, block.n) for block in model.blocks]
    assert firsts[0][0] == 0
    assert all(first + n == following for (first, n), (following, _) in itertools.pairwise(firsts))
    assert firsts[-1][0] + firsts[-1][1] == total
    assert max(n for _, n in firsts) <= 1_000
    by_segment = [sum(block.n for block in model.blocks if block.segment == s) for s in range(2)]
    assert by_segment == population.sizes(model.scenario)


def test_a_customer_of_a_market_with_four_firms_takes_at_most_200_bytes():
    assert bytes_per_customer(4) <= 200
    block = customers.empty_block(0, 0, 7, 4)
    assert sum(getattr(block, name).nbytes for name in columns()) == 7 * bytes_per_customer(4)


def test_an_empty_block_has_the_declared_start_and_type():
    block = customers.empty_block(3, 1, 5, 2)
    for name, declared in columns().items():
        values = getattr(block, name)
        assert values.dtype == declared.metadata["dtype"], name
        assert values.shape == ((2, 5) if declared.metadata["dyad"] else (5,)), name
        assert (values == declared.metadata["start"]).all(), name
