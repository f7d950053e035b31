"""Levers: everything a firm can set, from the transactional pole to the relational one (Gronroos' continuum).

Each lever is declared once, with both poles side by side. A strategy returns a full set of levers every month.
"""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from pydantic import Field
from pydantic.config import JsonDict

from sim.rules import Checked
from sim.units import PerFirm


def lever(transactional: float, relational: float, meaning: str, *, unit: str, origin: str = "assumed", low: float = 0.0, high: float = 1.0) -> Any:
    """Declare a lever with its value at the two poles of the continuum."""
    extra: JsonDict = {"unit": unit, "origin": origin, "relational": relational}
    return Field(transactional, description=meaning, ge=low, le=high, json_schema_extra=extra)


class Levers(Checked):
    """What a firm does this month. Defaults are the transactional pole."""

    discount: float = lever(0.0, 0.0, "share taken off the list price this month", unit="share", high=0.9)
    advertising: float = lever(0.0012, 0.0008, "spent on advertising per customer in the market", unit="currency/month", high=100.0)
    promise: float = lever(0.08, 0.02, "how far advertising promises more than is delivered", unit="share")
    service: float = lever(0.5, 0.7, "level of additional services in every episode", unit="share")
    openness: float = lever(0.3, 0.8, "how fully and truthfully the firm informs its customers", unit="share")
    crm: float = lever(0.0, 0.004, "spent on the customer database per customer on it", unit="currency/month", high=100.0)
    mail: float = lever(1.0, 2.0, "letters to each customer on the database", unit="contacts/quarter", high=90.0)
    email: float = lever(2.0, 2.0, "e-mails to each customer on the database", unit="contacts/quarter", high=90.0)
    phone: float = lever(0.0, 0.1, "calls to each customer on the database", unit="contacts/quarter", high=90.0)
    dialogue: float = lever(0.0, 0.7, "share of contacts that ask, and act on the answer", unit="share")
    reward: float = lever(0.0, 0.02, "financial bond: rebate to members, as a share of the price", unit="share", high=0.9)
    social: float = lever(0.0, 0.6, "social bond: effort to recognise customers personally", unit="share")
    structural: float = lever(0.0, 0.2, "structural bond: effort to integrate with customers", unit="share")
    save_offer: float = lever(0.0, 0.04, "rebate offered to customers thought to be leaving, as a share of the price", unit="share", high=0.9)
    participation: float = lever(0.05, 0.5, "how far customers take part in shaping the offer", unit="share")
    shared_values: float = lever(0.3, 0.6, "how far the firm acts by values that its customers share", unit="share")
    complaint_ease: float = lever(0.2, 0.8, "how easy it is to complain", unit="share")
    suppression: float = lever(0.4, 0.0, "share of complaints that are turned away unheard", unit="share")
    complaint_capacity: float = lever(
        10.0, 30.0, "complaints that can be handled for each thousand active customers", unit="complaints/month", high=1e6
    )
    recovery: float = lever(0.3, 0.8, "quality and generosity of the recovery after a handled complaint", unit="share")
    forbearance: float = lever(0.0, 0.8, "how far power that the firm has is left unused", unit="share")

    @classmethod
    def at(cls, orientation: float) -> Self:
        """Return the levers at a place on the continuum: 0 purely transactional, 1 purely relational."""
        values = {}
        for name, field in cls.model_fields.items():
            extra = field.json_schema_extra
            relational = extra["relational"] if isinstance(extra, dict) else field.default
            values[name] = float(field.default + orientation * (relational - field.default))
        return cls(**values)

    def but(self, **changes: float) -> Self:
        """Return a newly checked copy with some levers changed."""
        return type(self).model_validate({**self.__dict__, **changes})


def columns(plans: Sequence[Levers], months: float) -> dict[str, PerFirm]:
    """Return the firms' levers as columns by name, each of shape (n_firms,), per period of ``months`` months."""
    converted = [plan.per_period(months) for plan in plans]
    return {name: np.array([getattr(plan, name) for plan in converted], np.float32) for name in Levers.model_fields}
