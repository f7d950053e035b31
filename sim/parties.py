"""The parties of a scenario: the firms, and the partners that they have in the other five markets."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from sim.levers import Levers, MarketName
from sim.mechanisms.planning import Planning
from sim.rules import Checked, Choice, parameter
from sim.strategy import Strategy

Name = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[\w][\w .+&-]*$")]
MOST_MONTHS = 6_000


class Readiness(Checked):
    """How ready a firm is for relations, element by element: what it does for them works as far as their geometric mean."""

    culture: float = parameter(1.0, "the whole staff wants to win hearts", unit="share", origin="assumed", low=0.0, high=1.0)
    leadership: float = parameter(1.0, "the top means it", unit="share", origin="assumed", low=0.0, high=1.0)
    strategy: float = parameter(1.0, "it is planned for, by customer and over years", unit="share", origin="assumed", low=0.0, high=1.0)
    structure: float = parameter(1.0, "organised by customer and not by product", unit="share", origin="assumed", low=0.0, high=1.0)
    people: float = parameter(1.0, "people can, and may, act for the customer", unit="share", origin="assumed", low=0.0, high=1.0)
    technology: float = parameter(1.0, "systems remember and connect", unit="share", origin="assumed", low=0.0, high=1.0)
    knowledge: float = parameter(1.0, "what is learnt is kept and used", unit="share", origin="assumed", low=0.0, high=1.0)
    process: float = parameter(1.0, "work flows across departments", unit="share", origin="assumed", low=0.0, high=1.0)

    @property
    def factor(self) -> float:
        """Geometric mean of the eight elements: one that is missing altogether undoes the rest."""
        product = 1.0
        for name in type(self).model_fields:
            product *= float(getattr(self, name))
        return float(product ** (1.0 / len(type(self).model_fields)))


class FirmSpec(Checked):
    """A firm as the scenario sets it up; its strategy decides month by month."""

    name: Name
    strategy: Annotated[Strategy, Choice("sim.strategies", "strategy")]
    price: float = parameter(1.0, "list price of one purchase", unit="currency", origin="assumed", low=0.0, high=1e6)
    unit_cost: float = parameter(0.6, "cost of the goods in one purchase", unit="currency", origin="assumed", low=0.0, high=1e6)
    quality: float = parameter(0.65, "quality of the core product", unit="share", origin="assumed", low=0.0, high=1.0)
    reliability: float = parameter(
        0.95, "share of episodes without a failure at the middle level of service", unit="share", origin="assumed", low=0.0, high=1.0
    )
    awareness: float = parameter(0.6, "share of customers who know the firm at the start", unit="share", origin="assumed", low=0.0, high=1.0)
    reputation: float = parameter(0.5, "what customers believe of the firm at the start", unit="share", origin="assumed", low=0.0, high=1.0)
    brand: float = parameter(0.0, "utility of the brand to every customer", unit="utility", origin="assumed", low=-20.0, high=20.0)
    start_share: float = parameter(
        0.0, "share of customers who are this firm's customers at the start", unit="share", origin="assumed", low=0.0, high=1.0
    )
    enters: int = parameter(
        1, "first period in which the firm takes part; later than 1: an entrant", unit="period", origin="assumed", low=1, high=MOST_MONTHS
    )
    leaves: int = parameter(
        MOST_MONTHS, "last period in which the firm takes part; the default is to the end", unit="period", origin="assumed", low=1, high=MOST_MONTHS
    )
    scandal: float = parameter(
        0.0, "gravity of what the public learns of the firm this month; events set it", unit="share", origin="assumed", low=0.0, high=1.0
    )
    orientation: dict[MarketName, float] = Field(
        default_factory=dict,
        description="places on the continuum in single markets of the six, by market, whatever the strategy decides there",
        json_schema_extra={"unit": "share", "origin": "assumed"},
    )
    fixed: dict[str, float] = Field(
        default_factory=dict,
        description="levers held at a value whatever the strategy decides, by name",
        json_schema_extra={"unit": "lever", "origin": "assumed"},
    )
    readiness: Readiness = Readiness()
    planning: Annotated[Planning, Choice("sim.mechanisms", "planning")] = Planning()

    @model_validator(mode="after")
    def _levers_exist(self) -> Self:
        Levers.at(0.0, self.orientation).but(**self.fixed)
        for market, place in self.orientation.items():
            if not 0.0 <= place <= 1.0:
                raise ValueError(f"orientation.{market}: {place} is not between 0 and 1")
        return self


class SupplierSpec(Checked):
    """A supplier of the firms."""

    name: Name
    kind: Literal["goods", "services"] = parameter("goods", "what it supplies", unit="kind", origin="assumed")
    cost: float = parameter(0.75, "its own cost of a unit, relative to a firm's unit_cost", unit="ratio", origin="assumed", low=0.0, high=10.0)
    quality: float = parameter(0.65, "quality of what it supplies", unit="share", origin="assumed", low=0.0, high=1.0)
    reliability: float = parameter(0.95, "chance that it delivers in time in a month", unit="share", origin="assumed", low=0.0, high=1.0)
    capacity: float = parameter(
        1e9, "units it can make; beyond them its customers go short, partners last", unit="units/month", origin="assumed", low=0.0, high=1e12
    )
    orientation: float = parameter(0.6, "how far it wants a relation and not only the best price", unit="share", origin="assumed", low=0.0, high=1.0)
    values: float = parameter(0.5, "the values it stands for, to which a firm's come near or not", unit="share", origin="assumed", low=0.0, high=1.0)


class DistributorSpec(Checked):
    """A distributor that sells the firms' goods on."""

    name: Name
    reach: float = parameter(1.0, "weight of the distributor among customers' places to shop", unit="weight", origin="assumed", low=1e-9, high=1e9)
    orientation: float = parameter(0.6, "how far it wants a relation and not only the best margin", unit="share", origin="assumed", low=0.0, high=1.0)
    values: float = parameter(0.5, "the values it stands for, to which a firm's come near or not", unit="share", origin="assumed", low=0.0, high=1.0)


class DepartmentSpec(Checked):
    """A department that every firm has: one link of the chain that delivers value."""

    name: Name
    kind: Literal["department", "employees", "business_unit"] = parameter("department", "what it is to the firm", unit="kind", origin="assumed")
    weight: float = parameter(1.0, "its weight in what customers get", unit="weight", origin="assumed", low=1e-9, high=1e9)
    staff: float = parameter(1.0, "employees for each thousand active customers", unit="employees", origin="assumed", low=1e-6, high=1e6)
    orientation: float = parameter(
        0.7, "how far its people want to belong and not only to be paid", unit="share", origin="assumed", low=0.0, high=1.0
    )


class InfluencerSpec(Checked):
    """A party that neither buys nor sells, and whose word counts."""

    name: Name
    kind: Literal["media", "government", "bank", "consumer_body", "community"] = parameter("media", "what it can do", unit="kind", origin="assumed")
    audience: float = parameter(0.1, "share of customers whom its word reaches", unit="share/month", origin="assumed", low=0.0, high=1.0)
    strictness: float = parameter(
        0.5, "how far it uses what it can do: publicise, constrain, lend dearly, inform, recommend", unit="share", origin="assumed", low=0.0, high=1.0
    )
    orientation: float = parameter(
        0.6, "how far relations count with it, and not only the last report", unit="share", origin="assumed", low=0.0, high=1.0
    )
    stance: float = parameter(0.0, "stance towards every firm at the start", unit="share", origin="assumed", low=-1.0, high=1.0)
