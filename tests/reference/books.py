"""The books of all parties: who paid whom for what, and what each party has from the trade beyond what it would have without."""

from tests.reference import suppliers


def close(model):
    """Write the month's flows and surplus, firm by firm, and charge the cost of partners to the firm's books."""
    model.flows, model.surplus = {}, {}
    for firm in model.firms:
        total = model.sums([model.books], range(len(model.sizes)), firm.place)
        costs = dict(firm.now.costs)
        margins = kept = handled = 0.0
        if model.web.lives("distributor"):
            margins, kept, handled = margin(model, firm, total)
        labour = total["cost_service"] - total["compensation"] + total["attention"]
        if model.web.lives("internal"):
            rule, does = model.rules.internal_market, firm.does
            talk = (does.employee_participation + does.internal_dialogue) / 2
            costs["employees"] = labour * (rule.training_cost * does.training + rule.talk_cost * talk)
        partners = sum(costs.values()) + margins
        pass_on(model, firm.place, partners, total["revenue"])
        flow(model, firm, total, labour, costs, margins)
        share_out(model, firm, total, labour, kept - handled, partners)


def margin(model, firm, total):
    """Return what distributors keep of this month's revenue, twice, and what handling the goods costs them."""
    kept = handled = 0.0
    for distributor in model.web.partners["distributor"]:
        through = total[f"revenue through {distributor.place}"]
        kept += through * distributor.dyads[firm.place].margin
        handled += through * model.rules.distribution.handling
    return kept, kept, handled


def pass_on(model, j, partners, revenue):
    """Part the cost of partners among the segments by revenue; evenly where there is none."""
    for s in range(len(model.sizes)):
        own = model.sums([model.books], [s], j)["revenue"]
        model.books[s, False][j]["cost_partners"] = partners * (own / revenue if revenue else 1 / len(model.sizes))


def flow(model, firm, total, labour, costs, margins):
    """Write who paid whom."""
    goods = "supplier" if model.web.lives("supplier") else "outside"
    hands = "employees" if model.web.lives("internal") else "outside"
    amounts = {
        ("customer", "firm", "purchases"): total["revenue"],
        ("firm", "customer", "rebates"): total["rebates"] + total["introductions"],
        ("firm", "customer", "compensation"): total["compensation"],
        ("firm", goods, "goods"): total["cost_of_goods"],
        ("firm", hands, "labour"): labour,
        ("firm", "outside", "contacts, database and conduct"): total["cost_retention"] - total["rebates"] - total["attention"],
        ("firm", "outside", "advertising and campaigns"): total["advertising"],
        ("firm", "distributor", "margins"): margins,
    }
    amounts |= {("firm", where, "relations"): amount for where, amount in costs.items()}
    for who, amount in amounts.items():
        model.flows[firm.place, who] = amount


def share_out(model, firm, total, labour, distributors, partners):
    """Write each party's surplus."""
    paid = total["revenue"] - total["rebates"] - total["introductions"] - total["compensation"]
    spent = total["cost_of_goods"] + total["cost_service"] + total["cost_retention"] + total["introductions"] + total["advertising"] + partners
    model.surplus[firm.place, "customer"] = total["worth"] - paid
    model.surplus[firm.place, "firm"] = total["revenue"] - spent
    if model.web.lives("supplier"):
        gain, bought = 0.0, 0.0
        for supplier in model.web.partners["supplier"]:
            dyad = supplier.dyads[firm.place]
            bought += dyad.orders * dyad.price
            gain += dyad.orders * (dyad.price - suppliers.own_cost(model.rules.supply, firm, supplier, dyad))
        model.surplus[firm.place, "supplier"] = total["cost_of_goods"] * gain / bought if bought else 0.0
    if model.web.lives("distributor"):
        model.surplus[firm.place, "distributor"] = distributors
    if model.web.lives("internal"):
        departments = model.web.partners["internal"]
        wage = sum(department.dyads[firm.place].wage for department in departments) / len(departments)
        model.surplus[firm.place, "employees"] = labour * (1 - model.rules.internal_market.low / wage) if firm.now.labour > 0 else 0.0
