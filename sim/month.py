"""One month of the market, first to last. Read this first.

Mechanisms take arrays and return arrays; only this file assigns customers' columns, in the order that the theory implies. What
customers read of each other is what was published at the end of last month.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim import population, tally
from sim.customers import Block
from sim.draws import Luck
from sim.mechanisms.consideration import CAUSES
from sim.mechanisms.database import CLASSES
from sim.now import Now, Offer
from sim.units import Flags, PerDyad, Sums

Outcome = dict[str, Sums]
"""Exact sums of a block's month, by name; those of blocks add up to those of the market."""

PROMOTER, DETRACTOR = 0.70, 0.45  # assumed: satisfaction that stands for 9-10 and for 0-6 on the recommendation scale (reichheld2003)


def carry_out(block: Block, now: Now) -> Outcome:
    """Carry out one month for the customers of a block: change its columns, return what happened."""
    b, rules, market = block, now.rules, now.scenario.market
    segment, offer = now.scenario.segments[b.segment], (now.held_out if b.held_out else now.offers)[b.segment]
    plan, n_firms = offer.plan, len(now.scenario.firms)
    luck, born = Luck(now.seed, now.month, b.first, b.n), Luck(now.seed, 0, b.first, b.n)
    contractual = market.setting == "contractual"
    vacated = np.zeros(n_firms, np.int64)

    # 1. Turnover: newcomers take the places of those who have left the category.
    renews = _renews(b, now) if contractual else np.zeros(b.n, np.uint8)
    silence = _silence(b, now, now.month - 1, renews)
    arrives = rules.turnover.arrives(luck.uniform("arrival"), b.rate)
    if arrives.any():
        rows = np.flatnonzero(arrives)
        vacated = (silence[:, rows] <= 1.0).sum(axis=1)
        population.settle(b, rows, now.scenario, luck.some(rows))
        silence[:, rows] = np.float32(1e9)
        renews[rows] = 0

    was = _classes(b, now, silence, now.month - 1)

    # 2. Word of mouth: everyone meets an acquaintance and hears what was said last month; media have their say, scandals shake trust.
    words = _hear(b, now, luck, born)

    # 3. Contact: firms write to whom they have on file, as well as they know them; some place customers by value, and end relations.
    knowledge = rules.database.knowledge(plan["crm"], offer.people, b.purchases, b.last_purchase, now.month)
    contact, on_file = rules.contact.effect(
        luck.uniforms("contact", n_firms), silence, knowledge, b.orientation, offer.pressure, plan["dialogue"], plan["automation"],
        plan["reactivation"], offer.capability, now.months,
    )  # fmt: skip
    served, treated = _portfolio(b, now, offer, silence, knowledge)
    if treated is not None:
        contact, on_file = contact * np.minimum(treated, 1.0).astype(np.float32), on_file * served

    # 4. Need: how many purchases this month; a subscriber needs one.
    needed = rules.need.purchases(luck.uniform("purchases"), b.rate, now.season)
    if contractual:
        subscribed = b.current >= 0
        needed = np.where(subscribed, 1, np.minimum(needed, 1)).astype(np.int32)

    # 5. Consideration: who is known and found, and who thinks again. Contracts can be left only when they end.
    b.aware = rules.consideration.aware(b.aware, luck.uniforms("advertising", n_firms), offer.reached)
    b.expectation = rules.satisfaction.hopes(b.expectation, b.aware, offer.promised, offer.reached)
    again = rules.consideration.thinks_again(
        luck.uniform("trigger"), b.current, b.grievances, b.aware, contact, plan["discount"] + plan["poaching"], plan["novelty"], renews, now.months
    )
    if contractual:
        again *= ((renews > 0) | (b.current < 0)).astype(np.uint8)
    outlet, found = _found(b, now, luck, born, served, contractual)
    reachable = b.aware
    if found is not None:
        reachable, again = b.aware & found, rules.consideration.missing(again, b.current, found)
    free_to_go = again if contractual else np.ones_like(again)

    # 6. Perceived value at the price that each customer sees: list price less her programme's rebate and save offer.
    tier = rules.bonds.tier(b.purchases, silence)
    saving = rules.database.offer(knowledge, silence, plan["save_offer"], plan["poaching"])
    if treated is not None:
        tier, saving = tier * treated, saving * treated
    rebate, seen = rules.bonds.price(offer.price, plan["reward"], tier, saving)
    value, lasting, reservation = rules.perceived_value.value(
        b.expectation, plan["service"], plan["participation"], seen, knowledge, b.trust, b.structural_bond, b.added_value, b.orientation,
        segment.desire,
    )  # fmt: skip

    # 7. Choice: a firm for every purchase, or none. Only those who need something have an episode: steps 8 to 10 look at them alone.
    lock = rules.choice.lock(b.structural_bond, tier, plan["reward"], market.switching_cost)
    probability, pull = rules.choice.probability(
        value, b.commitment, b.reputation, contact, b.taste, lock, offer.brand, reachable, again, b.current, b.orientation,
        segment.price_sensitivity, market.outside_utility, now.months,
    )  # fmt: skip
    who = np.flatnonzero(needed)
    needs, theirs = needed[who], luck.some(who)
    lasts = rules.turnover.lasts(luck.uniform("departure"), b.dropout, b.commitment, b.current)
    chosen = rules.choice.quantity(_of(probability, who), needs, theirs.uniforms("choice", int(needs.max(initial=0))), lasts[who])

    # 8. Terms: what each pays, by the balance of power; some negotiations end without a purchase.
    balance = rules.power.balance(b.purchases, pull, lock, b.current, knowledge, b.rate, now.mean_rates[b.segment], offer.sides)
    terms = rules.power.terms(
        _of(balance, who), offer.price, offer.unit_cost, _of(reservation, who), plan["forbearance"], theirs.uniform("reservation"),
        chosen, free_to_go[who], now.conditions.cap,
    )  # fmt: skip

    # 9. Experience and satisfaction: what was delivered, against what was wished for, expected and promised.
    failed = rules.experience.failed(theirs.uniforms("failure", n_firms), terms.bought, offer.reliability, plan["service"])
    performance = rules.experience.performance(theirs.uniforms("performance", n_firms), failed, _of(knowledge, who), offer.offered)
    expected = _of(b.expectation, who)
    episode, constructs = rules.satisfaction.episode(performance, expected, terms.taken, offer.promised, offer.told, segment.desire, terms.bought)
    b.expectation[:, who] = rules.satisfaction.expectation(expected, performance, terms.bought)

    # 10. Complaint and recovery; what lasts of an episode is how it ended.
    what = rules.complaints.fate(
        theirs.uniform("voice"), theirs.uniform("fate_of_complaint"), episode, failed, terms.bought, _of(b.commitment, who), offer.answer
    )
    satisfied = rules.satisfaction.satisfaction(_of(b.satisfaction, who), episode, terms.bought)
    b.satisfaction[:, who] = rules.complaints.satisfaction(satisfied, what, b.grievances[who])
    ended = rules.complaints.ended(episode, what, b.grievances[who])
    b.added_value[:, who] = rules.perceived_value.added(_of(b.added_value, who), ended, terms.bought)
    b.grievances[who] = rules.complaints.grievances(b.grievances[who], what, terms.bought)
    bought, paid, taken = _spread(terms.bought, who, b.n), _spread(terms.paid, who, b.n), _spread(terms.taken, who, b.n)
    overall, fate, agreed = _spread(ended, who, b.n), _spread(what, who, b.n), _spread(terms.agreed, who, b.n)

    # 11. Trust, commitment, bonds: what the month's events made of the relation.
    b.trust = rules.commitment_trust.trust(b.trust, overall, bought, contact, taken, fate, plan["shared_values"], plan["openness"])
    b.social_bond = rules.bonds.social(b.social_bond, bought, contact, b.orientation, plan["social"], now.conditions.turnover)
    b.structural_bond = rules.bonds.structural(b.structural_bond, bought, silence, plan["structural"])
    b.commitment = rules.commitment_trust.commitment(
        b.commitment, b.trust, bought, contact, b.social_bond, b.structural_bond, tier, b.orientation, plan["shared_values"],
        plan["participation"],
    )  # fmt: skip

    # 12. Record: the provider, the purchases, and who leaves the category; nobody is told but a contract's partner.
    provider, occasions = rules.database.provider(b.current, bought, luck.uniform("provider"), contractual)
    switched = tally.switches(b.current, provider, again, np.int64(n_firms), np.int64(len(CAUSES)))
    if contractual:
        occasions = renews.astype(np.int32)
    leaves = rules.turnover.leaves(lasts, occasions, b.rate)
    b.rate[leaves] = 0.0
    if contractual:
        provider[leaves] = -1
    b.current = provider
    b.purchases, b.first_purchase, b.last_purchase = rules.database.record(
        b.purchases, b.first_purchase, b.last_purchase, silence, bought, now.month, contractual
    )
    b.talk = rules.word_of_mouth.speak(luck.uniform("talk"), b.current, b.satisfaction, bought, b.social_bond)

    # 13. Accounts: who paid what, and what each relation has brought.
    money, side, contribution, spent = rules.accounts.amounts(bought, paid, rebate, silence, fate, on_file, reservation, offer.costs)
    b.value = rules.accounts.value(b.value, contribution, now.discount)

    # 14. Tally.
    after = _silence(b, now, now.month, np.zeros_like(renews))
    rung, cell = rules.ladder.places(b.purchases, after, b.trust, b.commitment, b.satisfaction, b.social_bond)
    counts = tally.dyads(b, silence, after, bought, fate, contact, agreed, balance, rules.power.eps, now.month, PROMOTER, DETRACTOR)
    if not rules.power.active:
        counts[[tally.COUNTS.index(name) for name in tally.REGIMES]] = 0
    # A place that a newcomer took was still counted at the start of the month: its old customer is lost.
    counts[tally.COUNTS.index("at_start")] += vacated
    counts[tally.COUNTS.index("lost")] += vacated
    active = {
        "satisfaction": b.satisfaction, "trust": b.trust, "commitment": b.commitment, "social_bond": b.social_bond,
        "structural_bond": b.structural_bond, "perceived_value": value, "power_balance": balance, "knowledge": knowledge,
        "relationship_value": lasting,
    }  # fmt: skip
    through = np.zeros((2, n_firms, 0), np.int64)
    if outlet is not None and now.conditions.shelves is not None:
        shelves = now.conditions.shelves
        through = rules.distribution.through(outlet, bought, paid, shelves.shelf, shelves.direct)
    return {
        "counts": counts,
        "means": np.array([tally.total(after, active[name]) for name in tally.MEANS]),
        "constructs": constructs,
        "taken": tally.bought_total(bought, taken),
        "reputation": tally.total(np.zeros_like(after), b.reputation),
        "importance": tally.shared_total(after, rules.power.importance(b.rate, now.mean_rates[b.segment])),
        "rungs": tally.counts_of(rung, after, np.int64(7)),
        "classes": tally.moves(was, _classes(b, now, after, now.month), np.int64(len(CLASSES))),
        "regimes": _regimes(b, now, after, balance, bought, taken),
        "cells": tally.counts_of(cell, after, np.int64(4)),
        "money": money,
        "side": side,
        "through": through,
        "ended": ((served == 0) & (silence <= 1.0)).sum(axis=1) if treated is not None else np.zeros(n_firms, np.int64),
        "spent": np.array([spent.sum()]),
        "switches": switched,
        "words": words.T,
        "cohorts": tally.cohorts(b.first_purchase, after, bought, contribution, np.int64(now.scenario.periods + 1)),
        "people": np.array([int((b.rate > 0).sum()), int(arrives.sum()), int(leaves.sum())]),
        "needs": np.full(n_firms, int(needed.sum())),
        "known": b.aware.sum(axis=1, dtype=np.int64),
    }


def _hear(b: Block, now: Now, luck: Luck, born: Luck) -> Sums:
    """Let customers hear acquaintances, media and scandals; return good and bad words heard, (n_firms, 2)."""
    rules, said = now.rules, now.conditions
    words = np.zeros((len(b.aware), 2), np.int64)
    if rules.word_of_mouth.active:
        met = rules.word_of_mouth.met(luck.uniform("neighbour"), born.uniform("rewired"), born.uniform("far_neighbour"), b.first, now.population)
        b.aware, b.reputation, words = rules.word_of_mouth.hear(met, now.said, now.of, luck.uniform("heard"), b.aware, b.reputation)
    if said.publicity.any():
        b.reputation = rules.influence.published(b.reputation, said.message, said.publicity)
    b.trust = rules.influence.shaken(b.trust, said.scandal)
    return words


def _regimes(b: Block, now: Now, after: PerDyad, balance: PerDyad, bought: PerDyad, taken: PerDyad) -> Sums:
    """Return what is counted by who leads; nothing where power is switched off."""
    power = now.rules.power
    if not power.active:
        return np.zeros((3, len(tally.IN_REGIME), len(balance)), np.int64)
    return tally.by_regime(after, balance, np.float32(power.eps), bought, taken, b.trust, b.commitment, b.satisfaction)


def _portfolio(b: Block, now: Now, offer: Offer, silence: PerDyad, knowledge: PerDyad) -> tuple[Flags, PerDyad | None]:
    """Return whom firms serve, and the factor on what each customer gets; none where no firm tells its customers apart."""
    rule, effort = now.rules.portfolio, offer.plan["portfolio"]
    if not rule.active or not effort.any():
        return np.ones(silence.shape, np.uint8), None
    cells = rule.cells(b.purchases, b.first_purchase, silence, knowledge, b.value, now.month, offer.typical_value, offer.typical_rate, now.months)
    return rule.served(cells, effort), rule.treated(cells, effort)


def _found(b: Block, now: Now, luck: Luck, born: Luck, served: Flags, contractual: bool) -> tuple[Flags | None, Flags | None]:
    """Return where customers shop, and which firms they find this month; nothing where everybody finds every firm."""
    shelves, present = now.conditions.shelves, now.conditions.present
    if shelves is None and present.all() and served.all():
        return None, None
    found = (served * present[:, None]).astype(np.uint8)
    outlet = None
    if shelves is not None:
        outlet = now.rules.distribution.outlet(born.uniform("outlet"), shelves.reach)
        on_shelf = now.rules.distribution.found(luck.uniforms("shelf", len(present)), outlet, shelves.shelf, shelves.direct)
        if contractual:
            # A contract that runs needs no shelf.
            on_shelf[np.maximum(b.current, 0), np.arange(b.n)] |= (b.current >= 0).astype(np.uint8)
        found &= on_shelf
    return outlet, found


def _of(column: NDArray[Any], who: NDArray[np.int64]) -> NDArray[Any]:
    """Return some customers' part of a column, contiguous."""
    return np.take(column, who, axis=1)


def _spread(part: NDArray[Any], who: NDArray[np.int64], n: int) -> NDArray[Any]:
    """Return a column of all customers with some customers' part, and 0 for the others."""
    column = np.zeros((len(part), n), part.dtype)
    column[:, who] = part
    return column


def _silence(b: Block, now: Now, month: int, renews: Flags) -> PerDyad:
    if now.scenario.market.setting == "contractual":
        return now.rules.database.subscription(b.current, b.last_purchase, renews)
    return now.rules.database.silence(b.purchases, b.first_purchase, b.last_purchase, month)


def _classes(b: Block, now: Now, silence: PerDyad, month: int) -> Flags:
    return now.rules.database.classes(b.purchases, b.first_purchase, silence, b.current, month, now.scenario.months_per_period)


def _renews(b: Block, now: Now) -> Flags:
    """Return whose contract ends this month."""
    began = np.take_along_axis(b.first_purchase, np.maximum(b.current, 0)[None, :], 0)[0].astype(np.int64)
    ends = (now.month - began) % now.term == 0
    return np.asarray(ends & (b.current >= 0), np.uint8)
