"""The JSON Schema of scenario files: valid itself, true of every scenario that is shipped, and of use to an editor."""

import json
import tomllib

import jsonschema
import pytest

from scenarios import names, schema
from scenarios.files import FOLDER


@pytest.fixture(scope="module")
def checker():
    whole = schema()
    jsonschema.Draft202012Validator.check_schema(whole)
    return jsonschema.Draft202012Validator(whole)


@pytest.mark.parametrize("name", names())
def test_every_shipped_scenario_agrees(checker, name):
    data = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    assert [error.message for error in checker.iter_errors(data)] == []


@pytest.mark.parametrize(
    "data",
    [
        {"customer": 3},
        {"customers": 0},
        {"market": {"transparency": 2}},
        {"firms": []},
        {"firms": [{"name": "A", "strategy": {"kind": "transactionl"}}] * 2},
        {"firms": [{"name": "A", "strategy": {}}] * 2},
        {"segments": [{"name": "s", "fit": {"log": "x.csv"}}]},
        {"mechanisms": {"need": {"activ": True}}},
    ],
)
def test_mistakes_are_seen(checker, data):
    assert not checker.is_valid(data)


def test_it_is_plain_json_with_meanings_and_units():
    whole = json.loads(json.dumps(schema()))
    price = whole["$defs"]["FirmSpec"]["properties"]["price"]
    assert price["description"] and price["unit"] == "currency"
    assert "required" not in whole, "a file that extends another may leave anything out"


def test_only_rules_that_a_file_can_name_are_offered():
    whole = schema()
    offered = whole["$defs"]["FirmSpec"]["properties"]["strategy"]["oneOf"]
    assert all("kind" in whole["$defs"][rule["$ref"].rpartition("/")[2]]["required"] for rule in offered)


def test_calling_it_twice_gives_the_same():
    assert schema() == schema()
