"""A run's errors are its own; being asked to stop is not one of them."""

import pytest

from experiments.sweep import work
from results import manifest
from scenarios import load
from sim import MarketModel


@pytest.fixture
def job() -> work.Job:
    return work.Job(0, load("duel").but(customers=50, months=2), 1, ("summary",), manifest.model_digest())


def test_an_error_is_kept_as_one_line(job, monkeypatch):
    def run_model(model):
        raise ValueError("a price\nwas negative")

    monkeypatch.setattr(MarketModel, "run_model", run_model)
    outcome = work.carry_out(job)
    assert (outcome.error, outcome.record) == ("ValueError: a price was negative", b"")


@pytest.mark.parametrize("wrapped", [False, True])
def test_being_asked_to_stop_is_no_failed_run(job, monkeypatch, wrapped):
    def run_model(model):
        try:
            raise KeyboardInterrupt
        except KeyboardInterrupt as asked:
            if wrapped:  # as compiled code does
                raise SystemError("returned a result with an exception set") from asked
            raise

    monkeypatch.setattr(MarketModel, "run_model", run_model)
    with pytest.raises(KeyboardInterrupt):
        work.carry_out(job)


def test_another_version_of_the_model_refuses(job):
    with pytest.raises(work.WrongVersion, match="another version"):
        work.carry_out(work.Job(0, job.scenario, 1, job.tables, "0" * 64))
