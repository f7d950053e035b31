"""Comparisons in SQL are those of the tables in pandas; differences are paired by seed."""

import numpy as np
import pandas as pd
import pytest

from results import store, tables
from results.dashboard import comparison, parts, sources
from results.dashboard.data import Library, quoted
from results.intervals import interval

MEASURES = ("market_share", "trust", "profit", "churn_rate", "repeat_rate", "customers", "cumulative_profit", "clv_expected")


@pytest.fixture(scope="module")
def library(folder):
    return Library(folder)


@pytest.fixture(scope="module")
def found(library):
    return sources.sources(library)


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("group", ["strategy", "firm"])
def test_lines_are_those_of_the_tables(library, found, folder, measure, group):
    months = store.read(folder / "pair").of("duel").firm_months
    expected = tables.over_time(months, measure, group).rename(columns={group: "who"}).dropna(subset="mean")
    drawn = comparison.over_time(library, found["pair|duel"], measure, group=group).merge(expected, on=["who", "month"], suffixes=("", "_x"))
    assert len(drawn) == len(expected) > 0
    for name in ("mean", "low", "high"):
        np.testing.assert_allclose(drawn[name], drawn[f"{name}_x"], rtol=1e-9, atol=1e-12)
    assert (drawn["n"] == drawn["n_x"]).all()


def test_firms_and_segments_are_chosen(library, found, folder):
    months = store.read(folder / "pair").of("duel").segment_months
    firm, segment = months["firm"].iloc[0], months["segment"].iloc[0]
    own = months[(months["firm"] == firm) & (months["segment"] == segment)]
    drawn = comparison.over_time(library, found["pair|duel"], "customers", group="all", firms=[firm], segment=segment)
    expected = own.groupby("month")["customers"].mean()
    np.testing.assert_allclose(drawn.set_index("month")["mean"], expected.loc[drawn["month"]], rtol=1e-12)
    assert list(drawn["who"].unique()) == [comparison.ALL]


def test_differences_are_paired_by_seed(library, found, folder):
    whole = store.read(folder / "pair").firm_months
    end = whole[whole["month"] == 18].groupby(["scenario", "strategy", "seed"])["cumulative_profit"].mean()
    less = (end["dear"] - end["duel"])["relational"]
    drawn = comparison.difference(library, found["pair|duel"], found["pair|dear"], "cumulative_profit").query("who == 'relational' and month == 18")
    assert drawn[["mean", "low", "high", "n"]].to_numpy()[0] == pytest.approx(interval(less))
    assert len(less) == 3


def test_a_point_of_a_sweep_is_a_source(library, found, folder):
    own = [source for key, source in found.items() if key.startswith("levers|")]
    assert len(own) == 6
    months = pd.concat(store.read_table([path]) for path in sorted((folder / "levers" / "firm_months").glob("*.parquet")))
    point = own[4].point
    expected = (
        months[(months["point"] == point) & (months["month"] == 12)].groupby(["replication", "strategy"])["profit"].mean().groupby("strategy").mean()
    )
    drawn = comparison.over_time(library, own[4], "profit").query("month == 12").set_index("who")["mean"]
    np.testing.assert_allclose(drawn, expected.loc[drawn.index])


def test_single_runs_are_those_of_the_first_seeds(library, found):
    each = comparison.single_runs(library, found["pair|duel"], "trust", most=2)
    assert sorted(each["seed"].unique()) == sorted(found["pair|duel"].entry.facts["seeds"])[:2]


def test_rows_beyond_the_most_are_told(library, found, monkeypatch):
    monkeypatch.setattr(sources, "MOST_ROWS", 160)
    rows = sources.rows(library, found["pair|duel"], "firm_months", ["month", "trust"])
    assert (rows.taken, rows.whole) == (2, 3)
    assert "first 2 of 3" in rows.said
    assert set(rows.frame["replication"]) == {0, 1}


def test_names_of_columns_are_not_sql():
    assert quoted('x" FROM t; DROP TABLE t; --') == '"x"" FROM t; DROP TABLE t; --"'


def test_a_download_holds_no_formulas_and_all_digits():
    made = parts.csv(pd.DataFrame({"who": ["=1+1", "plain"], "value": [1 / 3, 2.0]}), "x.csv")
    assert made["content"].splitlines()[1] == f"'=1+1,{1 / 3!r}"
