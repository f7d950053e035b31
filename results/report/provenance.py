"""Where a report comes from: what ran, exactly, and the command to do it again."""

import json
from datetime import datetime
from html import escape

from results import document, names
from results.frames import Results
from results.language import date, say


def section(results: Results) -> str:
    """Return what ran, by the run's manifest."""
    facts = results.manifest
    pairs = [
        (say("status"), _status(str(facts["status"]))),
        (say("started, finished"), names.joined([_when(str(facts["started"])), _when(str(facts["finished"]))])),
        (say("seeds"), names.joined([str(seed) for seed in facts["seeds"]])),
        ("relmarket", str(facts["relmarket"])),
        (say("sha256 of the model"), str(facts["model_sha256"])),
        ("Python", str(facts["python"])),
        (say("packages"), names.joined([f"{name} {version}" for name, version in facts["packages"].items()])),
        (say("platform"), str(facts["platform"])),
        *((say("sha256 of {scenario}", scenario=scenario["name"]), str(scenario["sha256"])) for scenario in facts["scenarios"]),
    ]
    contents = "".join(
        f"<details><summary>{escape(say('All parameters of {scenario}', scenario=scenario['name']))}</summary>"
        f"<pre>{escape(json.dumps(scenario, indent=2, ensure_ascii=False))}</pre></details>"
        for scenario in results.scenarios
    )
    again = f"<p>{escape(say('To do it again:'))}</p><pre class=command>{escape(facts['command'])}</pre>" if facts["command"] else ""
    beside = say("The numbers are kept as Parquet files: {tables}.", tables=names.joined(sorted(results.frames)))
    found = f"{again}{document.facts(pairs)}{contents}<p class=note>{escape(beside)}</p>"
    return document.section(say("Where this comes from"), [], found).replace("<section>", "<section class=provenance>", 1)


def _status(status: str) -> str:
    """Return how a run ended."""
    return {"finished": say("finished"), "interrupted": say("interrupted"), "running": say("running")}.get(status, status)


def _when(moment: str) -> str:
    """Return a moment as readers write it, to the minute; what is no moment stays as it is."""
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{date(then)} {then:%H:%M} UTC"
