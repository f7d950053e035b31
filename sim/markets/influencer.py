"""One month of the influencer market: what is learnt of the firms' conduct, the stances that follow, and what they do."""

import numpy as np

from sim.conditions import Conditions
from sim.draws import Luck
from sim.dyads import Dyads
from sim.markets.relation import Treatment, begin, feel, settle
from sim.markets.situation import Situation
from sim.mechanisms.influence import KINDS
from sim.scenario import Mechanisms, Scenario
from sim.units import PerCustomer, PerFirm

PARTNERSHIPS = {"media": "lateral_media", "government": "lateral_government", "bank": "lateral_bank", "consumer_body": "lateral_nonprofit",
                "community": "lateral_nonprofit"}  # fmt: skip


def start(scenario: Scenario, rules: Mechanisms) -> Dyads:
    """Return the relations with influencers at the start: trust is as their stance says."""
    listed = scenario.influencers
    kinds = [PARTNERSHIPS[i.kind] for i in listed]
    dyads = begin(Dyads("influencer", [i.name for i in listed], kinds, [i.orientation for i in listed], len(scenario.firms)), rules)
    dyads.stance = np.broadcast_to(np.array([i.stance for i in listed], np.float32), dyads.stance.shape)
    dyads.trust = 0.5 * (1.0 + dyads.stance)
    return dyads


def carry_out(dyads: Dyads, scenario: Scenario, rules: Mechanisms, now: Situation, luck: Luck, firms_luck: Luck, conditions: Conditions) -> None:
    """Carry out one month: change the stances, and write what they do to reputation, power, transparency, awareness and cost."""
    rule, plan, listed = rules.influence, now.plan, scenario.influencers
    audience, strictness = (np.array([getattr(i, name) for i in listed], np.float32) for name in ("audience", "strictness"))
    scandal = np.array([firm.scandal for firm in scenario.firms], np.float32)
    conditions.scandal = rule.exposed(firms_luck.uniform("exposure"), plan["favours"], scandal) * now.present
    dyads.related = np.broadcast_to(now.present[:, None], dyads.related.shape)
    attention = now.attention(scenario, dyads)
    dialogue = np.minimum((plan["public_relations"] * now.effort)[:, None] * attention, 1.0).astype(np.float32)

    # Force: an influencer lives on being heard, a firm on being well spoken of.
    settle(
        dyads, rules, np.full(dyads.trust.shape, 0.25, np.float32), np.broadcast_to(0.5 * strictness, dyads.trust.shape), dialogue,
        plan["forbearance"], scenario.market.transparency, luck.uniform("partner_reservation"),
    )  # fmt: skip
    # What it is about is not money: nobody takes a share of a gain from the press.
    dyads.taken = np.full(dyads.taken.shape, 0.5)

    # Conduct, as far as it is seen, makes the stance.
    dyads.volume = np.broadcast_to(now.present[:, None].astype(np.float32), dyads.volume.shape)
    conduct = rule.conduct(plan["compliance"], now.taken, now.turned_away, conditions.scandal, plan["favours"])
    favourable = np.broadcast_to(conduct[:, None], dyads.trust.shape).astype(np.float32)
    feel(dyads, rules, Treatment(favourable, (0.5 * (1.0 + dyads.stance)).astype(np.float32), dialogue, 0.0 * conduct, plan["compliance"]))
    dyads.trust = rule.shaken(dyads.trust, conditions.scandal)
    dyads.stance = 2.0 * dyads.trust - 1.0

    # What the stances do.
    what: dict[str, PerCustomer] = {kind: np.array([i.kind == kind for i in listed], np.float32) for kind in KINDS}
    conditions.message, conditions.publicity = rule.media(dyads.stance, audience, strictness, what["media"])
    authority = rule.hostility(dyads.stance, strictness, what["government"])
    conditions.cap = (1.0 - rule.cap * authority).astype(np.float32)
    conditions.transparency += rule.inform * float(rule.hostility(dyads.stance, strictness, what["consumer_body"]).mean())
    conditions.reach = (1.0 - (1.0 - conditions.reach) * (1.0 - rule.welcome(dyads.stance, audience, strictness, what["community"]))).astype(
        np.float32
    )
    doubt = rule.hostility(dyads.stance, strictness, what["bank"])
    lends: PerFirm = what["bank"].max(initial=0.0) * rule.interest(now.cost, doubt, scenario.months_per_period)
    conditions.spend("bank", lends)
    conditions.spend("government", rule.fines(now.revenue, authority, plan["compliance"]))
    conditions.spend("influencer", rule.cost(now.revenue, plan["public_relations"], plan["compliance"], plan["favours"]))
