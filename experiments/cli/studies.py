"""Commands on studies: many runs, what matters in them, and whether the model reproduces what is known."""

from typing import Annotated

import typer

from experiments.cli.options import Measured, Out, Scheduler, Spoken, Study, Sweeps, Workers, speaking

app = typer.Typer()


@app.command()
def sweep(
    study: Annotated[str, typer.Argument(metavar="STUDY", help="A study's name in experiments/studies, or a TOML file.", show_default=False)],
    workers: Annotated[int, typer.Option(min=0, max=4096, help="Worker processes; 0 takes as many as pay. The bytes are the same for any.")] = 0,
    scheduler: Annotated[str, typer.Option(metavar="ADDRESS|local", help="A Dask scheduler, tcp://host:port; local starts a cluster here.")] = "",
    out: Annotated[str, typer.Option(metavar="DIR", help="Where the tables go: a directory or a URL. Default: results/runs/STUDY.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="Runs to do at most, this time; 0 does all.")] = 0,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many runs there are, and what time and disk they take.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Begin anew where another study, or another version's work, is.")] = False,
) -> None:
    """Run a study at every point of its design; the same command goes on where it stopped."""
    from experiments.sweep import commands

    raise typer.Exit(commands.sweep(study, workers=workers, scheduler=scheduler, out=out, limit=limit, dry_run=dry_run, force=force))


@app.command()
def status(place: Sweeps) -> None:
    """Say how far a sweep is, from what is on the disk."""
    from experiments.sweep import commands

    raise typer.Exit(commands.show_status(place))


@app.command()
def verify(
    place: Sweeps, runs: Annotated[int, typer.Option(min=0, max=1_000_000, help="Runs to run again, drawn at random.")] = 3,
) -> None:  # fmt: skip
    """Compare a sweep's checksums, run some of its runs again and compare bits; exit with 1 if something differs."""
    from experiments.sweep import commands

    raise typer.Exit(commands.check(place, runs))


@app.command()
def sensitivity(
    study: Annotated[str, typer.Argument(metavar="STUDY|DIR", help="A study, which is run first, or a sweep's directory.", show_default=False)],
    workers: Workers = 0, scheduler: Scheduler = "",
    out: Annotated[str, typer.Option(metavar="DIR", help="Where a study's sweep goes. Default: results/runs/STUDY.", show_default=False)] = "",
    force: Annotated[bool, typer.Option("--force", help="Begin anew where another study, or another version's work, is.")] = False,
    language: Spoken = "en",
) -> None:  # fmt: skip
    """Tell which factors of a study matter, alone and together, and how much is luck."""
    from experiments.sensitivity import commands

    with speaking(language):
        raise typer.Exit(commands.sensitivity(study, workers=workers, scheduler=scheduler, out=out, force=force))


@app.command("map")
def map_(
    study: Study,
    refine: Annotated[int, typer.Option(min=0, max=8, help="How often cells are quartered where the winner changes or may be luck.")] = 2,
    measure: Measured = "total_profit", workers: Workers = 0, scheduler: Scheduler = "", out: Out = "",
    force: Annotated[bool, typer.Option("--force", help="Begin anew where another map is.")] = False,
    language: Spoken = "en",
) -> None:  # fmt: skip
    """Draw the phase diagram of two parameters: who wins, by how much, how surely, and who has the power."""
    from experiments.phase import commands

    with speaking(language):
        ended = commands.draw(study, refine=refine, measure=measure, workers=workers, scheduler=scheduler, out=out, force=force)
    raise typer.Exit(ended)


@app.command()
def discover(place: Sweeps, measure: Measured = "total_profit", language: Spoken = "en") -> None:
    """Say in words under which conditions relationship marketing loses in a sweep."""
    from experiments.discovery import commands

    with speaking(language):
        raise typer.Exit(commands.answer(place, measure=measure))


@app.command()
def validate(
    quick: Annotated[bool, typer.Option("--quick", help="Few replications and wide intervals, on the same ranges; over in minutes.")] = False,
    only: Annotated[str, typer.Option(metavar="V12,...", help="Facts to measure, by number. Default: all.", show_default=False)] = "",
    out: Annotated[str, typer.Option(metavar="DIR", help="Where the scorecard goes. Default: results/runs/validation, or validation-quick.")] = "",
    workers: Workers = 0,
    force: Annotated[bool, typer.Option("--force", help="Measure again what is known already.")] = False,
    language: Spoken = "en",
) -> None:
    """Measure published facts on the model and print the scorecard; exit with 1 if one is not reproduced."""
    from experiments.validation import commands

    with speaking(language):
        raise typer.Exit(commands.validate(quick=quick, only=only, out=out, workers=workers, force=force))
