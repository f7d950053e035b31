"""The measures, from a firm's books, one after the other."""

from math import isnan, nan


def over(a, b):
    """Return a / b; missing where there is nothing to divide by."""
    return a / b if b != 0 else nan


COUNTED = (
    "customers", "buyers", "purchases", "acquired", "won_back", "switched_in", "switched_out", "complaints", "bad_episodes",
    "complaints_handled", "recovered", "marketed_leads", "parity", "marketer_leads", "negotiated", "agreed",
)  # fmt: skip
MONEY = ("revenue", "cost_of_goods", "cost_acquisition", "cost_retention", "cost_service", "cost_partners", "contribution", "profit")
TOLD = (
    "availability", "employee_satisfaction", "employee_turnover", "employee_skill", "service_capability", "employees", "input_cost",
    "late_supplies", "supplier_tenure", "active_suppliers", "supplier_concentration", "distributor_commitment", "stance", "allies",
    "offer_fit", "readiness", "transparency",
)  # fmt: skip
CAUSES = {
    "left_dissatisfied": "left_dissatisfied", "left_for_offer": "left_offer", "left_for_variety": "left_variety",
    "left_at_renewal": "left_renewal", "left_not_found": "left_not_found",
}  # fmt: skip
OF_ACTIVE = (
    "relationship_value", "satisfaction", "trust", "commitment", "social_bond", "structural_bond", "perceived_value", "knowledge",
    "power_balance",
)  # fmt: skip
RUNGS = ("trial", "repeat", "satisfied", "loyal", "advocate", "partner")


def figures(now, year, so_far, value, sold, first_customers, needs, entrants, price, rate, contractual, told):
    """Return every measure of a firm and month."""
    f = {name: now[name] for name in (*COUNTED, *MONEY)}
    customers, buyers = now["customers"], now["buyers"]
    for name in ("existing", "new", "brand_switcher", "trier", "quitter"):
        f[name if name in ("existing", "new") else name + "s"] = now["class_" + name]
    f["price"] = price
    f["relationship_cost"] = now["cost_retention"] + now["cost_partners"]
    spent = year["cost_retention"] + year["cost_partners"]
    f["return_on_relationships"] = over(year["contribution"] + year["cost_retention"], spent)
    f["customer_surplus"] = now["worth"] - now["revenue"] + now["rebates"] + now["introductions"] + now["compensation"]
    f["cumulative_profit"] = so_far["profit"]
    f["hhi"] = sum(over(n, sum(sold)) ** 2 for n in sold) if sum(sold) else 0.0
    f["market_share"] = over(now["purchases"], sum(sold))

    f["lapsed"] = nan if contractual else now["lost"]
    f["cancelled"] = now["lost"] if contractual else nan
    f["churn_rate"] = over(now["lost"], now["at_start"])
    f["retention_rate"] = 1 - over(now["lost"], now["at_start"])

    f["acquisition_cost_per_customer"] = over(year["cost_acquisition"], year["acquired"] + year["won_back"])
    f["retention_cost_per_customer"] = over(now["cost_retention"], customers)
    f["clv_realised"] = over(so_far["discounted_contribution"], so_far["acquired"] + first_customers)
    margin, retention = over(year["contribution"], year["customers"]), 1 - over(year["lost"], year["at_start"])
    f["clv_expected"] = over(margin * retention, 1 + rate - retention)
    f["customer_equity"] = f["clv_expected"] * customers

    f["repeat_rate"] = over(now["repeat_buyers"], buyers)
    f["share_of_requirements"] = over(now["own_purchases"], now["category_purchases"])
    f["loyal_share"] = over(now["cell_loyal"], customers)
    f["latent_share"] = over(now["cell_latent"], customers)
    f["spurious_share"] = over(now["cell_spurious"], customers)
    f["no_loyalty_share"] = over(now["cell_no_loyalty"], customers)
    f["net_promoters"] = over(now["promoters"] - now["detractors"], customers)
    for rung in RUNGS:
        f["rung_" + rung] = over(now["rung_" + rung], customers)

    f["surplus_share"] = over(now["taken"], buyers)
    f["tenure"] = over(now["tenure"], customers)
    for name in OF_ACTIVE:
        f[name] = over(now[name], customers)
    f["reputation"] = over(now["reputation"], now["people"])
    for name in ("performance", "expectation", "attribute_satisfaction", "information_satisfaction"):
        f[name] = over(now[name], buyers)
    f["expectations_congruency"] = over(now["performance"] - now["expectation"], buyers)
    f["desires_congruency"] = over(now["performance"] - now["desired"], buyers)
    f["good_contacts"] = over(now["contacts_good"], now["contacted"])
    f["word_of_mouth_positive"] = now["heard_good"]
    f["word_of_mouth_negative"] = now["heard_bad"]
    f |= {name: now[cause] for name, cause in CAUSES.items()}
    f |= {name: told[name] for name in TOLD}
    f["ended_by_firm"], f["complaints_turned_away"], f["value_over_time"] = now["ended"], now["turned_away"], value
    f["sole_buyers"] = over(now["sole_buyers"], customers)
    stages(f, now)
    forces(f, now, sold, needs, entrants, told)
    return f


def stages(f, now):
    """Add how far customers have come: by stage, of the active ones; by funnel, of everybody."""
    people, higher = now["people"], now["rung_advocate"] + now["rung_partner"]
    f["stage_transaction"] = f["rung_trial"] + f["rung_repeat"]
    f["stage_service"] = f["rung_satisfied"]
    f["stage_relationship"] = f["rung_loyal"] + f["rung_advocate"] + f["rung_partner"]
    f["funnel_know"] = now["known"] / people
    f["funnel_interact"] = now["customers"] / people
    f["funnel_satisfy"] = (now["rung_satisfied"] + now["rung_loyal"] + higher) / people
    f["funnel_value"] = higher / people


def forces(f, now, sold, needs, entrants, told):
    """Add both sides' dependence, and the five forces."""

    def pressed(balance):
        return nan if isnan(balance) else min(max((1 - balance) / 2, 0.0), 1.0)

    f["firm_dependence"] = over(now["importance"], now["customers"]) * told["idle"]
    f["dependence"] = f["power_balance"] - told["information_weight"] * f["knowledge"] + f["firm_dependence"] + told["against"]
    f["pressure_buyers"], f["pressure_suppliers"] = pressed(f["power_balance"]), pressed(told["supplier_balance"])
    f["pressure_rivals"] = 1 - over(now["purchases"], sum(sold))
    f["pressure_entrants"] = over(sum(n for n, entrant in zip(sold, entrants, strict=True) if entrant), sum(sold))
    f["pressure_substitutes"] = min(max(1 - sum(sold) / needs, 0.0), 1.0) if needs else nan
