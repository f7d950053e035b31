"""Every mechanism's file says its theory, equation, symbols, sources and limits; the ODD shows them word for word."""

import inspect
import re
import sys

import pytest

from docs.blocks import SECTIONS, mechanism_classes, methods, prose, sections
from docs.generate import FOLDER

CLASSES = mechanism_classes()
MODULES = sorted({cls.__module__ for cls in CLASSES.values()})
ODD = (FOLDER / "odd.md").read_text(encoding="utf-8")


def text(module):
    return inspect.cleandoc(sys.modules[module].__doc__ or "")


@pytest.mark.parametrize("module", MODULES)
def test_all_sections_are_there_in_order_and_say_something(module):
    found = sections(text(module))
    assert tuple(found) == SECTIONS
    assert [title for title, body in found.items() if len(body) < 5] == []


@pytest.mark.parametrize("module", MODULES)
def test_the_sources_of_the_text_are_those_of_the_class(module):
    told = re.findall(r"\w+", sections(text(module))["Sources"])
    declared = [source for cls in CLASSES.values() if cls.__module__ == module for source in cls.sources]
    assert sorted(told) == sorted(set(declared)), f"{module}: the docstring's Sources and the class's `sources` differ"


@pytest.mark.parametrize("module", MODULES)
def test_the_odd_has_the_text_word_for_word(module):
    found = sections(text(module))
    assert prose(text(module).splitlines()[0]) in ODD
    assert f"**Equation.**\n\n```text\n{found['Equation']}\n```" in ODD
    for title in ("Theory", "Symbols", "Limits"):
        assert f"**{title}.** {prose(found[title])}\n" in ODD


def test_prose_keeps_every_word():
    assert prose("T* rises\n    if M < B, see ``eps``") == r"T\* rises if M &lt; B, see `eps`"


@pytest.mark.parametrize("name", CLASSES)
def test_every_function_and_every_equation_is_described(name):
    cls = CLASSES[name]
    assert cls.equation
    assert [method for method in methods(cls) if not (getattr(cls, method).__doc__ or "").strip()] == []
