"""Whatever a file holds, a scenario comes out or a ScenarioError does: no other exception, ever."""

import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from scenarios import ScenarioError, load, override, parse, to_toml
from scenarios.files import FOLDER
from scenarios.places import ROOT, keys
from sim.scenario import FirmSpec, Scenario, Segment

DUEL = load("duel")
TEXT = (FOLDER / "duel.toml").read_text(encoding="utf-8")

names = st.sampled_from(
    sorted({*Scenario.model_fields, *FirmSpec.model_fields, *Segment.model_fields, "extends", "fit", "kind", "set", "month"})
) | st.text(max_size=5)
scalars = (
    st.none().map(lambda _: "1979-05-27T07:32:00Z")
    | st.integers(-(10**25), 10**25).map(str)
    | st.floats().map(lambda value: repr(value))
    | st.booleans().map(lambda value: str(value).lower())
    | st.text(max_size=8).map(lambda text: json.dumps(text.replace("\x7f", "")))
    | st.sampled_from(['"duel"', '"relational"', '"transactional"', "[]", "{}", "0xffffffffffffffffffffff"])
)


def inline(inner):
    pairs = st.lists(st.tuples(names, inner), max_size=4, unique_by=lambda pair: pair[0])
    return pairs.map(lambda all_of: "{" + ", ".join(f"{json.dumps(key)} = {value}" for key, value in all_of) + "}") | st.lists(inner, max_size=4).map(
        lambda values: "[" + ", ".join(values) + "]"
    )


values = st.recursive(scalars, inline, max_leaves=12)
documents = st.lists(st.tuples(names, values), max_size=6, unique_by=lambda pair: pair[0]).map(
    lambda pairs: "\n".join(f"{json.dumps(key)} = {value}" for key, value in pairs)
)


def survives(text):
    try:
        scenario = parse(text)
    except ScenarioError as error:
        assert str(error)
        assert all(len(problem) < 2_000 for problem in error.problems)
    else:
        assert parse(to_toml(scenario)) == scenario


@settings(max_examples=150, deadline=None)
@given(documents)
def test_random_tables(text):
    survives(text)


@settings(max_examples=150, deadline=None)
@given(documents)
def test_random_tables_over_a_scenario(text):
    survives('extends = "duel"\n' + text.replace('"extends"', '"x"'))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
@example("\ud800")
@example("a = 1\x00")
def test_random_text(text):
    survives(text)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(TEXT)), st.integers(0, 30), st.text(max_size=6))
def test_a_scenario_with_a_scar(place, length, patch):
    survives(TEXT[:place] + patch + TEXT[place + length :])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=100))
def test_random_bytes(tmp_path_factory, content):
    file = tmp_path_factory.mktemp("fuzz") / "x.toml"
    file.write_bytes(content)
    try:
        load(file)
    except ScenarioError as error:
        assert str(error).startswith(str(file))


parts = st.sampled_from([*keys(ROOT, None), "0", "1", "9", "price", "strategy", "kind", "orientation", "need", "active", "fixed"]) | st.text(
    max_size=4
)


@settings(max_examples=200, deadline=None)
@given(st.lists(parts, min_size=1, max_size=5).map(".".join), values | st.text(max_size=8))
def test_random_overrides(path, value):
    try:
        override(DUEL, {path: value})
    except ScenarioError as error:
        assert str(error)
