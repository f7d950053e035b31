"""Distributions of a factor: a name, and the mean and spread that people know, become a quantile function of scipy."""

import math
from collections.abc import Mapping
from typing import Any

PLAIN = {
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "sd"),
    "gamma": ("mean", "sd"),
    "beta": ("mean", "sd"),
    "triangular": ("low", "mode", "high"),
    "exponential": ("mean",),
}
"""Distributions that are given by numbers people know, with the numbers that each needs; others go by scipy's name and arguments."""


def frozen(name: str, numbers: Mapping[str, float], arguments: Mapping[str, float]) -> Any:
    """Return a frozen distribution of ``scipy.stats``.

    Parameters
    ----------
    name : str
        A key of ``PLAIN``, or the name of a continuous distribution in ``scipy.stats``.
    numbers : mapping
        ``mean``, ``sd``, ``mode``, ``low`` and ``high``, as far as they are given.
    arguments : mapping
        scipy's own arguments, such as ``{"a": 2.0, "scale": 0.1}``; only for names that are not in ``PLAIN``.

    Raises
    ------
    ValueError
        If there is no such distribution, a number is missing, or the numbers do not go together.
    """
    from scipy import stats  # costs most of a second

    if name in PLAIN:
        missing = [number for number in PLAIN[name] if number not in numbers]
        if missing:
            raise ValueError(f"distribution {name!r} needs {', '.join(PLAIN[name])}; missing: {', '.join(missing)}")
        if arguments:
            raise ValueError(f"distribution {name!r} takes {', '.join(PLAIN[name])}, not arguments")
        made = _plain(stats, name, numbers)
    else:
        kind = getattr(stats, name, None)
        if not isinstance(kind, stats.rv_continuous):
            raise ValueError(f"there is no distribution {name!r}; allowed: {', '.join(PLAIN)} and the continuous distributions of scipy.stats")
        try:
            made = kind(**arguments)
        except TypeError as error:
            raise ValueError(f"distribution {name!r}: {error}") from None
    if not math.isfinite(float(made.ppf(0.5))):
        raise ValueError(f"distribution {name!r}: these numbers do not go together")
    return made


def _plain(stats: Any, name: str, numbers: Mapping[str, float]) -> Any:
    """Return a distribution of ``PLAIN``: its moments solved for scipy's shape, place and scale."""
    mean, sd = numbers.get("mean", 0.0), numbers.get("sd", 1.0)
    if sd <= 0.0:
        raise ValueError(f"sd: {sd} is not above 0")
    if name != "normal" and "mean" in PLAIN[name] and mean <= 0.0:
        raise ValueError(f"mean: {mean} is not above 0; distribution {name!r} has positive values only")
    if name == "normal":
        return stats.norm(mean, sd)
    if name == "lognormal":
        shape = math.sqrt(math.log1p((sd / mean) ** 2))
        return stats.lognorm(shape, scale=mean / math.exp(shape**2 / 2.0))
    if name == "gamma":
        return stats.gamma((mean / sd) ** 2, scale=sd**2 / mean)
    if name == "exponential":
        return stats.expon(scale=mean)
    low, high = numbers.get("low", 0.0), numbers.get("high", 1.0)
    width = high - low
    if name == "triangular":
        if not low <= numbers["mode"] <= high:
            raise ValueError(f"mode: {numbers['mode']} is outside low to high")
        return stats.triang((numbers["mode"] - low) / width, loc=low, scale=width)
    share, spread = (mean - low) / width, (sd / width) ** 2
    if not 0.0 < share < 1.0 or spread >= share * (1.0 - share):
        raise ValueError(f"mean and sd: no beta distribution from {low} to {high} has them")
    both = share * (1.0 - share) / spread - 1.0
    return stats.beta(share * both, (1.0 - share) * both, loc=low, scale=width)
