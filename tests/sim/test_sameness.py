"""Sameness: equal bits for any number of threads, in any run; and one customer's change is hers alone (common random numbers)."""

import pickle

import numpy as np
import pytest
import small

from sim import draws, market, month, population
from sim.market import MarketModel
from sim.markets import web

SLOTS = sorted(type(small.scenario().mechanisms).model_fields)


def tables_equal(one, other):
    assert one.keys() == other.keys()
    for name, table in one.items():
        assert table.keys() == other[name].keys()
        for column, values in table.items():
            np.testing.assert_array_equal(values, other[name][column], err_msg=f"{name}.{column}")


@pytest.mark.parametrize("make", [small.scenario, small.contractual, small.whole])
def test_equal_bits_for_1_2_and_3_threads(make, monkeypatch):
    monkeypatch.setattr(market, "SERIAL_BELOW", 1)
    monkeypatch.setattr(population, "BLOCK", 2_000)
    scenario = make(customers=13_000, months=4)
    one = small.run(scenario, seed=9)
    assert len(one.blocks) == 8
    for threads in (2, 3):
        other = small.run(scenario, seed=9, threads=threads)
        small.same(small.state(one), small.state(other))
        tables_equal(one.tables(), other.tables())


def test_small_markets_do_not_start_threads(monkeypatch):
    monkeypatch.setattr(market, "_pool", lambda threads: pytest.fail("a pool was asked for"))
    small.run(small.scenario(months=1), threads=2)


def test_equal_bits_in_two_runs_and_across_a_pickle_of_the_scenario():
    scenario = small.whole()
    one, again, copied = (small.run(s, seed=4) for s in (scenario, scenario, pickle.loads(pickle.dumps(scenario))))
    small.same(small.state(one), small.state(again))
    small.same(small.state(one), small.state(copied))
    tables_equal(one.tables(), copied.tables())


def test_two_models_side_by_side_do_not_touch_each_other():
    scenario = small.scenario()
    alone = small.run(scenario, seed=4)
    left, right = MarketModel(scenario, seed=4), MarketModel(small.scenario().but({"firms.0.price": 0.5}), seed=4)
    while left.running:
        left.step()
        right.step()
    small.same(small.state(alone), small.state(left))


def test_another_seed_is_another_market():
    one, other = small.run(small.scenario(), seed=1), small.run(small.scenario(), seed=2)
    assert (small.state(one)["taste"] != small.state(other)["taste"]).mean() > 0.99
    assert (small.figure(one, "profit") != small.figure(other, "profit")).all()


def test_the_size_of_blocks_does_not_show_where_firms_react_to_nothing(monkeypatch):
    scenario = small.steady(customers=1_000, months=6)
    usual = small.run(scenario)
    monkeypatch.setattr(population, "BLOCK", 77)
    narrow = small.run(scenario)
    assert len(narrow.blocks) > 10
    small.same(small.state(usual), small.state(narrow))
    tables_equal(usual.tables(), narrow.tables())


def test_neither_does_it_where_they_react(monkeypatch):
    # Sums of attitudes are fixed-point integers, so the order of adding does not show either.
    usual = small.run(small.scenario(customers=1_000))
    monkeypatch.setattr(population, "BLOCK", 77)
    tables_equal(usual.tables(), small.run(small.scenario(customers=1_000)).tables())


@pytest.mark.parametrize("rank", [0, 1, 2, 30])
def test_a_change_of_one_customer_leaves_all_others_as_they_were(rank):
    scenario = small.steady(months=18)
    plain, changed = MarketModel(scenario, seed=6), MarketModel(scenario, seed=6)
    number = int(np.argsort(-plain.customers.get("rate"))[rank])  # one who buys often
    customer = changed.customers[number]
    customer.orientation = 1.0 - float(customer.orientation)
    customer.trust = 1.0
    customer.taste = np.array([5_000, -5_000])
    plain.run_model()
    changed.run_model()
    one, other = small.state(plain), small.state(changed)
    rest = np.arange(400) != number
    small.same({name: values[rest] for name, values in one.items()}, {name: values[rest] for name, values in other.items()})
    assert any((one[name][number] != other[name][number]).any() for name in ("taste", "orientation", "purchases", "value"))


def test_with_word_of_mouth_a_change_reaches_only_those_who_can_have_heard():
    scenario = small.steady(months=1, customers=2_000).but({"mechanisms.word_of_mouth.active": True})
    plain, changed = MarketModel(scenario, seed=6), MarketModel(scenario, seed=6)
    changed.customers[1_000].satisfaction = 0.0
    plain.step()
    changed.step()
    # What she said is heard next month at the earliest.
    one, other = small.state(plain), small.state(changed)
    rest = np.arange(2_000) != 1_000
    small.same({name: values[rest] for name, values in one.items()}, {name: values[rest] for name, values in other.items()})


class Recorder(draws.Luck):
    """Luck that writes down what was drawn, agent by agent."""

    drawn: dict[tuple, dict[int, float]]

    def _note(self, decision, row, values):
        self.drawn.setdefault((decision, self.month, row), {}).update(zip(self._agents.tolist(), values.tolist(), strict=True))

    def some(self, rows):
        part = type(self)(self.seed, self.month, 0, 0)
        part._agents = self._agents[rows]
        return part

    def uniform(self, decision):
        found = super().uniform(decision)
        self._note(decision, 0, found)
        return found

    def uniforms(self, decision, count):
        found = super().uniforms(decision, count)
        for row in range(count):
            self._note(decision, row, found[row])
        return found


def recorded(monkeypatch, scenario):
    drawn = {}
    with monkeypatch.context() as patch:
        recorder = type("RecorderOfOne", (Recorder,), {"drawn": drawn})
        for module in (month, population, web):
            patch.setattr(module, "Luck", recorder)
        small.run(scenario)
    return drawn


@pytest.mark.parametrize("slot", SLOTS)
def test_an_ablation_leaves_every_draw_as_it_was(slot, monkeypatch):
    full = recorded(monkeypatch, small.whole(months=3))
    less = recorded(monkeypatch, small.whole(months=3).but({f"mechanisms.{slot}.active": False}))
    common = full.keys() & less.keys()
    assert len(common) > 0.5 * len(full)
    for key in common:
        agents = full[key].keys() & less[key].keys()
        assert all(full[key][agent] == less[key][agent] for agent in agents), key


def test_every_decision_of_the_month_is_drawn(monkeypatch):
    names = {key[0] for key in recorded(monkeypatch, small.whole(months=2))}
    assert names == (set(draws.FIRST_DRAWS) | set(draws.MANY_DRAWS)) - {"sample"}
