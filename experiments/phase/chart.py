"""Charting: rounds of sweeps, each where the last one left doubt, stored side by side so that nothing finished is run again."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from pathlib import Path

import pandas as pd

from experiments.phase.plane import Plane
from experiments.phase.refine import Place, Refined, refine
from experiments.phase.verdict import Verdict, regimes, verdicts
from experiments.sweep import engine
from experiments.sweep.engine import Progress
from experiments.sweep.study import StudyError

ROUND = "round-{:02d}"
"""Directory of a round's sweep, below the map's."""


class RunsFailed(Exception):
    """Runs of a round failed, so that the map cannot go on; the text is a sentence for the user."""


@dataclass(frozen=True)
class Known:
    """What is known of a point: who wins, and the share of relationships in each power regime."""

    verdict: Verdict
    regimes: Mapping[str, float]

    @property
    def winner(self) -> str:
        """Who wins."""
        return self.verdict.winner

    @property
    def certain(self) -> bool:
        """Whether the interval of the margin leaves out 0."""
        return self.verdict.certain


@dataclass(frozen=True)
class Chart:
    """A finished map.

    Attributes
    ----------
    plane : Plane
        The two parameters.
    measure : str
        By which strategies were ranked.
    refined : Refined
        Points and cells.
    """

    plane: Plane
    measure: str
    refined: Refined[Known]

    @property
    def points(self) -> pd.DataFrame:
        """One row per point: the two parameters, ``round``, ``winner``, ``second``, the margin with its certainty, and the power regimes."""
        places = sorted(self.refined.points)
        known = [self.refined.points[place] for place in places]
        rounds = pd.DataFrame({"round": [self.refined.rounds[place] for place in places]})
        found = pd.DataFrame([{**asdict(one.verdict), **one.regimes} for one in known])
        return pd.concat([self.plane.frame(places), rounds, found], axis="columns")


def chart(
    plane: Plane,
    place: Path,
    *,
    halvings: int,
    measure: str,
    workers: int = 0,
    scheduler: str = "",
    force: bool = False,
    shown: Callable[[str], AbstractContextManager[Progress]],
    command: str = "",
) -> Chart:
    """Map a plane; the same call goes on where it stopped.

    Parameters
    ----------
    plane : Plane
        From :func:`experiments.phase.plane.plane`.
    place : Path
        The map's directory.
    halvings : int
        How often a cell may be quartered.
    measure : str
        By which strategies are ranked, per firm.
    workers, scheduler, force, command
        As for :func:`experiments.sweep.engine.sweep`.
    shown : callable
        Given a round's name, shows its progress.

    Raises
    ------
    RunsFailed
        If runs of a round failed.
    StudyError, StoreError
        If the measure is missing for some strategy, or the directory holds another map.
    """

    def look(number: int, places: Sequence[Place]) -> dict[Place, Known]:
        part = plane.part(number, places)
        here = place / ROUND.format(number)
        with shown(part.name) as progress:
            done = engine.sweep(part, here, workers=workers, scheduler=scheduler, force=force, progress=progress, command=command)
        if not done.complete:
            raise RunsFailed(f"{here}: {done.missing:,} runs failed, and the map needs them all; the same command tries them again")
        try:
            found = verdicts(done.summary, measure)
        except ValueError as error:
            raise StudyError(f"{here}: {error}") from None
        shares = regimes(done.firm_months).astype(float).to_dict("index")
        return {at: Known(found[k], {str(name): share for name, share in shares[k].items()}) for k, at in enumerate(places)}

    return Chart(plane, measure, refine(plane.coarse, halvings, look))
