"""Estimates of an effect: the true one, by the twin; before-after; treated-untreated; and by the randomised control group (Fisher 1935)."""

import numpy as np
import pandas as pd

from experiments.uplift.twin import Twin
from results.frames import Results
from sim.population import sizes

TRUTH, BEFORE_AFTER, TREATED_UNTREATED, RANDOMISED = "with - without", "before-after", "treated-untreated", "control group"
FLOWS = ("purchases", "revenue", "profit")
STOCKS = ("customers",)
MEASURES = (*STOCKS, *FLOWS)
"""What the methods are compared on: customers at the end of the window, and sums over it."""

By = pd.Series
"""One number per replication."""


def estimates(twin: Twin, results: Results) -> pd.DataFrame:
    """Return every method's estimate of the effect on the firms looked at, while what is tested lasted.

    Parameters
    ----------
    twin : Twin
        What was taken away.
    results : Results
        Of both scenarios.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``method``, ``replication``, ``value`` and ``truth``: one row per measure, method that applies, and
        replication. All methods but the first see the factual market alone, as anybody in a real one does.
    """
    factual, counterfactual = results.of(twin.factual.name), results.of(twin.counterfactual.name)
    months = factual.firm_months
    rows = []
    for measure in MEASURES:
        seen = _of(months, twin.firms, measure)
        truth = _window(seen, twin, measure) - _window(_of(counterfactual.firm_months, twin.firms, measure), twin, measure)
        found = {
            TRUTH: truth,
            BEFORE_AFTER: before_after(seen, twin, measure),
            TREATED_UNTREATED: treated_untreated(factual, twin, measure),
            RANDOMISED: randomised(factual, twin, measure),
        }
        for method, values in found.items():
            if len(values):
                part = pd.DataFrame({"value": values, "truth": truth}).rename_axis("replication").reset_index()
                rows.append(part.assign(measure=measure, method=method))
    return pd.concat(rows, ignore_index=True)[["measure", "method", "replication", "value", "truth"]]


def _of(months: pd.DataFrame, firms: tuple[str, ...], measure: str) -> pd.Series:
    """Return a measure of some firms together, by replication and month."""
    return months[months["firm"].isin(firms)].groupby(["replication", "month"])[measure].sum()


def _within(values: pd.Series, first: int, last: int) -> pd.Series:
    month = values.index.get_level_values("month")
    return values[(month >= first) & (month <= last)]


def _sum(values: pd.Series) -> By:
    found: pd.Series = values.groupby(level="replication").sum()
    return found


def _window(values: pd.Series, twin: Twin, measure: str) -> By:
    """Return a flow's sum over the window, or a stock at its end."""
    return _sum(_within(values, twin.end if measure in STOCKS else twin.start, twin.end))


def before_after(values: pd.Series, twin: Twin, measure: str) -> By:
    """Return what the window brought over as many periods before it (fewer are scaled up); empty where there is no before.

    Parameters
    ----------
    values : Series
        By replication and month, of the factual market.
    twin : Twin
        When it began and ended.
    measure : str
        A flow, or a stock: then after less before.
    """
    if twin.start == 1:
        return pd.Series(dtype=float)
    if measure in STOCKS:
        return _window(values, twin, measure) - _sum(_within(values, twin.start - 1, twin.start - 1))
    length = twin.end - twin.start + 1
    before = min(length, twin.start - 1)
    return _window(values, twin, measure) - _sum(_within(values, twin.start - before, twin.start - 1)) * (length / before)


def treated_untreated(factual: Results, twin: Twin, measure: str) -> By:
    """Return what the treated have more than the untreated, for as many as were treated; empty where everybody was.

    Segments it was aimed at are compared with the others, per head; where it was aimed at all, firms with the other firms.

    Parameters
    ----------
    factual : Results
        Of the scenario with it.
    twin : Twin
        Whom it acted on.
    measure : str
        What is compared.
    """
    if twin.segments:
        heads = dict(zip([segment.name for segment in twin.factual.segments], sizes(twin.factual), strict=True))
        table = factual.segment_months
        treated, rest = set(twin.segments), set(heads) - set(twin.segments)
        n_treated, n_rest = (sum(heads[name] for name in group) for group in (treated, rest))
        first, other = (
            _window(_of(table[table["segment"].isin(group)], twin.firms, measure), twin, measure) for group in (treated, rest)
        )  # fmt: skip
        return first - other * (n_treated / n_rest)
    if not twin.others:
        return pd.Series(dtype=float)
    first, other = (_window(_of(factual.firm_months, firms, measure), twin, measure) for firms in (twin.firms, twin.others))
    return first - other * (len(twin.firms) / len(twin.others))


def randomised(factual: Results, twin: Twin, measure: str) -> By:
    """Return what the target group has more than the control group per head, for all in it; empty without a control group.

    Parameters
    ----------
    factual : Results
        Of the scenario with the campaign; its table ``campaign_months`` may be missing.
    twin : Twin
        Which campaign.
    measure : str
        For profit, contribution is compared and the budget taken off.
    """
    table = factual.frames.get("campaign_months", pd.DataFrame())
    if not twin.campaign or not len(table):
        return pd.Series(dtype=float)
    own = table[(table["campaign"] == twin.campaign) & table["month"].between(twin.end if measure in STOCKS else twin.start, twin.end)]
    groups = {str(group): rows.set_index(["replication", "month"]) for group, rows in own.groupby("group")}
    if set(groups) != {"target", "control"}:
        return pd.Series(dtype=float)
    column = "contribution" if measure == "profit" else measure
    target, control = groups["target"], groups["control"]
    more = target[column] - control[column] * (target["people"] / control["people"])
    return _sum(more) - (twin.budget if measure == "profit" else 0.0)


def bias(table: pd.DataFrame) -> pd.DataFrame:
    """Return each estimate's mean and interval, and how far it is from the truth, paired by replication.

    Parameters
    ----------
    table : DataFrame
        From :func:`estimates`.

    Returns
    -------
    DataFrame
        Columns ``measure``, ``method``, ``mean``, ``low``, ``high``, ``bias``, ``bias_low``, ``bias_high`` and ``n``.
    """
    from results.intervals import interval

    rows = []
    for (measure, method), part in table.groupby(["measure", "method"], sort=False):
        mean, low, high, n = interval(part["value"])
        off, off_low, off_high, _ = interval(np.asarray(part["value"] - part["truth"], float))
        rows.append((measure, method, mean, low, high, off, off_low, off_high, n))
    return pd.DataFrame(rows, columns=["measure", "method", "mean", "low", "high", "bias", "bias_low", "bias_high", "n"])
