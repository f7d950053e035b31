"""Word of mouth on a sparse small-world network (Arndt 1967; Watts & Strogatz 1998; de Matos & Rossi 2008).

Theory
    Very satisfied and, more so, dissatisfied customers talk; a bad word travels further. Every month a customer meets one of her
    acquaintances, hears what was said of that acquaintance's provider last month, learns that the firm exists and corrects her belief.
    Clubs (social bonds) make members talk more.
Equation
    P(talk) = min(1, k0 + k1 (S - S0)^2 (heavy if S < S0) + club B2)  after a purchase this month
    P(heard) = meetings for a bad word, meetings / negative_reach for a good one
    rep_ij += influence (message - rep_ij),  message = 1 for a good word, 0 for a bad one
Symbols
    S: satisfaction with the current provider; B2: social bond. Acquaintances: ``2 x neighbours`` on a ring, each replaced by a fixed
    stranger with probability ``rewiring``.
Sources
    arndt1967, watts1998, dematos2008, goodman1999
Limits
    At most one meeting a period; talk is of the current provider only; the ring runs through the segments one after the other, so that most
    acquaintances are of one's own segment. Talk read is last month's, so that nobody hears half a month.
"""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, Marks, PerCustomer, PerDyad

_ONE = f32(1.0)
_ZERO = f32(0.0)


@kernel
def _met(
    luck: PerCustomer, rewired: PerCustomer, far: PerCustomer, first: np.int64, population: np.int64, neighbours: np.int64,
    rewiring: np.float32,
) -> NDArray[np.int64]:  # fmt: skip
    met = np.empty(luck.size, np.int64)
    for k in range(luck.size):
        slot = np.int64(luck[k] * f32(2 * neighbours))
        # Slots 0, 1, 2, 3 ... are the neighbours at distance +1, -1, +2, -2 ... on the ring.
        distance = slot // 2 + 1
        near = first + k + (distance if slot % 2 == 0 else -distance)
        near = (near + population) % population
        # One draw gives a different stranger for every slot.
        where = np.float64(far[k]) + np.float64(slot) / np.float64(2 * neighbours)
        stranger = np.int64((where - np.floor(where)) * np.float64(population))
        # One fixed draw decides for all slots of a customer: the share of slots rewired is the same, with one draw.
        turned = np.float64(rewired[k]) * np.float64(2 * neighbours) + np.float64(slot)
        turned = turned - np.float64(2 * neighbours) * np.floor(turned / np.float64(2 * neighbours))
        met[k] = stranger if turned < np.float64(rewiring) * np.float64(2 * neighbours) else near
    return met


@kernel
def _hear(
    met: NDArray[np.int64], said: Marks, of: Marks, luck: PerCustomer, meets: np.float32, positive_reach: np.float32, influence: np.float32,
    aware: Flags, reputation: PerDyad,
) -> tuple[Flags, PerDyad, NDArray[np.int64]]:  # fmt: skip
    n = met.size
    message = np.empty(n, np.int8)
    about = np.empty(n, np.int8)
    for k in range(n):
        word = said[met[k]]
        heard = luck[k] < (meets if word < 0 else meets * positive_reach)
        message[k] = word if heard else np.int8(0)
        about[k] = of[met[k]]
    knows = np.empty_like(aware)
    believes = np.empty_like(reputation)
    counts = np.zeros((aware.shape[0], 2), np.int64)
    for j in range(aware.shape[0]):
        good = np.int64(0)
        bad = np.int64(0)
        for k in range(n):
            word = message[k] if about[k] == j else np.int8(0)
            told = word != 0
            target = _ONE if word > 0 else _ZERO
            believes[j, k] = reputation[j, k] + (influence * (target - reputation[j, k]) if told else _ZERO)
            knows[j, k] = aware[j, k] | np.uint8(told)
            good += np.int64(word > 0)
            bad += np.int64(word < 0)
        counts[j, 0] = good
        counts[j, 1] = bad
    return knows, believes, counts


@kernel
def _speak(
    luck: PerCustomer, current: Marks, satisfaction: PerDyad, bought: PerDyad, social: PerDyad, base: np.float32, strength: np.float32,
    neutral: np.float32, heavy: np.float32, club: np.float32,
) -> Marks:  # fmt: skip
    said = np.zeros(luck.size, np.int8)
    for j in range(satisfaction.shape[0]):
        for k in range(luck.size):
            surprise = satisfaction[j, k] - neutral
            weight = strength * (heavy if surprise < _ZERO else _ONE)
            chance = base + weight * surprise * surprise + club * social[j, k]
            talks = (current[k] == j) & (bought[j, k] > _ZERO) & (luck[k] < chance)
            word = np.int8(1) if surprise >= _ZERO else np.int8(-1)
            said[k] = word if talks else said[k]
    return said


class WordOfMouth(Mechanism):
    """Customers tell acquaintances of good and, more often and further, of bad experiences."""

    slot: ClassVar[str] = "word_of_mouth"
    kind: Literal["small_world"] = "small_world"
    sources: ClassVar[tuple[str, ...]] = ("arndt1967", "watts1998", "dematos2008", "goodman1999")
    equation: ClassVar[str] = "P(talk) = k0 + k1 (S - S0)^2 + club B2;  rep += influence (message - rep)"

    base: float = parameter(0.02, "k0: chance of talking in a month with a purchase", unit="probability", origin="assumed", low=0.0, high=1.0)
    strength: float = parameter(
        2.0, "k1: how fast talk grows with satisfaction's distance from neutral", unit="ratio", origin="assumed", low=0.0, high=100.0
    )
    neutral: float = parameter(0.55, "S0: satisfaction at which there is nothing to tell", unit="share", origin="assumed", low=0.0, high=1.0)
    heavy: float = parameter(1.5, "how much more a bad surprise is told than a good one", unit="ratio", origin="assumed", low=0.0, high=10.0)
    club: float = parameter(0.10, "talk added by a full social bond", unit="probability", origin="assumed", low=0.0, high=1.0)
    negative_reach: float = parameter(
        2.0, "how many hear of a bad experience for each who hears of a good one", unit="ratio", origin="published: goodman1999", low=1.0, high=100.0
    )
    influence: float = parameter(0.15, "weight of a message in the hearer's belief", unit="share", origin="assumed", low=0.0, high=1.0)
    meetings: float = parameter(
        1.0, "meetings with an acquaintance; at most one in a period", unit="meetings/month", origin="assumed", low=0.0, high=1.0
    )
    neighbours: int = parameter(3, "acquaintances on each side of the ring", unit="customers", origin="assumed", low=1, high=100)
    rewiring: float = parameter(
        0.1, "share of acquaintances who are strangers anywhere in the market", unit="share", origin="assumed", low=0.0, high=1.0
    )

    def met(self, luck: PerCustomer, rewired: PerCustomer, far: PerCustomer, first: int, population: int) -> NDArray[np.int64]:
        """Return whom each customer meets this month: numbers of customers in the market, shape (n,).

        ``rewired`` and ``far`` are drawn once, at the start, and fix the network.
        """
        return _met(luck, rewired, far, np.int64(first), np.int64(population), np.int64(self.neighbours), f32(self.rewiring))

    def hear(
        self, met: NDArray[np.int64], said: Marks, of: Marks, luck: PerCustomer, aware: Flags, reputation: PerDyad
    ) -> tuple[Flags, PerDyad, NDArray[np.int64]]:
        """Return awareness and reputation after this month's meetings, and good and bad words heard (n_firms, 2).

        ``said`` and ``of`` are the whole market's talk of last month and the firm it was about, shape (population,).
        """
        return _hear(met, said, of, luck, f32(min(self.meetings, 1.0)), f32(1.0 / self.negative_reach), f32(self.influence), aware, reputation)

    def speak(self, luck: PerCustomer, current: Marks, satisfaction: PerDyad, bought: PerDyad, social: PerDyad) -> Marks:
        """Return what each customer says of her current provider this month: -1, 0 or 1, shape (n,)."""
        if not self.active:
            return np.zeros(luck.size, np.int8)
        return _speak(
            luck, current, satisfaction, bought, social, f32(self.base), f32(self.strength), f32(self.neutral), f32(self.heavy), f32(self.club)
        )
