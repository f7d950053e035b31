"""Where the two models differ besides their customers: relations with partners, what lasts of firms' efforts, and the books of all parties."""

import numpy as np

from sim.units import MICROS

ATTITUDE, CENT = 1e-4, 0.005


def pairs(plain, fast):
    """Yield everything that is compared about partners and firms: what it is, the plain number, the fast one."""
    web = fast.web
    for market, partners in plain.web.partners.items():
        held = web.dyads[market]
        for partner in partners:
            for j, dyad in enumerate(partner.dyads):
                who = f"of firm {j} with {market} {partner.place}"
                for name, values in held:
                    yield f"{name} {who}", getattr(dyad, name), values[j, partner.place]
                for move, level in enumerate(dyad.levels):
                    yield f"move {move} {who}", level, held.levels[move, j, partner.place]
    for j, firm in enumerate(plain.firms):
        yield f"lead of firm {j}", firm.lead, web.lead[j]
        yield from ((f"fit of firm {j} to segment {s}", fit, web.fit[s, j]) for s, fit in enumerate(firm.fit))
        yield from ((f"bond {bond} copied by firm {j}", copied, web.copied[bond, j]) for bond, copied in enumerate(firm.copied))


def partners_apart(plain, fast):
    """Return where relations with partners, and what lasts of firms' efforts, differ, as sentences: by as much as attitudes may."""
    return [
        f"month {fast.month}, {what}: plain {mine!r}, fast {float(theirs)!r}"
        for what, mine, theirs in pairs(plain, fast)
        if not abs(mine - theirs) <= ATTITUDE * max(1.0, abs(theirs))
    ]


def flows_apart(plain, fast):
    """Return where the books of all parties differ by a cent, as sentences; and customers' moves towards balance."""
    apart, kept = [], fast.office.history.books[-1]
    theirs = {(j, who): amount / MICROS for who, amounts in kept.flows.items() for j, amount in enumerate(amounts.tolist())}
    theirs |= {(j, party): amount for party, amounts in kept.surplus.items() for j, amount in enumerate(amounts.tolist())}
    mine = {**plain.flows, **plain.surplus}
    for key in {**mine, **theirs}:
        if not abs(mine.get(key, 0.0) - theirs.get(key, 0.0)) <= CENT:
            apart.append(f"month {plain.month}, {key}: plain {mine.get(key)!r}, fast {theirs.get(key)!r}")
    for j, firm in enumerate(plain.firms):
        for s, levels in enumerate(firm.moves):
            if not np.allclose(levels, fast.web.moves[:, s, j], atol=ATTITUDE):
                apart.append(f"month {plain.month}, moves of segment {s} and firm {j}: plain {levels}, fast {fast.web.moves[:, s, j]}")
    return apart
