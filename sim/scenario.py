"""What a scenario describes: a market, its customers, its firms, and the rules they live by. Checked, frozen, comparable."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, SerializeAsAny, model_validator

from sim.levers import Levers
from sim.mechanisms.accounts import Accounts
from sim.mechanisms.balancing import Balancing
from sim.mechanisms.bonds import Bonds
from sim.mechanisms.choice import LogitChoice
from sim.mechanisms.commitment_trust import CommitmentTrust
from sim.mechanisms.competition import Competition
from sim.mechanisms.complaints import Complaints
from sim.mechanisms.consideration import Consideration
from sim.mechanisms.contact import Contact
from sim.mechanisms.database import Database
from sim.mechanisms.development import Development
from sim.mechanisms.distribution import Distribution
from sim.mechanisms.experience import Experience
from sim.mechanisms.influence import Influence
from sim.mechanisms.internal_market import InternalMarket
from sim.mechanisms.ladder import Ladder
from sim.mechanisms.need import Need
from sim.mechanisms.perceived_value import PerceivedValue
from sim.mechanisms.portfolio import Portfolio
from sim.mechanisms.power import Power
from sim.mechanisms.relations import Relations
from sim.mechanisms.satisfaction import Satisfaction
from sim.mechanisms.supply import Supply
from sim.mechanisms.turnover import Turnover
from sim.mechanisms.word_of_mouth import WordOfMouth
from sim.parties import MOST_MONTHS, DepartmentSpec, DistributorSpec, FirmSpec, InfluencerSpec, Name, SupplierSpec
from sim.paths import plain, replaced
from sim.rules import Checked, Choice, parameter
from sim.units import PERIODS_PER_YEAR, Period, months_per_period

MOST_FIRMS = 64
MOST_PARTNERS = 200
MOST_CUSTOMERS = 50_000_000

Many = BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)


class Segment(Checked):
    """A group of customers alike in what they need and care for; each customer is drawn from the segment's distributions."""

    name: Name
    share: float = parameter(1.0, "weight of the segment among the market's customers", unit="weight", origin="assumed", low=1e-9, high=1e9)
    need_shape: float = parameter(
        1.0, "r of the Gamma of purchase rates: small means that few customers buy most", unit="number", origin="assumed", low=1e-3, high=1e6
    )
    need_scale: float = parameter(
        2.0,
        "alpha of the Gamma of purchase rates: the mean rate is r / alpha purchases a month",
        unit="months/purchase",
        origin="assumed",
        low=1e-6,
        high=1e9,
    )
    dropout_a: float = parameter(
        0.0,
        "a of the Beta of leaving the category after a purchase (or at a renewal); 0: nobody leaves",
        unit="number",
        origin="assumed",
        low=0.0,
        high=1e6,
    )
    dropout_b: float = parameter(
        1.0, "b of the Beta of leaving the category after a purchase (or at a renewal)", unit="number", origin="assumed", low=1e-6, high=1e6
    )
    orientation: float = parameter(
        0.6, "mean relational orientation: 0 wants only good deals, 1 wants relations", unit="share", origin="assumed", low=0.0, high=1.0
    )
    orientation_spread: float = parameter(
        0.2, "half-width of the uniform spread of orientation within the segment", unit="share", origin="assumed", low=0.0, high=0.5
    )
    price_sensitivity: float = parameter(
        1.0, "weight of perceived value in the choice, relative to other segments", unit="ratio", origin="assumed", low=0.0, high=10.0
    )
    desire: float = parameter(0.55, "performance that would satisfy the segment's wishes fully", unit="share", origin="assumed", low=0.0, high=1.0)
    taste_spread: float = parameter(
        1.0, "standard deviation of the stable taste for each firm, in units of utility", unit="utility", origin="assumed", low=0.0, high=8.0
    )


class Market(Checked):
    """The market's structure and setting."""

    setting: Literal["noncontractual", "contractual"] = parameter(
        "noncontractual",
        "contractual: one provider, renewed or cancelled; noncontractual: customers buy when they need",
        unit="kind",
        origin="assumed",
    )
    contract_term: float = parameter(12.0, "months between renewals (contractual)", unit="months", origin="assumed", low=0.1, high=600.0)
    switching_cost: float = parameter(
        0.4, "utility lost by leaving the current provider, apart from bonds", unit="utility", origin="assumed", low=0.0, high=50.0
    )
    outside_utility: float = parameter(-1.5, "utility of not buying from any firm", unit="utility", origin="assumed", low=-50.0, high=50.0)
    transparency: float = parameter(
        0.5, "what customers can know of prices and quality: comparison sites, reviews", unit="share", origin="assumed", low=0.0, high=1.0
    )
    idle_capacity: float = parameter(
        0.4, "buyers' market: share of capacity looking for customers; 0 is a sellers' market", unit="share", origin="assumed", low=0.0, high=1.0
    )
    discount_rate: float = parameter(
        0.12, "discount rate of lifetime values, a year", unit="share/year", origin="published: gupta2004", low=0.0, high=10.0
    )
    settling: float = parameter(
        0.0,
        "how long people have come into and left the category before the start; 0: everybody has just come",
        unit="months",
        origin="assumed",
        low=0.0,
        high=1200.0,
    )
    season_amplitude: float = parameter(0.0, "seasonal swing of need around its mean", unit="share", origin="assumed", low=0.0, high=1.0)
    season_peak: float = parameter(12.0, "calendar month of the seasonal peak", unit="calendar month", origin="assumed", low=1.0, high=12.0)


class Event(Checked):
    """A scheduled change of the scenario: from a month on, for some months, numbers at paths take other values."""

    name: Name
    month: int = Field(ge=1, le=MOST_MONTHS, description="first period of the change, counted from 1")
    months: int = Field(MOST_MONTHS, ge=1, le=MOST_MONTHS, description="periods that it lasts; the default is to the end")
    set: dict[str, Any] = Field(description="values by path, such as 'market.transparency' or 'firms.0.price'")


class Campaign(Checked):
    """One firm's campaign, planned in five steps; its evaluation is against a control group, and against the market without it.

    1. Objective, target group and theme; 2. owner and form; 3. budget and duration; 4. implementation; 5. feedback and evaluation.
    """

    name: Name
    firm: Name
    objective: str = Field("profit", description="step 1: the measure of firm_months that the campaign is to move")
    segments: Annotated[tuple[str, ...], Many] = Field((), description="step 1: target group, names of segments; empty for everybody")
    theme: str = Field("", max_length=200, description="step 1: what it says; for people, and for the report")
    owner: str = Field("marketing", max_length=60, description="step 2: who answers for it: a department of the scenario, or any name")
    form: Literal["message", "offer", "event", "service"] = Field(
        "offer", description="step 2: what it is: a department that carries it out is loaded by events and services"
    )
    month: int = Field(ge=1, le=MOST_MONTHS, description="step 3: first period, counted from 1")
    months: int = Field(3, ge=1, le=MOST_MONTHS, description="step 3: periods that it lasts")
    budget: float = Field(0.0, ge=0.0, le=1e12, description="step 3: fixed cost over the whole campaign, in currency, spread evenly")
    levers: dict[str, float] = Field(default_factory=dict, description="step 4: levers held at a value for the target group while it lasts")
    control: float = Field(
        0.0, ge=0.0, le=0.9, description="step 5: share of the target group held out from every campaign, to compare with (universal control group)"
    )

    @model_validator(mode="after")
    def _levers_exist(self) -> Self:
        Levers.at(0.0).but(**self.levers)
        return self


class Mechanisms(Checked):
    """The theory that the market lives by: one rule for each slot, in the order of the month."""

    influence: Annotated[Influence, Choice("sim.mechanisms", "influence")] = Influence()
    supply: Annotated[Supply, Choice("sim.mechanisms", "supply")] = Supply()
    distribution: Annotated[Distribution, Choice("sim.mechanisms", "distribution")] = Distribution()
    internal_market: Annotated[InternalMarket, Choice("sim.mechanisms", "internal_market")] = InternalMarket()
    relations: Annotated[Relations, Choice("sim.mechanisms", "relations")] = Relations()
    competition: Annotated[Competition, Choice("sim.mechanisms", "competition")] = Competition()
    development: Annotated[Development, Choice("sim.mechanisms", "development")] = Development()
    turnover: Annotated[Turnover, Choice("sim.mechanisms", "turnover")] = Turnover()
    word_of_mouth: Annotated[WordOfMouth, Choice("sim.mechanisms", "word_of_mouth")] = WordOfMouth()
    database: Annotated[Database, Choice("sim.mechanisms", "database")] = Database()
    contact: Annotated[Contact, Choice("sim.mechanisms", "contact")] = Contact()
    portfolio: Annotated[Portfolio, Choice("sim.mechanisms", "portfolio")] = Portfolio()
    need: Annotated[Need, Choice("sim.mechanisms", "need")] = Need()
    consideration: Annotated[Consideration, Choice("sim.mechanisms", "consideration")] = Consideration()
    perceived_value: Annotated[PerceivedValue, Choice("sim.mechanisms", "perceived_value")] = PerceivedValue()
    choice: Annotated[LogitChoice, Choice("sim.mechanisms", "choice")] = LogitChoice()
    power: Annotated[Power, Choice("sim.mechanisms", "power")] = Power()
    balancing: Annotated[Balancing, Choice("sim.mechanisms", "balancing")] = Balancing()
    experience: Annotated[Experience, Choice("sim.mechanisms", "experience")] = Experience()
    satisfaction: Annotated[Satisfaction, Choice("sim.mechanisms", "satisfaction")] = Satisfaction()
    complaints: Annotated[Complaints, Choice("sim.mechanisms", "complaints")] = Complaints()
    commitment_trust: Annotated[CommitmentTrust, Choice("sim.mechanisms", "commitment_trust")] = CommitmentTrust()
    bonds: Annotated[Bonds, Choice("sim.mechanisms", "bonds")] = Bonds()
    ladder: Annotated[Ladder, Choice("sim.mechanisms", "ladder")] = Ladder()
    accounts: Annotated[Accounts, Choice("sim.mechanisms", "accounts")] = Accounts()


class Texts(Checked):
    """What a scenario says to people."""

    title: str = Field("", description="one line")
    question: str = Field("", description="the question that the scenario asks")
    notice: str = Field("", description="what to notice in the result")
    attempt: str = Field("", description="what to try next")


class Scenario(Checked):
    """A whole market, checked: nothing in it is unknown, missing, infinite or out of range."""

    name: Name
    title: str = Field("", description="one line for people")
    question: str = Field("", description="the question that the scenario asks")
    notice: str = Field("", description="what to notice in the result")
    attempt: str = Field("", description="what to try next")
    chinese: Texts = Field(default_factory=Texts, description="the same texts in Simplified Chinese")
    customers: int = Field(20_000, ge=1, le=MOST_CUSTOMERS, description="customers in the market")
    months: int = Field(120, ge=1, le=MOST_MONTHS, description="length of a run in months, whatever the period")
    period: Period = Field("month", description="length of one step; rates are declared per month and converted")
    seed: int = Field(1, ge=0, le=2**64 - 1, description="seed of the first replication; replication k has seed + k")
    market: Market = Market()
    segments: Annotated[tuple[Segment, ...], Many] = Field((Segment(name="customers"),), min_length=1, max_length=100)
    firms: Annotated[tuple[SerializeAsAny[FirmSpec], ...], Many] = Field(min_length=2, max_length=MOST_FIRMS)
    suppliers: Annotated[tuple[SupplierSpec, ...], Many] = Field((), max_length=MOST_PARTNERS)
    distributors: Annotated[tuple[DistributorSpec, ...], Many] = Field((), max_length=MOST_PARTNERS)
    departments: Annotated[tuple[DepartmentSpec, ...], Many] = Field((), max_length=MOST_PARTNERS)
    influencers: Annotated[tuple[InfluencerSpec, ...], Many] = Field((), max_length=MOST_PARTNERS)
    events: Annotated[tuple[Event, ...], Many] = ()
    campaigns: Annotated[tuple[Campaign, ...], Many] = ()
    mechanisms: Mechanisms = Mechanisms()

    @property
    def periods(self) -> int:
        """How many steps a run takes: at least one."""
        return max(1, round(self.months * PERIODS_PER_YEAR[self.period] / 12.0))

    @property
    def months_per_period(self) -> float:
        """Months in one step."""
        return months_per_period(self.period)

    def running(self, month: int) -> list[Campaign]:
        """Return the campaigns that run in a month."""
        return [campaign for campaign in self.campaigns if campaign.month <= month < campaign.month + campaign.months]

    @model_validator(mode="after")
    def _names_differ_and_exist(self) -> Self:
        for what, names in (
            ("firms", [firm.name for firm in self.firms]),
            ("segments", [segment.name for segment in self.segments]),
            ("suppliers", [supplier.name for supplier in self.suppliers]),
            ("distributors", [distributor.name for distributor in self.distributors]),
            ("departments", [department.name for department in self.departments]),
            ("influencers", [influencer.name for influencer in self.influencers]),
            ("events", [event.name for event in self.events]),
            ("campaigns", [campaign.name for campaign in self.campaigns]),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                raise ValueError(f"{what}: the name {twice[0]!r} is used twice; names must differ")
        for number, campaign in enumerate(self.campaigns):
            if campaign.firm not in [firm.name for firm in self.firms]:
                raise ValueError(f"campaigns.{number}.firm: there is no firm {campaign.firm!r}")
            for segment in campaign.segments:
                if segment not in [known.name for known in self.segments]:
                    raise ValueError(f"campaigns.{number}.segments: there is no segment {segment!r}")
        if sum(firm.start_share for firm in self.firms) > 1.0 + 1e-9:
            raise ValueError("firms: the start_share of all firms together is above 1 (all customers)")
        if self.customers < len(self.segments):
            raise ValueError(f"customers: {self.customers} is fewer than the {len(self.segments)} segments; each needs one")
        return self

    def but(self, changes: Mapping[str, Any] | None = None, **top: Any) -> Self:
        """Return a newly checked copy with some values changed.

        Parameters
        ----------
        changes : mapping, optional
            Values by dotted path, such as ``{"firms.0.price": 1.1, "market.transparency": 0.9}``.
        **top : Any
            Values of top-level keys, such as ``customers=2000``.

        Raises
        ------
        pydantic.ValidationError
            If a value is not allowed.
        KeyError
            If a path leads nowhere.
        """
        data = plain(self)
        for path, value in {**top, **(changes or {})}.items():
            data = replaced(data, path.split("."), value)
        return type(self).model_validate(data)
