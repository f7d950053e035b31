"""Purchase rates that a scenario takes from a log: ``fit = { log = ..., where = ..., weeks = ... }`` in a segment becomes numbers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios import places
from scenarios.errors import ScenarioError, sentence, shown
from scenarios.files import FOLDER, Layer, source
from scenarios.purchase_log import GROUPS
from scenarios.purchase_rates import PurchaseRates, fitted

KEYS = ("log", "where", "weeks")
DATA = FOLDER / "data"


def resolve(data: dict[str, Any], found: list[Layer]) -> dict[str, Any]:
    """Return a scenario's tables with every ``fit`` of a segment replaced by the numbers that it stands for.

    The numbers are ``share``, ``need_shape``, ``need_scale`` (in months), ``dropout_a`` and ``dropout_b``; one that the segment gives
    itself stays as given.

    Parameters
    ----------
    data : dict
        The scenario's tables, not checked yet.
    found : list of Layer
        The files that they come from: a log's path starts at its file.

    Raises
    ------
    ScenarioError
        If a fit names no log or group of customers, or the log cannot be read or fitted.
    """
    segments = data.get("segments")
    if not isinstance(segments, list) or not any(isinstance(segment, Mapping) and "fit" in segment for segment in segments):
        return data
    layer = source(found, ("segments", 0))
    return {**data, "segments": [_with_numbers(segment, number, layer) for number, segment in enumerate(segments)]}


def numbers(rates: PurchaseRates) -> dict[str, float]:
    """Return fitted rates as a segment states them: scale in months, rounded to the digits that a fit can mean."""
    values = {
        "share": rates.share,
        "need_shape": rates.shape,
        "need_scale": rates.months_scale,
        "dropout_a": rates.dropout_a,
        "dropout_b": rates.dropout_b,
    }
    return {key: float(f"{value:.6g}") for key, value in values.items()}  # the last bits differ between versions of scipy


def _with_numbers(segment: Any, number: int, layer: Layer) -> Any:
    if not isinstance(segment, Mapping) or "fit" not in segment:
        return segment
    wish = segment["fit"]
    given = {key: value for key, value in segment.items() if key != "fit"}
    return {**numbers(_rates(wish, places.written(("segments", number, "fit")), layer)), **given}


def _rates(wish: Any, path: str, layer: Layer) -> PurchaseRates:
    """Fit what a segment asks for, and say what is wrong where it cannot be done."""

    def refuse(problem: str, key: str = "") -> ScenarioError:
        return ScenarioError(sentence(layer.label, f"{path}.{key}" if key else path, problem))

    if not isinstance(wish, Mapping):
        raise refuse(f"{shown(wish)} does not fit; allowed: a table with {', '.join(KEYS)}")
    for key in wish:
        if key not in KEYS:
            raise refuse(f"unknown key{places.perhaps(key, KEYS)}", key)
    log, group, weeks = wish.get("log"), wish.get("where", "everyone"), wish.get("weeks")
    if not isinstance(log, str) or "\0" in log or not log:
        raise refuse(f"{'missing' if log is None else shown(log) + ' does not fit'}; needed: the file of a purchase log", "log")
    if not isinstance(group, str) or group not in GROUPS:
        raise refuse(f"there is no group {shown(group)}{places.perhaps(str(group), GROUPS)}", "where")
    if not isinstance(weeks, int | float) or isinstance(weeks, bool) or not 1 <= weeks <= 10_000:
        given = "missing" if weeks is None else f"{shown(weeks)} does not fit"
        raise refuse(f"{given}; allowed: the number of weeks of the log to read, from 1 to 10,000", "weeks")
    try:
        return fitted(_log_file(log, layer.folder), group, float(weeks))
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise refuse(f"{shown(log)} cannot be used: {reason}", "log") from None


def _log_file(log: str, folder: Path) -> Path:
    """Return a log's file: beside the scenario, or one that is shipped."""
    beside = (folder / log).resolve()
    return beside if beside.is_file() or not (DATA / log).is_file() else DATA / log
