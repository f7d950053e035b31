"""Studies that run in a second, and what their directories hold."""

import hashlib

from experiments.sweep import Study
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
