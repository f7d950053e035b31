"""The small parts of a sentence: paths, values, what is allowed, the name that was perhaps meant."""

from datetime import UTC, datetime
from typing import Annotated

import pytest
from annotated_types import Ge, Le
from pydantic import BaseModel, Field

from scenarios import places
from scenarios.errors import shown


@pytest.mark.parametrize(
    ("path", "text"), [((), ""), (("firms", 1, "strategy", "x"), "firms[1].strategy.x"), (("a", 0), "a[0]"), (("fixed", "service"), "fixed.service")]
)
def test_paths_are_written_as_people_do(path, text):
    assert places.written(path) == text


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        (float, "a number"),
        (Annotated[int, Ge(1)], "a whole number of at least 1"),
        (Annotated[float, Le(0.25)], "a number of at most 0.25"),
        (Annotated[int, Field(ge=1, le=12_000)], "a whole number from 1 to 12,000"),
        (bool, "true or false"),
        (str, "text"),
        (int | str, "a whole number or text"),
        (dict[str, float], "a table"),
        (tuple[int, ...], "a list"),
        (bytes, "another kind of value"),
    ],
)
def test_what_is_allowed(declared, text):
    class Table(BaseModel):
        model_config = {"arbitrary_types_allowed": True}
        field: declared

    assert places.allowed(places.of_field(Table.model_fields["field"])) == text


def test_where_nothing_is_declared_nothing_is_allowed():
    assert places.allowed(None) == "nothing"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (True, "true"),
        (3, "3"),
        (1e300, "1e+300"),
        (10**30, "a number of 30 digits"),
        ("x" * 100, "'" + "x" * 57 + "...'"),
        ([], "an empty list"),
        ([1, 2], "a list of 2"),
        ({}, "a table"),
        (datetime(2026, 1, 2, tzinfo=UTC), "the date or time 2026-01-02 00:00:00+00:00"),
        (None, "a value of type NoneType"),
    ],
)
def test_values_are_shown_shortly(value, text):
    assert shown(value) == text


@pytest.mark.parametrize(
    ("name", "end"), [("prise", "; did you mean 'price'?"), ("PRICE", "; did you mean 'price'?"), ("zebra", "; allowed: price, quality")]
)
def test_the_nearest_name_or_all_of_them(name, end):
    assert places.perhaps(name, ("price", "quality")) == end


def test_a_long_list_of_names_is_left_out():
    assert places.perhaps("zebra", [f"name{k}" for k in range(100)]) == ""
