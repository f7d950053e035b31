"""The competitor: a firm as its rivals see it (competitor market)."""

from sim.agents.firm import Firm
from sim.agents.partner import Partner


class Competitor(Partner):
    """A firm seen from the others: ``competitor.allied``, its trust in each of them and theirs in it, one number per firm."""

    @property
    def firm(self) -> Firm:
        """The firm that it is."""
        found: Firm = self.model.firms[self.place]
        return found

    @property
    def allies(self) -> list[str]:
        """Names of the firms with which it is allied."""
        return [firm.name for firm, tied in zip(self.model.firms, self.allied, strict=True) if tied > 0]
