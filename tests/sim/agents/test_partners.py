"""The agents of the other five markets: Mesa agents that read and write their column of the relations."""

import numpy as np
import pytest
import small

from sim.agents.competitor import Competitor
from sim.agents.distributor import Distributor
from sim.agents.influencer import Influencer
from sim.agents.supplier import Supplier
from sim.agents.workforce import Workforce
from sim.dyads import columns
from sim.market import MarketModel

KINDS = {Supplier: "supplier", Distributor: "distributor", Influencer: "influencer", Competitor: "competitor", Workforce: "internal"}
COUNTS = {Supplier: 2, Distributor: 2, Influencer: 5, Competitor: 3, Workforce: 3}


@pytest.fixture
def model():
    found = MarketModel(small.whole(months=6), seed=3)
    found.step()
    return found


def test_all_of_them_are_agents_of_the_model(model):
    for kind, count in COUNTS.items():
        assert len(model.agents_by_type[kind]) == count
    ids = [agent.unique_id for agent in model.agents]
    assert len(set(ids)) == len(ids) == 400 + 3 + sum(COUNTS.values())
    assert set(COUNTS) <= set(model.agent_types)


@pytest.mark.parametrize("kind", KINDS)
def test_attributes_read_and_write_columns(model, kind):
    held = model.web.dyads[KINDS[kind]]
    for place, agent in enumerate(model.agents_by_type[kind]):
        assert agent.place == place

        def mine(name, place=place):
            column = getattr(held, name)
            return column[place] if kind is Workforce else column[:, place]

        for name in columns(KINDS[kind]):
            np.testing.assert_array_equal(getattr(agent, name), mine(name))
        agent.trust = 0.75
        assert (mine("trust") == 0.75).all()
        agent.satisfaction = np.linspace(0.1, 0.3, len(mine("satisfaction")), dtype=np.float32)
        np.testing.assert_array_equal(agent.satisfaction, mine("satisfaction"))
        with pytest.raises(AttributeError, match="trust"):
            _ = agent.nonsense


def test_they_know_what_the_scenario_says_of_them(model):
    for kind, key in ((Supplier, "suppliers"), (Distributor, "distributors"), (Influencer, "influencers")):
        assert [agent.spec for agent in model.agents_by_type[kind]] == list(getattr(model.scenario, key))
        assert [agent.name for agent in model.agents_by_type[kind]] == [spec.name for spec in getattr(model.scenario, key)]
    assert [agent.name for agent in model.agents_by_type[Workforce]] == [firm.name for firm in model.scenario.firms]
    assert model.agents_by_type[Workforce][0].departments == ("Service", "Sales")
    assert model.agents_by_type[Influencer][2].partnership == "lateral_bank"


def test_sales_and_staff_are_sums_of_their_relations(model):
    supply, staff = model.web.dyads["supplier"].volume, model.web.dyads["internal"].volume
    assert [agent.sales for agent in model.agents_by_type[Supplier]] == pytest.approx(supply.sum(axis=0).tolist())
    assert [agent.employees for agent in model.agents_by_type[Workforce]] == pytest.approx(staff.sum(axis=1).tolist())


def test_a_change_through_an_agent_is_lived_through():
    plain, hated = MarketModel(small.whole(months=6), seed=3), MarketModel(small.whole(months=6), seed=3)
    for agent in hated.agents_by_type[Distributor]:
        agent.satisfaction = 0.0
        agent.shelf = 0.0
    plain.run_model()
    hated.run_model()
    assert small.figure(hated, "purchases").sum() < small.figure(plain, "purchases").sum()
