"""Relations with partners: declared columns, in two languages, and nothing beside them."""

import re

import numpy as np
import pytest

from sim.dyads import Dyads, columns
from sim.levers import MARKETS

PARTNERS = [market for market in MARKETS if market != "customer"]


@pytest.mark.parametrize("market", PARTNERS)
def test_every_column_is_declared_in_both_languages(market):
    for name, declared in columns(market).items():
        assert declared.meaning and declared.label and declared.unit, name
        assert re.search(r"[\u4e00-\u9fff]", declared.chinese), name
        assert declared.low <= declared.start <= declared.high, name


def test_columns_start_as_declared_and_keep_their_type():
    dyads = Dyads("supplier", ["a", "b"], ["supplier_goods"] * 2, [0.5, 0.6], 3)
    assert len(dyads) == 2
    for name, values in dyads:
        assert values.shape == (3, 2)
        assert (values == np.float32(columns("supplier")[name].start)).all()
    dyads.trust = np.broadcast_to(np.array([0.25, 0.75]), (3, 2))
    assert dyads.trust.dtype == np.float32
    assert dyads.trust.flags.c_contiguous
    assert dyads.trust[2].tolist() == [0.25, 0.75]


def test_an_unknown_column_is_named_with_those_there_are():
    dyads = Dyads("influencer", ["a"], ["lateral_media"], [0.5], 2)
    with pytest.raises(AttributeError, match=r"no 'shelf'; columns: .*stance"):
        _ = dyads.shelf
