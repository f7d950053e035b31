"""Levers: everything a firm can set, from the transactional pole to the relational one (Gronroos' continuum), market by market.

Each lever is declared once, with both poles side by side and the market of the six that it acts in. A strategy returns a full set every
month; a scenario may give a firm another place on the continuum in any one market.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, Self, cast, get_args

import numpy as np
from pydantic import Field
from pydantic.config import JsonDict

from sim.rules import Checked
from sim.units import PerFirm

MarketName = Literal["customer", "supplier", "distributor", "competitor", "internal", "influencer"]
MARKETS: tuple[MarketName, ...] = get_args(MarketName)
"""The six markets of relationship marketing (Christopher, Payne & Ballantyne 1991)."""


def lever(
    transactional: float, relational: float, meaning: str, *, unit: str, market: MarketName = "customer", origin: str = "assumed", low: float = 0.0,
    high: float = 1.0,
) -> Any:  # fmt: skip
    """Declare a lever with its value at the two poles of the continuum, and the market that it acts in."""
    extra: JsonDict = {"unit": unit, "origin": origin, "relational": relational, "market": market}
    return Field(transactional, description=meaning, ge=low, le=high, json_schema_extra=extra)


class Levers(Checked):
    """What a firm does this month. Defaults are the transactional pole."""

    discount: float = lever(0.0, 0.0, "share taken off the list price this month", unit="share", high=0.9)
    advertising: float = lever(0.0012, 0.0008, "spent on advertising per customer in the market", unit="currency/month", high=100.0)
    promise: float = lever(0.08, 0.02, "how far advertising promises more than is delivered", unit="share")
    pressure: float = lever(0.0, 0.0, "how hard sellers press for the sale: sells now, is regretted later", unit="share")
    advice: float = lever(0.0, 0.0, "consultative selling: time spent on the customer's problem, not on the sale", unit="share")
    service: float = lever(0.5, 0.7, "level of additional services in every episode", unit="share")
    extras: float = lever(0.0, 0.0, "extended product: what nobody expected, until they have come to expect it", unit="share")
    openness: float = lever(0.3, 0.8, "how fully and truthfully the firm informs its customers", unit="share")
    crm: float = lever(0.0, 0.004, "spent on the customer database per customer on it", unit="currency/month", high=100.0)
    sensing: float = lever(0.0, 0.0, "effort to learn what customers wish for, and to move the offer there", unit="share")
    innovation: float = lever(0.0, 0.0, "research for offers that customers could not have asked for", unit="share")
    novelty: float = lever(0.0, 0.0, "fresh variants of the offer, against boredom", unit="share")
    mail: float = lever(1.0, 2.0, "letters to each customer on the database", unit="contacts/quarter", high=90.0)
    email: float = lever(2.0, 2.0, "e-mails to each customer on the database", unit="contacts/quarter", high=90.0)
    phone: float = lever(0.0, 0.1, "calls to each customer on the database", unit="contacts/quarter", high=90.0)
    automation: float = lever(0.0, 0.0, "share of contacts made by systems and not by people: cheap and cool", unit="share")
    dialogue: float = lever(0.0, 0.7, "share of contacts that ask, and act on the answer", unit="share")
    reactivation: float = lever(0.0, 0.0, "cards to lapsed customers whom the firm still remembers", unit="contacts/quarter", high=90.0)
    reward: float = lever(0.0, 0.02, "financial bond: rebate to members, as a share of the price", unit="share", high=0.9)
    social: float = lever(0.0, 0.6, "social bond: effort to recognise customers personally", unit="share")
    structural: float = lever(0.0, 0.2, "structural bond: effort to integrate with customers", unit="share")
    save_offer: float = lever(0.0, 0.04, "rebate offered to customers thought to be leaving, as a share of the price", unit="share", high=0.9)
    portfolio: float = lever(0.0, 0.0, "how far effort follows each customer's current and future value, and not all alike", unit="share")
    participation: float = lever(0.05, 0.5, "how far customers take part in shaping the offer", unit="share")
    shared_values: float = lever(0.3, 0.6, "how far the firm acts by values that its customers share", unit="share")
    complaint_ease: float = lever(0.2, 0.8, "how easy it is to complain", unit="share")
    suppression: float = lever(0.4, 0.0, "share of complaints that are turned away unheard", unit="share")
    complaint_capacity: float = lever(
        10.0, 30.0, "complaints that can be handled for each thousand active customers", unit="complaints/month", high=1e6
    )
    recovery: float = lever(0.3, 0.8, "quality and generosity of the recovery after a handled complaint", unit="share")
    forbearance: float = lever(0.0, 0.8, "how far power that the firm has over customers is left unused", unit="share")

    supplier_partnership: float = lever(0.0, 0.8, "few suppliers for long, joint investment; 0 rebids every month", unit="share", market="supplier")
    supplier_dialogue: float = lever(0.1, 0.7, "how openly plans and problems are shared with suppliers", unit="share", market="supplier")
    supplier_forbearance: float = lever(0.0, 0.8, "how far power over suppliers is left unused", unit="share", market="supplier")

    distributor_support: float = lever(0.1, 0.6, "money, training and technology given to distributors", unit="share", market="distributor")
    distributor_dialogue: float = lever(0.1, 0.7, "how openly market information is shared with distributors", unit="share", market="distributor")
    distributor_forbearance: float = lever(0.0, 0.8, "how far power over distributors is left unused", unit="share", market="distributor")
    direct: float = lever(0.0, 0.0, "reach of the firm's own channel, past all distributors", unit="share", market="distributor")

    price_matching: float = lever(0.5, 0.1, "share of a rival's lower price that is matched next month", unit="share", market="competitor")
    poaching: float = lever(
        0.02, 0.0, "introductory rebate to rivals' customers, as a share of the price", unit="share", market="competitor", high=0.9
    )
    imitation: float = lever(0.3, 0.3, "effort to copy the bonds that rivals offer", unit="share", market="competitor")
    alliance: float = lever(0.0, 0.5, "readiness to ally with rivals: shared research, purchasing and promotion", unit="share", market="competitor")

    wage: float = lever(1.0, 1.03, "pay relative to what the balance of power would settle", unit="ratio", market="internal", low=0.1, high=10.0)
    staffing: float = lever(0.95, 1.05, "staff relative to what the customers there are need", unit="ratio", market="internal", low=0.05, high=10.0)
    training: float = lever(0.1, 0.6, "training of employees", unit="share", market="internal")
    employee_participation: float = lever(0.1, 0.6, "how far employees take part in decisions", unit="share", market="internal")
    internal_dialogue: float = lever(0.2, 0.7, "two-way communication and coordination between departments", unit="share", market="internal")

    public_relations: float = lever(0.05, 0.4, "dialogue with media, authorities, banks and associations", unit="share", market="influencer")
    compliance: float = lever(0.4, 0.8, "how far the firm keeps to the spirit of rules", unit="share", market="influencer")
    favours: float = lever(0.0, 0.0, "favours under the table to those who decide: not relationship marketing", unit="share", market="influencer")

    @classmethod
    def at(cls, orientation: float, markets: Mapping[MarketName, float] | None = None) -> Self:
        """Return the levers at a place on the continuum: 0 purely transactional, 1 purely relational.

        Parameters
        ----------
        orientation : float
            The place in every market not named.
        markets : mapping, optional
            Places by market, such as ``{"supplier": 0.0}``.
        """
        found: Self = _at(cls, orientation, tuple(sorted((markets or {}).items())))
        return found

    def within(self, markets: Mapping[MarketName, float]) -> Self:
        """Return a copy in which the levers of some markets stand at another place on the continuum."""
        changed = {name: _between(type(self), name, markets[market_of(name)]) for name in type(self).model_fields if market_of(name) in markets}
        return self.but(**changed) if changed else self

    def but(self, **changes: float) -> Self:
        """Return a newly checked copy with some levers changed."""
        return type(self).model_validate({**self.__dict__, **changes})


@lru_cache(maxsize=256)
def _at(cls: type[Levers], orientation: float, markets: tuple[tuple[MarketName, float], ...]) -> Any:
    """Return the levers at a place: they are frozen, so one object serves all months."""
    places = dict(markets)
    return cls(**{name: _between(cls, name, places.get(market_of(name), orientation)) for name in cls.model_fields})


def market_of(name: str) -> MarketName:
    """Return the market of the six that a lever acts in."""
    extra = Levers.model_fields[name].json_schema_extra
    return cast("MarketName", extra["market"]) if isinstance(extra, dict) else "customer"


def _between(cls: type[Levers], name: str, orientation: float) -> float:
    field = cls.model_fields[name]
    extra = field.json_schema_extra
    relational = extra["relational"] if isinstance(extra, dict) else field.default
    return float(field.default + orientation * (relational - field.default))


def columns(plans: Sequence[Levers], months: float) -> dict[str, PerFirm]:
    """Return the firms' levers as columns by name, each of shape (n_firms,), per period of ``months`` months."""
    names = tuple(Levers.model_fields)
    converted = [plan.per_period(months).__dict__ for plan in plans]
    rows = np.array([[plan[name] for name in names] for plan in converted], np.float32)
    return dict(zip(names, np.ascontiguousarray(rows.T), strict=True))
