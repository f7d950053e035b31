"""One customer as one agent: who she is, what she believes of every firm, and her month from first to last."""

from math import exp, inf

import mesa
import numpy as np
from scipy.special import ndtri

from sim.customers import empty_block
from sim.draws import Luck
from sim.population import settle
from tests.reference import accounts, choosing, relation, words

NOBODY, NEVER = -1, -32768
MIDDLE = 2.0**-25
"""Half a step of a draw: moves a draw of [0, 1) into the open interval."""


class PlainCustomer(mesa.Agent):
    """A customer: plain numbers, and plain lists with one number per firm."""

    def __init__(self, model, segment, held_out):
        super().__init__(model)
        self.number = self.unique_id - 1
        self.segment, self.held_out = segment, held_out
        self.outlet = self.model.luck["outlet"][self.number]
        self.rewired = model.luck["rewired"][self.number]
        self.far = model.luck["far_neighbour"][self.number]
        self.enter(0)

    # --- entering the market -------------------------------------------------------------------------------------------

    def enter(self, month):
        """Enter the market as someone new, with this month's luck."""
        luck, me, scenario, rules = self.model.luck, self.number, self.model.present, self.model.present.mechanisms
        segment, firms = scenario.segments[self.segment], scenario.firms
        self.draw_need(month)
        spread = (2 * luck["orientation"][me] - 1) * segment.orientation_spread
        self.orientation = min(max(segment.orientation + spread, 0.0), 1.0)
        self.current, self.talk, self.grievances, self.entered = NOBODY, 0, 0, month
        self.taste, self.aware = [], []
        for j, firm in enumerate(firms):
            self.taste.append(round(float(ndtri(luck["taste"][j][me] + MIDDLE)) * segment.taste_spread * 1000.0))
            # Nobody can know a firm that is not there yet.
            self.aware.append(luck["awareness"][j][me] < firm.awareness and firm.enters <= max(month, 1))
        self.reputation = [firm.reputation for firm in firms]
        self.expectation = [rules.satisfaction.start_expectation for _ in firms]
        self.satisfaction = [rules.satisfaction.start for _ in firms]
        self.trust = [rules.commitment_trust.start for _ in firms]
        self.commitment = [0.0 for _ in firms]
        self.social_bond = [0.0 for _ in firms]
        self.structural_bond = [0.0 for _ in firms]
        self.added_value = [0.0 for _ in firms]
        self.value = [0.0 for _ in firms]
        self.purchases = [0 for _ in firms]
        self.first_purchase = [NEVER for _ in firms]
        self.last_purchase = [NEVER for _ in firms]

    def draw_need(self, period):
        """Draw how often she buys and how easily she leaves, with a period's luck: the product's inverse Gamma and Beta, for one customer."""
        block = empty_block(self.number, self.segment, 1, len(self.model.present.firms))
        block.entered = np.zeros(1, np.int64)  # periods before the start have large numbers
        settle(block, np.array([0]), self.model.present, Luck(self.model.luck_seed, period, self.number, 1))
        self.rate, self.dropout = float(block.rate[0]), float(block.dropout[0])

    def pass_time(self, period, luck_of):
        """Live one period before the start: buyers leave the category, and newcomers take their places; no firm has customers yet."""
        if self.arrives():
            self.draw_need(luck_of)
        occasions = choosing.need(self, 1.0)
        if self.model.contractual:
            occasions = int((self.number + period) % self.model.term == 0)
        if self.leaves(self.last_one(), occasions):
            self.rate = 0.0

    def start_with_a_firm(self):
        """Some people are some firm's customers before the first month: since a purchase, or under a contract, up to a year (a term) old."""
        luck, low = self.model.luck["first_firm"][self.number], 0.0
        year = self.model.term if self.model.contractual else max(1, round(12 / self.model.months_per_period))
        back = int(self.model.luck["last_purchase"][self.number] * year)
        for j, firm in enumerate(self.model.present.firms):
            high = low + firm.start_share
            if low <= luck < high and self.rate > 0 and firm.enters <= 1:
                self.current, self.aware[j], self.purchases[j] = j, True, 1
                self.first_purchase[j] = self.last_purchase[j] = -back
            low = high

    # --- what her history says -----------------------------------------------------------------------------------------

    def silence(self, j, month, renews=False):
        """Time since the last purchase over the time allowed: above 1 is lapsed; infinite if she never bought from the firm.

        Under contract there is no silence, but she is at risk when it is to be renewed.
        """
        if self.last_purchase[j] == NEVER:
            return inf
        if self.model.contractual:
            return 2.0 if self.current != j else 0.75 if renews else 0.0
        rule = self.model.rules.database
        allowed = rule.longest
        if self.purchases[j] > 1:
            gap = (self.last_purchase[j] - self.first_purchase[j]) / (self.purchases[j] - 1)
            allowed = min(max(rule.patience * gap, rule.shortest), rule.longest)
        return (month - self.last_purchase[j]) / allowed

    def known_by(self, j, month, offer):
        """What a firm knows of her: what purchases taught it, as far as its people use it and it has not gone stale."""
        rule = self.model.rules.database
        if not rule.active or self.purchases[j] == 0:
            return 0.0
        capability = offer.people * (1 - exp(-offer.crm / rule.scale))
        learned = 1 - exp(-self.purchases[j] / rule.learning)
        return capability * learned * exp(-(month - self.last_purchase[j]) / rule.memory)

    def tier(self, j, silence):
        """Her standing in a firm's programme."""
        rule = self.model.rules.bonds
        if not rule.active or silence > 1:
            return 0.0
        standing = self.purchases[j] / (self.purchases[j] + rule.standing)
        return standing if standing >= rule.join else 0.0

    # --- her month -----------------------------------------------------------------------------------------------------

    def step(self):  # noqa: C901 - the process overview, to be read from first to last
        """Live one month."""
        model, rules, month = self.model, self.model.rules, self.model.month
        offers, books = model.offers[self.segment, self.held_out], model.books[self.segment, self.held_out]
        n = len(offers)
        firms = range(n)

        # 1. A vacated place may be taken by a newcomer.
        renews = self.renews()
        silence = [self.silence(j, month - 1, renews) for j in firms]
        arrives = self.arrives()
        if arrives:
            for j in firms:
                if silence[j] <= 1:
                    books[j]["at_start"] += 1
                    books[j]["lost"] += 1
            self.enter(month)
            renews, silence = False, [inf for _ in firms]
        before = [accounts.kind(self, j, month - 1, silence[j]) for j in firms]

        # 2. Word of mouth, media and scandals.
        if rules.word_of_mouth.active:
            words.hear(self, books)
        words.read(self)

        # 3. Contact, by firms that have her on file; some firms place her by value, and may serve her no more.
        knowledge = [self.known_by(j, month, offers[j]) for j in firms]
        contact, on_file, treated, served = [], [], [], []
        for j in firms:
            felt, filed = relation.contact(self, j, offers[j], silence[j], knowledge[j])
            factor, kept = choosing.placed(self, j, offers[j], silence[j], knowledge[j])
            contact.append(felt * min(factor, 1.0))
            on_file.append(filed if kept else 0)
            treated.append(factor)
            served.append(kept)

        # 4. Need, and 5. whether she thinks again about where to buy.
        needed = choosing.need(self, model.season)
        if model.contractual:
            needed = 1 if self.current != NOBODY else min(needed, 1)
        self.needed = needed
        choosing.become_aware(self, offers)
        why = choosing.thinks_again(self, offers, contact, renews)
        found = [served[j] and model.firms[j].present and choosing.finds(self, j) for j in firms]
        if self.current != NOBODY and not found[self.current]:
            why = choosing.NOT_FOUND

        # 6. Perceived value, and 7. choice.
        tier = [self.tier(j, silence[j]) * treated[j] for j in firms]
        saving = [choosing.extra_offer(self, offers[j], silence[j], knowledge[j]) * treated[j] for j in firms]
        rebate = [min(offers[j].reward * tier[j] + saving[j], 1.0) for j in firms]
        value, lasting, reservation = [], [], []
        for j in firms:
            worth, second, most = choosing.perceived_value(self, j, offers[j], rebate[j], knowledge[j])
            value.append(worth)
            lasting.append(second)
            reservation.append(most)
        lock = [choosing.lock(self, j, offers[j], tier[j]) for j in firms]
        reachable = [self.aware[j] and found[j] for j in firms]
        probability, pull = choosing.probabilities(self, offers, value, lock, contact, reachable, why)
        last = self.last_one()
        bought = choosing.purchases(self, probability, needed, last)

        # 8. Terms; only who is bound by a contract buys without agreement.
        bound = model.contractual and not why
        balance = [relation.balance(self, j, offers[j], pull[j], lock[j], knowledge[j]) for j in firms]
        terms = [relation.terms(self, offers[j], balance[j], reservation[j]) for j in firms]
        refused = [bought[j] > 0 and not terms[j].agreed and not bound for j in firms]
        bought = [0 if refused[j] else bought[j] for j in firms]

        # 9. Experience and satisfaction, 10. complaint and recovery, 11. what it does to the relation.
        fate, good, ended = [0] * n, [None] * n, [0.0] * n
        for j in firms:
            if bought[j] > 0:
                good[j] = relation.episode(self, j, offers[j], bought[j], knowledge[j], terms[j].taken)
                fate[j] = relation.fate(self, j, offers[j], good[j])
                ended[j] = relation.remembered(self, j, fate[j], good[j])
        relation.count_grievances(self, fate, bought)
        for j in firms:
            relation.update(self, j, offers[j], bought[j], contact[j], silence[j], tier[j], terms[j].taken, fate[j], ended[j])

        # 12. Provider, departure, the record, and what she says of it.
        provider = self.current
        self.choose_provider(bought)
        if provider != NOBODY and self.current not in (NOBODY, provider):
            books[self.current]["switched_in"] += 1
            books[provider]["switched_out"] += 1
            books[provider][f"left_{why}"] += 1
        leaves = self.leaves(last, int(renews) if model.contractual else sum(bought))
        if leaves:
            self.rate = 0.0
            if model.contractual:
                self.current = NOBODY
        for j in firms:
            if bought[j] > 0:
                self.purchases[j] += bought[j]
                self.last_purchase[j] = month
                if self.first_purchase[j] == NEVER or (model.contractual and silence[j] > 1):
                    self.first_purchase[j] = month
        words.speak(self, bought)

        # 13. Accounts, and 14. the tally.
        model.arrived += arrives
        model.left += leaves
        for j in firms:
            accounts.pay(self, j, offers[j], books[j], bought[j], terms[j].paid, rebate[j], silence[j], on_file[j], fate[j], reservation[j])
            accounts.count_flow(self, j, books[j], bought[j], silence[j])
            accounts.count_way(self, j, books[j], bought[j], terms[j].paid)
            books[j]["ended"] += silence[j] <= 1 and not served[j]
            accounts.count_kind(self, j, books[j], before[j])
            accounts.count_events(self, j, books[j], bought[j], contact[j], fate[j], balance[j], refused[j], good[j], terms[j].taken)
            accounts.count_state(self, j, books[j], value[j], lasting[j], balance[j], knowledge[j])

    def arrives(self):
        """Say whether a newcomer takes the place of a customer who has left the category."""
        rule = self.model.rules.turnover
        return rule.active and self.rate <= 0 and self.model.luck["arrival"][self.number] < rule.arrival

    def renews(self):
        """Say whether her contract ends this month."""
        model = self.model
        if not model.contractual or self.current == NOBODY:
            return False
        return (model.month - self.first_purchase[self.current]) % model.term == 0

    def choose_provider(self, bought):
        """Take the firm of most purchases as provider, of equals the old one, else one by luck; without any the old one, or none (contracts)."""
        most = max(bought)
        if most > 0:
            if self.current == NOBODY or bought[self.current] < most:
                n, start = len(bought), int(self.model.luck["provider"][self.number] * len(bought))
                self.current = next(j for j in ((start + turn) % n for turn in range(n)) if bought[j] == most)
        elif self.model.contractual:
            self.current = NOBODY

    def last_one(self):
        """Return with which of the month's purchases (renewals) she leaves the category: 1 the first, 0 for reasons of her own, inf not at all."""
        rule, luck = self.model.rules.turnover, self.model.luck["departure"][self.number]
        commitment = self.commitment[self.current] if self.current != NOBODY else 0.0
        if not rule.active:
            return inf
        if luck < rule.departure:
            return 0
        p = self.dropout * (1 - rule.protection * commitment)
        if p <= 0:
            return inf
        n, stays = 1, (1 - rule.departure) * (1 - p)
        while luck >= 1 - stays and n < 100:
            n, stays = n + 1, stays * (1 - p)
        return n

    def leaves(self, last, occasions):
        """Say whether she leaves the category for good this month, given which purchase (renewal) is her last one."""
        return self.rate > 0 and last <= occasions
