"""Customer perceived value, in both forms: of the episode, and of the relation over time (Gronroos 1997).

Theory
    (1) The value of an episode is what the customer gets over what it costs her; the cost of the relation itself has a direct,
    an indirect (effort, delay) and a psychological part (worry), which trust takes away. (2) The value of the relation is the core
    value with the value that episodes have added over time, or destroyed: bad or late service can cancel the core value.
Equation
    CPV1_ij = worth (core_j + services_ij) / (price_ij + relationship cost_ij)
    CPV2_ij = core_j + added_ij
    CPV_ij = CPV1_ij CPV2_ij / core_j          (the episode's value, corrected by what the relation has added or taken)
    services_ij = service_weight service_j (1 + personal knowledge_ij) + pull B3_ij
    relationship cost_ij = direct + indirect (1 - service_j) + psychological (1 - T_ij)
Symbols
    core_j, service_j: share; worth: currency; added_ij in [-1, 1]; B3: structural bond; T: trust.
Sources
    gronroos1997, berry1991
Limits
    A relation cannot take away more than nine tenths of the core value.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import PerDyad, PerFirm

_ONE = f32(1.0)
_LEAST = f32(0.1)
_CENT = f32(0.01)


@kernel
def _value(
    core: PerFirm, service: PerFirm, cost: PerFirm, price: PerDyad, knowledge: PerDyad, trust: PerDyad, structural: PerDyad,
    added: PerDyad, worth: np.float32, personal: np.float32, pull: np.float32, psychological: np.float32,
    value: PerDyad, reservation: PerDyad,
) -> None:  # fmt: skip
    for j in range(price.shape[0]):
        paid = price[j]
        known = knowledge[j]
        trusted = trust[j]
        bond = structural[j]
        extra = added[j]
        out = value[j]
        most = reservation[j]
        for k in range(paid.size):
            services = service[j] * (_ONE + personal * known[k]) + pull * bond[k]
            relation = max(_ONE + extra[k] / core[j], _LEAST)
            benefit = worth * (core[j] + services) * relation
            sacrifice = cost[j] + psychological * (_ONE - trusted[k])
            out[k] = benefit / max(paid[k] + sacrifice, _CENT)
            most[k] = max(benefit - sacrifice, f32(0.0))


@kernel
def _added(added: PerDyad, episode: PerDyad, bought: PerDyad, rate: np.float32) -> PerDyad:
    new = np.empty_like(added)
    for j in range(added.shape[0]):
        old = added[j]
        out = new[j]
        for k in range(old.size):
            step = rate if bought[j, k] > 0 else f32(0.0)
            out[k] = old[k] + step * (episode[j, k] - old[k])
    return new


class PerceivedValue(Mechanism):
    """What the customer gets over what it costs her, corrected by what the relation has added or destroyed."""

    slot: ClassVar[str] = "perceived_value"
    kind: Literal["gronroos"] = "gronroos"
    sources: ClassVar[tuple[str, ...]] = ("gronroos1997", "berry1991")
    equation: ClassVar[str] = "CPV = worth (core + services) / (price + relationship cost) x (core + added) / core"

    worth: float = parameter(2.0, "currency value of a core product of quality 1", unit="currency", origin="assumed", low=1e-6, high=1e6)
    service_weight: float = parameter(
        0.35, "worth of full service, relative to a core product of quality 1", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    personal: float = parameter(
        0.4, "how much knowledge of the customer improves the service", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    pull: float = parameter(
        0.25, "worth of a full structural bond: service not to be had elsewhere", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    direct: float = parameter(0.02, "direct cost of the relation for each purchase", unit="currency", origin="assumed", low=0.0, high=1e6)
    indirect: float = parameter(
        0.10, "indirect cost (effort, delay) for each purchase without any service", unit="currency", origin="assumed", low=0.0, high=1e6
    )
    psychological: float = parameter(
        0.12, "psychological cost (worry) for each purchase without any trust", unit="currency", origin="assumed", low=0.0, high=1e6
    )
    adaptation: float = parameter(
        0.2, "weight of the last episode in the value that the relation has added", unit="share", origin="assumed", low=0.0, high=1.0
    )
    norm: float = parameter(
        0.55, "satisfaction with an episode that neither adds to nor takes from the relation's value", unit="share", origin="assumed",
        low=0.0, high=1.0,
    )

    def value(
        self, core: PerFirm, service: PerFirm, price: PerDyad, knowledge: PerDyad, trust: PerDyad, structural: PerDyad, added: PerDyad
    ) -> tuple[PerDyad, PerDyad]:
        """Return the perceived value (ratio) and the most the customer would pay (currency), each (n_firms, n).

        Switched off: every offer is worth the same (value 1), and the most anyone would pay is ``worth``.
        """
        if not self.active:
            return np.ones_like(price), np.full_like(price, self.worth)
        value, reservation = np.empty_like(price), np.empty_like(price)
        cost = (self.direct + self.indirect * (1.0 - service)).astype(np.float32)
        offered = (self.service_weight * service).astype(np.float32)
        _value(
            np.maximum(core, f32(0.01)), offered, cost, price, knowledge, trust, structural, added, f32(self.worth), f32(self.personal),
            f32(self.pull), f32(self.psychological), value, reservation,
        )  # fmt: skip
        return value, reservation

    def added(self, added: PerDyad, overall: PerDyad, bought: PerDyad) -> PerDyad:
        """Return the value that the relation has added after this month's episodes, (n_firms, n), in [-1, 1]."""
        if not self.active:
            return added
        return _added(added, overall - f32(self.norm), bought, f32(self.adaptation))
