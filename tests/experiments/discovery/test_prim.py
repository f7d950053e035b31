"""Scenario discovery: a planted box is found, one that is not there is not, and the words say what the numbers are."""

import numpy as np
import pytest

from experiments.discovery import prim
from experiments.discovery.box import Box, Kinds, Range, quality
from experiments.discovery.discover import LEVEL, discover
from experiments.discovery.words import limits, sentences
from results.language import language


def space(n=400, seed=1, names="abcd"):
    rng = np.random.default_rng(seed)
    return {name: rng.random(n) for name in names}


def said(found):
    return sentences(found)


def test_a_planted_box_is_found_and_nothing_else_is_limited():
    columns = space()
    planted = (columns["a"] < 0.4) & (columns["c"] > 0.5)
    found = discover(columns, planted)
    box = found.findings[0].box
    assert set(box.limits) == {"a", "c"}
    assert box.limits["a"].high == pytest.approx(0.4, abs=0.06) and box.limits["a"].low < 0.05
    assert box.limits["c"].low == pytest.approx(0.5, abs=0.06) and box.limits["c"].high > 0.95
    assert found.findings[0].quality.density >= 0.8
    assert found.together.coverage > 0.85
    assert found.findings[0].again["a"] > 0.9


def test_a_planted_box_is_found_through_noise():
    columns = space(600)
    rng = np.random.default_rng(2)
    planted = (columns["b"] > 0.6) ^ (rng.random(600) < 0.08)
    found = discover(columns, planted)
    assert found.findings[0].box.limits["b"].low == pytest.approx(0.6, abs=0.06)
    assert found.findings[0].p <= LEVEL
    assert max(found.findings[0].quasi_p.values()) <= LEVEL


def test_two_boxes_are_found_one_after_the_other():
    columns = space(800)
    planted = (columns["a"] < 0.25) | (columns["b"] > 0.8)
    found = discover(columns, planted)
    assert {name for one in found.findings[:2] for name in one.box.limits} >= {"a", "b"}
    assert found.together.coverage > 0.8


def test_where_there_is_nothing_it_says_so():
    # The test of a box lets chance through at 5 %: of 12 draws, more than 3 would happen once in 500 such tests.
    none = 0
    for seed in range(12):
        columns = space(120, seed=seed, names="abc")
        found = discover(columns, np.random.default_rng(100 + seed).random(120) < 0.4)
        none += not found.findings
        if not found.findings:
            (text,) = said(found)
            assert "no limits on the factors describe them" in text
    assert none >= 9


def test_a_kind_is_found_as_a_kind():
    columns = space(300, names="ab")
    columns["strategy"] = np.random.default_rng(4).choice(["club", "points", "plain"], 300)
    found = discover(columns, (columns["strategy"] == "points") & (columns["a"] < 0.7))
    box = found.findings[0].box
    assert box.limits["strategy"] == Kinds(frozenset({"points"}))
    assert "strategy is points" in limits(box)


def test_few_values_are_cut_between_them():
    a, b = (values.ravel() for values in np.meshgrid([0.0, 0.4, 0.8], np.linspace(0, 1, 20)))
    box = discover({"a": a, "b": b}, a < 0.3).findings[0].box
    assert box == Box({"a": Range(high=0.2)})


def test_everywhere_and_nowhere():
    columns = space(50)
    assert said(discover(columns, np.zeros(50, bool))) == ["Relationship marketing loses nowhere: at none of 50 points."]
    assert "everywhere" in said(discover(columns, np.ones(50, bool)))[0]


def test_a_box_is_told_in_chinese(english):
    columns = {"price": np.linspace(0.0, 1.0, 400), "kind": np.array(["points", "club"] * 200, object)}
    found = discover(columns, (columns["price"] > 0.6) & (columns["kind"] == "points"))
    with language("zh"):
        told = " ".join(said(found))
    assert "price 高于" in told
    assert "kind 为 points" in told
    assert not english(told)


def test_words_are_the_boxs_numbers():
    columns = space()
    planted = columns["a"] < 0.4
    found = discover(columns, planted)
    one = found.findings[0]
    inside = one.box.holds(columns)
    text = said(found)[1]
    assert f"{(planted & inside).sum() / inside.sum():.0%} of such points" in text
    assert f"covering {(planted & inside).sum() / planted.sum():.0%} of all losses" in text
    assert text.startswith("Relationship marketing loses when a is below 0.4")


def test_quasi_p_by_hand():
    # Ten points: in the box 3 of 3, without the limit 5 of 10: 0.5^3.
    columns = {"a": np.arange(10.0)}
    interest = np.array([True] * 5 + [False] * 5)
    box = Box({"a": Range(high=2.5)})
    assert prim.quasi_p(box, "a", columns, interest, np.ones(10, bool)) == pytest.approx(0.125)
    assert quality(box.holds(columns), interest).coverage == pytest.approx(0.6)
