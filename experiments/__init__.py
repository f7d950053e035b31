"""Experiments: a scenario run many times, scenarios compared on the same luck."""

from typing import Any

__all__ = ["compare", "run"]


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: the command line must answer ``--help`` without the model's libraries."""
    if name in __all__:
        from experiments import comparison, runner

        return {"compare": comparison.compare, "run": runner.run}[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
