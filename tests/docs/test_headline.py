"""The study of the headline: written from the declarations, and nothing that acts is left out by hand; its tornado is read from a sweep."""

import numpy as np
import pandas as pd
import pytest

from docs import headline, tornado
from scenarios import load
from sim.mechanisms.commitment_trust import CommitmentTrust


def test_the_study_is_current():
    assert headline.FILE.read_text(encoding="utf-8") == headline.text(), "run: python -m docs.headline"


@pytest.mark.parametrize(("name", "value", "expected"), [("b_trust", 0.7, [0.35, 1.05]), ("fading", 0.8, [0.4, 1.0]), ("b_ownership", 0.0, [0.1])])
def test_numbers_move_by_half_within_their_range(name, value, expected):
    assert headline.spread(CommitmentTrust.model_fields[name], value) == pytest.approx(expected)


def test_every_assumed_number_of_a_mechanism_of_customers_is_in_it():
    scenario = load(headline.SCENARIO)
    listed = headline.factors(scenario)
    rule = scenario.mechanisms.commitment_trust
    assumed = [
        name for name, field in type(rule).model_fields.items() if (field.json_schema_extra or {}).get("origin") == "assumed" and name != "active"
    ]
    assert len(assumed) > 10
    assert {f"mechanisms.commitment_trust.{name}" for name in assumed} <= set(listed)
    assert not any("discount_rate" in name or "need_shape" in name for name in listed), "published, and fitted"


def test_the_month_of_overtaking_by_hand():
    months = np.tile(np.arange(1, 5), 2)
    table = pd.DataFrame({
        "point": 0, "replication": 0, "month": months, "strategy": ["relational"] * 4 + ["transactional"] * 4,
        "profit": [0.0, 1.0, 3.0, 3.0, 1.0, 1.0, 1.0, 1.0],  # behind by 1, by 1, ahead by 1, by 3
    })  # fmt: skip
    assert tornado.overtaking(table) == {0: 3.0}


def test_a_single_value_is_the_higher_one_where_it_switches_something_on():
    assert tornado._is_lower(pd.DataFrame({"value": [0.35, 1.05]})).tolist() == [True, False]
    assert tornado._is_lower(pd.DataFrame({"value": [headline.SWITCHED_ON]})).tolist() == [False]
    assert tornado._is_lower(pd.DataFrame({"value": [0.5]})).tolist() == [True]
