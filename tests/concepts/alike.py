"""A market of three firms alike, run with and without a concept on the same luck: what differs is what the concept does.

Runs are kept for the tests that follow; seed 1. Bounds of the tests lie at about half of the effect that was found, so that a change of the model
that takes the effect away is noticed.
"""

import json
from functools import cache

import pandas as pd
import small

from sim.parties import FirmSpec
from sim.scenario import Scenario, Segment
from sim.strategies.continuum import Continuum

OURS = "Ours"
MARKET = Scenario(
    name="concepts",
    customers=600,
    months=24,
    segments=(Segment(name="households", need_shape=2.0, need_scale=2.0, dropout_a=1.0, dropout_b=60.0),),
    firms=tuple(FirmSpec(name=name, strategy=Continuum(orientation=0.5), start_share=0.3) for name in (OURS, "Theirs", "Others")),
)
WHOLE = MARKET.but({name: [partner.model_dump() for partner in partners] for name, partners in small.PARTNERS.items()})
"""The same with suppliers, distributors, departments and influencers."""


@cache
def _run(changes, whole):
    model = small.run((WHOLE if whole else MARKET).but(json.loads(changes)))
    return {name: pd.DataFrame(columns) for name, columns in model.tables().items() if name != "customers"}


def tables(changes=None, whole=False):
    return _run(json.dumps(changes or {}, sort_keys=True), whole)


def months(changes=None, firm=OURS, first=7, whole=False):
    """Return a firm's rows of firm_months from a month on."""
    rows = tables(changes, whole)["firm_months"]
    return rows[(rows["firm"] == firm) & (rows["month"] >= first)]


def mean(measure, changes=None, **where):
    return float(months(changes, **where)[measure].astype(float).mean())


def total(measure, changes=None, **where):
    return float(months(changes, **where)[measure].astype(float).sum())


def ours(**levers):
    """Return the change that holds levers of the first firm."""
    return {"firms.0.fixed": levers}
