"""Scenarios: markets described in TOML files, loaded by name, checked, and explained where they are wrong."""

from scenarios.errors import ScenarioError, explain
from scenarios.loader import check, load, names, parse
from scenarios.overrides import override
from scenarios.schema import schema
from scenarios.writer import to_toml

__all__ = ["ScenarioError", "check", "explain", "load", "names", "override", "parse", "schema", "to_toml"]
