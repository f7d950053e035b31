"""Does the fast model agree with the plain one? Setting one to the other's state, comparing them, and proving that a flip is a tie."""

import numpy as np

from sim.customers import columns
from sim.draws import FIRST_DRAWS
from sim.measures import measures
from tests.reference import accounts
from tests.reference.apart import ATTITUDE, CENT, flows_apart, partners_apart

COLUMNS = columns()
LISTS = {name for name, declared in COLUMNS.items() if declared.metadata["dyad"]}
DISCRETE = ("current", "talk", "grievances", "entered", "taste", "aware", "purchases", "first_purchase", "last_purchase")
TRAITS = ("rate", "dropout", "orientation")
ATTITUDES = ("reputation", "expectation", "satisfaction", "trust", "commitment", "social_bond", "structural_bond", "added_value")
COUNTS = {"customers", "purchases", "complaints", "episodes", "messages"}
"""Units of the measures that are whole numbers."""
TRAIT = 1e-6
TIE = 1e-5
"""A draw this near to its threshold, relative to itself, is a tie: float32 cannot decide it. Or nearer than two steps of a draw."""
STEPS = 2 * 2.0**-24
MONTHLY = ("purchases", "trigger", "voice", "fate_of_complaint", "neighbour", "heard", "talk", "arrival", "departure", "reservation", "provider")
PER_FIRM = ("failure", "performance", "contact", "advertising", "shelf")
MOST_SEARCHED = 5
"""Customers of one month whose ties are looked for: more of them are a bug, and would take long to search."""
THRESHOLDS = {
    "power": ("eps",),
    "database": ("patience", "shortest", "longest"),
    "contact": ("patience",),
    "complaints": ("threshold",),
    "word_of_mouth": ("neutral",),
    "ladder": ("attitude", "patronage", "satisfied", "advocate", "partner"),
    "bonds": ("join",),
    "distribution": ("least",),
    "competition": ("bar", "breach"),
}
"""Parameters to which an attitude or a balance is compared."""


def state(customer):
    """Return a copy of what a plain customer carries from month to month."""
    values = vars(customer)
    return {name: values[name][:] if name in LISTS else values[name] for name in COLUMNS}


def restore(customer, saved):
    """Set a plain customer back."""
    vars(customer).update({name: value[:] if name in LISTS else value for name, value in saved.items()})


def synchronise(plain, fast):
    """Set the plain market's customers and firms to the state of the fast market."""
    for name in COLUMNS:
        for customer, value in zip(plain.customers, fast.customers.get(name).tolist(), strict=True):
            setattr(customer, name, value)
    web = fast.web
    for j, (ours, theirs) in enumerate(zip(plain.firms, fast.firms, strict=True)):
        ours.levers, ours.diary = theirs.levers, list(theirs.diary)
        if theirs.figures:
            ours.figures, ours.units = dict(theirs.figures), theirs.figures["purchases"]
        ours.copied, ours.fit, ours.lead = web.copied[:, j].tolist(), web.fit[:, j].tolist(), float(web.lead[j])
        ours.moves = web.moves[:, :, j].T.tolist()
        ours.sold = web.sold[j].tolist() or [0.0 for _ in ours.sold]
    for market, partners in plain.web.partners.items():
        for name, values in web.dyads[market]:
            for partner in partners:
                for dyad, value in zip(partner.dyads, values[:, partner.place].tolist(), strict=True):
                    setattr(dyad, name, value)
        for partner in partners:
            for j, dyad in enumerate(partner.dyads):
                dyad.levels = web.dyads[market].levels[:, j, partner.place].tolist()


def differences(plain, fast):
    """Return the differences between the customers of both: {number: [(column, plain, fast), ...]}."""
    found = {}
    for name in (*DISCRETE, *TRAITS, *ATTITUDES, "value"):
        mine = np.array([getattr(customer, name) for customer in plain.customers], float)
        theirs = np.asarray(fast.customers.get(name), float)
        if name in DISCRETE:
            apart = mine != theirs
        elif name in TRAITS:
            apart = (abs(mine - theirs) > TRAIT * abs(theirs) + 1e-9) | ((mine > 0) != (theirs > 0))
        else:
            apart = ~(abs(mine - theirs) <= (CENT if name == "value" else ATTITUDE))
        for number in np.flatnonzero(apart.reshape(len(mine), -1).any(axis=1)):
            found.setdefault(int(number), []).append((name, mine[number].tolist(), theirs[number].tolist()))
    return found


def books_apart(plain, fast):
    """Return where this month's measures differ, as sentences: counts at all, money by a cent, anything else by 1e-4."""
    apart = []
    n_segments = len(plain.sizes)
    rows = [*((s,) for s in range(n_segments)), range(n_segments)]
    for place, segments in enumerate(rows):
        for j in range(len(plain.firms)):
            mine = plain.figures_of(segments, j)
            for name, declared in measures().items():
                x, y = mine[name], float(fast.ledger.months[-1][name][place, j])
                if np.isnan(x) and np.isnan(y):
                    continue
                exact = declared.unit in COUNTS and name != "tenure"
                allowed = 0.0 if exact else CENT if declared.family == "accounts" else ATTITUDE * max(1.0, abs(y))
                if not abs(x - y) <= allowed:
                    who = "all" if place == n_segments else f"segment {place}"
                    apart.append(f"month {plain.month}, {name} of firm {j}, {who}: plain {x!r}, fast {y!r}")
    people = (sum(customer.rate > 0 for customer in plain.customers), plain.arrived, plain.left)
    if people != tuple(int(n) for n in fast.ledger.people[-1]):
        apart.append(f"month {plain.month}: people in the category, arrived, left: plain {people}, fast {fast.ledger.people[-1]}")
    return apart + flows_apart(plain, fast)


def decisions(plain):
    """Return how many draws were held against a threshold this month, at least: what each customer certainly decides."""
    n = len(plain.customers)
    return n * (4 + 3 * len(plain.firms))


class Month:
    """A month of both models from one state; a customer who differs must be shown to be a tie."""

    def __init__(self, plain, fast):
        synchronise(plain, fast)
        self.before = plain.web.state()
        plain.begin()
        self.plain, self.fast = plain, fast
        self.saved = [state(customer) for customer in plain.customers]
        self.ties, self.bugs = [], []

    def live(self):
        """Carry out the month in both, and find the ties and the bugs."""
        plain, fast = self.plain, self.fast
        fast.step()
        apart = partners_apart(plain, fast)
        if apart:
            tie = self._nudged_partner()
            (self.ties if tie else self.bugs).append(f"{apart[0]} ({len(apart)} differences): {tie}")
        if self.bugs:
            # Nothing that follows from another market can be expected to agree.
            return self
        self._live()
        for number, how in list(differences(plain, fast).items())[:MOST_SEARCHED]:
            tie = self._nudged_draw(number) or self._nudged_threshold(number)
            (self.ties if tie else self.bugs).append(f"month {plain.month}, customer {number}: {tie or how}")
        if self.ties and not self.bugs:
            self._live()
            self.bugs += [f"after its ties: {number}: {how}" for number, how in differences(plain, fast).items()]
        self.open = [(f.figures, f.diary, f.measured, f.units, f.sold, [levels[:] for levels in f.moves]) for f in plain.firms]
        plain.close()
        apart = books_apart(plain, fast)
        if apart and not self.bugs:
            tie = self._nudged_count()
            self.ties += [f"{apart[0]}: {tie}"] if tie else []
            self.bugs += [] if tie else apart
        self.bugs += apart if self.bugs else []
        return self

    def _partners_agree(self):
        self.plain.web.restore(self.before)
        self.plain.prepare()
        return not partners_apart(self.plain, self.fast)

    def _nudged_partner(self):
        """Find a draw or a threshold of partners that, moved by as much as makes a tie, gives what the fast model has; leave it moved."""
        for market, luck in self.plain.web.luck.items():
            for name, drawn in list(luck.items()):
                for number, draws in enumerate(drawn if isinstance(drawn[0], list) else [drawn]):
                    for place, draw in enumerate(draws):
                        step = max(TIE * draw, STEPS)
                        for moved in (draw - step, draw + step):
                            draws[place] = moved
                            if self._partners_agree():
                                return f"the draw of {name} {number}, {place} in market {market}, {draw!r}, is at its threshold"
                        draws[place] = draw
        for name in self._rules():
            if self._partners_agree():
                return name
        return ""

    def _live(self):
        """Live the month with everyone, from the saved state."""
        self.plain.arrived = self.plain.left = 0
        for cell in self.plain.books.values():
            for book in cell:
                book.clear()
        for customer, saved in zip(self.plain.customers, self.saved, strict=True):
            restore(customer, saved)
        for customer in self.plain.customers:
            customer.step()

    def _agrees(self, number):
        customer = self.plain.customers[number]
        restore(customer, self.saved[number])
        customer.step()
        return number not in differences(self.plain, self.fast)

    def _nudged_draw(self, number):
        """Find a draw that, moved by as much as makes a tie, gives what the fast model has; leave it moved."""
        luck, firms = self.plain.luck, range(len(self.plain.firms))
        lists = {name: luck[name] for name in MONTHLY if name in FIRST_DRAWS}
        lists |= {f"{name} of firm {j}": luck[name][j] for name in PER_FIRM for j in firms}
        lists |= {f"{key[0]} {key[1]}": draws for key, draws in luck.items() if isinstance(key, tuple)}
        for name, draws in lists.items():
            draw = draws[number]
            step = max(TIE * draw, STEPS)
            for moved in (draw - step, draw + step):
                draws[number] = moved
                if self._agrees(number):
                    return f"the draw of {name}, {draw!r}, is at its threshold"
            draws[number] = draw
        return ""

    def _rules(self):
        """Yield the rules with one threshold moved by as much as makes a tie, after another; the last are as they were."""
        rules = self.plain.rules
        for slot, names in THRESHOLDS.items():
            rule = getattr(rules, slot)
            for name in names:
                for factor in (1 - TIE, 1 + TIE):
                    moved = rule.model_copy(update={name: getattr(rule, name) * factor})
                    self.plain.rules = rules.model_copy(update={slot: moved})
                    yield f"{slot}.{name} is met to the last digits"
        self.plain.rules = rules

    def _nudged_threshold(self, number):
        """Find a parameter that, moved by as much as makes a tie, gives what the fast model has; leave it moved."""
        for name in self._rules():
            if self._agrees(number):
                return name
        return ""

    def _nudged_count(self):
        """Find a threshold of the tally alone that, moved by as much as makes a tie, gives the fast model's counts."""
        for name in self._rules():
            if self._books_agree():
                return name
        for name in ("PROMOTER", "DETRACTOR"):
            value = getattr(accounts, name)
            try:
                for factor in (1 - TIE, 1 + TIE):
                    setattr(accounts, name, value * factor)
                    if self._books_agree():
                        return f"{name} is met to the last digits"
            finally:
                setattr(accounts, name, value)
        return ""

    def _books_agree(self):
        for kept in (self.plain.history, self.plain.months, self.plain.discounts):
            kept.pop()
        for firm, (figures, diary, measured, units, sold, moves) in zip(self.plain.firms, self.open, strict=True):
            firm.figures, firm.diary, firm.measured, firm.units, firm.sold = figures, diary, measured, units, sold
            firm.moves = [levels[:] for levels in moves]
        self._live()
        self.plain.close()
        return not differences(self.plain, self.fast) and not books_apart(self.plain, self.fast)
