"""Kernels: how a stage is compiled, and the few functions that every stage may use.

A kernel is a leaf: a plain loop over the columns of one block of customers, without branches where it can,
in ``float32``, with the loop over firms outside the loop over customers. Numba's registry build has no vector ``exp``
and ``log``, so this file has polynomials of its own, about 1e-7 relative; they also give equal bits on every system.
"""

import gc
import hashlib
import os
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import ParamSpec, TypeVar

import numba
import numpy as np
from numba.core import event as events

P = ParamSpec("P")
R = TypeVar("R")

f32 = np.float32


def _digest() -> str:
    """Digest of every source file of the model and of the compiler's versions: a changed kernel is a new cache."""
    digest = hashlib.sha256()
    for package in ("numba", "llvmlite", "numpy"):
        digest.update(f"{package}=={version(package)}\n".encode())
    root = Path(__file__).parent
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _cache_folder() -> str:
    """Folder of compiled kernels for exactly these sources; a temporary one where the user's cache cannot be written."""
    home = Path(os.environ.get("XDG_CACHE_HOME", "") or Path.home() / ".cache")
    for base in (home, Path(tempfile.gettempdir())):
        folder = base / "relmarket" / _digest()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return str(folder)
    return ""


CACHE_FOLDER = _cache_folder()


class _Undisturbed(events.Listener):
    """Holds Python's garbage collector while a kernel is compiled: it would look through millions of live objects, a fifth of the time."""

    def __init__(self) -> None:
        self._depth, self._collects = 0, False

    def on_start(self, event: object) -> None:
        """Begin, or begin one compilation within another."""
        if self._depth == 0:
            self._collects = gc.isenabled()
            gc.disable()
        self._depth += 1

    def on_end(self, event: object) -> None:
        """End; the outermost end lets the collector work again, if it did before."""
        self._depth -= 1
        if self._depth == 0 and self._collects:
            gc.enable()


events.register("numba:compile", _Undisturbed())


def _jit(function: Callable[P, R], inline: str) -> Callable[P, R]:
    """Compile with the project's one set of flags; numba reads its cache folder here, so it is set only for this call."""
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = CACHE_FOLDER
    try:
        compiled: Callable[P, R] = numba.njit(cache=bool(CACHE_FOLDER), nogil=True, fastmath=False, error_model="numpy", inline=inline)(function)
    finally:
        numba.config.CACHE_DIR = before
    return compiled


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a stage: releases the GIL, keeps IEEE arithmetic (no fast-math), cached on disk."""
    return _jit(function, "never")


def formula(function: Callable[P, R]) -> Callable[P, R]:
    """Compile a scalar formula of one file, to be used inside kernels."""
    return _jit(function, "never")


_LOG2E = f32(1.44269504)
_LN2_HIGH = f32(0.693359375)
_LN2_LOW = f32(-2.12194440e-4)
_EXP = (f32(1.9875691500e-4), f32(1.3981999507e-3), f32(8.3334519073e-3), f32(4.1665795894e-2), f32(1.6666665459e-1))
_HALF = f32(0.5)
_ONE = f32(1.0)
_EXP_LOW = f32(-87.0)
_EXP_HIGH = f32(88.0)


@formula
def exp(x: np.float32) -> np.float32:
    """E to the x in float32, x clipped to [-87, 88] (Cephes' polynomial; relative error below 2e-7)."""
    x = min(max(x, _EXP_LOW), _EXP_HIGH)
    n = np.floor(x * _LOG2E + _HALF)
    r = x - n * _LN2_HIGH - n * _LN2_LOW
    y = _EXP[0]
    y = y * r + _EXP[1]
    y = y * r + _EXP[2]
    y = y * r + _EXP[3]
    y = y * r + _EXP[4]
    y = y * r + _HALF
    y = y * r * r + r + _ONE
    # The power of two is written into the exponent bits of a float32.
    power = (np.int32(n) + np.int32(127)) << np.int32(23)
    return f32(y * np.int32(power).view(np.float32))


_LOG = (
    f32(7.0376836292e-2),
    f32(-1.1514610310e-1),
    f32(1.1676998740e-1),
    f32(-1.2420140846e-1),
    f32(1.4249322787e-1),
    f32(-1.6668057665e-1),
    f32(2.0000714765e-1),
    f32(-2.4999993993e-1),
    f32(3.3333331174e-1),
)
_SQRT_HALF = f32(0.707106781186547524)
_SMALLEST = f32(1.17549435e-38)


@formula
def log(x: np.float32) -> np.float32:
    """Natural logarithm in float32, x raised to the smallest normal number (Cephes' polynomial; error below 2e-7)."""
    x = max(x, _SMALLEST)
    bits = np.float32(x).view(np.int32)
    exponent = np.float32((bits >> np.int32(23)) - np.int32(126))
    mantissa = np.int32((bits & np.int32(0x007FFFFF)) | np.int32(0x3F000000)).view(np.float32)
    small = mantissa < _SQRT_HALF
    exponent = exponent - _ONE if small else exponent
    m = mantissa + mantissa - _ONE if small else mantissa - _ONE
    z = m * m
    y = _LOG[0]
    y = y * m + _LOG[1]
    y = y * m + _LOG[2]
    y = y * m + _LOG[3]
    y = y * m + _LOG[4]
    y = y * m + _LOG[5]
    y = y * m + _LOG[6]
    y = y * m + _LOG[7]
    y = y * m + _LOG[8]
    y = y * m * z
    y = y + exponent * _LN2_LOW - _HALF * z
    return m + y + exponent * _LN2_HIGH
