"""The manifest: what ran, so that anybody can run it again and know whether it was the same."""

import hashlib
import json
import os
import platform
import sys
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FORMAT = "relmarket-run-1"
"""Marks a directory as a run of this program."""
PACKAGES = ("mesa", "numpy", "numba", "pandas", "scipy", "pydantic", "duckdb", "plotly")
NAME = "manifest.json"


HERE = Path(__file__).parents[1]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def own_version() -> str:
    """Return this program's version: of the copy that runs, which need not be one that was installed."""
    project = HERE / "pyproject.toml"
    if project.exists():
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])
    return _version("relmarket")


def model_digest() -> str:
    """Return the sha256 of the model's source files: equal sources, scenario and seed give equal numbers."""
    found = hashlib.sha256()
    root = HERE / "sim"
    for path in sorted(root.rglob("*.py")):
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return found.hexdigest()


def now() -> str:
    """Return the time in UTC, as ISO 8601 to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def digest(content: Any) -> str:
    """Return the sha256 of a scenario's content: keys sorted, no spaces, so that the order of writing does not count."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def describe(scenarios: Iterable[Any], runs: Iterable[Mapping[str, Any]], *, replications: int, command: str) -> dict[str, Any]:
    """Return the manifest of a run that is about to start.

    Parameters
    ----------
    scenarios : iterable of Scenario
        What is run, whole.
    runs : iterable of mapping
        ``run``, ``scenario``, ``replication`` and ``seed`` of every replication.
    replications : int
        Replications of each scenario.
    command : str
        What was asked for, to do it again.
    """
    contents = [scenario.model_dump(mode="json") for scenario in scenarios]
    listed = [dict(run) for run in runs]
    return {
        "format": FORMAT,
        "status": "running",
        "command": command,
        "started": now(),
        "finished": "",
        "replications": replications,
        "seeds": sorted({int(run["seed"]) for run in listed}),
        "runs": listed,
        "scenarios": [{"name": content["name"], "sha256": digest(content), "content": content} for content in contents],
        "relmarket": own_version(),
        "model_sha256": model_digest(),
        "packages": {package: _version(package) for package in PACKAGES},
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count() or 1,
        "byteorder": sys.byteorder,
    }


def embedded(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the facts embedded in every Parquet file: nothing that changes from one run of the same content to the next."""
    return {
        "relmarket": str(facts["relmarket"]),
        "model_sha256": str(facts["model_sha256"]),
        "scenario_sha256": " ".join(str(scenario["sha256"]) for scenario in facts["scenarios"]),
    }


def write(directory: Path, facts: Mapping[str, Any]) -> None:
    """Write the manifest into a directory, whole or not at all."""
    part = directory / f"{NAME}.part"
    part.write_text(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(directory / NAME)


def read(directory: Path) -> dict[str, Any]:
    """Return the manifest of a run directory.

    Raises
    ------
    OSError
        If there is none.
    ValueError
        If it is not one that this program wrote.
    """
    facts = json.loads((directory / NAME).read_text(encoding="utf-8"))
    if not isinstance(facts, dict) or facts.get("format") != FORMAT:
        raise ValueError(f"{directory / NAME}: is not a manifest of this program")
    return facts
