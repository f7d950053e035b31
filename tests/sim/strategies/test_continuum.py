"""The continuum: at its ends the poles, between them every lever between."""

import pytest
import small
import views
from hypothesis import given
from hypothesis import strategies as st

from sim.levers import Levers
from sim.scenario import FirmSpec
from sim.strategies.continuum import Continuum
from sim.strategies.relational import Relational
from sim.strategies.transactional import Transactional


@pytest.mark.parametrize(("orientation", "pole"), [(0.0, Transactional()), (1.0, Relational())])
def test_its_ends_are_the_poles(orientation, pole):
    assert Continuum(orientation=orientation).decide(views.ORDINARY) == pole.decide(views.ORDINARY)
    assert Continuum(orientation=orientation).place == pole.place == orientation


@given(orientation=st.floats(0, 1))
def test_between_the_poles_every_lever_is_between(orientation):
    levers = Continuum(orientation=orientation).decide(views.ORDINARY)
    for name in Levers.model_fields:
        low, high = sorted((getattr(Levers.at(0.0), name), getattr(Levers.at(1.0), name)))
        assert low - 1e-9 <= getattr(levers, name) <= high + 1e-9


def test_a_relational_firm_and_the_end_of_the_continuum_are_one_in_the_market():
    def profits(strategy):
        firms = (FirmSpec(name="A", strategy=strategy, start_share=0.3), *small.FIRMS[:2])
        return small.figure(small.run(small.scenario(firms=firms)), "profit")

    assert (profits(Relational()) == profits(Continuum(orientation=1.0))).all()
