"""Views for tests of strategies: an ordinary one to be changed, arbitrary ones, and the diary that a strategy writes itself."""

import dataclasses
from typing import Any

from hypothesis import strategies as st

from sim.levers import Levers
from sim.strategy import Page, Rival, View

ORDINARY = View(
    month=7, firm=0, price=1.0, unit_cost=0.6, customers=100, purchases=100, profit=10.0, market_share=0.25, satisfaction=0.5, complaints=3,
    rivals=(), market_size=400, margin=0.2, churn=0.02, acquisition_cost=0.3,
)  # fmt: skip


def page(levers: Levers | None = None, purchases: int = 100, profit: float = 10.0) -> Page:
    """A period in the diary: at the transactional pole unless levers are given."""
    return Page(levers=levers or Levers.at(0.0), purchases=purchases, customers=100, profit=profit, satisfaction=0.5)


def rival(firm: int = 1, profit: float = 20.0, levers: Levers | None = None, market_share: float = 0.25) -> Rival:
    """A rival: at the relational pole unless levers are given."""
    return Rival(firm=firm, price=1.0, market_share=market_share, profit=profit, levers=levers or Levers.at(1.0))


def view(**changes: Any) -> View:
    """The ordinary view with some figures changed; ``past`` and ``purchases`` write the diary of purchases."""
    past = changes.pop("past", None)
    if past is not None:
        last = changes.get("purchases", ORDINARY.purchases)
        changes["diary"] = tuple(page(purchases=count) for count in (*past, last))
    return dataclasses.replace(ORDINARY, **changes)


def diary_of(strategy: Any, profit: Any, months: int, **changes: Any) -> list[Levers]:
    """What a strategy does month by month where profit is a function of its levers and the month."""
    done: list[Levers] = []
    pages: list[Page] = []
    for month in range(1, months + 1):
        last = pages[-1].profit if pages else 0.0
        done.append(strategy.decide(view(month=month, diary=tuple(pages[-24:]), profit=last, **changes)))
        pages.append(page(done[-1], profit=profit(done[-1], month)))
    return done


def _levers(draw: Any) -> Levers:
    levers = Levers.at(draw(st.floats(0, 1)), {"customer": draw(st.floats(0, 1)), "internal": draw(st.floats(0, 1))})
    return levers.but(discount=draw(st.floats(0, 0.9)), advertising=draw(st.floats(0, 100)), structural=draw(st.floats(0, 1)))


@st.composite
def any_view(draw: Any) -> View:
    """Everything that a firm may come to see, with up to four rivals and a diary of up to two years."""
    money, share, count = st.floats(-1e9, 1e9), st.floats(0, 1), st.integers(0, 10**7)
    own, other = _levers(draw), _levers(draw)
    rivals = [Rival(k + 1, draw(st.floats(0, 1e6)), draw(share), draw(money), other) for k in range(draw(st.integers(0, 4)))]
    profits = draw(st.lists(money, max_size=24))
    return View(
        month=draw(st.integers(1, 6000)), firm=0, price=draw(st.floats(0, 1e6)), unit_cost=draw(st.floats(0, 1e6)), customers=draw(count),
        purchases=draw(count), profit=draw(money), market_share=draw(share), satisfaction=draw(share), complaints=draw(count),
        rivals=tuple(rivals), diary=tuple(Page(own, draw(count), draw(count), profit, draw(share)) for profit in profits),
        market_size=draw(count), margin=draw(money), churn=draw(share), acquisition_cost=draw(st.floats(0, 1e9)),
    )  # fmt: skip
