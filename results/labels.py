"""What a measure is called and how its numbers are written, in the reader's language: from the measures' own declarations."""

from dataclasses import dataclass
from functools import cache
from math import floor, isnan, log10

from results import names
from results.language import current, say
from sim.measures import measures


@dataclass(frozen=True)
class Label:
    """A measure for readers."""

    text: str
    unit: str
    meaning: str

    def axis(self, period: str = "month") -> str:
        """Return label and unit, as an axis shows them."""
        unit = shown_unit(self.unit, period)
        return say("{measure} ({unit})", measure=self.text, unit=unit) if unit else self.text

    @property
    def is_share(self) -> bool:
        """Whether the numbers are shares, written as percentages."""
        return self.unit.startswith(("share", "probability"))


def label(name: str) -> Label:
    """Return the label of a column of ``firm_months``, in the reader's language; ``total_`` and ``mean_`` of one are told as such.

    A column that nobody declared is called by its name.
    """
    return _label(name, current())


@cache
def _label(name: str, spoken: str) -> Label:
    declared = measures()
    if name in declared:
        measure = declared[name]
        return Label(measure.chinese if spoken == "zh" else measure.label, measure.unit, measure.meaning)
    kind, _, rest = name.partition("_")
    if kind in {"total", "mean"} and rest in declared:  # columns of summary
        one = _label(rest, spoken)
        text = say("Total {measure}", measure=one.text.lower()) if kind == "total" else say("Mean {measure}", measure=one.text.lower())
        return Label(text, one.unit, one.meaning)
    return Label(name.replace("_", " ").capitalize(), "", "")


def shown_unit(unit: str, period: str = "month") -> str:
    """Return a unit as readers see it: shares are shown in per cent, rates by the name of the period.

    >>> shown_unit("share/period", "week")
    '% a week'
    """
    what, slash, per = unit.partition("/")
    shown = _unit(what)
    if not slash:
        return shown
    return say("{amount} a {period}", amount=shown, period=names.period(period if per == "period" else per))


def _unit(unit: str) -> str:
    """Return a unit that is not a rate."""
    return {
        "share": "%",
        "probability": "%",
        "currency": say("currency"),
        "customers": say("customers"),
        "purchases": say("purchases"),
        "complaints": say("complaints"),
        "episodes": say("episodes"),
        "messages": say("messages"),
        "contacts": say("contacts"),
        "employees": say("employees"),
        "suppliers": say("suppliers"),
        "firms": say("firms"),
        "periods": say("periods"),
        "ratio": say("ratio"),
    }.get(unit, unit)


def number(value: float, unit: str = "") -> str:
    """Write a number for people: shares in per cent, others with three significant digits and a comma at thousands.

    >>> number(0.1234, "share")
    '12.3'
    >>> number(12345.6, "currency"), number(0.04567)
    ('12,346', '0.0457')
    """
    if isnan(value):
        return "–"
    if unit.startswith(("share", "probability")):
        value *= 100.0
        return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
    if value == 0.0 or abs(value) >= 1000:
        return f"{value:,.0f}"
    digits = max(0, 2 - floor(log10(abs(value))))
    return f"{value:,.{digits}f}"


def with_unit(value: float, unit: str, period: str = "month") -> str:
    """Write a number followed by its unit."""
    amount, what = number(value, unit), shown_unit(unit, period)
    return f"{amount}{what}" if current() == "zh" and what.startswith("%") else f"{amount} {what}".strip()


def points(unit: str) -> str:
    """Return in what a difference of two numbers is told: shares differ by percentage points."""
    return say("percentage points") if unit.startswith(("share", "probability")) else shown_unit(unit)


def spread(half: float, mean: float, unit: str) -> str:
    """Write half an interval's width with as many decimals as its mean; empty when there is none."""
    if isnan(half):
        return ""
    decimals = len(number(mean, unit).partition(".")[2])
    scale = 100.0 if unit.startswith(("share", "probability")) else 1.0
    return f"±{half * scale:,.{decimals}f}"
