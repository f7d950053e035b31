"""The measures, from a firm's books, one after the other."""

from math import nan


def over(a, b):
    """Return a / b; missing where there is nothing to divide by."""
    return a / b if b != 0 else nan


COUNTED = (
    "customers", "buyers", "purchases", "acquired", "won_back", "switched_in", "switched_out", "complaints", "bad_episodes",
    "complaints_handled", "recovered", "marketed_leads", "parity", "marketer_leads", "negotiated", "agreed",
)  # fmt: skip
MONEY = ("revenue", "cost_of_goods", "cost_acquisition", "cost_retention", "cost_service", "profit")
OF_ACTIVE = ("satisfaction", "trust", "commitment", "social_bond", "structural_bond", "perceived_value", "knowledge", "power_balance")
RUNGS = ("trial", "repeat", "satisfied", "loyal", "advocate", "partner")


def figures(now, year, so_far, sold, first_customers, price, rate, contractual):
    """Return every measure of a firm and month."""
    f = {name: now[name] for name in (*COUNTED, *MONEY)}
    customers, buyers = now["customers"], now["buyers"]
    for name in ("existing", "new", "brand_switcher", "trier", "quitter"):
        f[name if name in ("existing", "new") else name + "s"] = now["class_" + name]
    f["price"] = price
    f["cost_partners"] = 0.0
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
    f["availability"] = f["employee_satisfaction"] = f["employee_turnover"] = nan
    return f
