"""The supplier: sells the firms what they make their offers of (supplier market)."""

from sim.agents.partner import Partner
from sim.parties import SupplierSpec


class Supplier(Partner):
    """A supplier: ``supplier.price``, ``supplier.orders``, ``supplier.late`` and its attitudes, one number per firm."""

    @property
    def spec(self) -> SupplierSpec:
        """What the scenario says of it, as it stands now."""
        found: SupplierSpec = self.model.present.suppliers[self.place]
        return found

    @property
    def sales(self) -> float:
        """What it sold to all firms last month, currency."""
        return float(self.volume.sum())
