"""V24: who depends less takes more, and equals negotiate (Emerson 1962; Rubinstein 1982)."""

from math import inf

import numpy as np

from experiments.validation import terms
from experiments.validation.fact import Axes, Effort, Evidence, Fact, Finding
from scenarios import load
from sim.mechanisms.power import Power
from sim.scenario import Scenario

WEBS = ("supplier_squeeze", "six_markets", "carmaker", "entrant", "key_account")
"""Shipped scenarios with partners, whose terms are all settled dyad by dyad, and firms that use the power they have."""
REGIMES = ("buyers_market", "parity", "monopoly_of_information", "power_shift")
"""Shipped scenarios in which customers' terms are individual, with balances of power from one end to the other."""
PATIENCE = ((0.9, 0.9), (0.95, 0.9), (0.9, 0.95))
"""Discount factors a round, of the marketer and of the marketed party."""
CUSTOMERS = 4_000
"""Customers of every market: terms do not depend on how many there are."""
WIDTH, FINE = 0.1, 0.05
"""Widths of a bin of Pi: of who negotiates, and of the curve of shares."""


def nothing_hidden(marketer: float, marketed: float) -> Scenario:
    """Return two years of ``six_markets`` in which both sides know the gain, as in Rubinstein's theorem, with the patience of each."""
    patience = {"mechanisms.power.marketer_patience": marketer, "mechanisms.power.customer_patience": marketed}
    return load("six_markets").but({"mechanisms.power.privacy": 0.0, **patience}, customers=CUSTOMERS, months=24)


def measure(effort: Effort) -> Evidence:
    """Return how shares of the gain follow the balance of power, where terms are negotiated, and how gains are parted there."""
    seeds = effort.seeds(full=12, quick=2)
    webs = effort.run([load(name).but(customers=CUSTOMERS) for name in WEBS], seeds, terms.partners)
    markets = effort.run([load(name).but(customers=CUSTOMERS) for name in REGIMES], seeds, terms.customers)
    told = effort.run([nothing_hidden(*patience) for patience in PATIENCE], seeds[:2], terms.partners)

    months, relations = ([terms.joined([web[k][place] for web in webs]) for k in range(len(seeds))] for place in range(2))
    years = [terms.joined([market[k] for market in markets]) for k in range(len(seeds))]
    eps = max(load(name).mechanisms.power.eps for name in REGIMES)
    modes = [terms.peak(year, WIDTH) for year in years]
    findings = []
    for firms, uses in (("firms that use their power", True), ("forbearing firms", False)):
        least = 0.9 if uses else -inf
        for side, found in (("partners", months), ("customers", years)):
            ranked = [one.of(one.uses_power == uses).curve(FINE).follows() for one in found]
            findings.append(Finding.over(f"rank correlation of share and Pi, {side}, {firms}", ranked, least=least))
    for side, found in (("partners", relations), ("customers", years)):
        singly = [one.of(one.uses_power).follows() for one in found]
        findings.append(Finding.over(f"the same over single relations and years, {side}, firms that use their power", singly))
    findings.append(Finding.over("Pi at which most customers negotiate", modes, least=-eps, most=eps, unit="share"))
    for (d_m, d_b), runs in zip(PATIENCE, told, strict=True):
        law = Power(marketer_patience=d_m, customer_patience=d_b).rubinstein()
        text = f"split at parity over Rubinstein's, nothing hidden, patience {d_m} and {d_b}"
        findings.append(Finding.over(text, [run.split / law for _, run in runs], least=0.98, most=1.02, unit="ratio", target=1.0))
    law = Power().rubinstein()
    hidden = [float(np.mean([web[k][1].split for web in webs])) / law for k in range(len(seeds))]
    findings.append(Finding.over("split at parity over Rubinstein's, with private information as shipped", hidden, unit="ratio", target=1.0))

    shares = Axes("Share of the gain", "Pi: the firm's force less the other side's", "the firm's share of the gain")
    negotiated = Axes("Who negotiates", "Pi, mean over a firm's customers", "relations at parity (share)")
    centres, at_parity = terms.negotiated(terms.joined(years), WIDTH)
    curves = []
    for text, dyads in (("partners", terms.joined(relations)), ("customers", terms.joined(years))):
        curves += [
            shares.curve(f"{text}, {how}", *dyads.of(chosen).drawn(), points=True)
            for how, chosen in (("power used", dyads.uses_power), ("forbearing", ~dyads.uses_power))
        ]
    curves.append(negotiated.curve("relations at parity", centres, at_parity))
    note = (
        "Judged is the curve of shares over Pi, in steps of 0.05, for what one negotiation brings is luck. A partner dyad of the figure is a "
        "relation over the whole run, a point of the customer market a firm's year. "
        "Firms that forbear leave power unused on purpose, so their shares say less of their power. Rubinstein's split holds where both sides "
        "know the gain; where the marketed party's gain is its secret, it keeps part of it: the last line shows how much."
    )
    return Evidence(findings, curves, note)


FACT = Fact(
    number=24,
    title="Power and terms",
    statement="The less dependent side gets the larger share of the gain; equals negotiate, and part it by patience.",
    sources=("emerson1962", "rubinstein1982"),
    measure=measure,
)
