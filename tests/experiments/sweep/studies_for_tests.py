"""Studies that run in a second, what their directories hold, and how sweeps of them are watched."""

import hashlib

from experiments.sweep import Study, engine
from experiments.sweep.crew import Pool
from experiments.sweep.work import carry_out
from sim.scenario import Scenario

FIRMS = [{"name": "Ada", "strategy": {"kind": "transactional"}}, {"name": "Cy", "strategy": {"kind": "relational"}}]
COSTS = {"market.switching_cost": {"values": [0.0, 0.5, 1.0]}}


def market(**changes):
    return Scenario.model_validate({"name": "small", "customers": 60, "months": 3, "firms": FIRMS} | changes)


def study(**changes):
    """Return a study of six runs, unless told otherwise."""
    return Study.parse({"name": "small", "scenario": market(), "replications": 2, "factors": COSTS} | changes)


def tables(place):
    """Return the digests of the tables of a sweep directory by name."""
    return {str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(place.rglob("*.parquet"))}


def one_worker(monkeypatch):
    """Let a pool of one process do the work: as much a pool as any, and half the start."""
    monkeypatch.setattr(engine, "crew", lambda **_: Pool(1))


def small_parts(monkeypatch, size=2):
    """Make parts of two runs, so that six runs fill several."""
    monkeypatch.setattr("experiments.sweep.plan.MOST_IN_PART", size)


def counted(monkeypatch):
    """Return a list that grows by the number of every run that is carried out in this process."""
    done = []

    def count(job):
        done.append(job.run)
        return carry_out(job)

    monkeypatch.setattr("experiments.sweep.crew.carry_out", count)
    return done
