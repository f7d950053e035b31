"""Contract of every measure: declared in two languages, within its range, in the tables."""

import re
import tomllib

import numpy as np
import pytest
import small

from sim.customers import columns
from sim.measures import measures

MEASURES = measures()
UNITS = {
    "customers", "purchases", "share", "share/period", "currency", "ratio", "complaints", "episodes", "messages", "periods", "firms",
    "suppliers", "employees",
}  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SOURCES = small.ROOT / "sim" / "sources.toml"

each = pytest.mark.parametrize("name", MEASURES)


@each
def test_it_is_declared(name):
    measure = MEASURES[name]
    assert measure.label and measure.label[0].isupper()
    assert CHINESE.search(measure.chinese)
    assert measure.unit in UNITS
    assert measure.meaning.endswith(".")
    assert measure.low < measure.high
    if measure.unit.startswith("share"):
        assert measure.high <= 1.0 or name in ("power_balance", "dependence", "firm_dependence", "relationship_value")


@each
def test_its_source_is_in_the_bibliography(name):
    if not SOURCES.exists():
        pytest.skip("sim/sources.toml is not there yet")
    source = MEASURES[name].source
    assert not source or source in tomllib.loads(SOURCES.read_text(encoding="utf-8"))


@each
@pytest.mark.parametrize("market", ["history", "contract_history"])
def test_it_has_one_number_for_each_month_and_firm_within_its_range(name, market, request):
    history = request.getfixturevalue(market)
    months, firms = len(history.states) - 1, len(history.model.firms)
    values = history.table[name]
    assert values.shape == (months * firms,)
    assert values.dtype == np.float64
    known = values[~np.isnan(values)]
    assert np.isfinite(known).all()
    assert (known >= MEASURES[name].low - 1e-6).all() and (known <= MEASURES[name].high + 1e-6).all()
    by_segment = small.tables(history.model)["segment_months"][name]
    assert by_segment.shape == (months * firms * 2,)


def test_labels_are_told_apart():
    for language in ("label", "chinese"):
        labels = [getattr(measure, language) for measure in MEASURES.values()]
        assert len(set(labels)) == len(labels), language


def test_every_column_of_customers_is_declared_in_two_languages():
    for name, declared in columns().items():
        told = declared.metadata
        assert told["meaning"] and told["label"] and CHINESE.search(told["chinese"]), name
        assert told["unit"] and told["low"] < told["high"], name
        assert told["low"] <= told["start"] <= told["high"], name
