"""Every fact that is there: numbered as its file, and sourced."""

import re

import pytest

from experiments.runner import RunError
from experiments.validation import catalogue


def test_facts_are_found_in_order_of_their_numbers():
    numbers = [fact.number for fact in catalogue.facts().values()]
    assert numbers == sorted(set(numbers))
    assert {1, 2, 3, 6, 7, 9} <= set(numbers)


@pytest.mark.parametrize("name", catalogue.facts())
def test_a_fact_says_what_it_is(name, bibliography):
    fact, file = catalogue.facts()[name], catalogue.files()[name]
    assert re.match(rf"v{fact.number:02d}_\w+\.py$", file.name)
    assert fact.title
    assert fact.statement.endswith(".")
    assert set(fact.sources) <= set(bibliography)
    assert fact.sources


@pytest.mark.parametrize("only", ["V7, V2", "7,2", "v2,V7,v7"])
def test_facts_are_asked_for_by_number(only):
    assert [fact.name for fact in catalogue.chosen(only)] == ["V2", "V7"]


def test_without_a_wish_all_are_measured():
    assert catalogue.chosen("") == list(catalogue.facts().values())


@pytest.mark.parametrize("only", ["V99", "V1,", "seven"])
def test_an_unknown_number_is_answered_with_those_there_are(only):
    with pytest.raises(RunError, match=r"--only: there is no fact .*; there are V1, V2, V3"):
        catalogue.chosen(only)
