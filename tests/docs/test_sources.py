"""The bibliography: every source that is named is in it, whole, and nothing is in it that nobody uses."""

import re
import unicodedata
from pathlib import Path

import pytest

from docs.blocks import reference
from docs.text import bibliography
from sim.levers import Levers
from sim.measures import measures
from sim.rules import kinds
from sim.scenario import FirmSpec, Market, Segment

ROOT = Path(__file__).parents[2]
KEY = re.compile(r"\b[a-z]{3,}(?:19|20)\d\d[a-z]?\b")
RULES = [cls for package in ("sim.mechanisms", "sim.strategies") for found in kinds(package).values() for cls in found.values()]
NEEDED = {"authors", "year", "title", "in", "used_for"}
ALLOWED = NEEDED | {"volume", "pages", "doi"}


def named():
    """Return every key that the model, its scenarios, the facts it is held against or the written part of the ODD name."""
    files = [*(ROOT / "sim").rglob("*.py"), *(ROOT / "scenarios").rglob("*.py"), *(ROOT / "scenarios").rglob("*.toml")]
    files += (ROOT / "experiments" / "validation").rglob("*.py")
    found = {key for path in files for key in KEY.findall(path.read_text(encoding="utf-8"))}
    written = re.sub(r"<!-- generated: .*?<!-- end of generated -->", "", (ROOT / "docs" / "odd.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    return found | set(KEY.findall(written))


def test_every_source_that_is_named_is_in_the_bibliography():
    assert named() - set(bibliography()) == set()


def test_every_entry_is_used():
    # The paper behind the generator of draws is named by author and year only.
    assert set(bibliography()) - named() - {"salmon2011"} == set()
    assert "Salmon et al. 2011" in (ROOT / "sim" / "draws.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.slot}.{rule.model_fields['kind'].default}")
def test_every_rule_names_sources(rule):
    assert rule.sources
    assert set(rule.sources) <= set(bibliography())
    assert len(set(rule.sources)) == len(rule.sources)


@pytest.mark.parametrize("model", [*RULES, Market, Segment, FirmSpec, Levers], ids=lambda model: model.__name__)
def test_every_number_has_an_origin(model):
    for name, field in model.model_fields.items():
        if not isinstance(field.json_schema_extra, dict):
            continue
        origin = field.json_schema_extra["origin"]
        assert re.fullmatch(r"assumed|calibrated: .+|published: \w+", origin), f"{model.__name__}.{name}: {origin}"
        if origin.startswith("published: "):
            assert origin.removeprefix("published: ") in bibliography(), f"{model.__name__}.{name}: {origin}"


def test_sources_of_measures_are_in_the_bibliography():
    assert {measure.source for measure in measures().values() if measure.source} <= set(bibliography())


@pytest.mark.parametrize("key", sorted(bibliography()))
def test_an_entry_is_whole(key):
    entry = bibliography()[key]
    assert set(entry) >= NEEDED
    assert set(entry) <= ALLOWED
    assert all(str(value).strip() == str(value) != "" for value in entry.values())
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", entry["authors"]) if letter.isascii())
    surname = plain.split(",")[0].replace(" ", "").replace("'", "").replace("-", "").lower()
    assert key == f"{surname}{entry['year']}"
    assert not entry["title"].endswith(".")
    assert not entry["used_for"].endswith(".")
    if "doi" in entry:
        assert re.fullmatch(r"10\.\d{4,5}/\S+", entry["doi"])
    if "pages" in entry and "-" in entry["pages"]:
        first, last = entry["pages"].split("-")
        assert int(first) < int(last)


def test_dois_differ():
    dois = [entry["doi"] for entry in bibliography().values() if "doi" in entry]
    assert len(set(dois)) == len(dois)


def test_a_reference_reads_as_a_sentence():
    assert reference("rubinstein1982") == (
        "Rubinstein, A. (1982). Perfect equilibrium in a bargaining model. Econometrica 50(1), 97-109. "
        "doi:[10.2307/1912531](https://doi.org/10.2307/1912531)"
    )
    assert reference("mcfadden1974").endswith("In Zarembka, P. (ed.), Frontiers in Econometrics, Academic Press, New York, 105-142.")
