"""What a customer's month means for a firm's books: money, and everything that is counted."""

from sim.units import MICROS
from tests.reference import choosing

PROMOTER, DETRACTOR = 0.70, 0.45


def rounded(amount):
    """Return an amount of money in currency, rounded to a millionth: every amount is rounded once and then added up."""
    return round(amount * MICROS) / MICROS


def pay(customer, j, offer, book, n, paid, rebate, silence, on_file, fate, reservation):
    """Book what she paid and what she cost, and add what is left, discounted, to her value for the firm."""
    rule = customer.model.rules.accounts
    revenue, back = paid * n, rebate * paid * n
    goods = offer.unit_cost * n
    compensation = offer.compensation if fate == 5 else 0.0
    service = offer.cost_of_service * n + compensation
    if fate >= 4 and rule.active:
        service += rule.answer
    # A rebate to somebody who is no customer wins her; to a customer it keeps her.
    retention = offer.cost_of_attention * n
    if silence <= 1:
        retention += offer.cost_of_relation + back
        book["rebates"] += rounded(back)
    else:
        book["introductions"] += rounded(back)
    retention += offer.cost_of_contacts if on_file == 1 else offer.card if on_file == 2 else 0.0
    revenue, goods, service, retention = rounded(revenue), rounded(goods), rounded(service), rounded(retention)
    contribution = revenue - goods - service - retention
    customer.value[j] += contribution * customer.model.discount
    book["revenue"] += revenue
    book["cost_of_goods"] += goods
    book["cost_service"] += service
    book["cost_retention"] += retention
    book["contribution"] += contribution
    book["compensation"] += rounded(compensation)
    book["attention"] += rounded(offer.cost_of_attention * n)
    book["worth"] += rounded(reservation * n)


def count_way(customer, j, book, n, paid):
    """Count her purchases through the distributor where she shops, as far as the firm's own channel did not make them."""
    model = customer.model
    if not model.shelves or n == 0:
        return
    distributor = choosing.shop(customer)
    shelf = distributor.dyads[j].shelf
    via = shelf / max(1 - (1 - shelf) * (1 - model.firms[j].now.direct), 1e-9)
    book[f"purchases through {distributor.place}"] += rounded(via * n)
    book[f"revenue through {distributor.place}"] += rounded(via * paid * n)


def count_flow(customer, j, book, n, silence):
    """Count whether she came, came back, stayed or was lost."""
    month = customer.model.month
    was, now = silence <= 1, customer.silence(j, month) <= 1
    mine, everywhere = customer.purchases[j], sum(customer.purchases)
    had = mine - n > 0
    age = month - customer.first_purchase[j]
    book["at_start"] += was
    book["customers"] += now
    book["acquired"] += now and not was and not had
    book["won_back"] += now and not was and had
    book["lost"] += was and not now
    book["buyers"] += n > 0
    book["purchases"] += n
    book["repeat_buyers"] += n > 0 and had
    if now:
        book["tenure"] += age
        book["own_purchases"] += mine
        book["category_purchases"] += everywhere
        book["sole_buyers"] += mine >= 2 and mine == everywhere


def kind(customer, j, month, silence):
    """Return to which of the database's classes she belongs."""
    if silence > 1:
        return "quitter" if customer.purchases[j] > 0 else "no_history"
    if customer.current != j:
        return "brand_switcher"
    if customer.purchases[j] <= 1:
        return "trier"
    newness = round(customer.model.rules.database.newness / customer.model.months_per_period)
    return "new" if month - customer.first_purchase[j] <= newness else "existing"


def count_kind(customer, j, book, before):
    """Count the class to which she belongs now, and from which one she came."""
    month = customer.model.month
    after = kind(customer, j, month, customer.silence(j, month))
    book["class_" + after] += 1
    book[before, after] += 1


def count_events(customer, j, book, n, contact, fate, balance, refused, episode, taken):
    """Count complaints, contacts, negotiations, and what this month's buyers experienced."""
    book["bad_episodes"] += fate >= 1
    book["complaints"] += fate >= 2
    book["turned_away"] += fate == 2
    book["complaints_handled"] += fate >= 4
    book["recovered"] += fate == 5
    book["contacted"] += contact != 0
    book["contacts_good"] += contact > 0
    rule = customer.model.rules.power
    if rule.active and abs(balance) <= rule.eps:
        book["negotiated"] += n > 0 or refused
        book["agreed"] += n > 0
    if n > 0:
        book["taken"] += taken
        book["performance"] += episode.performance
        book["expectation"] += episode.expectation
        book["attribute_satisfaction"] += episode.attribute
        book["information_satisfaction"] += episode.information
        book["desired"] += customer.model.present.segments[customer.segment].desire


def count_state(customer, j, book, value, lasting, balance, knowledge):
    """Add up the attitudes of active customers, who leads, and the places on the ladder; reputation is everybody's."""
    model = customer.model
    book["reputation"] += customer.reputation[j]
    book["known"] += customer.aware[j]
    if customer.silence(j, customer.model.month) > 1:
        return
    book["satisfaction"] += customer.satisfaction[j]
    book["trust"] += customer.trust[j]
    book["commitment"] += customer.commitment[j]
    book["social_bond"] += customer.social_bond[j]
    book["structural_bond"] += customer.structural_bond[j]
    book["perceived_value"] += value
    book["relationship_value"] += lasting
    book["importance"] += customer.rate / (customer.rate + model.mean_rate[customer.segment])
    book["knowledge"] += knowledge
    book["power_balance"] += balance
    rule = model.rules.power
    if rule.active:
        book["marketed_leads" if balance < -rule.eps else "marketer_leads" if balance > rule.eps else "parity"] += 1
    book["promoters"] += customer.satisfaction[j] >= PROMOTER
    book["detractors"] += customer.satisfaction[j] < DETRACTOR
    rung, cell = places(customer, j)
    book["rung_" + rung] += 1
    book["cell_" + cell] += 1


def places(customer, j):
    """Return an active customer's rung on the ladder, and her cell of loyalty."""
    rule, bought, satisfaction = customer.model.rules.ladder, customer.purchases[j], customer.satisfaction[j]
    attitude = (customer.trust[j] + customer.commitment[j] + satisfaction) / 3
    patron = bought >= 2 and bought >= rule.patronage * sum(customer.purchases)
    warm = attitude >= rule.attitude
    cell = ("loyal" if warm else "spurious") if patron else ("latent" if warm else "no_loyalty")
    if bought < 2:
        rung = "trial"
    elif satisfaction < rule.satisfied:
        rung = "repeat"
    elif cell != "loyal":
        rung = "satisfied"
    elif attitude < rule.advocate:
        rung = "loyal"
    elif customer.social_bond[j] < rule.partner:
        rung = "advocate"
    else:
        rung = "partner"
    return rung, cell
