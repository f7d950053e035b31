"""A panel: what every household bought of every brand in ``baseline``, quarter by quarter and in a year, as market researchers see it.

Theory
    In a market that stands still penetration, frequency and repeat buying of brands follow from the brands' size (Ehrenberg 1988; Goodhardt,
    Ehrenberg & Chatfield 1984). Each of the model's reasons for loyalty can be switched on or off, to see which pattern is whose doing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from experiments.validation.cohort import Vector, lorenz, top
from experiments.validation.dirichlet import Brands, Dirichlet, fit
from experiments.validation.fact import Effort
from scenarios import load

BEGIN, QUARTER, AGAIN, YEAR = 12, 15, 18, 24
"""Months: the market settles for a year; the quarter, the one after it and the year are watched from then on."""
AS_IT_IS = "as it is"
SAME_TASTE, SAME_NEED = "all have one taste", "all need it equally often"
ROUTINE, ROUTINE_ONLY = "with routine", "with routine, all have one taste"
LOCK_IN, ATTITUDE = "with a switching cost", "with satisfaction, trust and commitment"
PARTS = np.linspace(0.0, 1.0, 21)
"""Parts of the buyers, heaviest first, at which concentration is drawn."""
COUNTS = 13
"""Numbers of purchases, from 0, of which the distribution is drawn."""


@dataclass(frozen=True)
class Panel:
    """What a panel tells.

    Attributes
    ----------
    quarter, year : Brands
        Share, penetration and frequency of brands.
    quarter_fit, year_fit : Dirichlet
        The Dirichlet model of each.
    repeat : ndarray
        Share of a quarter's buyers of a brand who buy it in the next quarter too, shape (n_brands,).
    top, top_brands : float
        Share of a year's purchases that the heaviest fifth of buyers make: of the category, and of a brand, mean over brands.
    lorenz : ndarray
        Share of a year's category purchases by the heaviest :data:`PARTS` of buyers, shape (n_parts,).
    distribution : ndarray
        Share of customers with 0, 1, 2, ... category purchases in the quarter, shape (COUNTS,).
    """

    quarter: Brands
    year: Brands
    quarter_fit: Dirichlet
    year_fit: Dirichlet
    repeat: Vector
    top: float
    top_brands: float
    lorenz: Vector
    distribution: Vector

    def error(self, *, ahead: bool = False) -> Vector:
        """Return the fitted model's relative error of each brand's penetration in the year, shape (n_brands,).

        Parameters
        ----------
        ahead : bool
            Whether the model was fitted to the quarter only.
        """
        model = self.quarter_fit.during((YEAR - BEGIN) / (QUARTER - BEGIN)) if ahead else self.year_fit
        return np.array([model.penetration(share) for share in self.year.share]) / self.year.penetration - 1.0

    @property
    def big(self) -> Vector:
        """Which brands are big: no smaller than the average; shape (n_brands,)."""
        return np.asarray(self.year.share >= 1.0 / len(self.year.share))


def watch(model: Any) -> Panel:
    """Play the market and keep the panel."""
    bought = {}
    while model.running:
        model.step()
        if model.month in (BEGIN, QUARTER, AGAIN, YEAR):
            bought[model.month] = np.asarray(model.customers.get("purchases"), np.int64)
    quarter, next_one, year = bought[QUARTER] - bought[BEGIN], bought[AGAIN] - bought[QUARTER], bought[YEAR] - bought[BEGIN]
    whole = year.sum(axis=1)
    return Panel(
        quarter=Brands.of(quarter),
        year=Brands.of(year),
        quarter_fit=fit(quarter),
        year_fit=fit(year),
        repeat=((quarter > 0) & (next_one > 0)).sum(axis=0) / (quarter > 0).sum(axis=0),
        top=top(whole),
        top_brands=float(np.mean([top(year[:, brand]) for brand in range(year.shape[1])])),
        lorenz=lorenz(whole, PARTS),
        distribution=np.bincount(np.minimum(quarter.sum(axis=1), COUNTS), minlength=COUNTS + 1)[:COUNTS] / len(quarter),
    )


def settings() -> dict[str, Mapping[str, Any]]:
    """Return what is changed in ``baseline``, by name: nothing, two kinds of heterogeneity off, and what makes customers stay on."""
    segment = load("baseline").segments[0]
    same = 1e3  # a Gamma so narrow that all rates are their mean
    routine, alike = {"mechanisms.consideration.active": True}, {"segments.0.taste_spread": 0.0}
    attitudes = ("experience", "perceived_value", "satisfaction", "complaints", "commitment_trust")
    return {
        AS_IT_IS: {},
        SAME_TASTE: alike,
        SAME_NEED: {"segments.0.need_shape": same, "segments.0.need_scale": same * segment.need_scale / segment.need_shape},
        ROUTINE: routine,
        ROUTINE_ONLY: {**routine, **alike},
        LOCK_IN: {"market.switching_cost": 1.0},
        ATTITUDE: {f"mechanisms.{slot}.active": True for slot in attitudes},
    }


@lru_cache(maxsize=1)
def panels(effort: Effort) -> dict[str, list[Panel]]:
    """Return the panels of every setting, one for each seed; three facts look at the same ones."""
    found: dict[str, list[Panel]] = {}
    for name, changes in settings().items():
        seeds = effort.seeds(30, 3) if name == AS_IT_IS else effort.seeds(5, 1)
        found[name] = effort.play([load("baseline").but(changes, months=YEAR)], seeds, watch)[0]
    return found


def ratio(brands: Brands) -> float:
    """Return how much less w (1 - b) varies between brands than w: their coefficients of variation, one over the other."""
    level = brands.frequency * (1.0 - brands.penetration)
    return float((np.std(level) / np.mean(level)) / (np.std(brands.frequency) / np.mean(brands.frequency)))


def correlation(brands: Brands) -> float:
    """Return the correlation of penetration and purchases per buyer over brands."""
    return float(np.corrcoef(brands.penetration, brands.frequency)[0, 1])


def mean(rows: list[Vector]) -> Vector:
    """Return the mean over panels, brand by brand."""
    return np.asarray(np.mean(rows, axis=0), float)
