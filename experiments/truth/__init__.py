"""Estimators against the truth: what methods say that customers will be worth, beside what they turn out to be worth."""

from typing import Any

__all__ = ["Plan", "case", "compare"]

_HOMES = {"Plan": "future", "case": "future", "compare": "analysis"}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: the command line must answer ``--help`` without the model's libraries."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"experiments.truth.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
