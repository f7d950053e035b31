"""A market that runs in well under a second."""

from sim.scenario import Scenario


def tiny(**changes):
    firms = [{"name": "Ada", "strategy": {"kind": "transactional"}}, {"name": "Cy", "strategy": {"kind": "relational"}}]
    base = Scenario.model_validate({"name": "tiny", "customers": 200, "months": 4, "firms": firms})
    return base.but(changes) if changes else base
