"""What each method says of a firm's customers, from the firm's records alone (Gupta et al. 2006 review them).

Who has no right to an opinion has none: repeat-buying models do not apply where departure is announced, nor models of contracts where there are
none. A method that cannot be fitted to a firm's customers says nothing of that firm.
"""

from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from experiments.estimators import BgNbd, GammaGamma, NaiveAverage, ParetoNbd, RepeatBuying, RetentionFormula, ShiftedBetaGeometric
from experiments.estimators.repeat_buying import aggregated
from experiments.truth.future import Case, Firm, a_year
from experiments.truth.records import NOBODY, Numbers, Records
from experiments.truth.scores import Estimate
from scenarios.purchase_log import Histories

NAIVE, FORMULA, BG, PARETO, SBG = "naive average", "retention rate", "BG/NBD", "Pareto/NBD", "sBG"
METHODS = {
    NAIVE: "everybody goes on buying as often as so far, at her average amount",
    FORMULA: "the same share of active customers stays each month, each worth the same margin; nothing comes of the others",
    BG: "BG/NBD for purchases, Gamma-Gamma for amounts",
    PARETO: "Pareto/NBD for purchases, Gamma-Gamma for amounts",
    SBG: "shifted-beta-geometric for renewals, her own average margin",
}
"""What each method does, in a line."""


def estimates(case: Case, firm: Firm) -> dict[str, Estimate]:
    """Return what every method that applies says of the customers of a firm who are scored.

    Parameters
    ----------
    case : Case
        The market: horizon, discount rate, length of contracts.
    firm : Firm
        Its records; nothing of the future is looked at.

    Returns
    -------
    dict
        In the order of :data:`METHODS`; a method that cannot be fitted is left out.
    """
    methods = {NAIVE: _naive, FORMULA: _formula} | ({SBG: _contract} if case.contractual else {})
    found = {}
    for name, method in methods.items():
        with suppress(ValueError):
            found[name] = method(case, firm)
    return found if case.contractual else found | _repeat_buying(case, firm)


def histories(records: Records) -> Histories:
    """Return records as the models of repeat buying read them."""
    return Histories(records.repeats, records.last, records.observed)


def _profit_share(firm: Firm) -> float:
    """Return what is left to the firm of what its customers on record have paid."""
    paid = float(firm.records.revenue.sum())
    return float(firm.records.margin.sum()) / paid if paid > 0.0 else 0.0


def _naive(case: Case, firm: Firm) -> Estimate:
    some = firm.records.some(firm.scored)
    each = some.revenue / (some.repeats + 1.0) * _profit_share(firm)
    return Estimate(_to_come(NaiveAverage(), histories(some), case) * each, np.zeros(len(some), bool))


def _formula(case: Case, firm: Firm) -> Estimate:
    active = firm.active[firm.scored]
    value = RetentionFormula(firm.retention, firm.margin).value(case.discount_rate, case.plan.horizon)
    return Estimate(np.where(active, value, 0.0), ~active)


def _repeat_buying(case: Case, firm: Firm) -> dict[str, Estimate]:
    """Return purchases to expect times amounts to expect; a customer is given up where it is likelier than not that she has left."""
    whole, some = firm.records, firm.records.some(firm.scored)
    found: dict[str, Estimate] = {}
    with suppress(ValueError):
        spending = GammaGamma.fit(whole.repeats + 1.0, whole.revenue / (whole.repeats + 1.0))
        amount = spending.conditional_amount(some.repeats + 1.0, some.revenue / (some.repeats + 1.0)) * _profit_share(firm)
        for name, fit in ((BG, BgNbd.fit), (PARETO, ParetoNbd.fit)):
            with suppress(ValueError):
                model: RepeatBuying = fit(histories(whole))
                found[name] = Estimate(_to_come(model, histories(some), case) * amount, model.p_alive(histories(some)) < 0.5)
    return found


def _to_come(model: RepeatBuying, data: Histories, case: Case) -> Numbers:
    """Return the discounted purchases to expect over the horizon, shape (n,): a year's are discounted to its middle, which saves eleven looks."""
    once, place = aggregated(data)
    year = a_year(case.scenario)
    before, last, total = np.zeros(once.repeats.size), 0, np.zeros(once.repeats.size)
    for end in [*range(year, case.plan.horizon, year), case.plan.horizon]:
        so_far = model.conditional_purchases(once, float(end))
        total += (so_far - before) / (1.0 + case.discount_rate) ** ((last + 1 + end) / 2.0)
        before, last = so_far, end
    return np.asarray(total[place])


def _contract(case: Case, firm: Firm) -> Estimate:
    """Return what contracts bring a period times the chance that they still run; given up is who rather leaves at the next renewal."""
    model = ShiftedBetaGeometric.fit(*renewals(firm.records, case.term))
    some = firm.records.some(firm.scored)
    renewed, survival = some.observed // case.term, model.survival(np.arange(_most(case, some) + 1.0))
    total = np.zeros(len(some))
    for t in range(1, case.plan.horizon + 1):
        later = ((some.observed + t) // case.term).astype(int)
        total += survival[later] / survival[renewed.astype(int)] / (1.0 + case.discount_rate) ** t
    each = some.margin / (some.repeats + 1.0)
    return Estimate(total * each, model.retention(renewed + 1.0) < 0.5)


def _most(case: Case, some: Records) -> int:
    return int((some.observed.max() + case.plan.horizon) // case.term)


def renewals(records: Records, term: int) -> tuple[Numbers, Numbers]:
    """Return how many contracts came to their first, second, ... renewal, and how many ended there.

    Parameters
    ----------
    records : Records
        Contracts; those with :data:`~experiments.truth.records.NOBODY` in ``row`` have ended. One that ended within a term did not come to
        its next renewal, and counts as one that ended there: an analyst who looks once a term sees no more.
    term : int
        Periods between renewals.
    """
    ended: NDArray[np.bool_] = records.row == NOBODY
    paid = records.last + 1.0
    passed = np.where(ended, (paid - 1.0) // term, records.observed // term).astype(int)
    t = np.arange(1, int(passed.max(initial=0)) + 2)
    at_risk = np.array([float(((passed >= k) | (ended & (passed == k - 1))).sum()) for k in t])
    lost = np.array([float((ended & (passed == k - 1)).sum()) for k in t])
    return at_risk[at_risk > 0], lost[at_risk > 0]
