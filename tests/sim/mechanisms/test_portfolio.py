"""Portfolio: the four cells of current and future value by hand (Blattberg, Getz & Thomas 2001; Reinartz & Kumar 2003)."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from small import flags, floats

from sim.customers import NEVER
from sim.mechanisms.portfolio import CELLS, Portfolio

GIVEN = Portfolio(bonus=0.5, known=6.0)
share = st.floats(0, 1, width=32)


def cell(purchases=10, first=0, silence=0.5, knowledge=1.0, value=4.0, month=10, typical_value=0.3, typical_rate=0.8, months=1.0):
    found = GIVEN.cells(
        np.array([[purchases]], np.uint16), np.array([[first]], np.int16), floats([silence]), floats([knowledge]), floats([value]), month,
        floats(typical_value), floats(typical_rate), months,
    )  # fmt: skip
    return CELLS[int(found[0, 0])]


def test_the_cells_by_hand():
    # 0.4 a month against 0.3; 1 purchase a month against 0.8
    assert cell() == "reward_and_invest"
    assert cell(purchases=5) == "manage"  # 0.5 purchases a month
    assert cell(value=1.0) == "discipline"  # 0.1 a month, but she buys
    assert cell(value=-1.0, purchases=5) == "end"
    assert cell(value=1.0, purchases=5) == "discipline"  # who costs nothing is not sent away
    assert cell(first=5) == "none"  # known for five months only
    assert cell(first=NEVER) == "none"
    assert cell(month=3, months=3.0, value=1.2, typical_value=0.3, purchases=3) == "reward_and_invest"  # six months are two quarters


def test_of_whom_it_does_not_know_a_firm_expects_the_average():
    assert cell(purchases=1, knowledge=0.0) == "reward_and_invest"
    assert cell(purchases=1, knowledge=1.0) == "manage"
    assert cell(silence=1.5) == "manage"  # she has been silent for too long to be expected again


def test_what_each_gets_by_hand():
    cells = flags([0, 1, 2, 3, 4])
    np.testing.assert_allclose(GIVEN.treated(cells, floats(0.8)), [[1.0, 1.4, 1.0, 0.2, 0.2]], rtol=1e-6)
    np.testing.assert_array_equal(GIVEN.treated(cells, floats(0.0)), np.ones((1, 5)))
    assert GIVEN.served(cells, floats(0.5)).tolist() == [[1, 1, 1, 1, 0]]
    assert GIVEN.served(cells, floats(0.49)).all()


@given(low=share, step=share)
def test_more_effort_never_gives_the_best_less_nor_the_others_more(low, step):
    more, less = (GIVEN.treated(flags([1, 3]), floats(effort))[0] for effort in (min(low + step, 1.0), low))
    assert more[0] >= less[0]
    assert more[1] <= less[1]
    assert more.min() >= 0.0


def test_nobody_is_sent_away_who_brings_something():
    @given(value=st.floats(0, 100), purchases=st.integers(0, 50), knowledge=share)
    def check(value, purchases, knowledge):
        assert cell(value=value, purchases=purchases, knowledge=knowledge) != "end"

    check()
