"""Records and segments: tables as bytes and back, and what survives damage."""

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from experiments.sweep import records, segments
from results.store import StoreError

DESIGN, OTHER = bytes(32), b"\1" * 32


def test_tables_come_back_bit_for_bit():
    tables = {
        "summary": {
            "firm": np.array(["Ada", "Cy", "Ada"], object),
            "x": np.array([1.5, np.nan, -0.0]),
            "n": np.array([1, 2, 2**62]),
            "y": np.array([np.inf, 1e-300, 0.1]),
            "z": np.array([0.1, 0.2, 0.3], np.float32),
        },
        "nothing": {"firm": np.array([], object), "x": np.array([])},
        "no columns": {},
    }
    again = records.decode(records.encode(tables))
    assert list(again) == list(tables)
    for name, table in tables.items():
        assert list(again[name]) == list(table)
        for column, values in table.items():
            assert again[name][column].dtype == values.dtype
            assert again[name][column].tolist() == values.tolist() if values.dtype == object else again[name][column].tobytes() == values.tobytes()
    assert records.encode(tables) == records.encode(again)


def written(tmp_path, payloads):
    segment = segments.Segment(tmp_path / "000000.runs")
    for run, payload in enumerate(payloads):
        segment.append(run, segments.OK, DESIGN, payload)
    segment.close()
    return segment.path


def found(path):
    return {entry.run: entry.payload() for entry in segments.entries(path, DESIGN)}


PAYLOADS = [b"first", b"", bytes(1000), segments.MAGIC * 3, b"last"]


def test_records_come_back(tmp_path):
    assert found(written(tmp_path, PAYLOADS)) == dict(enumerate(PAYLOADS))


@given(st.data())
def test_a_flipped_bit_costs_one_run_and_a_cut_only_what_is_cut(tmp_path_factory, data):
    path = written(tmp_path_factory.mktemp("segment"), PAYLOADS)
    whole = path.read_bytes()
    bit = data.draw(st.integers(0, 8 * len(whole) - 1))
    broken = bytearray(whole)
    broken[bit // 8] ^= 1 << bit % 8
    path.write_bytes(broken)
    left = found(path)
    assert len(left) == len(PAYLOADS) - 1
    assert all(left[run] == PAYLOADS[run] for run in left)
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    left = found(path)
    assert list(left) == list(range(len(left)))
    assert all(left[run] == PAYLOADS[run] for run in left)


def test_records_of_another_design_do_not_count(tmp_path):
    segment = segments.Segment(tmp_path / "000000.runs")
    segment.append(0, segments.OK, OTHER, b"x")
    segment.append(1, segments.OK, DESIGN, b"y")
    segment.close()
    assert found(segment.path) == {1: b"y"}


def test_a_full_disk_leaves_what_was_there(tmp_path):
    segment = segments.Segment(tmp_path / "000000.runs")
    segment.append(0, segments.OK, DESIGN, b"x")
    real = segment._file

    class Full:
        """Takes half of what it is given, then has no room."""

        taken = 0

        def write(self, data):
            if Full.taken:
                raise OSError(28, "No space left on device")
            Full.taken = real.write(data[: len(data) // 2])
            return Full.taken

        def __getattr__(self, name):
            return getattr(real, name)

    segment._file = Full()
    with pytest.raises(StoreError, match="no space left on device"):
        segment.append(1, segments.OK, DESIGN, b"y" * 100)
    segment._file = real
    segment.append(2, segments.OK, DESIGN, b"z")
    assert found(segment.path) == {0: b"x", 2: b"z"}
    assert segment.path.stat().st_size == segment.size
