"""The hierarchy is nested: each level does all that those below it do, and moves only levers of its own."""

from itertools import pairwise

import pytest

from sim.levers import Levers
from sim.strategies.hierarchy import CREATION, INTERACTION, PERSONAL, SERVICE, Basic, CoCreative, Interactive, Personalised

LADDER = (Basic, Personalised, Interactive, CoCreative)
STEPS = (SERVICE, PERSONAL, INTERACTION, CREATION)


def moved(lower, higher):
    return {name for name in Levers.model_fields if getattr(lower, name) != getattr(higher, name)}


@pytest.mark.parametrize("depth", [0.3, 1.0])
def test_each_step_moves_only_its_levers_and_all_of_them(depth):
    rungs = [Levers.at(0.0), *(cls(depth=depth).levers for cls in LADDER)]
    assert [moved(lower, higher) for lower, higher in pairwise(rungs)] == [set(step) for step in STEPS]


def test_no_lever_belongs_to_two_steps():
    names = [name for step in STEPS for name in step]
    assert len(set(names)) == len(names)


def test_each_level_stands_nearer_to_the_relational_pole():
    assert [cls(depth=0.0).place for cls in LADDER] == [0.0] * 4
    rising = [cls().place for cls in LADDER]
    assert rising[0] > 0.0
    assert all(lower < higher for lower, higher in pairwise(rising))
    assert rising[-1] < 1.0


def test_depth_goes_from_the_transactional_pole_to_the_full_level():
    assert CoCreative(depth=0.0).levers == Levers.at(0.0)
    full, half = CoCreative().levers, CoCreative(depth=0.5).levers
    # The service of the two poles is 0.5 and 0.7: half-way is 0.6.
    assert (half.service, full.service) == pytest.approx((0.6, 0.7))
    assert (half.novelty, full.novelty) == pytest.approx((0.25, 0.5))
    assert full.suppression == 0.0


def test_what_names_the_levels():
    basic, personal, dialogue, creation = (cls().levers for cls in LADDER)
    assert basic.crm == 0.0 < personal.crm
    assert personal.dialogue == 0.0 < dialogue.dialogue
    assert dialogue.complaint_ease > personal.complaint_ease
    assert dialogue.novelty == 0.0 < creation.novelty
