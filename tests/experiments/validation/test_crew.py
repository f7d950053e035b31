"""Who plays: the same answers in the same order, in one process or in several, and new ones after one died."""

import os

import pytest

from experiments.validation.crew import crew, effort
from scenarios import load

SMALL = load("baseline").but(customers=200, months=3)


def purchases(model):
    """What a finished model holds."""
    return model.seed, model.scenario.customers, model.customers.get("purchases").tolist()


def month_by_month(model):
    """What a model shows on its way."""
    seen = []
    while model.running:
        model.step()
        seen.append(int(model.figures["purchases"]))
    return seen


def die(model):
    """End the worker as lack of memory would."""
    os._exit(1)


@pytest.mark.slow
def test_the_answers_are_the_same_for_any_number_of_processes():
    scenarios, seeds = [SMALL, SMALL.but(customers=100)], [3, 1, 2]
    found = []
    for workers in (1, 2):
        players = crew(workers)
        try:
            work = effort(quick=True, players=players)
            found.append((work.run(scenarios, seeds, purchases), work.play(scenarios, seeds, month_by_month)))
        finally:
            players.close()
    assert found[0] == found[1]
    assert [[seed for seed, _, _ in row] for row in found[0][0]] == [seeds, seeds]


@pytest.mark.slow
def test_after_a_worker_died_others_go_on():
    players = crew(2)
    try:
        with pytest.raises(ChildProcessError, match="a worker process died"):
            players.play([SMALL], [1], die)
        assert players.play([SMALL], [1], month_by_month) == crew(1).play([SMALL], [1], month_by_month)
    finally:
        players.close()
