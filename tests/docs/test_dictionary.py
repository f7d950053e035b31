"""The data dictionary knows every column of every table, in two languages."""

import re

import pytest

from docs.dictionary import RUN, TABLES, documented, keys, partner_columns
from scenarios import load
from sim import MarketModel
from sim.customers import columns
from sim.measures import measures

CAMPAIGNS = [{"name": "sale", "firm": load("six_markets").firms[0].name, "month": 1, "control": 0.2}]


@pytest.fixture(scope="module")
def tables():
    model = MarketModel(load("six_markets").but(customers=60, months=2, campaigns=CAMPAIGNS), seed=1)
    model.run_model()
    return model.tables()


def test_the_tables_are_those_of_a_run(tables):
    assert set(tables) == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_a_run_is_in_the_dictionary(tables, name):
    assert set(tables[name]) <= documented(name)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_that_is_listed_is_in_the_run(tables, name):
    assert {key for key in keys(name) if "<" not in key} <= set(tables[name])
    assert not set(RUN) & set(tables[name])


@pytest.mark.parametrize("name", [name for name in TABLES if name != "summary"])
def test_nothing_is_promised_that_a_run_does_not_keep(tables, name):
    assert documented(name) == set(tables[name])


def test_labels_are_in_two_languages():
    told = {name: (m.label, m.chinese) for name, m in measures().items()}
    told |= {name: (c.metadata["label"], c.metadata["chinese"]) for name, c in columns().items()}
    told |= {name: (c.label, c.chinese) for name, (c, _) in partner_columns().items()}
    told |= {name: told[:2] for table in TABLES for name, told in (RUN | keys(table)).items()}
    for name, (english, chinese) in told.items():
        assert english.strip(), name
        assert re.search(r"[\u4e00-\u9fff]", chinese), name
