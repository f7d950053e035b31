"""Refinement finds a known frontier with fewer points than a full grid; verdicts by hand."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest

from experiments.phase.refine import refine
from experiments.phase.verdict import regimes, verdict, verdicts


@dataclass(frozen=True)
class Known:
    winner: str
    certain: bool = True


class Circle:
    """A cheap runner: inside the circle round the middle, radius 0.3, the relational firms win."""

    def __init__(self, coarse, halvings, doubt=0.0):
        self.size = (coarse - 1) * 2**halvings
        self.doubt = doubt
        self.asked = []

    def at(self, place):
        distance = np.hypot(place[0] / self.size - 0.5, place[1] / self.size - 0.5)
        return Known("relational" if distance < 0.3 else "transactional", abs(distance - 0.3) > self.doubt)

    def look(self, number, places):
        self.asked.append((number, list(places)))
        return {place: self.at(place) for place in places}


@pytest.mark.parametrize(("coarse", "halvings"), [(5, 3), (9, 2), (5, 0)])
def test_the_frontier_is_as_fine_as_a_full_grid_would_have_it(coarse, halvings):
    runner = Circle(coarse, halvings)
    found = refine((coarse, coarse), halvings, runner.look)
    size = runner.size
    for x in range(size):
        for y in range(size):
            corners = [runner.at(place).winner for place in ((x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1))]
            cell = next(cell for cell in found.cells if cell.x <= x < cell.x + cell.side and cell.y <= y < cell.y + cell.side)
            if len(set(corners)) > 1:
                assert cell.side == 1, "the frontier crosses here"
            elif cell.side > 1:
                assert corners[0] == found.points[cell.corners[0]].winner
    assert sum(cell.side**2 for cell in found.cells) == size**2
    assert found.areas()["relational"] == pytest.approx(np.pi * 0.3**2, abs=0.03 if halvings else 0.1)


def test_it_saves_most_of_the_runs():
    runner = Circle(5, 4)
    found = refine((5, 5), 4, runner.look)
    assert found.full == 65**2
    assert found.saving == pytest.approx(1.0 - len(found.points) / 65**2)
    assert found.saving > 0.75


def test_no_point_is_asked_twice_and_rounds_are_the_same_again():
    first, second = Circle(5, 3), Circle(5, 3)
    refine((5, 5), 3, first.look)
    refine((5, 5), 3, second.look)
    listed = [place for _, places in first.asked for place in places]
    assert len(listed) == len(set(listed))
    assert first.asked == second.asked
    assert [number for number, _ in first.asked] == list(range(len(first.asked)))


def test_doubt_is_refined_too_and_counted():
    sure, unsure = Circle(5, 3), Circle(5, 3, doubt=0.1)
    clear, vague = refine((5, 5), 3, sure.look), refine((5, 5), 3, unsure.look)
    assert len(vague.points) > len(clear.points)
    assert vague.doubtful_area() > 2 * clear.doubtful_area()


def test_a_plane_with_one_winner_needs_the_coarse_grid_only():
    found = refine((4, 3), 3, lambda _, places: {place: Known("relational") for place in places})
    assert len(found.points) == 12
    assert found.areas() == {"relational": 1.0}
    assert found.doubtful_area() == 0.0


def test_a_verdict_by_hand():
    table = pd.DataFrame({"relational": [3.0, 5.0, 4.0], "transactional": [1.0, 4.0, 1.0], "club": [0.0, 0.0, np.nan]})
    found = verdict(table)
    assert (found.winner, found.second, found.n, found.won) == ("relational", "transactional", 3, 1.0)
    # Differences 2, 1, 3: mean 2, standard error 1/sqrt(3), t(2) = 4.303.
    assert found.margin == pytest.approx(2.0)
    assert found.low == pytest.approx(2.0 - 4.3027 / np.sqrt(3), abs=1e-3)
    assert not found.certain
    # P(t(2) < 2 sqrt 3) = 1/2 + sqrt(12) / (2 sqrt(2 + 12)).
    assert found.probability == pytest.approx(0.5 + np.sqrt(12.0) / (2.0 * np.sqrt(14.0)))


def test_equal_differences_leave_no_doubt():
    found = verdict(pd.DataFrame({"a": [2.0, 3.0], "b": [1.0, 2.0]}))
    assert found.probability == 1.0 and found.certain
    assert verdict(pd.DataFrame({"a": [1.0, 1.0], "b": [1.0, 1.0]})).probability == 0.5


def test_firms_of_a_strategy_count_by_their_mean():
    rows = [(0, k, strategy, profit + k) for k in (0, 1) for strategy, profit in (("a", 1.0), ("a", 3.0), ("b", 1.5))]
    found = verdicts(pd.DataFrame(rows, columns=["point", "replication", "strategy", "total_profit"]), "total_profit")
    assert found[0].winner == "a" and found[0].margin == pytest.approx(0.5)


def test_regimes_are_shares_of_relationships():
    rows = [(0, 0, 1.0, 2.0, 1.0), (0, 0, 3.0, 0.0, 1.0), (0, 1, 0.0, 1.0, 1.0), (1, 0, 0.0, 0.0, 0.0)]
    table = regimes(pd.DataFrame(rows, columns=["point", "replication", "marketed_leads", "parity", "marketer_leads"]))
    # Replication 0: 4, 2, 2 of 8; replication 1: 0, 1, 1 of 2.
    assert table.loc[0].to_list() == pytest.approx([0.25, 0.375, 0.375])
    assert table.loc[1].isna().all()
