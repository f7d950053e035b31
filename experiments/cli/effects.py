"""Commands that ask what caused what: twins, tournaments, calibration, estimators."""

from typing import Annotated

import typer

from experiments.cli.options import Customers, Force, Months, Out, Replications, Seed, Sets, Spoken, Which, Workers, speaking

app = typer.Typer()


@app.command()
def uplift(
    scenario: Which,
    without: Annotated[str, typer.Option(metavar="campaign.NAME|event.NAME|firms.N.LEVER", help="What is taken away.", show_default=False)],
    seed: Seed = None, customers: Customers = None, months: Months = None, sets: Sets = [],  # noqa: B006
    replications: Replications = 5, out: Out = "", force: Force = False, language: Spoken = "en",
) -> None:  # fmt: skip
    """Say what a campaign, an event or a lever brought: the same market on the same luck without it, beside naive estimates."""
    from experiments import commands
    from experiments.uplift.commands import uplift as carry_out
    from scenarios import load

    market = commands.changed(load(scenario), {"seed": seed, "customers": customers, "months": months}, sets)
    with speaking(language):
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
    out: Out = "", force: Force = False, language: Spoken = "en",
) -> None:  # fmt: skip
    """Play every strategy against every other: payoffs, ranking, equilibria, and where firms that copy success end."""
    from experiments import commands
    from experiments.tournament.commands import carry_out
    from scenarios import load

    market = commands.changed(load(scenario), {"seed": seed, "customers": customers, "months": months}, sets)
    with speaking(language):
        ended = carry_out(
            market, strategies=strategies, n_firms=firms, replications=replications, mixtures=mixtures, regimes=regimes, workers=workers, out=out,
            force=force,
        )  # fmt: skip
    raise typer.Exit(ended)


@app.command()
def purchases(
    place: Annotated[str, typer.Argument(metavar="DIR", help="The directory of a run.", show_default=False)],
    customers: Annotated[int, typer.Option(min=1, max=100_000_000, help="Customers in the sample of each replication.")] = 2_000,
    run: Annotated[str, typer.Option(metavar="RUN", help="One replication, by its name in the column run. Default: all.")] = "",
    out: Annotated[str, typer.Option(metavar="FILE", help="A .csv or .parquet file. Default: the table purchases in DIR.", show_default=False)] = "",
    force: Force = False,
) -> None:  # fmt: skip
    """Run a stored run again and keep who bought when, from whom, for how much: the log that models of lifetime value read."""
    from experiments.purchases import purchases as carry_out

    raise typer.Exit(carry_out(place, customers=customers, run=run, out=out, force=force))


@app.command()
def estimators(
    scenario: Annotated[list[str], typer.Argument(metavar="[SCENARIO]...", help="Names or paths. Default: four unlike markets.")] = [],  # noqa: B006
    recorded: Annotated[int, typer.Option(min=13, max=1_000, help="Periods that customers are on record.")] = 36,
    horizon: Annotated[int, typer.Option(min=1, max=1_000, help="Periods of the future that are valued.")] = 60,
    futures: Annotated[int, typer.Option(min=1, max=1_000, help="Futures on other luck, over which the true expectation is taken.")] = 16,
    seed: Seed = None, customers: Customers = None, sets: Sets = [],  # noqa: B006
    replications: Replications = 10, workers: Workers = 0, out: Out = "", force: Force = False, language: Spoken = "en",
) -> None:  # fmt: skip
    """Compare estimators of lifetime value (BG/NBD, sBG, ...) with every customer's true one; the same command goes on where it stopped."""
    from experiments import commands
    from experiments.truth.commands import CUSTOMERS, MARKETS
    from experiments.truth.commands import estimators as carry_out
    from experiments.truth.future import Plan
    from scenarios import load

    options = {"seed": seed, "customers": customers or (None if scenario else CUSTOMERS)}
    markets = [commands.changed(load(name), options, sets) for name in scenario or MARKETS]
    plan = Plan(recorded, horizon, futures)
    with speaking(language):
        raise typer.Exit(carry_out(markets, plan, replications=replications, workers=workers, out=out, force=force))


@app.command()
def calibrate(
    log: Annotated[str, typer.Argument(metavar="LOG.csv", help="A log of purchases, or a table of month and customers.", show_default=False)],
    customer: Annotated[str, typer.Option(metavar="COLUMN", help="Column of the customer. Default: found by its name.")] = "",
    date: Annotated[str, typer.Option(metavar="COLUMN", help="Column of the date. Default: found by its name.")] = "",
    amount: Annotated[str, typer.Option(metavar="COLUMN", help="Column of the money. Default: found by its name, if there is one.")] = "",
    period: Annotated[str, typer.Option(metavar="week|month", help="Length of a step of the market.")] = "week",
    calibration_end: Annotated[str, typer.Option(metavar="DATE", help="Last day that is fitted; the rest tests the fit. Default: half-way.")] = "",
    out: Annotated[str, typer.Option(metavar="DIR", help="Where it goes. Default: results/runs/calibration-LOG.", show_default=False)] = "",
    force: Force = False, language: Spoken = "en",
) -> None:  # fmt: skip
    """Make a scenario of a log of purchases, with a report of how well it foretells; the same command goes on where it stopped."""
    from experiments.calibration import commands

    with speaking(language):
        ended = commands.calibrate(
            log, customer=customer, when=date, amount=amount, period=period, calibration_end=calibration_end, out=out, force=force
        )  # fmt: skip
    raise typer.Exit(ended)


@app.command()
def forecast(
    scenario: Which,
    replications: Annotated[int, typer.Option(min=2, max=100_000, help="Futures that are played; intervals are over these.")] = 40,
    months: Annotated[int, typer.Option(min=1, max=600, help="How far to look ahead, from the end of the scenario.")] = 12,
    lever: Annotated[list[str], typer.Option(metavar="NAME=VALUE", help="What the firm would do otherwise; may be repeated.")] = [],  # noqa: B006
    firm: Annotated[str, typer.Option(metavar="NAME", help="The firm that is looked at. Default: the first.")] = "",
    out: Out = "", force: Force = False, language: Spoken = "en",
) -> None:  # fmt: skip
    """Foretell purchases, churn and lifetime value after a scenario's end, and what a lever would change, on the same luck."""
    from experiments.forecast import commands
    from experiments.parameter_sets import beside
    from scenarios import load

    market = load(scenario)
    with speaking(language):
        ended = commands.forecast(
            market, replications=replications, months=months, levers=lever, firm=firm, out=out, force=force, sets=beside(market, scenario)
        )  # fmt: skip
    raise typer.Exit(ended)
