"""The analysis of uplift: what it brought over the whole run, and how well other methods would have told."""

from dataclasses import astuple, dataclass, fields

import pandas as pd

from experiments.runner import run_all
from experiments.uplift.estimates import bias, estimates
from experiments.uplift.twin import Twin, without
from results.effects import Effect, effect
from results.frames import Results
from sim.scenario import Scenario

TOTALS = ("purchases", "revenue", "profit")
LAST = ("customers", "customer_equity")
"""Stocks that are summed over firms, at the end of the run."""
CLV = "clv_realised"
RETURN = "return on the budget"
ALL = "all firms"


@dataclass(frozen=True)
class Uplift:
    """What a campaign, an event or a lever brought.

    Attributes
    ----------
    twin : Twin
        What was taken away.
    results : Results
        Of both markets.
    brought : DataFrame
        Columns ``who``, ``measure`` and those of :class:`results.effects.Effect`, from the market without it (``first``) to that with it.
        ``customers``, ``customer_equity`` and ``clv_realised`` at the end of the run, the others summed from the start of it to the end
        of the run.
    methods : DataFrame
        What different methods say it brought while it lasted, as :func:`experiments.uplift.estimates.bias` returns it.
    """

    twin: Twin
    results: Results
    brought: pd.DataFrame
    methods: pd.DataFrame


def uplift(scenario: Scenario, what: str, replications: int = 5, **how: object) -> Uplift:
    """Run a scenario and its twin on the same luck and return what made the difference.

    Parameters
    ----------
    scenario : Scenario
        The market with it.
    what : str
        What is taken away: ``campaign.NAME``, ``event.NAME`` or ``firms.N.lever``.
    replications : int
        Replications of each.
    **how : object
        ``workers``, ``threads``, ``progress`` as in :func:`experiments.runner.run_to`.

    Raises
    ------
    ScenarioError
        If there is no such thing in the scenario.
    """
    twin = without(scenario, what)
    return analyse(twin, run_all([twin.factual, twin.counterfactual], replications, **how))


def analyse(twin: Twin, results: Results) -> Uplift:
    """Return the analysis of results of both scenarios."""
    return Uplift(twin=twin, results=results, brought=brought(twin, results), methods=bias(estimates(twin, results)))


def brought(twin: Twin, results: Results) -> pd.DataFrame:
    """Return what it brought over the whole run, to the firms it acts on, to each of the others, and to all together."""
    both = [results.of(name).firm_months for name in (twin.counterfactual.name, twin.factual.name)]
    groups = {" and ".join(twin.firms): twin.firms} if len(twin.firms) < len(twin.factual.firms) else {}
    groups |= {ALL: (*twin.firms, *twin.others)}
    groups |= {firm: (firm,) for firm in (twin.others or twin.firms)}
    rows = []
    for who, firms in groups.items():
        first, other = (ends(months[months["firm"].isin(firms)], twin.start) for months in both)
        for measure in first.columns:
            without_it, with_it = first[measure].align(other[measure])
            rows.append((who, measure, *astuple(effect(without_it.to_numpy(float), with_it.to_numpy(float)))))
        if twin.budget > 0.0 and firms == twin.firms:
            gain = (other["profit"] - first["profit"]) / twin.budget
            rows.append((who, RETURN, *astuple(effect(0.0 * gain.to_numpy(float), gain.to_numpy(float)))))
    return pd.DataFrame(rows, columns=["who", "measure", *(field.name for field in fields(Effect))])


def ends(months: pd.DataFrame, start: int) -> pd.DataFrame:
    """Return customers, sums and lifetime values of some firms together at the end of the run.

    Parameters
    ----------
    months : DataFrame
        One row per replication, month and firm of those firms, of one scenario.
    start : int
        Period from which flows are summed.

    Returns
    -------
    DataFrame
        Index ``replication``; columns ``customers``, ``purchases``, ``revenue``, ``profit``, ``clv_realised`` (mean over firms, which
        have each its own customers) and ``customer_equity``.
    """
    last = months[months["month"] == months["month"].max()].groupby("replication")
    sums = months[months["month"] >= start].groupby("replication")[list(TOTALS)].sum()
    table = last[list(LAST)].sum(min_count=1).join(sums).join(last[[CLV]].mean())
    found: pd.DataFrame = table[["customers", *TOTALS, CLV, "customer_equity"]]
    return found
