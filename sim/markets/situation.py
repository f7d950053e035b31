"""The situation of the firms when the other markets act: what they do, and what last month left behind."""

from dataclasses import dataclass

import numpy as np

from sim.dyads import Dyads
from sim.scenario import Scenario
from sim.units import Flags, PerDyad, PerFirm


@dataclass(frozen=True)
class Situation:
    """Per firm, shape (n_firms,), of last month unless said otherwise."""

    plan: dict[str, PerFirm]
    """Levers of the last plan, per period."""
    present: Flags
    """1 for firms that take part this month."""
    effort: PerFirm
    """Share of relational effort that takes effect: readiness, and somebody who answers for it."""
    unit_cost: PerFirm
    """Unit cost at even terms, currency."""
    price: PerFirm
    """List price, currency."""
    units: PerFirm
    """Purchases."""
    customers: PerFirm
    """Active customers."""
    revenue: PerFirm
    cost: PerFirm
    """All costs."""
    taken: PerFirm
    """Mean share of the gain that each firm took from its buyers."""
    turned_away: PerFirm
    """Share of bad episodes whose complaints were turned away."""
    seen_prices: PerFirm
    """Prices that everybody saw."""
    sold: PerDyad
    """Purchases through each distributor, (n_firms, n_distributors)."""

    events: PerFirm
    """Campaigns that run as events or services, and load those who carry them out."""

    def attention(self, scenario: Scenario, dyads: Dyads) -> PerDyad:
        """Return the attention that each partner gets from each firm's specialists, (n_firms, n_partners)."""
        rows = [firm.planning.attention(dyads.volume[j], dyads.firm_dependence[j]) for j, firm in enumerate(scenario.firms)]
        return np.array(rows, np.float32).reshape(dyads.volume.shape)
