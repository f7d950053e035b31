"""Relations with partners: what both sides know of each other, and how they come to terms (Emerson 1962; Dwyer, Schurr & Oh 1987).

Theory
    A relation with a supplier, a distributor, a department, a rival or an influencer lives by the same laws as one with a customer: the same
    power equation, the same satisfaction, trust, commitment and bonds, each way. What differs is how the two come to know each other: by time
    and by talking, for the firm; by time, talking and what the market shows anyway, for the partner.
Equation
    u_jp = exp(-tenure_jp (1 + 3 dialogue_jp) / (4 learning));   I_jp = 1 - u_jp;   I_pj = 1 - (1 - transparency / 2) u_jp
    joint investment (the structural bond) wears off: B3 -= wear B3
    Pi_jp = (D_pj + k I_jp) - (D_jp + k I_pj);   terms by the power equation, all of them individual
    performance of the firm for the partner, of the partner for the firm -> satisfaction, trust, bonds, commitment, each way
    standing_jp = tenure_jp / (tenure_jp + seasoned)
Symbols
    D_pj: dependence of the partner on the firm; dialogue: the firm's effort to talk with this partner, share; contact = warmth dialogue.
Sources
    emerson1962, dwyer1987, morgan1994
Limits
    A partner's secret gain is one a month, the same towards all firms.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.rules import Mechanism, parameter
from sim.units import PerDyad


class Relations(Mechanism):
    """What partners and firms learn of each other, and how much their talks warm them."""

    slot: ClassVar[str] = "relations"
    kind: Literal["dyads"] = "dyads"
    sources: ClassVar[tuple[str, ...]] = ("emerson1962", "dwyer1987", "morgan1994")
    equation: ClassVar[str] = "I = 1 - exp(-tenure (1 + 3 dialogue) / (4 learning));  Pi = (D_pj + k I_jp) - (D_jp + k I_pj)"

    learning: float = parameter(
        36.0, "time in which 63 % of what full dialogue can teach is learnt", unit="months", origin="assumed", low=0.1, high=1200.0
    )
    seasoned: float = parameter(
        36.0, "tenure at which a relation has half of its full standing", unit="months", origin="assumed", low=0.1, high=1200.0
    )
    desire: float = parameter(0.55, "performance that a partner, or a firm, wishes for", unit="share", origin="assumed", low=0.0, high=1.0)
    wear: float = parameter(0.02, "how fast joint investment wears off", unit="share/month", origin="assumed", low=0.0, high=1.0)
    warmth: float = parameter(0.5, "effect of full dialogue, as one of good contacts", unit="share", origin="assumed", low=0.0, high=1.0)
    frank: float = parameter(0.5, "openness of partners towards the firm", unit="share", origin="assumed", low=0.0, high=1.0)

    def information(self, tenure: PerDyad, dialogue: PerDyad, transparency: float) -> tuple[PerDyad, PerDyad]:
        """Return what firms know of partners, and partners of firms, (n_firms, n_partners). Switched off: both nothing."""
        if not self.active:
            return np.zeros_like(tenure), np.zeros_like(tenure)
        unknown = np.exp(-tenure * (0.25 + 0.75 * dialogue) / self.learning)
        firms, partners = 1.0 - unknown, 1.0 - (1.0 - 0.5 * transparency) * unknown
        return firms.astype(np.float32), partners.astype(np.float32)

    def standing(self, tenure: PerDyad) -> PerDyad:
        """Return the standing that time has given a relation, (n_firms, n_partners), in [0, 1)."""
        return np.asarray(tenure / (tenure + self.seasoned), np.float32)
