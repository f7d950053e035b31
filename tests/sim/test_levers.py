"""Levers: both poles of the continuum, everything between them, and their conversion to periods."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from sim.levers import Levers, columns

RELATIONAL = {name: field.json_schema_extra["relational"] for name, field in Levers.model_fields.items()}


def test_the_poles_are_the_declared_ones():
    assert Levers.at(0.0) == Levers()
    assert {name: getattr(Levers.at(1.0), name) for name in RELATIONAL} == pytest.approx(RELATIONAL)


@given(place=st.floats(0.0, 1.0))
def test_between_the_poles_every_lever_is_between(place):
    levers = Levers.at(place)
    for name, high in RELATIONAL.items():
        low = Levers.model_fields[name].default
        assert getattr(levers, name) == pytest.approx((1 - place) * low + place * high)


def test_relational_firms_do_more_of_what_relations_need_and_promise_less():
    low, high = Levers.at(0.0), Levers.at(1.0)
    for name in (
        "service",
        "openness",
        "dialogue",
        "social",
        "structural",
        "participation",
        "shared_values",
        "complaint_ease",
        "recovery",
        "forbearance",
    ):
        assert getattr(high, name) > getattr(low, name), name
    for name in ("promise", "suppression"):
        assert getattr(high, name) < getattr(low, name), name


def test_a_change_is_checked():
    assert Levers.at(0.0).but(discount=0.3).discount == 0.3
    with pytest.raises(ValidationError, match="discount"):
        Levers.at(0.0).but(discount=2.0)
    with pytest.raises(ValidationError, match="discuont"):
        Levers.at(0.0).but(discuont=0.1)


def test_columns_are_per_period_and_by_firm():
    found = columns([Levers(crm=0.002, mail=6.0, service=0.4), Levers(crm=0.001, mail=0.0, service=0.8)], 3.0)
    assert set(found) == set(Levers.model_fields)
    np.testing.assert_allclose(found["crm"], [0.006, 0.003], rtol=1e-6)  # currency a month, three months
    np.testing.assert_allclose(found["mail"], [6.0, 0.0])  # letters a quarter, one quarter
    np.testing.assert_allclose(found["service"], [0.4, 0.8])  # a level
    assert all(column.dtype == np.float32 for column in found.values())
