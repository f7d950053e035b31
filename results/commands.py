"""What the command line does with results that are there: it reports them, and exports them for other programs."""

from collections.abc import Sequence
from pathlib import Path

from results import store
from results.frames import Results
from results.language import LANGUAGES, language
from results.store import StoreError

NEEDED = ("runs", "scenarios", "seeds", "replications", "status", "command", "started", "finished", "packages")
"""What a manifest must tell for a report."""


def make_report(places: Sequence[str], *, out: str, spoken: str) -> int:
    """Write a report of run directories; return the exit code.

    Raises
    ------
    StoreError
        If a directory is no run, or the report cannot be written.
    """
    check_language(spoken)
    directories = [Path(place) for place in places]
    listed = [whole(place) for place in directories]
    default = (directories[0] if len(directories) == 1 else Path()) / ("report.html" if spoken == "en" else f"report.{spoken}.html")
    path = Path(out) if out else default
    if path.is_dir():
        raise StoreError(f"{path}: is a directory; --out needs the name of a file, such as {path / 'report.html'}")
    from results import document, report

    with language(spoken):
        written = document.save_as(report.html(listed, called=[place.resolve().name for place in directories]), path)
    print(f"report  {written}  ({written.stat().st_size / 1e6:.1f} MB)")
    return 0


def export(place: str, *, form: str, figures: str, out: str, force: bool, spoken: str) -> int:
    """Write the tables or the figures of a directory of results for other programs; return the exit code.

    Raises
    ------
    StoreError
        If nothing, or what does not exist, is asked for; if the directory cannot be read; if a file cannot be written.
    """
    check_language(spoken)
    source = Path(place)
    target = Path(out) if out else source.resolve().with_name(f"{source.resolve().name}-export")
    if not form and not figures:
        raise StoreError("export: give --format csv, xlsx or parquet for tables, or --figures png,svg,pdf for figures")
    store.check_directory(target)
    from results import pictures, tabular

    wanted = [part.strip() for part in figures.split(",")] if figures else []
    _check(form, tabular.FORMATS, "--format")
    for one in wanted:
        _check(one, pictures.FORMATS, "--figures")
    written: list[Path] = []
    if form:
        written += tabular.write(source, target, form, force=force)
    if wanted:
        results = whole(source)
        with language(spoken):
            written += pictures.write(results, target, list(dict.fromkeys(wanted)), force=force)
    print(f"{len(written)} files in {target}")
    return 0


def whole(place: Path) -> Results:
    """Return the results in a run directory, when all that a report needs is there.

    Raises
    ------
    StoreError
        If the directory is not there, is no run, or is damaged.
    """
    try:
        results = store.read(place)
    except (KeyError, TypeError) as error:
        raise StoreError(f"{place / 'manifest.json'}: is damaged: it does not tell {error}") from error
    missing = [key for key in NEEDED if key not in results.manifest]
    if missing:
        raise StoreError(f"{place / 'manifest.json'}: is damaged: it does not tell {', '.join(missing)}")
    if not len(results.firm_months):
        raise StoreError(f"{place}: has no table firm_months with rows, so there is nothing to show")
    return results


def _check(value: str, known: Sequence[str], option: str) -> None:
    if value and value not in known:
        raise StoreError(f"{option} {value}: is not known; allowed: {', '.join(known)}")


def check_language(spoken: str) -> None:
    """Refuse a language that there is none of.

    Raises
    ------
    StoreError
        In one sentence.
    """
    _check(spoken, list(LANGUAGES), "--language")
