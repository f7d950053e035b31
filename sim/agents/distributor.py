"""The distributor: where customers find the firms' goods (distributor market)."""

from sim.agents.partner import Partner
from sim.parties import DistributorSpec


class Distributor(Partner):
    """A distributor: ``distributor.shelf``, ``distributor.margin`` and its attitudes, one number per firm."""

    @property
    def spec(self) -> DistributorSpec:
        """What the scenario says of it, as it stands now."""
        found: DistributorSpec = self.model.present.distributors[self.place]
        return found

    @property
    def sales(self) -> float:
        """What was sold through it last month at list prices, currency."""
        return float(self.volume.sum())
