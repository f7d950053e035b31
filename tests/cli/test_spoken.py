"""Every command that writes a page of an analysis does its work in the language that it is asked for, and refuses others."""

import pytest
from typer.testing import CliRunner

import run
from experiments.parameter_sets import Beside
from results.language import current
from results.store import StoreError

COMMANDS = {
    "experiments.uplift.commands.uplift": ["uplift", "duel", "--without", "firms.0.service"],
    "experiments.tournament.commands.carry_out": ["tournament"],
    "experiments.truth.commands.estimators": ["estimators", "duel"],
    "experiments.calibration.commands.calibrate": ["calibrate", "log.csv"],
    "experiments.forecast.commands.forecast": ["forecast", "duel"],
    "experiments.sensitivity.commands.sensitivity": ["sensitivity", "quick"],
    "experiments.phase.commands.draw": ["map", "quick"],
    "experiments.discovery.commands.answer": ["discover", "quick"],
    "experiments.validation.commands.validate": ["validate"],
}


@pytest.mark.parametrize("work", COMMANDS)
def test_the_work_is_done_in_the_language_that_is_asked_for(monkeypatch, work):
    heard = []
    monkeypatch.setattr(work, lambda *_, **__: heard.append(current()) or 0)
    for spoken in ([], ["--language", "en"], ["--language", "zh"]):
        result = CliRunner().invoke(run.app, COMMANDS[work] + spoken)
        assert result.exit_code == 0, result.output
    assert heard == ["en", "en", "zh"]
    refused = CliRunner().invoke(run.app, [*COMMANDS[work], "--language", "fr"]).exception
    assert isinstance(refused, StoreError)
    assert str(refused) == "--language fr: is not known; allowed: en, zh"
    assert len(heard) == 3


def test_why_sets_of_parameters_are_left_out_is_said_in_it_too(monkeypatch):
    heard = []
    monkeypatch.setattr("experiments.parameter_sets.beside", lambda *_: heard.append(current()) or Beside())
    monkeypatch.setattr("experiments.forecast.commands.forecast", lambda *_, **__: 0)
    assert CliRunner().invoke(run.app, ["forecast", "duel", "--language", "zh"]).exit_code == 0
    assert heard == ["zh"]
