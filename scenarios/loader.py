"""From a scenario's name or file to a checked scenario, and the other ways in: text, and a check."""

from pathlib import Path

from pydantic import ValidationError

from scenarios.errors import ScenarioError, explain
from scenarios.files import FOLDER, Layer, chain, layers, locate, merged, names, source
from scenarios.files import parse as parse_toml
from scenarios.fits import resolve
from scenarios.overrides import check_events
from sim.scenario import Scenario


def load(name_or_path: str | Path) -> Scenario:
    """Load a scenario by its name or from a file.

    Parameters
    ----------
    name_or_path : str or Path
        The name of a shipped scenario, such as ``"duel"``; or the path of a TOML file.

    Returns
    -------
    Scenario
        Checked and frozen. Where a file gives no name, the scenario has the file's.

    Raises
    ------
    ScenarioError
        One sentence for each problem: file, path, value, what is allowed.
    """
    path = locate(name_or_path)
    return _checked(layers(path), path.stem)


def parse(text: str, file: str = "scenario", folder: Path | None = None) -> Scenario:
    """Make a scenario of TOML text.

    Parameters
    ----------
    text : str
        As in a scenario file.
    file : str
        How sentences name the text, and the scenario's name where the text gives none.
    folder : Path, optional
        Where relative paths in the text start; the shipped scenarios' folder if not given.

    Raises
    ------
    ScenarioError
        One sentence for each problem.
    """
    return _checked(chain(Layer(file, folder or FOLDER, parse_toml(text, file))), file)


def check(path: str | Path) -> tuple[str, ...]:
    """Return what is wrong with a scenario file (or a shipped scenario), one sentence for each problem; empty if nothing is."""
    try:
        load(path)
    except ScenarioError as error:
        return error.problems
    return ()


def _checked(found: list[Layer], name: str) -> Scenario:
    """Check what layers say together; the scenario has the first file's name unless that file gives another."""
    data = resolve(merged(found), found)
    data["name"] = found[0].data.get("name", name)
    try:
        scenario = Scenario.model_validate(data)
    except ValidationError as error:
        raise explain(error, data, lambda path: source(found, path).label) from None
    check_events(scenario, source(found, ("events", 0)).label)
    return scenario


__all__ = ["check", "load", "names", "parse"]
