"""The headline numbers of small runs are what they were: counts exactly, other numbers within 1e-6.

The model's own arithmetic gives equal bits everywhere. What may differ between versions of numpy and scipy is the inverse of the Gamma and Beta
distributions that customers' traits are drawn with, in its last digits: hence the tolerance.
"""

import csv

import pytest

from tests.golden.update import COUNTS, NAMES, NUMBERS, SCENARIOS, UPDATE, path, rows

MEANT = f'if this change of results is meant: `{UPDATE}`, and a line under "Results change" in CHANGELOG.md'


@pytest.mark.parametrize("name", SCENARIOS)
def test_results_are_what_they_were(name):
    with path(name).open(encoding="utf-8", newline="") as file:
        kept = list(csv.DictReader(file))
    found = rows(name)
    assert len(found) == len(kept), f"{name}: {len(found)} rows, kept are {len(kept)}; {MEANT}"
    changed = []
    for now, then in zip(found, kept, strict=True):
        assert set(now) == set(then), f"{name}: other columns than kept; {MEANT}"
        where = f"{name}, month {then['month']}, {then['firm']}"
        changed += [f"{where}: {column} {then[column]} -> {now[column]}" for column in (*NAMES, *COUNTS) if now[column] != then[column]]
        for column in NUMBERS:
            if float(now[column]) != pytest.approx(float(then[column]), rel=1e-6, abs=1e-9, nan_ok=True):
                changed.append(f"{where}: {column} {then[column]} -> {now[column]}")
    assert not changed, "\n".join([*changed[:10], f"{len(changed)} numbers have changed; {MEANT}"])
