"""Commands on one market, or a few side by side."""

from typing import Annotated

import typer

from experiments.cli.options import Customers, Force, Months, Out, Replications, Seed, Sets, Threads, Which

app = typer.Typer()


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
