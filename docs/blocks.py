"""The generated parts of the documents, by name: what the model declares of itself, as Markdown."""

import inspect
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache

from pydantic import BaseModel

from docs import concept_table, dictionary, schedule
from docs.relationships import relationship_table
from docs.text import bibliography, cited, code, extra, origin, parameters, reach, table
from experiments.catalogue import plain, span
from scenarios import load
from scenarios import names as scenario_names
from sim import draws, units
from sim.customers import BLOCK, bytes_per_customer, columns
from sim.levers import Levers
from sim.parties import DepartmentSpec, DistributorSpec, InfluencerSpec, Readiness, SupplierSpec
from sim.rules import Mechanism, Rule, kinds
from sim.scenario import MOST_CUSTOMERS, MOST_FIRMS, MOST_MONTHS, Campaign, Event, FirmSpec, Market, Mechanisms, Scenario, Segment
from sim.strategy import View

SECTIONS = ("Theory", "Equation", "Symbols", "Sources", "Limits")
"""What every mechanism's documentation has, in this order."""
SLOTS = (*Mechanisms.model_fields, "planning")
"""The mechanisms in the order of the month; planning is each firm's own and not the market's."""


@cache
def blocks() -> dict[str, str]:
    """Return every generated part by name."""
    found = {
        "columns": state_variables(),
        "levers": levers(),
        "strategies": strategies(),
        "view": view(),
        "model steps": schedule.model_steps(),
        "month steps": schedule.month_table(),
        "streams": schedule.streams(),
        "generator": inspect.cleandoc(draws.__doc__ or ""),
        "scenario": parameters(Scenario),
        "market": parameters(Market),
        "segment": parameters(Segment),
        "firm": parameters(FirmSpec),
        "readiness": parameters(Readiness),
        "supplier": parameters(SupplierSpec),
        "distributor": parameters(DistributorSpec),
        "department": parameters(DepartmentSpec),
        "influencer": parameters(InfluencerSpec),
        "event": parameters(Event),
        "campaign": parameters(Campaign),
        "scenarios": scenarios(),
        "constants": constants(),
        "origins": origins(),
        "observed": dictionary.families(),
        "measures": dictionary.measure_tables(),
        "customer columns": dictionary.customer_columns(),
        "partner columns": dictionary.partner_table(),
        "tables": dictionary.tables(),
        "references": references(),
        "concepts in numbers": concept_table.summary(),
        "concepts": concept_table.table(),
        "concepts left out": concept_table.left_out(),
        "thirty relationships": relationship_table(),
    }
    found |= {f"mechanism {slot}": mechanism(slot) for slot in SLOTS}
    return found


def state_variables() -> str:
    """Return the customers' columns as the ODD lists state variables."""
    head = ("variable", "per", "meaning", "unit", "range", "type")
    rows = (
        (code(name), "customer and firm" if m["dyad"] else "customer", m["meaning"], m["unit"], reach(m["low"], m["high"]), m["dtype"])
        for name, m in ((name, declared.metadata) for name, declared in columns().items())
    )
    sizes = " and ".join(f"{bytes_per_customer(n)} bytes with {n} firms" for n in (2, 4))
    return f"{table(head, rows)}\n\nA customer's row takes {sizes}."


def levers() -> str:
    """Return what a firm can set, with both poles."""
    return table(
        ("lever", "market", "transactional", "relational", "unit", "range", "origin", "meaning"),
        (
            (code(name), str(extra(field)["market"]), plain(field.default), plain(float(extra(field)["relational"])), str(extra(field)["unit"]),
             span(field), origin(str(extra(field)["origin"])), str(field.description))
            for name, field in Levers.model_fields.items()
        ),
    )  # fmt: skip


def strategies() -> str:
    """Return the strategies: what each does, its parameters and sources."""
    parts = []
    for kind, cls in kinds("sim.strategies")["strategy"].items():
        text = f"**{code(kind)}.** {inspect.cleandoc(cls.__doc__ or '')} {described(cls, 'decide')} Sources: {cited(cls.sources)}."
        parts.append(f"{text}\n\n{parameters(cls)}")
    return "\n\n".join(parts)


def view() -> str:
    """Return what a firm can see when it plans."""
    return ", ".join(code(name) for name in View.__dataclass_fields__)


def mechanism(slot: str) -> str:
    """Return all that a mechanism's file says of it, with the functions and parameters of each of its forms."""
    found = kinds("sim.mechanisms")[slot]
    parts = [told(sys.modules[name].__doc__ or "") for name in dict.fromkeys(cls.__module__ for cls in found.values())]
    for kind, cls in found.items():
        chosen = code(f'kind = "{kind}"')
        parts.append(f"{chosen}: {inspect.cleandoc(cls.__doc__ or '')} Functions:")
        parts.append("\n".join(f"- {code(method)}: {described(cls, method)}" for method in methods(cls)))
        parts.append(parameters(cls, leave_out=("active",)))
    return "\n\n".join(parts)


def told(text: str) -> str:
    """Return a mechanism's documentation word for word, laid out as Markdown: prose as paragraphs, equations as they stand."""
    parts = [prose(inspect.cleandoc(text).splitlines()[0])]
    for title, body in sections(text).items():
        if title == "Equation":
            parts.append(f"**{title}.**\n\n```text\n{body}\n```")
        else:
            parts.append(f"**{title}.** {cited(body.replace(',', ' ').split()) if title == 'Sources' else prose(body)}")
    return "\n\n".join(parts)


def prose(text: str) -> str:
    """Return a text as one paragraph of Markdown."""
    return " ".join(text.replace("*", r"\*").replace("<", "&lt;").replace("``", "`").split())


def methods(cls: type[Rule]) -> Iterator[str]:
    """Yield the names of what a rule computes."""
    for name, value in vars(cls).items():
        if inspect.isfunction(value) and not name.startswith("_"):
            yield name


def described(cls: type[Rule], method: str) -> str:
    """Return the documentation of a rule's method in one line; a section of its own, such as Parameters, is left out."""
    text = inspect.cleandoc(getattr(cls, method).__doc__ or "").split("\n\nParameters\n")[0]
    return " ".join(text.replace(":data:`", "`").replace("``", "`").split())


def scenarios() -> str:
    """Return the scenarios that are shipped, with their questions."""
    loaded = {name: load(name) for name in scenario_names()}
    return table(("scenario", "title", "question"), ((code(name), s.title, s.question) for name, s in loaded.items()))


def constants() -> str:
    """Return the numbers that stand in the code and not in a scenario: those of the month with their comments, and the sizes."""
    rows = [(code(name), f"{value:,}", meaning) for name, value, meaning in schedule.constants()]
    sizes = (
        ("BLOCK", BLOCK, "customers carried out together"),
        ("MICROS", units.MICROS, "steps in which one unit of currency is counted"),
        ("FIXED_POINT", units.FIXED_POINT, "steps in which 1.0 of an attitude is summed"),
        ("MOST_FIRMS", MOST_FIRMS, "firms in a market, at most"),
        ("MOST_CUSTOMERS", MOST_CUSTOMERS, "customers, at most"),
        ("MOST_MONTHS", MOST_MONTHS, "length of a run in months, at most"),
    )
    return table(("constant", "value", "meaning"), [*rows, *((code(name), f"{value:,}", meaning) for name, value, meaning in sizes)])


def origins() -> str:
    """Return how many numbers are published, calibrated or assumed."""
    parties = [FirmSpec, Readiness, SupplierSpec, DistributorSpec, DepartmentSpec, InfluencerSpec]
    models: list[type[BaseModel]] = [Market, Segment, *parties, Levers]
    for package in ("sim.mechanisms", "sim.strategies"):
        models += [cls for found in kinds(package).values() for cls in found.values()]
    declared = [
        str(extra(field)["origin"]).partition(":")[0]
        for model in models
        for name, field in model.model_fields.items()
        if "origin" in extra(field) and name not in ("active", "fixed")
    ]
    count = Counter(declared)
    listed = ", ".join(f"{n} {kind}" for kind, n in sorted(count.items()))
    return f"Of the {len(declared)} defaults of market, segments, firms, partners, levers, strategies and mechanisms: {listed}."


def references() -> str:
    """Return the bibliography, one heading for each key."""
    return "\n\n".join(f"## {key}\n\n{reference(key)}\n\nUsed for: {entry['used_for']}." for key, entry in sorted(bibliography().items()))


def reference(key: str) -> str:
    """Return one reference as a sentence."""
    entry = bibliography()[key]
    whole = "In " if "(ed" in entry["in"] else ""
    place = whole + " ".join(str(entry[part]) for part in ("in", "volume") if part in entry)
    pages = f", {entry['pages']}" if "pages" in entry else ""
    end = "" if entry["title"].endswith(("?", "!")) else "."
    doi = f" doi:[{entry['doi']}](https://doi.org/{entry['doi']})" if "doi" in entry else ""
    return f"{entry['authors']} ({entry['year']}). {entry['title']}{end} {place}{pages}.{doi}"


def mechanism_classes() -> dict[str, type[Rule]]:
    """Return every form of every mechanism by slot and kind."""
    return {f"{slot}.{kind}": cls for slot, found in kinds("sim.mechanisms").items() for kind, cls in found.items() if issubclass(cls, Mechanism)}


def sections(text: str) -> dict[str, str]:
    """Return the sections of a mechanism's documentation by title, in the order in which they stand."""
    found: dict[str, list[str]] = {}
    for line in inspect.cleandoc(text).splitlines():
        if line in SECTIONS:
            found[line] = []
        elif found:
            list(found.values())[-1].append(line)
    return {title: inspect.cleandoc("\n".join(["", *lines])).strip() for title, lines in found.items()}
