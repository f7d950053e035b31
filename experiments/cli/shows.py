"""Commands that show results: the dashboard, reports, files for other programs."""

from typing import Annotated

import typer

from experiments.cli.options import Force, Spoken

app = typer.Typer()


@app.command()
def dashboard(
    place: Annotated[str, typer.Argument(metavar="DIR", help="The folder of results. Default: results/runs.", show_default=False)] = "results/runs",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at; 0 takes one that is free.")] = 8050,
    host: Annotated[str, typer.Option(help="Address to listen at. The usual one is reached from this machine only.")] = "127.0.0.1",
) -> None:
    """Show results, and play a market live, in the browser; Ctrl-C ends it."""
    from pathlib import Path

    from experiments.sweep.frames import read
    from results.dashboard.serve import serve

    raise typer.Exit(serve(Path(place), host=host, port=port, unfinished=lambda sweep: read(sweep).summary))


@app.command()
def report(
    places: Annotated[list[str], typer.Argument(metavar="DIR", help="Directories of runs.", show_default=False)],
    out: Annotated[str, typer.Option(metavar="FILE", help="Where it goes. Default: report.html in DIR, or here if there are several.")] = "",
    language: Spoken = "en",
) -> None:
    """Write one page of one or more runs, in words, numbers and figures, that works without a network."""
    from results import commands

    raise typer.Exit(commands.make_report(places, out=out, spoken=language))


@app.command()
def export(
    place: Annotated[str, typer.Argument(metavar="DIR", help="A directory of results.", show_default=False)],
    form: Annotated[str, typer.Option("--format", metavar="csv|xlsx|parquet", help="Write every table in this format.", show_default=False)] = "",
    figures: Annotated[str, typer.Option(metavar="png,svg,pdf", help="Write every figure in these formats.", show_default=False)] = "",
    out: Annotated[str, typer.Option(metavar="DIR", help="Where the files go. Default: DIR-export.", show_default=False)] = "",
    language: Spoken = "en", force: Force = False,
) -> None:  # fmt: skip
    """Write the tables or the figures of a run for other programs, papers and slides."""
    from results import commands

    raise typer.Exit(commands.export(place, form=form, figures=figures, out=out, force=force, spoken=language))
