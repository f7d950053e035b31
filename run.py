"""The command line: ``python run.py --help``."""

import sys
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)  # fmt: skip

Which = Annotated[str, typer.Argument(metavar="SCENARIO", help="A scenario's name (see: list scenarios) or a TOML file.", show_default=False)]
Seed = Annotated[int | None, typer.Option(help="Seed of the first replication; replication k has this + k. Default: the scenario's.")]
Customers = Annotated[int | None, typer.Option(help="Customers in the market. Default: the scenario's.")]
Months = Annotated[int | None, typer.Option(help="Length of the run in months. Default: the scenario's.")]
Sets = Annotated[list[str], typer.Option("--set", metavar="PATH=VALUE", help="Change any parameter, such as firms.0.price=1.1; may be repeated.")]
Replications = Annotated[int, typer.Option(min=1, max=100_000, help="How often each scenario is run, on its own seeds; intervals are over these.")]
Threads = Annotated[int, typer.Option(min=1, max=1024, help="Threads of one replication; the numbers are the same for any.")]
Out = Annotated[str, typer.Option(metavar="DIR", help="Where the results go. Default: results/runs/NAME.", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Replace results that are there already.")]


@app.callback()
def main() -> None:
    """Relationship against transactional marketing: an agent-based market, run from here.

    Exit codes: 0 fine, 1 a check failed, 2 bad input.
    """


@app.command()
def demo(quick: Annotated[bool, typer.Option("--quick", help="A small market, over in seconds.")] = False) -> None:
    """Contrast the two ways of doing business in one market over ten years, and show what comes out."""
    from experiments import commands

    raise typer.Exit(commands.demo(quick=quick))


@app.command("list")
def list_(
    what: Annotated[str, typer.Argument(metavar="scenarios|strategies|mechanisms|measures|parameters", help="What to list.", show_default=False)],
) -> None:
    """List what there is: scenarios, strategies, mechanisms, measures or parameters."""
    from experiments import listing

    listing.show(what)


@app.command()
def run(
    scenario: Which, seed: Seed = None, customers: Customers = None, months: Months = None, sets: Sets = [],  # noqa: B006
    replications: Replications = 1, threads: Threads = 1, out: Out = "", force: Force = False,
) -> None:  # fmt: skip
    """Run a scenario; keep its tables and its page, and print what came out."""
    from experiments import commands
    from scenarios import load

    market = commands.changed(load(scenario), {"seed": seed, "customers": customers, "months": months}, sets)
    raise typer.Exit(commands.run(market, replications=replications, threads=threads, out=out, force=force))


@app.command()
def compare(
    scenario: Annotated[list[str], typer.Argument(metavar="SCENARIO", help="Two scenarios or more: names or paths.", show_default=False)],
    seed: Seed = None, customers: Customers = None, months: Months = None, sets: Sets = [],  # noqa: B006
    replications: Replications = 5, out: Out = "", force: Force = False,
) -> None:  # fmt: skip
    """Run scenarios on the same luck and print how they differ from the first, with intervals."""
    from experiments import commands
    from scenarios import load

    options = {"seed": seed, "customers": customers, "months": months}
    markets = [commands.changed(load(name), options, sets) for name in scenario]
    raise typer.Exit(commands.compare(markets, replications=replications, out=out, force=force))


@app.command()
def uplift(
    scenario: Which,
    without: Annotated[str, typer.Option(metavar="campaign.NAME|event.NAME|firms.N.LEVER", help="What is taken away.", show_default=False)],
    seed: Seed = None, customers: Customers = None, months: Months = None, sets: Sets = [],  # noqa: B006
    replications: Replications = 5, out: Out = "", force: Force = False,
) -> None:  # fmt: skip
    """Say what a campaign, an event or a lever brought: the same market on the same luck without it, beside naive estimates."""
    from experiments import commands
    from experiments.uplift.commands import uplift as carry_out
    from scenarios import load

    market = commands.changed(load(scenario), {"seed": seed, "customers": customers, "months": months}, sets)
    raise typer.Exit(carry_out(market, without, replications=replications, out=out, force=force))


@app.command()
def tournament(
    scenario: Annotated[str, typer.Option(metavar="SCENARIO", help="The market; its firms become copies of the first.")] = "duel",
    strategies: Annotated[str, typer.Option(metavar="a,b,...", help="Strategies that take part. Default: all that there are.")] = "",
    firms: Annotated[int, typer.Option(help="Firms in a market: 2 or 4.")] = 4,
    mixtures: Annotated[bool, typer.Option("--mixtures", help="Play every mixture of strategies, not only half against half.")] = False,
    regimes: Annotated[bool, typer.Option("--regimes", help="Play also where customers, and where firms, have the power.")] = False,
    seed: Seed = None, customers: Customers = None, months: Months = None, sets: Sets = [],  # noqa: B006
    replications: Replications = 5,
    workers: Annotated[int, typer.Option(min=0, max=4096, help="Worker processes; 0 takes as many as pay. The numbers are the same for any.")] = 0,
    out: Out = "", force: Force = False,
) -> None:  # fmt: skip
    """Play every strategy against every other: payoffs, ranking, equilibria, and where firms that copy success end."""
    from experiments import commands
    from experiments.tournament.commands import carry_out
    from scenarios import load

    market = commands.changed(load(scenario), {"seed": seed, "customers": customers, "months": months}, sets)
    ended = carry_out(
        market, strategies=strategies, n_firms=firms, replications=replications, mixtures=mixtures, regimes=regimes, workers=workers, out=out,
        force=force,
    )  # fmt: skip
    raise typer.Exit(ended)


@app.command()
def explain(scenario: Which, sets: Sets = []) -> None:  # noqa: B006
    """Show the order of a month in a scenario: each step with its equation, parameters and source."""
    from experiments import commands
    from experiments.explain import explain as lines
    from scenarios import load

    for line in lines(commands.changed(load(scenario), {}, sets)):
        print(line)


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    import json

    from scenarios import schema as whole

    print(json.dumps(whole(), indent=2, ensure_ascii=False))


@app.command()
def check(files: Annotated[list[str], typer.Argument(metavar="FILE", help="Scenario files, or names.", show_default=False)]) -> None:
    """Check scenario files; exit with 1 if something is wrong in one."""
    from experiments import commands

    raise typer.Exit(commands.check(files))


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


Sweeps = Annotated[str, typer.Argument(metavar="DIR", help="The directory of a sweep.", show_default=False)]


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


Study = Annotated[str, typer.Argument(metavar="STUDY", help="A study's name in experiments/studies, or a TOML file.", show_default=False)]
Workers = Annotated[int, typer.Option(min=0, max=4096, help="Worker processes; 0 takes as many as pay. The numbers are the same for any.")]
Scheduler = Annotated[str, typer.Option(metavar="ADDRESS|local", help="A Dask scheduler, tcp://host:port; local starts a cluster here.")]
Measured = Annotated[str, typer.Option(metavar="MEASURE", help="A column of the table summary; strategies are compared by its mean per firm.")]


@app.command()
def sensitivity(
    study: Annotated[str, typer.Argument(metavar="STUDY|DIR", help="A study, which is run first, or a sweep's directory.", show_default=False)],
    workers: Workers = 0, scheduler: Scheduler = "",
    out: Annotated[str, typer.Option(metavar="DIR", help="Where a study's sweep goes. Default: results/runs/STUDY.", show_default=False)] = "",
    force: Annotated[bool, typer.Option("--force", help="Begin anew where another study, or another version's work, is.")] = False,
) -> None:  # fmt: skip
    """Tell which factors of a study matter, alone and together, and how much is luck."""
    from experiments.sensitivity import commands

    raise typer.Exit(commands.sensitivity(study, workers=workers, scheduler=scheduler, out=out, force=force))


@app.command("map")
def map_(
    study: Study,
    refine: Annotated[int, typer.Option(min=0, max=8, help="How often cells are quartered where the winner changes or may be luck.")] = 2,
    measure: Measured = "total_profit", workers: Workers = 0, scheduler: Scheduler = "", out: Out = "",
    force: Annotated[bool, typer.Option("--force", help="Begin anew where another map is.")] = False,
) -> None:  # fmt: skip
    """Draw the phase diagram of two parameters: who wins, by how much, how surely, and who has the power."""
    from experiments.phase import commands

    raise typer.Exit(commands.draw(study, refine=refine, measure=measure, workers=workers, scheduler=scheduler, out=out, force=force))


@app.command()
def discover(place: Sweeps, measure: Measured = "total_profit") -> None:
    """Say in words under which conditions relationship marketing loses in a sweep."""
    from experiments.discovery import commands

    raise typer.Exit(commands.answer(place, measure=measure))


if __name__ == "__main__":
    from experiments.edge import guarded

    sys.exit(guarded(app))
