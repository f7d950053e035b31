"""Exit, voice and recovery: what follows a bad episode (Hirschman 1970; Knox & van Oest 2014).

Theory
    After a bad episode a customer complains with a probability that rises with commitment and with how easy the firm makes it; else she
    declines in silence. A complaint is turned away, left unanswered for want of capacity, or handled, and then resolved well or badly.
    A good recovery after a first failure may leave her more satisfied than no failure would have; after repeated failures it may not. Trust
    and the value that is felt learn from the episode as it ended: made good, or failed twice. A complaint in vain costs more satisfaction than
    silence, but voice postpones exit as long as it may be believed to work: who complained in vain once bears it, who was silent thinks again.
Equation
    bad = failed or OS < threshold;   P(complains | bad) = voice + by_commitment C + by_ease ease_j
    fate by one draw u: turned away if u < suppression_j; else handled with chance capacity_j; resolved well with chance recovery_j
    S += relief (1 - S) if resolved and first,  S += relief (1 - S) / 2 if resolved and repeated,  S -= insult S if not resolved
    the same for OS, in what an episode leaves to trust and added value
    grievances += 2 if silent,  += 1 if complained of in vain;  0 after a purchase that leaves nothing open
Symbols
    S: satisfaction; OS: satisfaction with the episode; C: commitment; capacity_j: share of complaints that can be handled, this month's
    capacity over last month's complaints.
Sources
    hirschman1970, knox2014, dematos2007, tax1998, goodman1999
Limits
    One draw of voice and one of fate a month: failures at two firms in one month share their luck.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np

from sim.kernels import f32, kernel
from sim.rules import Mechanism, parameter
from sim.units import Flags, PerCustomer, PerDyad, PerFirm

_ONE = f32(1.0)
_ZERO = f32(0.0)

SILENT, TURNED_AWAY, UNANSWERED, UNRESOLVED, RESOLVED = 1, 2, 3, 4, 5
"""What became of a bad episode; 0 where there was none."""
BORNE, VOICED = 2, 1
"""Grievances that a bad episode leaves: borne in silence, and complained of in vain."""


@kernel
def _fate(
    voice: PerCustomer, luck: PerCustomer, overall: PerDyad, failed: Flags, bought: PerDyad, commitment: PerDyad, speaks: PerFirm,
    by_commitment: np.float32, threshold: np.float32, suppression: PerFirm, handled: PerFirm, recovery: PerFirm,
) -> Flags:  # fmt: skip
    fate = np.empty(failed.shape, np.uint8)
    for j in range(failed.shape[0]):
        # The unit interval of luck is cut into: turned away, unanswered, handled but unresolved, resolved.
        turned = suppression[j]
        unanswered = turned + (_ONE - turned) * (_ONE - handled[j])
        unresolved = unanswered + (_ONE - unanswered) * (_ONE - recovery[j])
        out = fate[j]
        for k in range(voice.size):
            bad = (bought[j, k] > _ZERO) & ((failed[j, k] > 0) | (overall[j, k] < threshold))
            complains = voice[k] < speaks[j] + by_commitment * commitment[j, k]
            step = np.uint8(luck[k] >= turned) + np.uint8(luck[k] >= unanswered) + np.uint8(luck[k] >= unresolved)
            voiced = np.uint8(2) + step
            out[k] = (voiced if complains else np.uint8(1)) if bad else np.uint8(0)
    return fate


@kernel
def _after(satisfaction: PerDyad, fate: Flags, grievances: Flags, relief: np.float32, insult: np.float32) -> PerDyad:
    new = np.empty_like(satisfaction)
    for j in range(satisfaction.shape[0]):
        old = satisfaction[j]
        what = fate[j]
        out = new[j]
        for k in range(old.size):
            gain = relief if grievances[k] == 0 else relief * f32(0.5)
            up = gain * (_ONE - old[k]) if what[k] == 5 else _ZERO
            down = insult * old[k] if (what[k] >= 2) & (what[k] <= 4) else _ZERO
            out[k] = old[k] + up - down
    return new


@kernel
def _grievances(grievances: Flags, fate: Flags, bought: PerDyad) -> Flags:
    added = np.zeros(grievances.size, np.int32)
    shopped = np.zeros(grievances.size, np.uint8)
    for j in range(fate.shape[0]):
        what = fate[j]
        for k in range(grievances.size):
            vain = np.int32(VOICED) if (what[k] >= 2) & (what[k] <= 4) else np.int32(0)
            added[k] = max(added[k], np.int32(BORNE) if what[k] == 1 else vain)
            shopped[k] |= np.uint8(bought[j, k] > _ZERO)
    new = np.empty_like(grievances)
    for k in range(grievances.size):
        more = min(np.int32(grievances[k]) + added[k], np.int32(255))
        kept = np.int32(0) if shopped[k] > 0 else np.int32(grievances[k])
        new[k] = np.uint8(more if added[k] > 0 else kept)
    return new


@dataclass(frozen=True)
class Answer:
    """How firms meet complaints this month, each of shape (n_firms,)."""

    ease: PerFirm
    suppression: PerFirm
    handled: PerFirm
    recovery: PerFirm


class Complaints(Mechanism):
    """Bad episodes lead to complaint or silent decline; complaints to recovery or insult."""

    slot: ClassVar[str] = "complaints"
    kind: Literal["exit_voice"] = "exit_voice"
    sources: ClassVar[tuple[str, ...]] = ("hirschman1970", "knox2014", "dematos2007", "tax1998", "goodman1999")
    equation: ClassVar[str] = "P(complains) = voice + by_commitment C + by_ease ease;  S += relief (1 - S) if resolved;  S -= insult S if not"

    threshold: float = parameter(0.35, "satisfaction below which an episode is bad", unit="share", origin="assumed", low=0.0, high=1.0)
    voice: float = parameter(0.05, "chance of complaining without any reason to hope", unit="probability", origin="assumed", low=0.0, high=1.0)
    by_commitment: float = parameter(0.25, "how much full commitment raises that chance", unit="probability", origin="assumed", low=0.0, high=1.0)
    by_ease: float = parameter(0.4, "how much full ease of complaining raises that chance", unit="probability", origin="assumed", low=0.0, high=1.0)
    relief: float = parameter(
        0.35, "part of the way to full satisfaction that a good recovery goes", unit="share", origin="assumed", low=0.0, high=1.0
    )
    insult: float = parameter(
        0.15, "part of satisfaction lost when a complaint is turned away, unanswered or unresolved", unit="share", origin="assumed", low=0.0, high=1.0
    )

    def fate(
        self, voice: PerCustomer, luck: PerCustomer, overall: PerDyad, failed: Flags, bought: PerDyad, commitment: PerDyad, answer: Answer
    ) -> Flags:
        """Return what became of this month's bad episodes, (n_firms, n): 0 none, else :data:`SILENT` to :data:`RESOLVED`.

        Switched off: every bad episode is borne in silence.
        """
        speaks = f32(self.voice) + f32(self.by_ease) * answer.ease if self.active else np.full_like(answer.ease, -1.0)
        by_commitment = f32(self.by_commitment if self.active else 0.0)
        return _fate(
            voice, luck, overall, failed, bought, commitment, speaks, by_commitment, f32(self.threshold),
            answer.suppression, answer.handled, answer.recovery,
        )  # fmt: skip

    def satisfaction(self, satisfaction: PerDyad, fate: Flags, grievances: Flags) -> PerDyad:
        """Return satisfaction with each firm after complaints were met, (n_firms, n)."""
        return _after(satisfaction, fate, grievances, f32(self.relief), f32(self.insult)) if self.active else satisfaction

    def ended(self, overall: PerDyad, fate: Flags, grievances: Flags) -> PerDyad:
        """Return satisfaction with this month's episodes as they ended, (n_firms, n): what trust and added value learn from."""
        return self.satisfaction(overall, fate, grievances)

    def grievances(self, grievances: Flags, fate: Flags, bought: PerDyad) -> Flags:
        """Return what is still open between a customer and the market, shape (n,).

        :data:`BORNE` more for a bad episode in silence, :data:`VOICED` more for one complained of in vain; a purchase that leaves nothing open
        starts again at 0.
        """
        return _grievances(grievances, fate, bought)
