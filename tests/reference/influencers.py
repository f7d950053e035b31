"""The influencer market: what is learnt of the firms' conduct, the stances that follow, and what they do."""

from tests.reference.partner import PlainPartner, attention, feel, settle
from tests.reference.relation import share


class PlainInfluencer(PlainPartner):
    """An influencer."""

    @property
    def spec(self):
        """What the scenario says of it."""
        return self.model.present.influencers[self.place]

    def hostility(self, j):
        """Return how strict and hostile it is towards a firm: 0 friendly, 1 strict and wholly hostile."""
        return 0.5 * (1 - self.dyads[j].stance) * self.spec.strictness


def start(model):
    """Return the influencers at the start: trust is as their stance says."""
    influencers = [PlainInfluencer(model, "influencer", place, spec.orientation) for place, spec in enumerate(model.described.influencers)]
    for influencer in influencers:
        for dyad in influencer.dyads:
            dyad.stance = influencer.spec.stance
            dyad.trust = 0.5 * (1 + dyad.stance)
    return influencers


def act(model, influencers, luck, of_firms):
    """Carry out one month: what firms do becomes known, stances follow, and act."""
    for firm in model.firms:
        judge(model, firm, influencers, luck, of_firms["exposure"][firm.place])
        press(model, firm, influencers)
        spend(model, firm, influencers)
    bodies = [influencer for influencer in influencers if influencer.spec.kind == "consumer_body"]
    strictest = [max((body.hostility(firm.place) for body in bodies), default=0.0) for firm in model.firms]
    model.transparency += model.rules.influence.inform * sum(strictest) / len(strictest)


def judge(model, firm, influencers, luck, exposed):
    """Let influencers learn of a firm's conduct, and make up their minds."""
    rule, does = model.rules.influence, firm.does
    gravity = max(firm.spec.scandal, rule.betrayal if exposed < rule.exposure * does.favours else 0.0)
    firm.now.scandal = gravity * firm.present
    dyads = [influencer.dyads[firm.place] for influencer in influencers]
    dialogue = [min(does.public_relations * firm.effort * part, 1.0) for part in attention(firm, dyads)]
    conduct = rule.ground + rule.by_rules * does.compliance - rule.by_greed * max(firm.taken - 0.5, 0.0) - rule.by_silence * firm.turned_away
    conduct = share(conduct - rule.gravity * firm.now.scandal + rule.bought * does.favours)
    for influencer, dyad, talk in zip(influencers, dyads, dialogue, strict=True):
        dyad.related = dyad.volume = float(firm.present)
        settle(model, dyad, 0.25, 0.5 * influencer.spec.strictness, talk, does.forbearance, luck["partner_reservation"][influencer.place])
        dyad.taken = 0.5  # nobody takes a share of a gain from the press
        openness = sum(dialogue) / len(dialogue)
        feel(model.rules, dyad, influencer.orientation, conduct, 0.5 * (1 + dyad.stance), talk, openness, 0.0, does.compliance)
        dyad.trust *= 1 - rule.outrage * firm.now.scandal
        dyad.stance = 2 * dyad.trust - 1


def press(model, firm, influencers):
    """Let the stances do what they do to what is believed, taken and known."""
    rule, now, j = model.rules.influence, firm.now, firm.place
    loudness, said, unheard, authority = 0.0, 0.0, 1.0, 0.0
    for influencer in influencers:
        spec, stance = influencer.spec, influencer.dyads[j].stance
        if spec.kind == "media":
            loudness += spec.audience * spec.strictness
            said += spec.audience * spec.strictness * (1 + stance) / 2
        if spec.kind == "community":
            unheard *= 1 - share(spec.audience * spec.strictness * max(stance, 0.0))
        if spec.kind == "government":
            authority = max(authority, influencer.hostility(j))
    now.message, now.publicity = (said / loudness if loudness > 0 else 0.5), min(rule.weight * loudness, 1.0)
    now.reach = 1 - (1 - now.reach) * unheard
    now.cap = 1 - rule.cap * authority
    firm.spend("government", rule.fine * firm.revenue * authority * (1 - firm.does.compliance))


def spend(model, firm, influencers):
    """Charge what banks lend, and what public relations, compliance and favours cost."""
    rule, does, months = model.rules.influence, firm.does, model.months_per_period
    banks = [influencer.hostility(firm.place) for influencer in influencers if influencer.spec.kind == "bank"]
    lends = 0.0
    if banks:
        rate = rule.base + rule.doubt * max(banks)
        lends = rule.capital * firm.cost / months * ((1 + rate) ** (months / 12) - 1)
    firm.spend("bank", lends)
    effort = rule.effort_cost * (does.public_relations + does.compliance) / 2 + rule.favour_cost * does.favours
    firm.spend("influencer", firm.revenue * effort)
