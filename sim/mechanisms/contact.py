"""The contact plan: each contact is good or bad, and only good ones bind (Gronroos 2000; Godfrey, Seiders & Voss 2011).

Theory
    The effect of contacts rises with their number up to an ideal that differs by channel, and falls beyond it; one channel uses up part
    of what another may still say. A contact is good when the firm knows whom it speaks to and listens; customers who only want deals
    feel little. Up to the ideal the harm of bad contacts grows with their number as the good of good ones does, so that the response to both
    together is best there, as it was measured; beyond it the good wears off, and the bad does not.
Equation
    pressure_j = sum over channels c of n_jc / ideal_c
    P(good) = min(1, good + known knowledge_ij + listening dialogue_j + skill (capability_j - 1) - fatigue max(0, pressure_j - 1))
    effect = max(-1, pressure_j (2 - pressure_j)) R_i (1/2 + dialogue_j / 2) (1 - coolness automation_j)  if good,  else -harm h_j
    h_j = pressure_j (2 - pressure_j) up to the ideal, 1 beyond it
    while silence_ij <= patience;  times the length of the period in months, at most 1
    after that: effect = revival R_i with chance min(1, cards_j) knowledge_ij
Symbols
    n_jc: contacts by channel in the period; cards_j: cards to lapsed customers; capability_j: what people make of it, 1 as planned;
    R_i: relational orientation; silence: see the database; effect: share.
Sources
    godfrey2011, gronroos2000
Limits
    All contacts of a month are one good or one bad impression.
"""

from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)
_NEVER = f32(1e8)


@kernel
def _effect(
    luck: PerDyad, silence: PerDyad, knowledge: PerDyad, orientation: PerCustomer, chance: PerFirm, warmth: PerFirm, harm: PerFirm,
    cards: PerFirm, known: np.float32, patience: np.float32, revival: np.float32, on_file: Flags,
) -> PerDyad:  # fmt: skip
    effect = np.empty_like(knowledge)
    for j in range(knowledge.shape[0]):
        draw = luck[j]
        quiet = silence[j]
        know = knowledge[j]
        out = effect[j]
        filed = on_file[j]
        for k in range(draw.size):
            good = draw[k] < chance[j] + known * know[k]
            felt = warmth[j] * orientation[k] if good else -harm[j]
            # Whoever has lapsed may still get a card: it moves her if the firm remembers who she was.
            lapsed = (quiet[k] > patience) & (quiet[k] < _NEVER) & (cards[j] > _ZERO)
            moved = revival * orientation[k] if lapsed & (draw[k] < cards[j] * know[k]) else _ZERO
            out[k] = felt if quiet[k] <= patience else moved
            filed[k] = np.uint8(1) if quiet[k] <= patience else (np.uint8(2) if lapsed else np.uint8(0))
    return effect


class Contact(Mechanism):
    """Letters, e-mails and calls to customers on the database: an inverted U in their number."""

    slot: ClassVar[str] = "contact"
    kind: Literal["channels"] = "channels"
    sources: ClassVar[tuple[str, ...]] = ("godfrey2011", "gronroos2000")
    equation: ClassVar[str] = "effect = pressure (2 - pressure) R (1 + dialogue) / 2 if good, else -harm, as fast, up to 1;  pressure = sum n / ideal"

    ideal_mail: float = parameter(9.5, "ideal number of letters", unit="contacts/quarter", origin="published: godfrey2011", low=0.1, high=1e3)
    ideal_email: float = parameter(3.5, "ideal number of e-mails", unit="contacts/quarter", origin="published: godfrey2011", low=0.1, high=1e3)
    ideal_phone: float = parameter(3.0, "ideal number of calls", unit="contacts/quarter", origin="published: godfrey2011", low=0.1, high=1e3)
    good: float = parameter(
        0.7, "chance that a contact is good without knowing the customer", unit="probability", origin="assumed", low=0.0, high=1.0
    )
    known: float = parameter(
        0.25, "how much full knowledge of the customer raises that chance", unit="probability", origin="assumed", low=0.0, high=1.0
    )
    listening: float = parameter(0.1, "how much full dialogue raises that chance", unit="probability", origin="assumed", low=0.0, high=1.0)
    fatigue: float = parameter(
        0.4,
        "how much that chance falls for each ideal's worth of contacts beyond the ideal",
        unit="probability",
        origin="assumed",
        low=0.0,
        high=10.0,
    )
    harm: float = parameter(0.5, "effect of a bad contact, relative to a good one", unit="ratio", origin="assumed", low=0.0, high=10.0)
    skill: float = parameter(
        0.3, "how much that chance follows what the firm's people can do", unit="probability", origin="assumed", low=0.0, high=10.0
    )
    coolness: float = parameter(
        0.6, "part of a good contact's effect that is lost when a system makes it", unit="share", origin="assumed", low=0.0, high=1.0
    )
    revival: float = parameter(
        1.0, "effect of a card that shows a lapsed customer that she is remembered", unit="share", origin="assumed", low=0.0, high=1.0
    )
    patience: float = parameter(
        1.5, "silence, in terms of what is allowed, after which a firm stops writing", unit="ratio", origin="assumed", low=0.0, high=100.0
    )

    def pressure(self, mail: PerFirm, email: PerFirm, phone: PerFirm) -> PerFirm:
        """Return the month's contacts in terms of the ideal numbers, shape (n_firms,)."""
        return np.asarray(mail / f32(self.ideal_mail) + email / f32(self.ideal_email) + phone / f32(self.ideal_phone), np.float32)

    def effect(
        self, luck: PerDyad, silence: PerDyad, knowledge: PerDyad, orientation: PerCustomer, pressure: PerFirm, dialogue: PerFirm,
        automation: PerFirm, cards: PerFirm, capability: PerFirm, months: float,
    ) -> tuple[PerDyad, Flags]:  # fmt: skip
        """Return what this month's contacts do to each relation (a share), 0 where there was none, and who is on file, (n_firms, n).

        Customers stay on file (1), and are contacted, until they have been silent for too long; after that they may get a card (2).
        ``capability`` is what people make of contacts, a factor. Switched off: nobody is on file.
        """
        on_file = np.zeros(knowledge.shape, np.uint8)
        if not self.active:
            return np.zeros_like(knowledge), on_file
        one = f32(1.0)
        chance = f32(self.good) + f32(self.listening) * dialogue - f32(self.fatigue) * np.maximum(pressure - one, f32(0.0))
        chance = chance + f32(self.skill) * (capability - one)
        dose = pressure * (f32(2.0) - pressure)
        warmth = np.maximum(dose, -one) * (f32(0.5) + f32(0.5) * dialogue)
        warmth = warmth * (one - f32(self.coolness) * automation)
        harm = f32(self.harm) * np.where(pressure < one, dose, one)
        # A week's contacts do a week's part of what a month's would.
        warmth, harm = warmth * f32(min(months, 1.0)), harm * f32(min(months, 1.0))
        # A firm without contacts is a firm of which nothing is felt: both warmth and harm are 0 then.
        effect = _effect(
            luck, silence, knowledge, orientation, chance, warmth, harm, np.minimum(cards, one), f32(self.known), f32(self.patience),
            f32(self.revival), on_file,
        )  # fmt: skip
        return effect, on_file
