"""The scorecard in ``validation.md``, from the tables that ``run.py validate`` keeps, and the origins of numbers: ``python -m docs.validation``."""

import json
import sys
from collections import Counter
from pathlib import Path

import pandas as pd

from docs.studies import RUNS, filled
from docs.text import table
from experiments.catalogue import parameters
from experiments.validation import words
from results import manifest, store
from results.labels import number
from results.store import StoreError

PAGE = Path(__file__).with_name("validation.md")
PLACE = RUNS / "validation"
NAME, ORIGINS = "scorecard", "origins"
"""What the page's parts are called."""


def scorecard(place: Path) -> str:
    """Return the scorecard as Markdown: every judged finding with its interval and range, then what is shown without being judged.

    Parameters
    ----------
    place : Path
        The directory of a validation.

    Raises
    ------
    StoreError
        If there is none, or it cannot be read.
    """
    found = store.read_table([place / "scorecard.parquet"])
    judged = found[found["judged"]]
    facts = judged.groupby("fact", sort=False)["passed"].all()
    failing = ", ".join(facts.index[~facts])
    some = f"{int(facts.sum())} of {len(facts)} facts are reproduced; failing: {failing}."
    verdict = some if failing else f"All {len(facts)} facts are reproduced."
    head = ["fact", "measured", "value", "95 % interval", "accepted", "verdict"]
    rows = [_row(one) for one in judged.to_dict("records")]
    shown = [_row(one)[:4] for one in found[~found["judged"]].to_dict("records")]
    said = (
        f"{verdict} A fact passes if all of its judged findings do. "
        f"{found['seconds'].groupby(found['fact']).first().sum() / 60.0:.0f} minutes of measuring. {_model(place)}"
    )
    parts = [said, table(head, rows)]
    if shown:
        parts += ["Shown beside them, and not judged:", table(head[:4], shown)]
    return "\n\n".join(parts)


def origins() -> str:
    """Return how many parameters there are of each origin, by the table they stand in, as Markdown."""
    kinds = ("published", "calibrated", "assumed")
    counts: Counter[tuple[str, str]] = Counter()
    for path, _, _, _, origin, _ in parameters()[1:]:
        kind = origin.split(":")[0]
        if kind in kinds:
            counts[path.split(".")[0].split("(")[0], kind] += 1
    places = list(dict.fromkeys(place for place, _ in counts))
    rows = [[f"`{place}`", *(str(counts[place, kind]) for kind in kinds)] for place in places]
    total = ["all", *(str(sum(counts[place, kind] for place in places)) for kind in kinds)]
    return table(["parameters of", *kinds], [*rows, total])


def _row(one: dict[str, object]) -> list[str]:
    unit, value, low, high = str(one["unit"]), *(float(str(one[name])) for name in ("value", "low", "high"))
    spread = "" if pd.isna(low) or low == high else f"{number(low, unit)} to {number(high, unit)}"
    accepted = words.accepted(float(str(one["least"])), float(str(one["most"])), unit)
    return [str(one["fact"]), str(one["what"]), number(value, unit), spread, accepted, words.PASS if one["passed"] else f"**{words.FAIL}**"]


def _model(place: Path) -> str:
    """Return the version of the model that the facts were measured on."""
    facts = json.loads((place / manifest.NAME).read_text(encoding="utf-8"))
    return f"Model `{facts['model_sha256'][:12]}`."


def main(arguments: list[str]) -> int:
    """Write the page's parts anew, the scorecard from a directory: ``results/runs/validation`` unless given."""
    parts, code = {ORIGINS: origins()}, 0
    try:
        parts[NAME] = scorecard(Path(arguments[0]) if arguments else PLACE)
    except StoreError as error:
        print(f"the scorecard in {PAGE.name} is left as it stands: {error}", file=sys.stderr)
        code = 1
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), parts), encoding="utf-8")
    print(f"{PAGE.name} written")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
