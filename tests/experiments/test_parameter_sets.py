"""Sets of parameters beside a scenario: found again, and left out where they are of something else."""

import pytest

from experiments.parameter_sets import NAME, Beside, beside, write
from results.store import StoreError
from scenarios import load

TEXT = """customers = 100
months = 12
[[segments]]
name = "all"
need_shape = {shape}
[[firms]]
name = "A"
strategy = {{ kind = "basic" }}
[[firms]]
name = "B"
strategy = {{ kind = "basic" }}
[mechanisms.consideration]
variety = 0.123457
"""
FOUND = {"segments.0.need_shape": 0.263298, "mechanisms.consideration.variety": 0.12345678}
DRAWS = (
    {"segments.0.need_shape": 0.25, "mechanisms.consideration.variety": 0.1},
    {"segments.0.need_shape": 0.3, "mechanisms.consideration.variety": 0.2},
)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "scenario.toml"
    path.write_text(TEXT.format(shape=0.263298))
    write(tmp_path, FOUND, DRAWS, {})
    return path


def test_draws_are_found_beside_their_scenario(file):
    assert beside(load(file), str(file)) == Beside(DRAWS)


def test_a_scenario_that_was_changed_by_hand_has_no_sets_and_this_is_said(file):
    file.write_text(TEXT.format(shape=0.5))
    found = beside(load(file), str(file))
    assert found.draws == ()
    assert found.note.startswith("segments.0.need_shape is not 0.2633, as it was calibrated")


def test_sets_of_something_else_are_left_out(file):
    write(file.parent, {"segments.7.need_shape": 0.2, "nowhere.else": 1.0}, DRAWS, {})
    assert beside(load(file), str(file)).note.startswith("segments.7.need_shape is not 0.2")


def test_where_there_is_no_table_there_is_nothing(tmp_path):
    assert beside(load("duel"), "duel") == Beside()
    path = tmp_path / "mine.toml"
    path.write_text(TEXT.format(shape=1))
    assert beside(load(path), str(path)) == Beside()


def test_a_damaged_table_is_told(file):
    (file.parent / NAME).write_bytes(b"PAR1 no more")
    with pytest.raises(StoreError, match="cannot be read"):
        beside(load(file), str(file))
