"""Learning by doing: a firm finds its place on the continuum by small experiments on its own profit (Cyert & March 1963)."""

from statistics import fmean, median
from typing import ClassVar, Literal

from sim.levers import Levers
from sim.rules import parameter
from sim.strategies import places
from sim.strategy import Strategy, View

TRIALS = (-1, 1, 1, -1)
"""Sides of the four trials of an experiment. Lower, higher, higher, lower: a steady trend of the market weighs the same on both sides."""


class BestResponse(Strategy):
    """Tries a little less and a little more of relationship marketing in turn, and moves to the side that earned more.

    Hill climbing on profit. An experiment is four trials of some periods each, half a step below and above its present place; it compares
    their average profits and moves by a step to the better side. Averages keep luck small, and the order of the trials keeps out a steady
    trend. It has no memory but its diary and no luck of its own. What relations bring later than a trial lasts it cannot learn, so it may
    settle nearer to the transactional pole than would pay in the long run; where the diary is shorter than an experiment it stays.
    """

    kind: Literal["best_response"] = "best_response"
    sources: ClassVar[tuple[str, ...]] = ("cyert1963",)

    start: float = parameter(0.5, "place on the continuum of the first experiment", unit="share", origin="assumed", low=0.0, high=1.0)
    step: float = parameter(
        0.2, "difference between the sides of an experiment, and how far it moves after it", unit="share", origin="assumed", low=0.01, high=1.0
    )
    pause: int = parameter(3, "length of one of the four trials of an experiment", unit="periods", origin="assumed", low=1, high=6)

    @property
    def place(self) -> float:
        """Where it starts; where it goes depends on what pays."""
        return self.start

    def decide(self, view: View) -> Levers:
        """Return this trial's side of the present place, which has moved to the better side if an experiment has just ended."""
        centre = self.start
        if view.diary:
            # The median: a scenario may hold some levers fixed, and they must not tell the firm that it has moved.
            centre = self._held(median(places(view.diary[-1].levers)) - self._side(view.month - 1) * self.step / 2.0)
        length = len(TRIALS) * self.pause
        if (view.month - 1) % length == 0 and len(view.diary) >= length:
            better = self._better([page.profit for page in view.diary[-length:]])
            centre += better * self.step
        return Levers.at(min(max(self._held(centre) + self._side(view.month) * self.step / 2.0, 0.0), 1.0))

    def _side(self, month: int) -> int:
        return TRIALS[(month - 1) // self.pause % len(TRIALS)]

    def _held(self, centre: float) -> float:
        """Return the place so far inside the poles that both sides of it can be tried."""
        return min(max(centre, self.step / 2.0), 1.0 - self.step / 2.0)

    def _better(self, profits: list[float]) -> int:
        """Return the side that earned more on average, 0 if neither did."""
        sides = [TRIALS[k // self.pause] for k in range(len(profits))]
        high = fmean(profit for profit, side in zip(profits, sides, strict=True) if side > 0)
        low = fmean(profit for profit, side in zip(profits, sides, strict=True) if side < 0)
        return (high > low) - (high < low)
