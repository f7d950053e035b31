"""The table and the figure of ``estimators.md``, from the files of ``run.py estimators``: ``python -m docs.estimators [DIR]``. Needs Chromium."""

import json
import re
import sys
from pathlib import Path

from docs.screenshot import render
from docs.studies import filled
from docs.text import table
from experiments.truth import words
from experiments.truth.analysis import EXPECTED, Comparison
from experiments.truth.commands import PRINTED, cells
from experiments.truth.future import Plan
from results import store
from results.figures import estimators as drawn
from results.labels import number
from results.store import StoreError

HERE = Path(__file__).parent
PAGE, PICTURE = HERE / "estimators.md", HERE / "studies" / "estimators.png"
RUN = Path("results/runs/estimators")
HEADS = {"bias": "estimate / true", "rmse": "rmse / true", "spearman": "rank correlation", "best_found": "best 20 % found, %",
         "precision": "given up: lost, %", "recall": "lost: given up, %"}  # fmt: skip


def read(place: Path) -> tuple[Comparison, dict[str, object]]:
    """Return a comparison that is stored, and its manifest.

    Raises
    ------
    StoreError
        If there is none.
    """
    scores, runs, firms = (store.read_table([place / f"{name}.parquet"]) for name in ("scores", "runs", "firms"))
    facts = json.loads((place / "manifest.json").read_text(encoding="utf-8"))
    plan = Plan(facts["recorded"], facts["horizon"], facts["futures"])
    return Comparison(plan, facts["replications"], runs, firms, scores), facts


def section(found: Comparison, facts: dict[str, object]) -> str:
    """Return what stands between the marks of the page."""
    against = found.table[found.table["truth"] == EXPECTED]
    rows = [
        [scenario, strategy, method, *cells(part).values()]
        for (scenario, strategy, method), part in against.groupby(["scenario", "strategy", "method"], sort=False)
    ]
    firms = found.facts.groupby(["scenario", "strategy"], sort=False)[["customers", "value", "lost", "ceiling"]].mean()
    about = [
        [scenario, strategy, number(row["customers"]), number(row["value"]), number(row["lost"], "share"), number(row["ceiling"])]
        for (scenario, strategy), row in firms.iterrows()
    ]
    said = "\n".join(f"- {sentence}" for sentence in words.findings(found))
    head = ["market", "firms", "customers on record, per firm", "mean true value", "lost, %", "highest measurable rank correlation"]
    scored = table(["market", "firms", "method", *(HEADS[name] for name in PRINTED)], rows)
    picture = f"![Estimates of lifetime value against the truth]({PICTURE.parent.name}/{PICTURE.name})"
    asked = re.sub(r" --(out \S+|force)", "", str(facts["command"]))  # where it went is nobody's business
    model = f"`{asked}`. Model `{str(facts['model_sha256'])[:12]}`."
    return f"{picture}\n\n{scored}\n\nHalf the width of 95 % intervals over replications. {model}\n\n{said}\n\n{table(head, about)}"


def main(arguments: list[str]) -> int:
    """Write the page's part anew."""
    place = Path(arguments[0]) if arguments else RUN
    try:
        found, facts = read(place)
    except (StoreError, OSError) as error:
        print(f"the page is left as it stands: {error}", file=sys.stderr)
        return 1
    render(drawn.figure(found.table[found.table["truth"] == EXPECTED]), PICTURE)
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), {"estimators": section(found, facts)}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
