"""What spreadsheets do: everybody goes on as before, or a constant share stays (Gupta & Lehmann 2003)."""

from dataclasses import dataclass

import numpy as np

from experiments.estimators.repeat_buying import Vector
from scenarios.purchase_log import Histories


@dataclass(frozen=True)
class NaiveAverage:
    """Every customer goes on buying as often as so far, and nobody ever leaves.

    Equation
        E[Y(t)] = t (1 + x) / (1 + T)

    Theory
        The first purchase counts, with the period in which it was made: somebody watched for no time has a rate too.
    """

    def p_alive(self, data: Histories) -> Vector:
        """Return 1 for everybody, shape (n,)."""
        return np.ones(data.repeats.size)

    def conditional_purchases(self, data: Histories, periods: float) -> Vector:
        """Return how many purchases to expect of each customer in the next ``periods``, shape (n,)."""
        return np.asarray(periods * (1.0 + data.repeats) / (1.0 + data.observed))


@dataclass(frozen=True)
class RetentionFormula:
    """The retention-rate formula: the same share of customers stays each period, whoever they are, each worth the same margin.

    Equation
        CLV = margin sum over k = 1..H of (retention / (1 + d))^k;  H infinite: margin retention / (1 + d - retention)

    Attributes
    ----------
    retention : float
        Share of customers that stays from one period to the next, 0 to 1.
    margin : float
        Contribution of a customer who stays, currency a period.
    """

    retention: float
    margin: float

    @classmethod
    def fit(cls, at_start: Vector, lost: Vector, contribution: Vector, customers: Vector) -> "RetentionFormula":
        """Return the formula with rates over the periods that were seen.

        Parameters
        ----------
        at_start, lost : ndarray
            Customers at the start of each period, and how many of them were lost in it, shape (n_periods,).
        contribution, customers : ndarray
            Contribution of each period, currency, and customers at its end, shape (n_periods,).

        Raises
        ------
        ValueError
            If there were no customers.
        """
        if np.sum(at_start) <= 0 or np.sum(customers) <= 0:
            raise ValueError("there were no customers, so there is no retention rate")
        return cls(float(1.0 - np.sum(lost) / np.sum(at_start)), float(np.sum(contribution) / np.sum(customers)))

    def value(self, discount: float, horizon: int = 0) -> float:
        """Return the lifetime value of a customer, currency.

        Parameters
        ----------
        discount : float
            Per period.
        horizon : int
            How many periods count; 0 for all that will ever be.
        """
        if not horizon:
            return self.margin * self.retention / (1.0 + discount - self.retention)
        return float(self.margin * np.sum((self.retention / (1.0 + discount)) ** np.arange(1, horizon + 1)))
