"""The market as a Mesa model: steps, agents, collected data, batch_run, and firms that see only what they could know."""

import inspect

import mesa
import numpy as np
import pytest
import small

from sim import Customer, Firm, MarketModel
from sim.agents.competitor import Competitor
from sim.levers import Levers
from sim.measures import measures
from sim.strategy import Strategy


def test_it_is_a_mesa_model():
    model = MarketModel(small.scenario(months=2), seed=5)
    assert isinstance(model, mesa.Model)
    assert model.running
    model.step()
    assert (model.month, model.steps, model.running) == (1, 1, True)
    model.step()
    assert not model.running


def test_a_step_beyond_the_end_is_refused():
    model = small.run(small.scenario(months=1))
    with pytest.raises(RuntimeError, match="over"):
        model.step()
    assert model.month == 1


def test_the_scenario_stays_the_one_that_was_given():
    scenario = small.scenario()
    model = MarketModel(scenario)
    assert model.scenario is scenario
    model.scenario = object()
    assert model.scenario is scenario


def test_unique_ids_are_unique():
    model = MarketModel(small.scenario())
    ids = [agent.unique_id for agent in model.agents]
    assert len(set(ids)) == len(ids) == len(model.agents) == 406  # 400 customers, three firms, and each of them as a rival
    assert min(ids) == 1


def test_agents_by_type():
    model = MarketModel(small.scenario())
    assert set(model.agents_by_type) == set(model.agent_types) == {Customer, Firm, Competitor}
    assert len(model.agents_by_type[Firm].select(lambda firm: firm.place > 0)) == 2
    assert len(model.agents_by_type[Customer]) == 400
    assert [firm.name for firm in model.agents_by_type[Firm]] == ["Transactional", "Relational", "Between"]
    assert model.firms[0] in model.agents
    assert model.customers[3] in model.agents
    other = MarketModel(small.scenario())
    assert other.customers[3] not in model.agents


def test_every_agent_answers_unique_id_model_and_its_state():
    model = small.run(small.scenario(months=2))
    for agent in model.agents:
        assert agent.model is model
        assert isinstance(agent.unique_id, int)
    assert 0.0 <= model.customers[0].orientation <= 1.0
    assert model.firms[0].market_share == small.figure(model, "market_share")[-1, 0]
    with pytest.raises(AttributeError, match="nonsense"):
        _ = model.firms[0].nonsense
    with pytest.raises(AttributeError, match="known once a month has passed"):
        _ = MarketModel(small.scenario()).firms[0].market_share


def test_collected_data():
    model = small.run(small.scenario(months=5))
    collector = model.datacollector
    frame = collector.get_model_vars_dataframe()
    assert frame["month"].tolist() == [1, 2, 3, 4, 5]
    assert frame["customers_in_category"].iloc[-1] == (model.customers.get("rate") > 0).sum()
    firms = collector.get_agenttype_vars_dataframe(Firm)
    assert set(measures()) <= set(firms.columns)
    assert len(firms) == 15
    for j, firm in enumerate(model.firms):
        mine = firms.xs(firm.unique_id, level="AgentID")
        np.testing.assert_array_equal(mine["profit"].to_numpy(), small.figure(model, "profit")[:, j])


def batch(parameters, seeds, **how):
    """Rows of Mesa's batch_run: since 3.5 it takes seeds apart from the other parameters."""
    how = {"max_steps": 10, "display_progress": False} | how
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        return mesa.batch_run(MarketModel, parameters, rng=seeds, **how)
    return mesa.batch_run(MarketModel, {**parameters, "seed": seeds}, **how)


def test_batch_run_takes_a_scenario_as_one_value():
    scenario = small.scenario(customers=60, months=4)
    rows = batch({"scenario": scenario}, [1, 2, 3])
    by_seed = {row["seed"]: row for row in rows}
    assert set(by_seed) == {1, 2, 3}
    for seed, row in by_seed.items():
        assert row["month"] == 4
        assert row["customers_in_category"] == int((small.run(scenario, seed).customers.get("rate") > 0).sum())


def test_batch_run_takes_several_scenarios():
    scenarios = [small.scenario(customers=n, months=2) for n in (50, 70)]
    rows = batch({"scenario": scenarios}, [1], data_collection_period=1)
    assert {row["scenario"].customers for row in rows} == {50, 70}
    assert {row["month"] for row in rows} == {1, 2}


def test_without_a_seed_every_model_is_another_market_that_can_be_repeated():
    one, other = (MarketModel(small.scenario(customers=50, months=2), seed=None) for _ in range(2))
    assert one.seed != other.seed
    assert 0 <= one.seed < 2**64
    again = MarketModel(one.scenario, seed=one.seed)
    for model in (one, again):
        model.run_model()
    small.same(small.state(one), small.state(again))
    assert one.datacollector.get_model_vars_dataframe()["seed"].tolist() == [one.seed] * 2


class Witness(Strategy):
    """Writes down what it was shown."""

    kind: str = "witness"

    @property
    def place(self):
        return 0.5

    def decide(self, view):
        SEEN.append(view)
        return Levers.at(0.0)


SEEN = []


def test_a_firm_sees_last_months_figures_its_own_and_rivals_public_ones():
    SEEN.clear()
    model = small.run(small.scenario(months=4).but({"firms.0.strategy": Witness()}))
    # The first plan is made once, before the first month: made again in it, it could answer what rivals had only just planned.
    assert [view.month for view in SEEN] == [1, 2, 3, 4]
    assert {rival.levers for rival in SEEN[0].rivals} == {Levers.at(0.0)}
    first, last = SEEN[0], SEEN[-1]
    assert (first.purchases, first.past, [rival.price for rival in first.rivals]) == (0, (), [1.0, 1.1])
    bought = small.figure(model, "purchases")
    assert last.purchases == bought[2, 0]
    assert last.past == tuple(bought[:2, 0])
    assert [rival.market_share for rival in last.rivals] == list(small.figure(model, "market_share")[2, 1:])
    assert last.profit == small.figure(model, "profit")[2, 0]
    assert (last.price, last.unit_cost) == (model.scenario.firms[0].price, model.scenario.firms[0].unit_cost)


def test_levers_held_fixed_override_the_strategy():
    model = small.run(small.scenario(months=2).but({"firms.1.fixed.discount": 0.25, "firms.1.fixed.service": 0.1}))
    assert model.firms[1].levers.discount == 0.25
    assert model.firms[1].levers.service == 0.1
    np.testing.assert_allclose(small.figure(model, "price")[:, 1], 0.75)


def test_complaints_are_handled_as_far_as_last_months_capacity_goes():
    scenario = small.scenario(months=2).but({"firms.0.reliability": 0.1, "firms.0.fixed.complaint_capacity": 0.0})
    model = small.run(scenario)
    complaints, handled = small.figure(model, "complaints")[:, 0], small.figure(model, "complaints_handled")[:, 0]
    assert complaints.min() > 0
    assert handled.sum() == 0
    assert small.figure(model, "recovered")[:, 0].sum() == 0


def test_the_price_of_the_market_weighs_segments_by_their_size():
    from sim.scenario import Campaign

    campaigns = (Campaign(name="c", firm="Transactional", segments=("heavy",), month=1, months=1, levers={"discount": 0.3}),)
    model = small.run(small.scenario(months=1, customers=300, campaigns=campaigns))
    assert model.firms[0].price == pytest.approx((200 * 1.0 + 100 * 0.7) / 300)


def test_two_firms_one_customer_one_month():
    model = small.run(small.scenario(customers=2, months=1, firms=small.FIRMS[:2]))
    assert len(model.tables()["firm_months"]["month"]) == 2


def test_firms_that_nobody_knows_have_missing_rates_and_no_warning(recwarn):
    scenario = small.scenario(months=3).but({"firms.0.start_share": 0.0, "firms.0.awareness": 0.0, "firms.0.fixed.advertising": 0.0,
                                             "mechanisms.word_of_mouth.active": False})  # fmt: skip
    model = small.run(scenario)
    assert small.figure(model, "customers")[:, 0].sum() == 0
    for name in ("churn_rate", "trust", "repeat_rate", "clv_expected", "loyal_share"):
        assert np.isnan(small.figure(model, name)[:, 0]).all(), name
    assert np.isnan(model.tables()["summary"]["mean_churn_rate"][0])
    assert [str(w.message) for w in recwarn if issubclass(w.category, RuntimeWarning)] == []


def test_where_nobody_buys_shares_are_missing():
    model = small.run(small.scenario(months=2).but({"market.outside_utility": 50.0, "mechanisms.consideration.variety": 1.0}))
    assert small.figure(model, "purchases").sum() == 0
    for name in ("market_share", "hhi"):
        assert np.isnan(small.figure(model, name)).all(), name


def test_a_value_without_discount_and_without_churn_is_missing_not_infinite(recwarn):
    model = small.run(small.scenario(months=2).but({"market.discount_rate": 0.0, "mechanisms.turnover.active": False}))
    assert not np.isinf(small.figure(model, "clv_expected")).any()
    assert [str(w.message) for w in recwarn if issubclass(w.category, RuntimeWarning)] == []
