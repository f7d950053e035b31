"""Customer perceived value, in both forms: of the episode, and of the relation over time (Gronroos 1997).

Theory
    (1) The value of an episode is what the customer gets over what it costs her. What she will get she cannot know before: she goes by what
    she has come to expect of core product and services, to which personal service and integration add. The cost of the relation itself
    has a direct, an indirect (effort, delay) and a psychological part (worry), which trust takes away. (2) The value of the relation is the
    core value with the value that episodes have added over time, or destroyed: bad or late service can cancel the core value. Performance
    beyond what a customer wishes for is worth little to her, and what is personal counts as far as she wants a relation.
Equation
    CPV1_ij = worth (core_ij + services_ij) / (price_ij + relationship cost_ij)
    CPV2_ij = core_ij + R_i added_ij
    CPV_ij = CPV1_ij CPV2_ij / core_ij       (the episode's value, corrected by what the relation has added or taken)
    core_ij = min(E_ij, D) + beyond max(0, E_ij - D)
    services_ij = personal service_j knowledge_ij R_i + pull B3_ij
    relationship cost_ij = direct + indirect (1 - service_j) + effort participation_j + psychological (1 - T_ij)
    added_ij += adaptation (OS_ij - norm - added_ij) after an episode
Symbols
    E: performance that the customer expects, share; D: performance that her segment desires; R_i: relational orientation; service_j: level
    of service, share; worth: currency; added_ij in [-1, 1]; B3: structural bond; T: trust; OS: satisfaction with the episode.
Sources
    gronroos1997, berry1991, anderson2000
Limits
    A relation cannot take away more than nine tenths of the core value.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
_LEAST = f32(0.1)
_CENT = f32(0.01)


@kernel
def _value(
    expectation: PerDyad, personal: PerFirm, cost: PerFirm, price: PerDyad, knowledge: PerDyad, trust: PerDyad, structural: PerDyad,
    added: PerDyad, orientation: PerCustomer, desire: np.float32, beyond: np.float32, worth: np.float32, pull: np.float32,
    psychological: np.float32, value: PerDyad, lasting: PerDyad, reservation: PerDyad,
) -> None:  # fmt: skip
    for j in range(price.shape[0]):
        expected = expectation[j]
        paid = price[j]
        known = knowledge[j]
        trusted = trust[j]
        bond = structural[j]
        extra = added[j]
        out = value[j]
        second = lasting[j]
        most = reservation[j]
        for k in range(paid.size):
            core = max(min(expected[k], desire) + beyond * max(expected[k] - desire, f32(0.0)), _CENT)
            services = personal[j] * known[k] * orientation[k] + pull * bond[k]
            relation = max(_ONE + orientation[k] * extra[k] / core, _LEAST)
            second[k] = core + orientation[k] * extra[k]
            benefit = worth * (core + services) * relation
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
    sources: ClassVar[tuple[str, ...]] = ("gronroos1997", "berry1991", "anderson2000")
    equation: ClassVar[str] = "CPV = worth (core + services) / (price + relationship cost) x (core + R added) / core"

    worth: float = parameter(2.6, "currency value of perfect performance", unit="currency", origin="assumed", low=1e-6, high=1e6)
    beyond: float = parameter(
        0.4, "worth of performance beyond what is desired, relative to performance up to it", unit="ratio", origin="assumed", low=0.0, high=1.0
    )
    personal: float = parameter(
        0.08,
        "worth of full service fitted to a fully known customer, relative to perfect performance",
        unit="ratio",
        origin="assumed",
        low=0.0,
        high=10.0,
    )
    pull: float = parameter(
        0.12,
        "worth of a full structural bond, a service not to be had elsewhere, relative to perfect performance",
        unit="ratio",
        origin="assumed",
        low=0.0,
        high=10.0,
    )
    direct: float = parameter(0.02, "direct cost of the relation for each purchase", unit="currency", origin="assumed", low=0.0, high=1e6)
    indirect: float = parameter(
        0.10, "indirect cost (effort, delay) for each purchase without any service", unit="currency", origin="assumed", low=0.0, high=1e6
    )
    effort: float = parameter(
        0.0, "effort of taking part fully in shaping the offer, for each purchase", unit="currency", origin="assumed", low=0.0, high=1e6
    )
    psychological: float = parameter(
        0.12, "psychological cost (worry) for each purchase without any trust", unit="currency", origin="assumed", low=0.0, high=1e6
    )
    adaptation: float = parameter(
        0.2, "weight of the last episode in the value that the relation has added", unit="share", origin="assumed", low=0.0, high=1.0
    )
    norm: float = parameter(
        0.55,
        "satisfaction with an episode that neither adds to nor takes from the relation's value",
        unit="share",
        origin="assumed",
        low=0.0,
        high=1.0,
    )

    def value(
        self, expectation: PerDyad, service: PerFirm, participation: PerFirm, price: PerDyad, knowledge: PerDyad, trust: PerDyad, structural: PerDyad,
        added: PerDyad, orientation: PerCustomer, desire: float,
    ) -> tuple[PerDyad, PerDyad, PerDyad]:  # fmt: skip
        """Return the perceived value CPV (ratio), CPV2 (share), and the most the customer would pay (currency), each (n_firms, n).

        Switched off: every offer is worth the same (both values 1), and the most anyone would pay is ``worth``.
        """
        if not self.active:
            return np.ones_like(price), np.ones_like(price), np.full_like(price, self.worth)
        value, lasting, reservation = np.empty_like(price), np.empty_like(price), np.empty_like(price)
        cost = (self.direct + self.indirect * (1.0 - service) + self.effort * participation).astype(np.float32)
        personal = f32(self.personal) * service
        _value(
            expectation, personal, cost, price, knowledge, trust, structural, added, orientation, f32(desire), f32(self.beyond),
            f32(self.worth), f32(self.pull), f32(self.psychological), value, lasting, reservation,
        )  # fmt: skip
        return value, lasting, reservation

    def added(self, added: PerDyad, overall: PerDyad, bought: PerDyad) -> PerDyad:
        """Return the value that the relation has added after this month's episodes, (n_firms, n), in [-1, 1]."""
        if not self.active:
            return added
        return _added(added, overall - f32(self.norm), bought, f32(self.adaptation))
