"""The state in the address: a link shows the same view, and nothing in an address is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from results.dashboard.view import LONGEST, View


@given(
    page=st.sampled_from(["", "compare", "web"]),
    language=st.sampled_from(["en", "zh"]),
    state=st.dictionaries(
        st.text("abcxyz_", min_size=1, max_size=8).filter(lambda name: name != "lang"),
        st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=3).map(tuple),
        max_size=4,
    ),
)  # fmt: skip
def test_a_view_comes_back_from_its_address(page, language, state):
    view = View(page, language, state)
    path, _, query = view.address().partition("?")
    assert View.parse(path, f"?{query}") == view


def test_a_list_that_was_emptied_is_not_the_usual_one():
    assert View.parse("/compare", "?firm=").many("firm", ["a", "b"], ["a"]) == []
    assert View.parse("/compare", "").many("firm", ["a", "b"], ["a"]) == ["a"]


def test_what_is_not_allowed_is_left_out():
    view = View.parse("/power", "?run=../../etc/passwd&run=demo&measure=trust&measure=<script>")
    assert view.one("run", ["six", "demo"]) == "demo"
    assert view.one("other", ["six", "demo"], "demo") == "demo"
    assert view.one("run", []) == ""
    assert view.many("measure", ["trust", "profit"]) == ["trust"]


@pytest.mark.parametrize(("search", "language"), [("?lang=zh", "zh"), ("?lang=xx", "en"), ("", "en"), (None, "en"), ("?lang=", "en")])
def test_an_unknown_language_is_english(search, language):
    assert View.parse("/", search).language == language


def test_an_endless_address_is_cut():
    assert len(View.parse("/", "?a=" + "x" * 10 * LONGEST).state["a"][0]) <= LONGEST
