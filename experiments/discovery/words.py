"""What a discovery says: under which conditions relationship marketing loses, in sentences made of the boxes' numbers."""

from experiments.discovery import prim
from experiments.discovery.box import Box
from experiments.discovery.discover import LEVEL, RESAMPLES, Discovery, Finding
from results.language import say
from results.told import told


def sentences(found: Discovery) -> list[str]:
    """Return what was found, in words."""
    n, total = f"{found.n:,}", f"{found.total:,}"
    if found.total == 0:
        return [say("Relationship marketing loses nowhere: at none of {n} points.", n=n)]
    if found.total == found.n:
        return [say("Relationship marketing loses everywhere: at all {n} points; no condition tells them apart.", n=n)]
    base = say("Relationship marketing loses at {total} of {n} points ({share})", total=total, n=n, share=f"{found.total / found.n:.0%}")
    if not found.findings:
        is_chance = found.last_p > LEVEL
        why = say(": what a search finds here it finds in shuffled data too (p = {p})", p=f"{found.last_p:.2g}") if is_chance else ""
        return [say("{base}, and no limits on the factors describe them{why}.", base=base, why=why)]
    lines = [say("{sentence}.", sentence=base)]
    for number, one in enumerate(found.findings):
        lines += _box(one, is_first=number == 0)
    missed = found.total - found.together.hits
    if missed:
        share = f"{missed / found.total:.0%}"
        lines.append(say("{n} of {total} losses ({share}) lie outside and have no simple description.", n=f"{missed:,}", total=total, share=share))
    return lines


def limits(box: Box) -> str:
    """Return a box's limits, bound to one condition."""
    parts = [told(limit.words(name)) for name, limit in box.limits.items()]
    whole = parts[0]
    for part in parts[1:]:
        whole = say("{several} and {last}", several=whole, last=part)
    return whole


def _box(one: Finding, *, is_first: bool) -> list[str]:
    """Return what is said of one box, and what speaks against it."""
    found = one.quality
    values = {
        "limits": limits(one.box), "density": f"{found.density:.0%}", "hits": f"{found.hits:,}", "n": f"{found.n:,}",
        "coverage": f"{found.coverage:.0%}",
    }  # fmt: skip
    if is_first:
        lines = [
            say("Relationship marketing loses when {limits}: {density} of such points ({hits} of {n}), covering {coverage} of all losses.", **values)
        ]
    else:
        lines = [
            say(
                "Beyond that, relationship marketing loses when {limits}: {density} of such points ({hits} of {n}), "
                "covering {coverage} of all losses.",
                **values,
            )
        ]
    if found.density < prim.DENSE:
        shares = {"least": f"{prim.SMALLEST:.0%}", "density": f"{prim.DENSE:.0%}"}
        lines.append(say("No box of at least {least} of the points reaches a density of {density}: read it as a tendency.", **shares))
    weak = [name for name, share in one.again.items() if share < 0.5]
    if weak:
        said = say("On fewer than half of {n} resamples does the search limit {factors}: that limit is not firm.", n=RESAMPLES, factors=_either(weak))
        lines.append(said)
    return lines


def _either(parts: list[str]) -> str:
    whole = parts[0]
    for part in parts[1:]:
        whole = say("{one} or {other}", one=whole, other=part)
    return whole


def doubts(undecided: int, points: int, replications: int) -> str:
    """Return at how many points it may be luck alone that makes them losses, or not."""
    if replications < 2:
        return say("One replication a point: whether a point is a loss may be luck.")
    return say(
        "At {open} of {points} points the 95 % interval of the difference (n = {n}) covers 0: there the sign may be luck.",
        open=f"{undecided:,}", points=f"{points:,}", n=replications,
    )  # fmt: skip
