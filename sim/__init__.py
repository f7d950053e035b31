"""The market model: firms, customers and their relations, stepped month by month on Mesa."""

import importlib
from typing import Any

_HOMES = {
    "Customer": "sim.agents.customer",
    "Firm": "sim.agents.firm",
    "Levers": "sim.levers",
    "MarketModel": "sim.market",
    "Scenario": "sim.scenario",
    "Strategy": "sim.strategy",
    "View": "sim.strategy",
    "measure": "sim.measures",
    "parameter": "sim.rules",
}

__all__ = ["Customer", "Firm", "Levers", "MarketModel", "Scenario", "Strategy", "View", "measure", "parameter"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: checking a scenario must not wait for Mesa."""
    if name in _HOMES:
        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'sim' has no {name!r}; it has {', '.join(__all__)}")
