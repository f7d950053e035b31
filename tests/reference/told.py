"""What the other five markets tell of a firm this month; missing where a market is not there."""

from math import nan

MISSING = (
    "availability", "employee_satisfaction", "employee_turnover", "employee_skill", "service_capability", "employees", "input_cost",
    "late_supplies", "supplier_tenure", "active_suppliers", "supplier_concentration", "supplier_balance", "distributor_commitment", "stance",
    "allies",
)  # fmt: skip


def told(model, firm, segments):
    """Return what is told of a firm, over some segments."""
    web, j, people = model.web, firm.place, [model.sizes[s] for s in segments]

    def over_segments(values):
        return sum(value * n for value, n in zip(values, people, strict=True)) / sum(people)

    found = dict.fromkeys(MISSING, nan)
    found |= {
        "information_weight": model.rules.power.information,
        "against": over_segments([model.offers[s, False][j].against for s in segments]),
        "idle": over_segments([model.offers[s, False][j].idle for s in segments]),
        "transparency": min(model.market.transparency + model.transparency, 1.0),
        "offer_fit": over_segments([firm.fit[s] for s in segments]),
        "readiness": firm.ready(),
    }
    if firm.now.unit_cost is not None:
        found["input_cost"] = firm.now.unit_cost
    relations = {market: [partner.dyads[j] for partner in partners] for market, partners in web.partners.items() if web.lives(market)}
    if "supplier" in relations:
        found |= of_suppliers(relations["supplier"])
    if "distributor" in relations:
        found["availability"] = availability(firm, web.partners["distributor"])
        found["distributor_commitment"] = mean(relations["distributor"], "commitment")
    if "internal" in relations:
        dyads = relations["internal"]
        found |= {"employee_" + name: mean(dyads, name) for name in ("satisfaction", "turnover", "skill")}
        found |= {"service_capability": firm.now.capability, "employees": sum(dyad.volume for dyad in dyads)}
    if "influencer" in relations:
        found["stance"] = mean(relations["influencer"], "stance")
    if "competitor" in relations:
        found["allies"] = sum(dyad.allied for dyad in relations["competitor"])
    return found


def mean(dyads, name):
    """Return the mean of a column over a firm's relations."""
    return sum(getattr(dyad, name) for dyad in dyads) / len(dyads)


def of_suppliers(dyads):
    """Return what suppliers tell of a firm."""
    serving = [dyad for dyad in dyads if dyad.related]
    return {
        "late_supplies": sum(dyad.orders * dyad.late for dyad in dyads),
        "supplier_tenure": sum(dyad.orders * dyad.tenure for dyad in dyads),
        "active_suppliers": len(serving),
        "supplier_concentration": sum(dyad.orders**2 for dyad in dyads),
        "supplier_balance": mean(serving, "balance") if serving else nan,
    }


def availability(firm, distributors):
    """Return the chance that a customer finds a firm, averaged over where customers shop."""
    everybody = sum(distributor.spec.reach for distributor in distributors)
    shelf = sum(distributor.dyads[firm.place].shelf * distributor.spec.reach / everybody for distributor in distributors)
    return 1 - (1 - shelf) * (1 - firm.now.direct)
