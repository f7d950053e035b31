"""A map of a tiny real market: it goes on where it stopped, and refuses what it cannot draw."""

from contextlib import contextmanager

import pytest

from experiments.phase import commands
from experiments.phase.chart import RunsFailed, chart
from experiments.phase.plane import plane
from experiments.phase.words import sentences
from experiments.sweep import Study
from experiments.sweep.study import StudyError
from results import store
from results.language import language

FACTORS = {"market.switching_cost": {"low": 0.0, "high": 0.8, "levels": 2}, "market.transparency": {"low": 0.2, "high": 0.8, "levels": 2}}
CROWD = {"paths": ["customers"], "low": 50.0, "high": 52.0, "levels": 2}
SMALL = {"customers": 60, "months": 3, "market.settling": 0}


def study(**changes):
    return Study(**{"scenario": "duel", "factors": FACTORS, "replications": 2, "set": SMALL, "name": "tiny"} | changes)


class Recorder:
    """Counts the runs that are carried out."""

    def __init__(self):
        self.runs = 0

    @contextmanager
    def __call__(self, name):
        before = []

        def progress(tally):
            before.append(tally.stored)

        yield progress
        self.runs += before[-1] - before[0] if before else 0


def drawn(place, recorder, asked=None):
    asked = asked or study()
    return chart(plane(asked, 1, "total_profit"), place, halvings=1, measure="total_profit", workers=1, shown=recorder)


def test_a_tiny_market_is_mapped_and_nothing_is_run_twice(tmp_path, english):
    first, second = Recorder(), Recorder()
    found = drawn(tmp_path, first)
    points = found.points
    assert first.runs == 2 * len(points) and found.refined.full == 9
    assert 4 <= len(points) <= 9
    assert set(points["winner"]) <= {"relational", "transactional"}
    assert (points["margin"] >= 0.0).all() and points["probability"].between(0.5, 1.0).all()
    assert points[["marketed_leads", "parity", "marketer_leads"]].sum(axis=1).to_list() == pytest.approx([1.0] * len(points))
    assert f"{len(points):,} points" in sentences(found)[-1]
    with language("zh"):
        assert not english(" ".join(sentences(found)))
    again = drawn(tmp_path, second)
    assert second.runs == 0
    assert again.points.equals(points)


def test_a_map_that_was_stopped_goes_on(tmp_path):
    whole = drawn(tmp_path / "whole", Recorder()).points

    class Stopping(Recorder):
        @contextmanager
        def __call__(self, name):
            def progress(tally):
                if tally.stored == 3:
                    raise KeyboardInterrupt

            yield progress

    with pytest.raises(KeyboardInterrupt):
        drawn(tmp_path / "stopped", Stopping())
    rest = Recorder()
    assert drawn(tmp_path / "stopped", rest).points.equals(whole)
    assert rest.runs == 2 * len(whole) - 3


def test_the_command_writes_points_and_a_page(tmp_path, capsys):
    (tmp_path / "tiny.toml").write_text(
        'scenario = "duel"\nreplications = 2\nset = { customers = 60, months = 3 }\n'
        '[factors."market.switching_cost"]\nlow = 0.0\nhigh = 0.8\nlevels = 2\n[factors."market.transparency"]\nlow = 0.2\nhigh = 0.8\nlevels = 2\n'
    )
    where = {"measure": "total_profit", "workers": 1, "scheduler": "", "out": str(tmp_path / "map"), "force": False}
    assert commands.draw(str(tmp_path / "tiny.toml"), refine=1, **where) == 0
    said = capsys.readouterr().out
    assert "of the plane" in said and "saved" in said
    assert len(store.read_table([tmp_path / "map" / "points.parquet"])) >= 4
    assert "Phase diagram" in (tmp_path / "map" / "index.html").read_text()
    stale = tmp_path / "map" / "round-07"
    stale.mkdir()
    assert commands.draw(str(tmp_path / "tiny.toml"), refine=0, **where) == 0
    assert not stale.exists() and (tmp_path / "map" / "round-00").exists()


@pytest.mark.parametrize(
    ("changes", "halvings", "sentence"),
    [
        ({"factors": {"market.switching_cost": {"low": 0.0, "high": 0.8}}}, 1, "there are 1; a map needs two"),
        ({"factors": FACTORS | {"market.transparency": {"values": [0.0, 1.0]}}}, 1, "market.transparency: a map needs low and high"),
        ({"replications": 1}, 1, "replications: a map needs 2 or more"),
        ({"tables": ["summary"]}, 1, "'firm_months' must be among them"),
        ({"design": {"kind": "sobol", "points": 8}}, 1, "'sobol' does not suit a map"),
        ({"factors": FACTORS | {"market.transparency": {"low": 0.2, "high": 1.8}}}, 1, "market.transparency"),
        ({"factors": FACTORS | {"months": {"low": 3.0, "high": 5.0}}}, 0, "there are 3"),
        ({"factors": {"market.transparency": FACTORS["market.transparency"], "crowd": CROWD}}, 2, "crowd: .* 5 values, and only 3 whole"),
        ({"set": SMALL | {"firms.0.strategy.kind": "relational", "firms.1.strategy.kind": "relational"}}, 1, "needs two strategies or more"),
    ],
)
def test_what_cannot_be_mapped_is_said_in_one_sentence(changes, halvings, sentence):
    with pytest.raises(StudyError, match=sentence):
        plane(study(**changes), halvings, "total_profit")


def test_a_measure_that_is_not_there_is_said_before_a_run():
    with pytest.raises(StudyError, match="there is no measure 'total_profits'"):
        plane(study(), 1, "total_profits")


def test_failed_runs_end_the_map(tmp_path, monkeypatch):
    from experiments.sweep import engine

    def failing(*args, **kwargs):
        class Done:
            complete, missing = False, 3

        return Done()

    monkeypatch.setattr(engine, "sweep", failing)
    with pytest.raises(RunsFailed, match="3 runs failed"):
        drawn(tmp_path, Recorder())
