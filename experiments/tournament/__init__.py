"""Tournament: every strategy against every other, and which of them a market of learning firms would end with (Axelrod 1984)."""

from typing import Any

__all__ = ["Tournament", "tournament"]

_HOMES = {"Tournament": "analysis", "tournament": "analysis"}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: the command line must answer ``--help`` without the model's libraries."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"experiments.tournament.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
