"""The influencer: neither buys nor sells, and its word counts (influencer market)."""

from sim.agents.partner import Partner
from sim.parties import InfluencerSpec


class Influencer(Partner):
    """An influencer: ``influencer.stance`` towards each firm, and its attitudes, one number per firm."""

    @property
    def spec(self) -> InfluencerSpec:
        """What the scenario says of it, as it stands now."""
        found: InfluencerSpec = self.model.present.influencers[self.place]
        return found
