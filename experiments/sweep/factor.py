"""A factor: a parameter that a study varies, and the values it takes, listed, between two bounds, or drawn from a distribution."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from experiments.sweep import distributions
from sim.rules import Checked
from sim.scenario import Many

Uniform = NDArray[np.float64]
"""Numbers from 0 to 1, one per point of a design."""


class Factor(Checked):
    """What a study varies: the factor's name is the path of a parameter, or ``scenario``, or a name of its own for several ``paths``.

    Give ``values``; or ``low`` and ``high``; or a ``distribution`` with the numbers that it needs, cut off at ``low`` and ``high`` where
    these are given.
    """

    values: Annotated[tuple[Any, ...], Many] = Field((), max_length=10_000, description="values, in order; of any type the parameter takes")
    low: float | None = Field(None, description="smallest value")
    high: float | None = Field(None, description="largest value")
    scale: Literal["linear", "log"] = Field("linear", description="how values lie between low and high")
    levels: int = Field(0, ge=0, le=10_000, description="how many values a factorial design takes between low and high")
    distribution: str = Field("", description="normal, lognormal, gamma, beta, triangular, exponential, or a name in scipy.stats")
    mean: float | None = Field(None, description="mean of the distribution")
    sd: float | None = Field(None, description="standard deviation of the distribution")
    mode: float | None = Field(None, description="most likely value of a triangular distribution")
    arguments: dict[str, float] = Field(default_factory=dict, description="scipy's own arguments of a distribution that goes by scipy's name")
    paths: Annotated[tuple[str, ...], Many] = Field((), description="parameters that all take the factor's value, where its name is no path")

    @model_validator(mode="after")
    def _goes_together(self) -> Self:
        given = [bool(self.values), self.low is not None or self.high is not None, bool(self.distribution)]
        if not any(given):
            raise ValueError("a factor needs values = [...], or low and high, or a distribution")
        if self.values and (given[1] or given[2] or self.levels):
            raise ValueError("values stand alone, without low, high, levels or distribution")
        if self.low is not None and self.high is not None and not self.low < self.high:
            raise ValueError(f"low: {self.low} is not below high, {self.high}")
        if not self.distribution:
            self._is_a_range()
        else:
            self._distribution()
        return self

    def _is_a_range(self) -> None:
        numbers = [name for name in ("mean", "sd", "mode", "arguments") if getattr(self, name) not in (None, {})]
        if numbers:
            raise ValueError(f"{numbers[0]} belongs to a distribution, and none is named")
        if not self.values and (self.low is None or self.high is None):
            raise ValueError("low and high belong together")
        if self.scale == "log" and (self.low is None or self.low <= 0.0):
            raise ValueError("scale = 'log' needs a low above 0")

    def _distribution(self) -> Any:
        if self.scale == "log":
            raise ValueError("scale = 'log' belongs to low and high, not to a distribution; 'lognormal' and 'loguniform' are there")
        numbers = {name: getattr(self, name) for name in ("mean", "sd", "mode", "low", "high") if getattr(self, name) is not None}
        return distributions.frozen(self.distribution, numbers, self.arguments)

    @property
    def is_listed(self) -> bool:
        """Whether the values are a list."""
        return bool(self.values)

    def at(self, u: Uniform, *, whole: bool = False) -> list[Any]:
        """Return the values at quantiles.

        Parameters
        ----------
        u : array, shape (n,)
            Numbers from 0 to 1: the share of the factor's range, distribution or list that lies below.
        whole : bool
            Whether the parameter is a whole number.

        Returns
        -------
        list
            Python values, ready for a scenario.
        """
        if self.values:
            places = np.minimum((u * len(self.values)).astype(int), len(self.values) - 1)
            return [self.values[place] for place in places]
        if self.distribution:
            found = self._quantiles(u)
        else:
            found = self._between(u, half=0.5 if whole and self.scale == "linear" else 0.0)
        if whole:
            low, high = (bound if bound is not None else far for bound, far in ((self.low, -np.inf), (self.high, np.inf)))
            return [int(value) for value in np.clip(np.rint(found), low, high)]
        return [float(value) for value in found]

    def settings(self, *, whole: bool = False) -> list[Any]:
        """Return the values that a factorial design combines: the list, or ``levels`` values from low to high.

        Raises
        ------
        ValueError
            If the factor has neither.
        """
        if self.values:
            return list(self.values)
        if self.levels < 2:
            raise ValueError("needs values = [...], or levels of at least 2, for this design")
        if self.distribution:
            return self.at((np.arange(self.levels) + 0.5) / self.levels, whole=whole)
        found = self._between(np.linspace(0.0, 1.0, self.levels), half=0.0)
        return list(dict.fromkeys(int(np.rint(value)) if whole else float(value) for value in found))

    def _between(self, u: Uniform, half: float) -> Uniform:
        """Return values between low and high; ``half`` widens the range so that every whole number is as likely."""
        low, high = float(self.low or 0.0), float(self.high or 0.0)
        if self.scale == "log":
            return np.asarray(low ** (1.0 - u) * high**u, float)  # exact at both bounds
        return low - half + u * (high - low + 2.0 * half)

    def _quantiles(self, u: Uniform) -> Uniform:
        """Return quantiles of the distribution within low and high."""
        made = self._distribution()
        first = 0.0 if self.low is None else float(made.cdf(self.low))
        last = 1.0 if self.high is None else float(made.cdf(self.high))
        return np.asarray(made.ppf(first + u * (last - first)), float)


@dataclass(frozen=True)
class Axis:
    """A factor as a design meets it: its name, its values, and whether its parameter is a whole number."""

    name: str
    factor: Factor
    whole: bool = False

    def at(self, u: Uniform) -> list[Any]:
        """Return the values at quantiles ``u``, shape (n,)."""
        return self.factor.at(u, whole=self.whole)

    def settings(self) -> list[Any]:
        """Return the values that a design of levels takes.

        Raises
        ------
        ValueError
            If the factor has no list and no levels.
        """
        try:
            return self.factor.settings(whole=self.whole)
        except ValueError as error:
            raise ValueError(f"factors: {self.name}: {error}") from None
