"""Survival of relations: the product-limit estimate over acquisition cohorts, right-censored at the end of the run (Kaplan & Meier 1958)."""

import pandas as pd


def survival(cohorts: pd.DataFrame, strategies: dict[str, str]) -> pd.DataFrame:
    """Return the share of relations that live on at each age, by strategy and replication.

    A cohort is at risk as long as it is observed; young cohorts are censored by the end of the run, not lost. Customers of the start are left
    out, since the beginning of their relation was not observed. In a noncontractual market a customer who was won back lives again in her
    cohort, so the estimate is net of those.

    Parameters
    ----------
    cohorts : DataFrame
        One row per replication, firm, period of acquisition (``acquired_in``) and ``age``, with ``customers`` still active.
    strategies : dict of str
        Strategy of each firm, by the firm's name.

    Returns
    -------
    DataFrame
        Columns ``strategy``, ``replication``, ``age`` (periods), ``at_risk`` (customers) and ``survival`` (share); age 0 is 1.
    """
    seen = cohorts[cohorts["acquired_in"] > 0].sort_values(["replication", "firm", "acquired_in", "age"])
    seen = seen.assign(strategy=seen["firm"].map(strategies), at_risk=seen.groupby(["replication", "firm", "acquired_in"])["customers"].shift(1))
    steps = seen.dropna(subset="at_risk").groupby(["strategy", "replication", "age"], observed=True)[["at_risk", "customers"]].sum().reset_index()
    steps = steps[steps["at_risk"] > 0]
    steps["survival"] = (steps["customers"] / steps["at_risk"]).groupby([steps["strategy"], steps["replication"]]).cumprod()
    first = steps.groupby(["strategy", "replication"], observed=True)["at_risk"].first().reset_index().assign(age=0, survival=1.0)
    columns = ["strategy", "replication", "age", "at_risk", "survival"]
    return pd.concat([first[columns], steps[columns]]).sort_values(["strategy", "replication", "age"], ignore_index=True)
