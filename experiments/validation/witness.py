"""A witness in the market: sees what a rule is asked and answers in the real month, or asks it something else; the model stays as it is.

Theory
    Which episodes a customer had is more than her columns keep. A rule of the month is given them, so whoever stands beside that rule sees
    them; and whoever changes what it is given stages an experiment in which all else is the market's own doing.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.uint8]


class _Beside:
    """A rule with one method wrapped; everything else is the rule's own."""

    def __init__(self, rule: Any, method: str, around: Callable[..., Any]) -> None:
        self._rule, self._method, self._around = rule, method, around

    def __getattr__(self, name: str) -> Any:
        own = getattr(self._rule, name)
        return (lambda *given: self._around(own, *given)) if name == self._method else own


class _Watched:
    """A model's timeline, on which one rule of every month is wrapped."""

    def __init__(self, timeline: Any, slot: str, method: str, around: Callable[..., Any]) -> None:
        self._timeline, self._slot, self._method, self._around = timeline, slot, method, around

    def at(self, month: int) -> tuple[Any, Any]:
        """Return the scenario and its rules as they stand in a month."""
        present, rules = self._timeline.at(month)
        beside = _Beside(getattr(rules, self._slot), self._method, self._around)
        return present, rules.model_copy(update={self._slot: beside})


def beside(model: Any, slot: str, method: str, around: Callable[..., Any]) -> None:
    """Stand beside one method of one rule from the next month on.

    Parameters
    ----------
    model : MarketModel
        The market, run on one thread.
    slot : str
        The rule's place, such as ``satisfaction``.
    method : str
        The method of it, such as ``episode``.
    around : callable
        ``around(own, *given)`` is called instead; ``own(*given)`` is what the rule itself would answer.
    """
    model.timeline = _Watched(model.timeline, slot, method, around)


class Episodes:
    """Sees every month's purchases and what became of bad episodes, where the books are kept.

    Parameters
    ----------
    model : MarketModel
        The market, run on one thread.
    """

    def __init__(self, model: Any) -> None:
        self._fates: list[Flags] = []
        self._bought: list[NDArray[np.bool_]] = []
        beside(model, "accounts", "amounts", self._see)

    def _see(self, own: Callable[..., Any], bought: Any, paid: Any, rebate: Any, silence: Any, fate: Any, *rest: Any) -> Any:
        self._bought.append(bought.T > 0)
        self._fates.append(fate.T.copy())
        return own(bought, paid, rebate, silence, fate, *rest)

    def month(self) -> tuple[NDArray[np.bool_], Flags]:
        """Return who bought where in the month just carried out, and the fate of bad episodes, each (n, n_firms); begin the next month's."""
        seen = np.concatenate(self._bought), np.concatenate(self._fates)
        self._bought, self._fates = [], []
        return seen
