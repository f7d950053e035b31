"""The report: one self-contained page of one or more runs, with what came out in words, numbers and figures, and how to do it again."""

from collections.abc import Sequence
from html import escape
from pathlib import Path

from results import document, gallery, names, theme, words
from results.frames import Results
from results.gallery import Look
from results.language import say
from results.report import changes, numbers, provenance


def write(results: Results, directory: Path, lead: str = "") -> Path:
    """Write the page of a run into its directory, whole or not at all, and return its path.

    Parameters
    ----------
    results : Results
        What came out.
    directory : Path
        The run directory.
    lead : str
        A section that stands before all others, from :func:`results.document.section`.

    Raises
    ------
    StoreError
        If it cannot be written.
    """
    return document.save(html([results], lead=lead), directory)


def html(listed: Sequence[Results], lead: str = "", called: Sequence[str] = ()) -> str:
    """Return the report of runs as one file of HTML.

    Parameters
    ----------
    listed : sequence of Results
        The runs; each may hold several scenarios.
    lead : str
        A section that stands before all others.
    called : sequence of str
        What the runs are called where their scenarios have one name, such as their directories.
    """
    shown = looks(listed, called)
    title = shown[0].title if len(shown) == 1 else say(" against ").join(look.name for look in shown)
    parts = [
        lead,
        numbers.differences(shown),
        changes.section(shown) if len(shown) > 1 else "",
        *(_scenario(look, alone=len(shown) == 1) for look in shown),
        changes.section(shown) if len(shown) == 1 else "",
        *(provenance.section(results) for results in listed),
    ]
    return document.document(title, _kind(listed), parts)


def looks(listed: Sequence[Results], called: Sequence[str] = ()) -> list[Look]:
    """Return every scenario of the runs; those of one name are told apart by what their runs are called."""
    pairs = [(results, str(scenario["name"]), place) for place, results in enumerate(listed) for scenario in results.scenarios]
    known = [name for _, name, _ in pairs]
    found = []
    for results, name, place in pairs:
        own = called[place] if place < len(called) else str(place + 1)
        found.append(Look(results.of(name), f"{name} ({own})" if known.count(name) > 1 else name))
    return [look for look in found if len(look.results.summary)]


def _kind(listed: Sequence[Results]) -> str:
    """Return what ran, in a line."""
    if len(listed) > 1:
        return say("report of {n} runs", n=len(listed))
    scenario, n = listed[0].scenario, int(listed[0].manifest["replications"])
    return " · ".join(
        [
            say("{n} customers", n=f"{int(scenario['customers']):,}"),
            say("{n} firms", n=len(scenario["firms"])),
            say("{n} {periods}", n=f"{int(scenario['months']):,}", periods=names.periods(str(scenario["period"]))),
            say("1 replication") if n == 1 else say("{n} replications", n=n),
        ]
    )


def _scenario(look: Look, *, alone: bool) -> str:
    """Return one scenario's part of the page."""
    name = f" <small>{escape(look.name)}</small>" if look.name != look.title else ""
    head = "" if alone else f"<h2 class=scenario>{escape(look.title)}{name}</h2>"
    question = f"<p class=question>{escape(look.text('question'))}</p>" if look.text("question") else ""
    stopped = ""
    if look.results.manifest["status"] != "finished":
        stopped = f"<p class=warning>{escape(say('The run was stopped: {n} replications of it are shown.', n=look.results.finished))}</p>"
    found = document.listed(words.findings(look.results.firm_months, look.periods_per_year, look.period))
    hints = _hint(say("To notice."), look.text("notice")) + _hint(say("To try."), look.text("attempt"))
    return (
        f"<section>{head}{question}{stopped}<h2>{escape(say('What came out'))}</h2>{found}{hints}</section>"
        f"<section><h2>{escape(say('In numbers'))}</h2>{numbers.milestones(look)}</section>"
        f"<section><h2>{escape(say('In pictures'))}</h2>{_legend(look)}{_figures(look)}</section>"
    )


def _hint(what: str, text: str) -> str:
    return f"<p><strong>{escape(what)}</strong> {escape(text)}</p>" if text else ""


def _legend(look: Look) -> str:
    """Return the strategies with their colours and dashes, once for all line figures."""
    dashes = {"solid": "solid", "dot": "dotted"}
    given = theme.looks(look.kinds)
    items = [
        f'<span><i style="border-top:3px {dashes.get(dash, "dashed")} {colour}"></i>{escape(names.strategy(kind))}</span>'
        for kind, (colour, dash) in sorted(given.items())
    ]
    return f"<p class=legend>{''.join(items)}</p>"


def _figures(look: Look) -> str:
    """Return all figures under their topics; those with one panel per measure or strategy as a grid that folds on a narrow screen."""
    return "".join(f"<h3>{escape(topic.title)}</h3>{document.grid(topic.figures, legend=not topic.lines)}" for topic in gallery.topics(look))
