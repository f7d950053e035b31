"""What a measure is called and how its numbers are written: from the measures' own declarations."""

from dataclasses import dataclass
from functools import cache
from math import floor, isnan, log10

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
        return f"{self.text} ({unit})" if unit else self.text

    @property
    def is_share(self) -> bool:
        """Whether the numbers are shares, written as percentages."""
        return self.unit.startswith(("share", "probability"))


@cache
def label(name: str) -> Label:
    """Return the label of a column of ``firm_months``; a column that nobody declared is called by its name."""
    declared = measures()
    if name in declared:
        measure = declared[name]
        return Label(measure.label, measure.unit, measure.meaning)
    return Label(name.replace("_", " ").capitalize(), "", "")


def shown_unit(unit: str, period: str = "month") -> str:
    """Return a unit as readers see it: shares are shown in per cent, rates by the name of the period.

    >>> shown_unit("share/period", "week")
    '% a week'
    """
    return unit.replace("share", "%", 1).replace("probability", "%", 1).replace("/period", f" a {period}").replace("/", " a ")


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
    return f"{number(value, unit)} {shown_unit(unit, period)}".strip()


def spread(half: float, mean: float, unit: str) -> str:
    """Write half an interval's width with as many decimals as its mean; empty when there is none."""
    if isnan(half):
        return ""
    decimals = len(number(mean, unit).partition(".")[2])
    scale = 100.0 if unit.startswith(("share", "probability")) else 1.0
    return f"±{half * scale:,.{decimals}f}"
