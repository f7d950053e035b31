"""Options that several commands share: one wording, one range."""

from contextlib import AbstractContextManager
from typing import Annotated

import typer

Which = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario's name (see: list scenarios) or a TOML file.", show_default=False)]
Seed = Annotated[int | None, typer.Option(help="Seed of the first replication; replication k has this + k. Default: the scenario's.")]
Customers = Annotated[int | None, typer.Option(help="Customers in the market. Default: the scenario's.")]
Months = Annotated[int | None, typer.Option(help="Length of the run in months. Default: the scenario's.")]
Sets = Annotated[list[str], typer.Option("--set", metavar="PATH=VALUE", help="Change any parameter, such as firms.0.price=1.1; may be repeated.")]
Replications = Annotated[int, typer.Option(min=1, max=100_000, help="How often each scenario is run, on its own seeds; intervals are over these.")]
Threads = Annotated[int, typer.Option(min=1, max=1024, help="Threads of one replication; the numbers are the same for any.")]
Out = Annotated[str, typer.Option(metavar="DIR", help="Where the results go. Default: results/runs/NAME.", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Replace results that are there already.")]
Sweeps = Annotated[str, typer.Argument(metavar="DIR", help="The directory of a sweep.", show_default=False)]
Study = Annotated[str, typer.Argument(metavar="STUDY", help="A study's name in experiments/studies, or a TOML file.", show_default=False)]
Workers = Annotated[int, typer.Option(min=0, max=4096, help="Worker processes; 0 takes as many as pay. The numbers are the same for any.")]
Scheduler = Annotated[str, typer.Option(metavar="ADDRESS|local", help="A Dask scheduler, tcp://host:port; local starts a cluster here.")]
Measured = Annotated[str, typer.Option(metavar="MEASURE", help="A column of the table summary; strategies are compared by its mean per firm.")]
Spoken = Annotated[str, typer.Option("--language", metavar="en|zh", help="English or Simplified Chinese.")]


def speaking(language: str) -> AbstractContextManager[None]:
    """Speak the language that was asked for, within a block.

    Raises
    ------
    StoreError
        If there is no such language.
    """
    from results import commands
    from results.language import language as speak

    commands.check_language(language)
    return speak(language)
