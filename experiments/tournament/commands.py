"""What the command line does with tournaments: plays what is missing, keeps tables and page, and says who wins."""

import shlex
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from experiments.commands import STOPPED
from experiments.runner import RunError
from experiments.sweep import engine
from experiments.sweep.progress import shown
from experiments.tournament import markets, words
from experiments.tournament.analysis import MEASURES, Tournament, Unfinished, tournament
from experiments.tournament.games import invasions
from experiments.tournament.ranking import matrix, ranking
from results import names, sheet, show, store
from results.language import say
from sim.scenario import Scenario


def carry_out(
    scenario: Scenario, *, strategies: str, n_firms: int, replications: int, mixtures: bool, regimes: bool, workers: int, out: str, force: bool
) -> int:
    """Play a tournament, or go on with it, and show it; return the exit code: 1 if markets are missing.

    Raises
    ------
    RunError
        If nashpy is not installed, or the firms cannot be halved.
    """
    if find_spec("nashpy") is None:
        raise RunError('tournament: Nash equilibria need nashpy; install it with: pip install "relmarket[games]"')
    if n_firms not in (2, 4):
        raise RunError(f"--firms: {n_firms} does not fit; allowed: 2 or 4")
    chosen = markets.chosen(strategies)
    command = shlex.join(["python", "run.py", *sys.argv[1:]])
    try:
        with shown("tournament") as progress:
            played = tournament(
                scenario, chosen, n_firms=n_firms, replications=replications, mixtures=mixtures, regimes=regimes,
                out=out, workers=workers, force=force, progress=progress, command=command,
            )  # fmt: skip
    except KeyboardInterrupt:
        print("stopped; what was finished is stored, and the same command does the rest", file=sys.stderr)
        return STOPPED
    except (engine.Stopped, Unfinished) as stopped:
        print(f"run.py: {stopped}", file=sys.stderr)
        return 1
    sentences = words.findings(played)
    page = keep(played, sentences)
    out_to = show.console()
    for sentence in sentences:
        out_to.print(sentence, markup=False)
    _print_ranking(played)
    show.kept(page, results=played.place)
    return 0


def tables(played: Tournament) -> dict[str, pd.DataFrame]:
    """Return the tables of a tournament by name: ``payoffs``, ``matrix``, ``ranking``, ``invasions``, ``power``."""
    parts: dict[str, list[pd.DataFrame]] = {"matrix": [], "ranking": [], "invasions": []}
    for regime in played.regimes:
        for measure in MEASURES:
            duels = played.duels(regime, measure)
            tested = pd.DataFrame([asdict(one) for one in invasions(played.game(regime, measure))])
            made = {"matrix": matrix(played.strategies, duels), "ranking": ranking(played.strategies, duels), "invasions": tested}
            for name, frame in made.items():
                frame.insert(0, "regime", regime)
                frame.insert(1, "measure", measure)
                parts[name].append(frame)
    whole = {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}
    return {"payoffs": played.payoffs, **whole, "power": played.power}


def keep(played: Tournament, sentences: list[str]) -> Path:
    """Write the tables and the page into the directory of the tournament; return the page's path."""
    from results.figures import tournament as drawn

    found = tables(played)
    for name, frame in found.items():
        store.write_table(played.place / f"{name}.parquet", frame, played.manifest["notes"])
    titles = {measure: names.capital(words.payoff(measure)) for measure in MEASURES}
    figures = [drawn.figure(found["matrix"].query("measure == @measure"), title) for measure, title in titles.items()]
    listed = [(say("{payoff}, ranked", payoff=title), _short(found["ranking"].query("measure == @measure"))) for measure, title in titles.items()]
    return sheet.write(
        sheet.Sheet(
            title=say("Tournament"),
            kind=say(
                "{n} markets of {firms} firms · {strategies} strategies",
                n=len(played.points), firms=played.n_firms, strategies=len(played.strategies),
            ),
            question=say("Every strategy against every other: who earns more, and where would firms that copy success end?"),
            sentences=sentences, tables=[*listed, (say("Who has the power"), _called(found["power"]))], figures=figures,
            origin=sheet.origin(played.manifest),
        ),
        played.place,
    )  # fmt: skip


def _short(ranked: pd.DataFrame) -> pd.DataFrame:
    """Return a ranking as people read it: without its measure, and without the regime where there is one."""
    return _called(ranked.drop(columns=["measure"] if len(set(ranked["regime"])) > 1 else ["measure", "regime"]))


def _called(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with regimes and strategies as readers call them."""
    known = {"regime": names.variant, "strategy": names.strategy}
    return table.assign(**{name: [call(str(value)) for value in table[name]] for name, call in known.items() if name in table})


def _print_ranking(played: Tournament) -> None:
    from rich.table import Table

    from results.labels import number

    for regime in played.regimes:
        head = say("profit per firm, {market}", market=names.variant(regime)) if len(played.regimes) > 1 else say("profit per firm")
        shown_table = Table(box=None, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
        shown_table.add_column(head)
        for name in (say("mean"), say("95 % interval"), say("wins"), say("losses"), "Copeland", say("regret")):
            shown_table.add_column(name, justify="right", no_wrap=True)
        for row in ranking(played.strategies, played.duels(regime, "total_profit")).to_dict("records"):
            ends = "" if row["n"] < 2 else say("{low} to {high}", low=number(row["low"]), high=number(row["high"]))
            counts = [str(row[name]) for name in ("wins", "losses", "copeland")]
            shown_table.add_row(names.strategy(str(row["strategy"])), number(row["mean"]), ends, *counts, number(row["regret"]))
        show.console().print("", shown_table)
