"""Sweeps: a study run at every point of its design, stored run by run, resumed where it stopped."""

from typing import Any

__all__ = ["Study", "Sweep", "load_study", "read", "sweep"]

_HOMES = {"Study": "study", "load_study": "study", "Sweep": "frames", "read": "frames", "sweep": "engine"}


def __getattr__(name: str) -> Any:
    """Import what is asked for only then: the command line must answer ``--help`` without the model's libraries."""
    if name in _HOMES:
        from importlib import import_module

        return getattr(import_module(f"experiments.sweep.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
