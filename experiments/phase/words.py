"""What a map says: who wins in how much of the plane, where and how surely, and what refinement saved."""

import pandas as pd

from experiments.phase.chart import Chart
from results import names
from results.figures.power_regimes import REGIMES
from results.language import say


def sentences(found: Chart) -> list[str]:
    """Return what a map shows, in words."""
    refined, points = found.refined, found.points
    areas = sorted(refined.areas().items(), key=lambda pair: -pair[1])
    wins = [say("{who} wins in {area}", who=names.strategy(name), area=f"{area:.0%}") for name, area in areas]
    lines = [say("By {measure} per firm, {wins} of the plane.", measure=found.measure, wins=names.joined(wins))]
    doubt = refined.doubtful_area()
    lines.append(
        say(
            "{doubt} of the plane lies in cells that the frontier crosses or where the winner may be luck; "
            "the 95 % interval of the margin leaves out 0 at {sure} of {n} points.",
            doubt=f"{doubt:.0%}", sure=f"{int((points['low'] > 0.0).sum()):,}", n=f"{len(points):,}",
        )
    )  # fmt: skip
    if doubt > 0.5:
        lines.append(say("So much doubt asks for more replications rather than more points: refinement follows doubt, and saves little here."))
    lines += [_where(str(winner), rows, (found.plane.x, found.plane.y)) for winner, rows in points.groupby("winner")]
    runs, n = found.plane.study.replications, len(refined.points)
    lines.append(
        say(
            "The map took {n} points ({runs} runs); a full grid as fine has {full} ({all} runs): {saved} saved.",
            n=f"{n:,}", runs=f"{n * runs:,}", full=f"{refined.full:,}", all=f"{refined.full * runs:,}", saved=f"{refined.saving:.0%}",
        )
    )  # fmt: skip
    return lines


def _where(winner: str, rows: pd.DataFrame, parameters: tuple[str, str]) -> str:
    """Return by how much a strategy wins where it does, where most, and who has the power there."""
    best = rows.sort_values("margin", kind="stable").iloc[-1]
    power = rows[list(REGIMES)].mean()
    regime = ""
    if power.notna().all():
        regime = say(
            "; the customer leads in {customer} of relationships there, the firm in {firm}",
            customer=f"{power.iloc[0]:.0%}", firm=f"{power.iloc[2]:.0%}",
        )  # fmt: skip
    return say(
        "Where {who} wins it does so by {mean} in the mean of {n} points, most ({most}, probability {probability}) at {place}{regime}.",
        who=names.strategy(winner), mean=f"{rows['margin'].mean():,.3g}", n=f"{len(rows):,}", most=f"{best['margin']:,.3g}",
        probability=f"{best['probability']:.3f}", place=names.joined([f"{name} = {best[name]:.3g}" for name in parameters]), regime=regime,
    )  # fmt: skip
