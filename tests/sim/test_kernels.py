"""Exponential and logarithm against float64, over the whole range of float32."""

import math

import numpy as np
import pytest

from sim import kernels
from sim.kernels import exp, f32, log

STATED = 2e-7


def on_all(function, values):
    return np.array([function(x) for x in values], np.float32)


def test_exp_is_within_its_stated_relative_error_over_the_whole_range():
    rng = np.random.default_rng(1)
    xs = np.concatenate([np.linspace(-87, 88, 60_000), rng.normal(0, 1e-3, 5_000), rng.uniform(-2, 2, 20_000)]).astype(np.float32)
    exact = np.exp(xs.astype(np.float64))
    error = np.abs(on_all(exp, xs).astype(np.float64) / exact - 1.0)
    assert error.max() < STATED


def test_log_is_within_its_stated_relative_error_over_all_normal_numbers():
    rng = np.random.default_rng(2)
    bits = rng.integers(0x00800000, 0x7F7FFFFF, 60_000).astype(np.uint32).view(np.float32)
    xs = np.concatenate([bits, rng.uniform(0.5, 2.0, 30_000).astype(np.float32)])
    exact = np.log(xs.astype(np.float64))
    error = np.abs(on_all(log, xs).astype(np.float64) - exact)
    assert (error <= STATED * np.maximum(np.abs(exact), 0.35)).all()


def test_log_is_the_inverse_of_exp():
    xs = np.linspace(-80, 80, 5_001).astype(np.float32)
    back = on_all(log, on_all(exp, xs))
    np.testing.assert_allclose(back, xs, rtol=2e-7, atol=3e-7)


@pytest.mark.parametrize(
    ("x", "expected"), [(0.0, 1.0), (-0.0, 1.0), (1000.0, math.exp(88.0)), (-1000.0, math.exp(-87.0)), (math.inf, math.exp(88.0))]
)
def test_exp_at_the_edges(x, expected):
    assert float(exp(f32(x))) == pytest.approx(expected, rel=STATED)


@pytest.mark.parametrize("x", [0.0, -0.0, -1.0, 1e-45, -math.inf])
def test_log_of_what_has_no_logarithm_is_that_of_the_smallest_normal_number(x):
    assert float(log(f32(x))) == pytest.approx(math.log(1.17549435e-38), rel=STATED)


def test_log_of_one_is_exactly_zero():
    assert float(log(f32(1.0))) == 0.0


def test_exp_never_falls():
    xs = np.linspace(-5, 5, 20_001).astype(np.float32)
    assert (np.diff(on_all(exp, xs)) >= 0).all()


def test_the_cache_of_compiled_kernels_is_keyed_by_the_sources(tmp_path, monkeypatch):
    # A copy of the sources with one more comment must not find the kernels of these.
    (tmp_path / "sim").mkdir()
    (tmp_path / "sim" / "kernels.py").write_text("x = 1\n")
    monkeypatch.setattr(kernels, "__file__", str(tmp_path / "sim" / "kernels.py"))
    first = kernels._digest()
    (tmp_path / "sim" / "kernels.py").write_text("x = 2\n")
    assert kernels._digest() != first


def test_a_home_that_cannot_be_written_leaves_the_cache_in_a_temporary_folder(tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr(kernels.tempfile, "gettempdir", lambda: str(tmp_path / "temporary"))
    assert kernels._cache_folder().startswith(str(tmp_path / "temporary"))
