"""The ladder of engagement, from prospect to partner (Christopher, Payne & Ballantyne 1991; Dick & Basu 1994).

Theory
    Behaviour and attitude together place a customer: prospect, trial, repeat, satisfied, loyal, advocate, partner; and in one of four cells
    of loyalty: loyal, latent, spurious, none. Partners who take part in shaping the offer improve the offer itself.
Equation
    patronage_ij = purchases_ij / sum_k purchases_ik;   attitude_ij = (T_ij + C_ij + S_ij) / 3
    cell: loyal (attitude and patronage high), latent (attitude only), spurious (patronage only), none
    rungs: trial (bought), repeat (twice), satisfied (S high), loyal (cell loyal), advocate (attitude very high), partner (social bond high), each
    on top of the one before
    offered quality_j(t+1) = quality_j + co_creation participation_j (1 - quality_j) partners_j / active_j
Symbols
    T, C, S: trust, commitment, satisfaction, shares; high: at or above the thresholds, patronage also at least two purchases; quality_j: the
    scenario's.
Sources
    christopher1991, dick1994, prahalad2004
Limits
    Co-creation acts on the next month's offer, for all customers alike.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.customers import Numbers
from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)
RUNGS = ("prospect", "trial", "repeat", "satisfied", "loyal", "advocate", "partner")
CELLS = ("no_loyalty", "spurious", "latent", "loyal")


@kernel
def _places(
    purchases: Numbers, silence: PerDyad, trust: PerDyad, commitment: PerDyad, satisfaction: PerDyad, social: PerDyad,
    attitude_high: np.float32, patronage_high: np.float32, satisfied: np.float32, advocate: np.float32, partner: np.float32,
    rung: Flags, cell: Flags,
) -> None:  # fmt: skip
    n = purchases.shape[1]
    total = np.zeros(n, np.float32)
    for j in range(purchases.shape[0]):
        bought = purchases[j]
        for k in range(n):
            total[k] += f32(np.int32(bought[k]))
    third = f32(1.0 / 3.0)
    for j in range(purchases.shape[0]):
        for k in range(n):
            count = f32(np.int32(purchases[j, k]))
            active = silence[j, k] <= _ONE
            attitude = third * (trust[j, k] + commitment[j, k] + satisfaction[j, k])
            steady = (count >= f32(2.0)) & (count >= patronage_high * total[k])
            warm = attitude >= attitude_high
            cell[j, k] = np.uint8(steady) + np.uint8(2) * np.uint8(warm)
            tried = np.uint8(count > _ZERO)
            again = np.uint8(count >= f32(2.0))
            pleased = again & np.uint8(satisfaction[j, k] >= satisfied)
            loyal = pleased & np.uint8(steady & warm)
            speaks = loyal & np.uint8(attitude >= advocate)
            shares = speaks & np.uint8(social[j, k] >= partner)
            height = tried + again + pleased + loyal + speaks + shares
            rung[j, k] = height if active else np.uint8(0)


class Ladder(Mechanism):
    """Places every customer on the ladder and in a cell of loyalty; partners help to improve the offer."""

    slot: ClassVar[str] = "ladder"
    kind: Literal["ladder"] = "ladder"
    sources: ClassVar[tuple[str, ...]] = ("christopher1991", "dick1994", "prahalad2004")
    equation: ClassVar[str] = "quality(t+1) = quality + co_creation participation (1 - quality) partners / active"

    attitude: float = parameter(0.5, "attitude from which loyalty is more than habit", unit="share", origin="assumed", low=0.0, high=1.0)
    patronage: float = parameter(0.5, "share of purchases from which patronage is high", unit="share", origin="assumed", low=0.0, high=1.0)
    satisfied: float = parameter(0.55, "satisfaction of the third rung", unit="share", origin="assumed", low=0.0, high=1.0)
    advocate: float = parameter(0.6, "attitude of an advocate", unit="share", origin="assumed", low=0.0, high=1.0)
    partner: float = parameter(0.5, "social bond of a partner", unit="share", origin="assumed", low=0.0, high=1.0)
    co_creation: float = parameter(
        0.2,
        "part of the way to perfect quality that taking part brings when all customers are partners",
        unit="share",
        origin="assumed",
        low=0.0,
        high=1.0,
    )

    def places(
        self, purchases: Numbers, silence: PerDyad, trust: PerDyad, commitment: PerDyad, satisfaction: PerDyad, social: PerDyad
    ) -> tuple[Flags, Flags]:
        """Return the rung (an index of :data:`RUNGS`) and the cell (of :data:`CELLS`) of each dyad, (n_firms, n)."""
        rung, cell = np.empty(silence.shape, np.uint8), np.empty(silence.shape, np.uint8)
        _places(
            purchases, silence, trust, commitment, satisfaction, social, f32(self.attitude), f32(self.patronage), f32(self.satisfied),
            f32(self.advocate), f32(self.partner), rung, cell,
        )  # fmt: skip
        return rung, cell

    def improved(self, quality: PerFirm, participation: PerFirm, partners: PerFirm) -> PerFirm:
        """Return core quality with what partners brought to it, shape (n_firms,). Switched off: as the scenario set it.

        ``partners`` is the share of each firm's active customers on the highest rung last month.
        """
        if not self.active:
            return quality
        gain = f32(self.co_creation) * participation * partners
        return np.asarray(quality + gain * (f32(1.0) - quality), np.float32)
