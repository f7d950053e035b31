"""Uplift: what a campaign, an event or a lever brought, by the same market without it, on the same luck."""

from typing import Any

__all__ = ["Uplift", "uplift", "without"]

_HOMES = {"Uplift": "analysis", "uplift": "analysis", "without": "twin"}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: the command line must answer ``--help`` without the model's libraries."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"experiments.uplift.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
