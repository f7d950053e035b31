"""What the command line does with purchases: runs stored replications again and keeps who bought when, from whom, for how much."""

import sys
from pathlib import Path

import pandas as pd

from experiments import commands
from experiments.progress import shown
from results import manifest, show, store
from results.purchases import log
from results.replay import Stored, all_stored, differs
from results.store import StoreError

TABLE = "purchases"
FORMS = (".csv", ".parquet")


def purchases(directory: str, *, customers: int, run: str, out: str, force: bool) -> int:
    """Keep the purchase log of a sample of customers of a run directory; return the exit code.

    Parameters
    ----------
    directory : str
        The run directory.
    customers : int
        Customers in the sample of each replication.
    run : str
        The replication; all where empty.
    out : str
        One file, ``.csv`` or ``.parquet``; where empty, the directory gets a table ``purchases`` like its others.
    force : bool
        Replace a log that is there already.

    Raises
    ------
    StoreError
        If the directory cannot be read or the log not be written, in one sentence.
    """
    if out and Path(out).suffix not in FORMS:
        raise StoreError(f"--out {out}: the name must end in {' or '.join(FORMS)}")

    found = all_stored(directory, run)
    places = [Path(out)] if out else [Path(directory) / TABLE / f"{one.run.run}.parquet" for one in found]
    for place in places:
        if place.exists() and not force:
            raise StoreError(f"{place}: exists already; give --force to replace it, or another file with --out")
    changed = differs(found[0].facts)
    if changed:
        print(f"{directory}: {changed}", file=sys.stderr)
    notes = manifest.embedded({**found[0].facts, "model_sha256": manifest.model_digest()})
    try:
        logs = _logs(found, customers)
    except KeyboardInterrupt:
        print("stopped before the log was whole; nothing is kept", file=sys.stderr)
        return commands.STOPPED
    if out:
        _write(Path(out), pd.concat(logs, ignore_index=True), notes)
    else:
        for place, one in zip(places, logs, strict=True):
            store.write_table(place, one, notes)
    rows, people = sum(map(len, logs)), sum(one["person"].nunique() for one in logs)
    where = out or str(Path(directory) / TABLE)
    show.console().print(f"{rows:,} rows of {people:,} buyers in {len(logs)} replications\npurchases  {where}", soft_wrap=True, markup=False)
    return 0


def _logs(found: list[Stored], customers: int) -> list[pd.DataFrame]:
    total, before, logs = sum(one.scenario.periods for one in found), 0, []
    with shown(TABLE) as progress:
        for one in found:
            start = before
            logs.append(log(one.scenario, one.run, customers, lambda done, start=start: progress(start + done, total)))  # type: ignore[misc]
            before += one.scenario.periods
    return logs


def _write(place: Path, whole: pd.DataFrame, notes: dict[str, str]) -> None:
    """Write one file, whole or not at all."""
    if place.suffix == ".parquet":
        store.write_table(place, whole, notes)
        return
    part = place.with_name(place.name + ".part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        whole.to_csv(part, index=False)
        part.replace(place)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreError(f"{place}: cannot be written ({store.reason(error)})") from error
