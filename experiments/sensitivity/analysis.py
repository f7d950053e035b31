"""What a finished sweep says of its factors: the indices that its design was made for, on means over replications, and the share of luck."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from experiments import contrasts
from experiments.contrasts import Values
from experiments.sensitivity import morris, ranks, sobol
from experiments.sensitivity.noise import Noise, noise
from experiments.sweep.designs.morris import Morris
from experiments.sweep.designs.saltelli import Saltelli
from experiments.sweep.frames import Sweep
from experiments.sweep.study import SCENARIO, Study, StudyError, problem

SCREENING, VARIANCE, RANKS = "morris", "sobol", "ranks"
"""The methods, as the table names them."""
METHODS: dict[str, tuple[str, ...]] = {"morris": (SCREENING,), "saltelli": (VARIANCE, RANKS), "latin_hypercube": (RANKS,), "sobol": (RANKS,)}
"""What each kind of design is good for."""


@dataclass(frozen=True)
class Part:
    """What one method says of one output.

    Attributes
    ----------
    scenario, measure, who, method : str
        Of what.
    rows : DataFrame
        Columns ``factor``, ``index``, ``value``, ``low``, ``high``, ``n``.
    luck : Noise
        Luck's part in the output.
    """

    scenario: str
    measure: str
    who: str
    method: str
    rows: pd.DataFrame
    luck: Noise

    @property
    def labels(self) -> dict[str, str]:
        """Of what, as columns."""
        return {"scenario": self.scenario, "measure": self.measure, "who": self.who, "method": self.method}

    @property
    def n(self) -> int:
        """Trajectories, or points, behind each index."""
        return int(self.rows["n"].max())

    def index(self, name: str) -> pd.DataFrame:
        """Return the rows of one index, by factor, the most important factor first."""
        return self.rows[self.rows["index"] == name].set_index("factor").loc[ranked(self.rows)]


@dataclass(frozen=True)
class Sensitivity:
    """What a sweep says of its factors, output by output, and one sentence for each output or factor without indices."""

    parts: tuple[Part, ...]
    skipped: tuple[str, ...]

    @property
    def indices(self) -> pd.DataFrame:
        """``scenario``, ``measure``, ``who``, ``method``, ``factor``, ``index``, ``value``, ``low``, ``high``, ``n``; one row for each index."""
        listed = [part.rows.assign(**part.labels) for part in self.parts]
        return pd.concat(listed, ignore_index=True)[[*self.parts[0].labels, "factor", "index", "value", "low", "high", "n"]]

    @property
    def noise(self) -> pd.DataFrame:
        """``scenario``, ``measure``, ``who``, ``of_runs``, ``of_means``, ``replications``; one row for each output."""
        rows = [{**part.labels, **asdict(part.luck)} for part in self.parts]
        return pd.DataFrame(rows).drop(columns="method").drop_duplicates(ignore_index=True)


def suits(study: Study) -> Study:
    """Return the study, or refuse it because its design tells no sensitivity.

    Raises
    ------
    StudyError
        If the design is of a kind that no method here is made for.
    """
    if study.design.kind not in METHODS:
        what = (
            f"{study.design.kind!r} tells no sensitivity; allowed: morris (screening), saltelli (Sobol indices and rank correlations), "
            f"latin_hypercube or sobol (rank correlations)"
        )
        raise problem(study, place="design", what=what)
    return study


def analyse(sweep: Sweep) -> Sensitivity:
    """Return the sensitivity of a sweep's measures to its factors; of total profit where its study names none.

    Parameters
    ----------
    sweep : Sweep
        Complete, with a design of a kind in :data:`METHODS`.

    Raises
    ------
    StudyError
        If runs are missing, or the design is of another kind.
    """
    study = suits(contrasts.whole(sweep, "a sensitivity analysis").study)
    parts: list[Part] = []
    skipped: list[str] = []
    for scenario, points in _blocks(sweep):
        factors = {name: sweep.design[name].iloc[points] for name in sweep.factors if not (study.scenarios and name == SCENARIO)}
        numbers = {name: coded for name, column in factors.items() if (coded := contrasts.codes(column)) is not None}
        if RANKS in METHODS[study.design.kind]:
            skipped += [f"{name}: has no rank correlations, for its values have no order" for name in factors if name not in numbers]
        for measure in study.measures or (contrasts.PROFIT,):
            size = {"n_points": len(sweep.design), "n_replications": study.replications}
            for output in contrasts.outputs(sweep.summary, contrasts.known(sweep, measure), **size):
                runs = output.runs[points]
                if np.isnan(runs).any():
                    count = int(np.isnan(runs).any(axis=1).sum())
                    skipped.append(f"{output.name}: has no indices, for it is missing at {count:,} of {len(runs):,} points")
                    continue
                luck = noise(runs)
                tables = _indices(study, runs.mean(axis=1), list(factors), numbers)
                parts += [Part(scenario, measure, output.who, method, rows, luck) for method, rows in tables]
    if not parts:
        raise StudyError(f"{sweep.place}: no output is there at every point; {'; '.join(skipped)}")
    return Sensitivity(tuple(parts), tuple(dict.fromkeys(skipped)))


def _blocks(sweep: Sweep) -> Iterator[tuple[str, slice]]:
    """Return the design's points scenario by scenario: each of several meets the whole design, in order."""
    count = len(sweep.study.scenarios) or 1
    size = len(sweep.design) // count
    for block in range(count):
        points = slice(block * size, (block + 1) * size)
        name = sweep.design[SCENARIO].iloc[block * size] if sweep.study.scenarios else sweep.layout.scenario
        yield str(name), points


def _indices(study: Study, means: Values, factors: list[str], numbers: dict[str, Values]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield the name and the table of every method that the design is made for."""
    design = study.design
    if isinstance(design, Morris):
        yield SCREENING, morris.screening(means, design, factors)
        return
    independent = len(means)
    if isinstance(design, Saltelli):
        yield VARIANCE, sobol.indices(means, factors)
        independent = 2 * design.base  # the mixtures repeat values of the two samples
    if numbers:
        points = {name: column[:independent] for name, column in numbers.items()}
        yield RANKS, ranks.correlations(points, means[:independent])


def ranked(indices: pd.DataFrame) -> list[str]:
    """Return the factors of one output, the most important first: by mu*, the total index or the size of PRCC, whichever is there.

    Parameters
    ----------
    indices : DataFrame
        Rows of one output.
    """
    for index in ("mu_star", "total", "prcc", "spearman"):
        rows = indices[(indices["index"] == index) & indices["value"].notna()]
        if len(rows):
            listed = rows.assign(size=rows["value"].abs()).sort_values("size", ascending=False, kind="stable")["factor"].tolist()
            return [str(name) for name in (*listed, *(name for name in indices["factor"].unique() if name not in listed))]
    return [str(name) for name in indices["factor"].unique()]
