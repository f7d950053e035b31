"""The table of concepts: every concept is there once, and every parameter, measure and test that it names exists."""

import ast
from functools import cache
from pathlib import Path

import pytest
import small

from docs.concept_table import COUNT, concepts
from scenarios import names as scenario_names
from sim.levers import Levers
from sim.parties import DepartmentSpec, DistributorSpec, FirmSpec, InfluencerSpec, SupplierSpec
from sim.rules import kinds
from sim.scenario import Campaign, Event, Market, Mechanisms, Segment

ROOT = Path(__file__).parents[2]
CONCEPTS = concepts()
PARTS = {
    "levers": Levers, "market": Market, "segments": Segment, "firms": FirmSpec, "suppliers": SupplierSpec, "distributors": DistributorSpec,
    "departments": DepartmentSpec, "influencers": InfluencerSpec, "campaigns": Campaign, "events": Event,
}  # fmt: skip


def leads_somewhere(name):
    """Say whether a dotted name is a parameter, a strategy or a scenario."""
    place, *rest = name.split(".")
    if place == "scenarios":
        return rest[0] in scenario_names()
    if place == "strategies":
        rule = kinds("sim.strategies")["strategy"].get(rest[0])
        return rule is not None and all(field in rule.model_fields for field in rest[1:])
    if place == "mechanisms":
        rules = kinds("sim.mechanisms").get(rest[0], {})
        return rest[0] in Mechanisms.model_fields and any(len(rest) < 2 or rest[1] in rule.model_fields for rule in rules.values())
    if place not in PARTS or not rest or rest[0] not in PARTS[place].model_fields:
        return False
    if rest[0] in ("fixed", "levers") and len(rest) > 1:
        return rest[1] in Levers.model_fields
    if place == "firms" and rest[0] in ("planning", "readiness") and len(rest) > 1:
        return rest[1] in type(PARTS[place].model_fields[rest[0]].default).model_fields
    return True


@cache
def tables():
    """Return the tables of a small market that has everything."""
    return {name: set(table) for name, table in small.run(small.whole(months=3)).tables().items()}


@cache
def functions_of(path):
    """Return the names of the test functions of a file."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_every_concept_is_there_once_and_in_order():
    assert [concept.id for concept in CONCEPTS] == [f"C{number:03d}" for number in range(1, COUNT + 1)]


def test_all_that_bear_the_load_work_and_at_least_ninety_in_all():
    assert [concept.id for concept in CONCEPTS if concept.bold and concept.not_done] == []
    assert sum(concept.bold for concept in CONCEPTS) >= 15
    assert sum(not concept.not_done for concept in CONCEPTS) >= 90


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.id)
def test_what_a_concept_names_exists(concept):
    if concept.not_done:
        assert not (concept.set or concept.test)
        return
    assert concept.set and concept.see and concept.test
    assert [name for name in concept.set if not leads_somewhere(name)] == []
    assert [name for name in concept.see if name.partition(".")[2] not in tables().get(name.partition(".")[0], ())] == []
    for name in concept.test:
        path, _, test = name.partition("::")
        assert (ROOT / path).is_file(), name
        assert test in functions_of(path), name
