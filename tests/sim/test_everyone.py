"""The verbs of Mesa's AgentSet, answered on columns: they mean what they mean for agents."""

import numpy as np
import pytest
import small

from sim import Customer, Firm, MarketModel
from sim.agents.competitor import Competitor
from sim.customers import columns


@pytest.fixture
def model():
    model = MarketModel(small.scenario(), seed=2)
    for _ in range(3):
        model.step()
    return model


@pytest.fixture
def customers(model):
    return model.agents_by_type[Customer]


def test_len_iteration_and_places(model, customers):
    assert len(customers) == 400
    assert [customer.unique_id for customer in customers] == list(range(1, 401))
    assert customers[7].unique_id == 8
    assert [c.unique_id for c in customers[5:8]] == [6, 7, 8]
    assert customers[399] in customers
    assert model.firms[0] not in customers
    with pytest.raises(IndexError):
        customers[400]


@pytest.mark.parametrize("name", sorted(columns()))
def test_get_is_what_every_agent_says(customers, name):
    column = customers.get(name)
    assert column.shape == ((400, 3) if columns()[name].metadata["dyad"] else (400,))
    for number in (0, 200, 399):
        np.testing.assert_array_equal(getattr(customers[number], name), column[number])


def test_get_several_and_what_is_no_column(customers):
    rate, trust = customers.get(["rate", "trust"])
    assert rate.shape == (400,)
    assert trust.shape == (400, 3)
    np.testing.assert_array_equal(customers.get("unique_id"), np.arange(1, 401))
    assert set(customers.get("segment")) == {"light", "heavy"}
    assert customers[0].segment == "light"
    assert customers[399].segment == "heavy"
    with pytest.raises(AttributeError, match="wealth"):
        customers.get("wealth")
    with pytest.raises(AttributeError, match="wealth"):
        _ = customers[0].wealth


def test_writing_an_attribute_writes_the_column(model, customers):
    customers[5].trust = np.array([0.1, 0.2, 0.3])
    customers[5].orientation = 0.75
    np.testing.assert_allclose(customers.get("trust")[5], [0.1, 0.2, 0.3], rtol=1e-6)
    assert model.blocks[0].orientation[5] == 0.75
    assert customers[5].orientation == 0.75
    customers[6].note = "hers alone"
    assert "note" not in columns()


def test_two_views_of_one_row_are_one_customer(model, customers):
    assert customers[5] == customers[5]
    assert len({customers[5], customers[5], customers[6]}) == 2
    assert customers[5] != customers[6]
    other = MarketModel(small.scenario())
    assert customers[5] != other.customers[5]


def test_customers_do_not_keep_their_market_alive():
    customers = MarketModel(small.scenario()).customers
    with pytest.raises(ReferenceError, match="keep a reference"):
        _ = customers[0]
    agent = MarketModel(small.scenario()).firms[0]
    with pytest.raises(ReferenceError, match="keep a reference"):
        _ = agent.model


def test_set(customers):
    customers.set("trust", 0.5)
    assert (customers.get("trust") == 0.5).all()
    customers.set("orientation", np.linspace(0, 1, 400))
    np.testing.assert_allclose(customers.get("orientation"), np.linspace(0, 1, 400), rtol=1e-6)
    customers.set("trust", np.tile([0.1, 0.2, 0.3], (400, 1)))
    np.testing.assert_allclose(customers[399].trust, [0.1, 0.2, 0.3], rtol=1e-6)
    with pytest.raises(AttributeError, match="wealth"):
        customers.set("wealth", 1)


def test_set_on_some_leaves_the_others(customers):
    before = customers.get("orientation").copy()
    some = customers.select(np.arange(400) % 2 == 0).set("orientation", 0.25)
    assert len(some) == 200
    after = customers.get("orientation")
    assert (after[::2] == 0.25).all()
    np.testing.assert_array_equal(after[1::2], before[1::2])


def test_select(customers):
    keen = customers.select(lambda customer: customer.orientation > 0.6)
    assert [c.unique_id for c in keen] == [c.unique_id for c in customers if c.orientation > 0.6]
    fast = customers.select(customers.get("orientation") > 0.6)
    np.testing.assert_array_equal(keen.get("unique_id"), fast.get("unique_id"))
    both = keen.select(lambda customer: customer.current == 1)
    assert (both.get("orientation") > 0.6).all()
    assert (both.get("current") == 1).all()
    assert len(customers.select(np.zeros(400, bool))) == 0
    with pytest.raises(ValueError, match="one yes or no for each"):
        keen.select(np.ones(400, bool))


def test_select_at_most_means_what_it_means_in_mesa(model, customers):
    assert customers.select(at_most=5).get("unique_id").tolist() == [1, 2, 3, 4, 5]
    assert len(customers.select(at_most=1)) == 1
    assert len(customers.select(at_most=0.1)) == 40
    assert len(customers.select(at_most=1.0)) == 400
    some = customers.get("unique_id") > 100
    assert customers.select(some, at_most=3).get("unique_id").tolist() == [101, 102, 103]
    assert len(customers.select(some, at_most=0.5)) == 200  # a part of all of them, not of the chosen
    firms = model.agents_by_type[Firm]
    for at_most in (1, 2, 0.5, 1.0):
        assert len(firms.select(at_most=at_most)) == len(model.customers.select(np.arange(400) < 3).select(at_most=at_most))


def test_agg(customers):
    assert customers.agg("rate", np.sum) == pytest.approx(sum(c.rate for c in customers), rel=1e-5)
    assert customers.agg("orientation", max) == max(c.orientation for c in customers)


def test_groupby(customers):
    groups = customers.groupby("current")
    assert set(groups) == set(customers.get("current"))
    assert sum(len(group) for group in groups.values()) == 400
    for key, group in groups.items():
        assert (group.get("current") == key).all()
    assert {key: len(group) for key, group in customers.groupby("segment").items()} == {"light": 267, "heavy": 133}
    with pytest.raises(ValueError, match="one number per firm"):
        customers.groupby("trust")


def test_do_and_map(customers):
    def cheer(customer, how_much):
        customer.satisfaction = np.minimum(customer.satisfaction + how_much, 1.0)
        return customer.unique_id

    some = customers.select(at_most=10)
    before = some.get("satisfaction").copy()
    assert some.do(cheer, 0.1) is some
    np.testing.assert_allclose(some.get("satisfaction"), np.minimum(before + 0.1, 1.0), rtol=1e-6)
    assert some.map(cheer, 0.0) == list(range(1, 11))
    assert [bool(x) for x in some.map("__eq__", some[0])] == [True] + [False] * 9


def test_everyone(model):
    everyone = model.agents
    assert len(everyone) == len(list(everyone)) == 406
    assert len(everyone.select(agent_type=Customer)) == 400
    assert len(everyone.select(agent_type=Firm)) == 3
    assert len(everyone.select(lambda c: c.current == 0, agent_type=Customer)) == (model.customers.get("current") == 0).sum()
    assert len(everyone.select(lambda f: f.name == "Between", agent_type=Firm)) == 1
    assert [a.unique_id for a in everyone.select(lambda agent: agent.unique_id <= 2)] == [1, 2]
    assert {kind: len(group) for kind, group in everyone.groupby(type).items()} == {Firm: 3, Competitor: 3, Customer: 400}
    assert set(everyone.groupby("unique_id")) == set(everyone.get("unique_id"))
    seen = []
    assert everyone.do(lambda agent: seen.append(agent.unique_id)) is everyone
    assert sorted(seen) == sorted(everyone.map(lambda agent: agent.unique_id))


def test_a_change_through_an_agent_is_lived_through():
    plain, loved = MarketModel(small.scenario(), seed=2), MarketModel(small.scenario(), seed=2)
    for customer in loved.agents_by_type[Customer]:
        customer.taste = np.array([0, 30_000, 0])
    loved.agents_by_type[Customer].set("aware", 1)
    plain.run_model()
    loved.run_model()
    assert small.figure(loved, "market_share")[-1, 1] > small.figure(plain, "market_share")[-1, 1] + 0.2


def test_the_table_of_final_states(model):
    table = model.tables()["customers"]
    rows, places = np.nonzero(model.customers.get("purchases") > 0)
    np.testing.assert_array_equal(table["customer"], rows + 1)
    np.testing.assert_array_equal(table["firm"], np.array([f.name for f in model.firms], object)[places])
    np.testing.assert_array_equal(table["trust"], model.customers.get("trust")[rows, places])
    np.testing.assert_array_equal(table["rate"], model.customers.get("rate")[rows])
    current = model.customers.get("current")[rows]
    assert [name is None for name in table["current"]] == list(current < 0)


def test_a_large_market_is_sampled_the_same_way_in_every_scenario():
    one, other = (small.run(small.scenario(customers=3_000, months=1).but({"firms.0.price": price})) for price in (1.0, 0.7))
    first, second = (set(model.tables()["customers"]["customer"]) for model in (one, other))
    assert len(first) <= 2_000
    # The same 2,000 are drawn; who of them has a history differs a little.
    assert len(first ^ second) < 300
    assert len(first & second) > 1_000
