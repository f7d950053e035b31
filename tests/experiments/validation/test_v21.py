"""V21: the top of a curve is found, and only the channel that is asked for is used."""

import numpy as np
import pytest

from experiments.validation.facts import v21_contacts as v21
from sim import MarketModel


def test_the_top_of_a_parabola_is_found_between_the_points():
    rate = v21.rates("phone")
    assert v21.best(rate, -((rate - 2.7) ** 2)) == pytest.approx(2.7)


def test_a_top_at_an_end_is_that_end():
    rate = v21.rates("mail")
    assert v21.best(rate, -rate) == 0.0
    assert v21.best(rate, rate) == rate[-1]


@pytest.mark.parametrize("channel", v21.CHANNELS)
def test_what_is_tried_goes_beyond_the_accepted_range(channel):
    least, most = v21.CHANNELS[channel]
    inside = [rate for rate in v21.rates(channel) if least <= rate <= most]
    assert v21.rates(channel)[0] < least < most < v21.rates(channel)[-1]
    assert inside


def test_one_channel_at_a_time_and_what_it_costs():
    silent, calls = (v21.market("phone", rate, 200) for rate in (0.0, 6.0))
    number = v21.place(calls)
    assert {name: calls.firms[number].fixed[name] for name in v21.CHANNELS} == {"phone": 6.0, "email": 0.0, "mail": 0.0}
    assert calls.firms[0] == silent.firms[0]
    earned = {}
    for name, scenario in (("silent", silent), ("calls", calls), ("free", calls.but({"mechanisms.accounts.call": 0.0}))):
        model = MarketModel(scenario.but(months=6), seed=1)
        model.run_model()
        earned[name] = v21.earned(number, model)
    assert earned["calls"][0] < earned["free"][0]
    assert earned["calls"][1] == earned["free"][1]
    assert np.isfinite(earned["silent"]).all()
