"""The settings in which the fast model must agree with the plain one: each uses another part of the model."""

from scenarios import load
from sim.scenario import Scenario

CUSTOMERS, MONTHS = 500, 24
SWITCHED_OFF = (
    "turnover", "word_of_mouth", "database", "contact", "need", "consideration", "perceived_value", "choice", "power", "experience",
    "satisfaction", "complaints", "commitment_trust", "bonds", "ladder", "accounts",
)  # fmt: skip
MARKETS_OFF = ("influence", "supply", "distribution", "internal_market", "competition", "relations", "balancing", "development", "portfolio")


def busy(**top):
    """Return a market in which much happens: frequent purchases, two transactional firms against two relational ones."""
    firm = {"start_share": 0.2, "awareness": 0.5, "reliability": 0.8}
    return Scenario.model_validate({
        "name": "busy",
        "customers": CUSTOMERS,
        "months": MONTHS,
        "segments": [{"name": "all", "need_shape": 1.5, "need_scale": 1.0, "dropout_a": 0.5, "dropout_b": 6.0, "orientation_spread": 0.4}],
        "firms": [
            {"name": "A", "strategy": {"kind": "transactional"}, **firm},
            {"name": "B", "strategy": {"kind": "transactional"}, **firm},
            {"name": "C", "strategy": {"kind": "relational"}, **firm},
            {"name": "D", "strategy": {"kind": "relational"}, **firm},
        ],
        **top,
    })  # fmt: skip


def with_firms(count):
    """Return a market of so many firms, anywhere between the poles: more draws than one call of the generator gives."""

    def firm(j):
        strategy = {"kind": "continuum", "orientation": j / (count - 1)}
        return {"name": f"F{j}", "strategy": strategy, "start_share": 0.1, "brand": 0.1 * j, "price": 1.0 + 0.05 * j}

    return busy(firms=[firm(j) for j in range(count)])


def off(*slots):
    """Return the busy market with some mechanisms switched off."""
    return busy(mechanisms={slot: {"active": False} for slot in slots})


def six_off(slot):
    """Return the busy six markets with a mechanism switched off."""
    return six().but({f"mechanisms.{slot}.active": False})


def six(**top):
    """Return six markets in which everything happens that can: scarce supplies, an entrant, alliances, a price war, a scandal, favours, campaigns."""
    everything = {
        "pressure": 0.4, "advice": 0.3, "extras": 0.3, "sensing": 0.5, "innovation": 0.6, "novelty": 0.3, "automation": 0.5, "reactivation": 1.5,
        "poaching": 0.05, "direct": 0.15,
    }  # fmt: skip
    firm = {"start_share": 0.16, "awareness": 0.5, "reliability": 0.8}
    return Scenario.model_validate({
        "name": "six",
        "customers": CUSTOMERS,
        "months": MONTHS,
        "segments": SEGMENTS,
        "market": {"season_amplitude": 0.2},
        "firms": [
            {"name": "A", "strategy": {"kind": "transactional"}, **firm, "price": 0.9,
             "fixed": {"price_matching": 0.9, "favours": 0.8, "pressure": 0.5}},
            {"name": "B", "strategy": {"kind": "partnering"}, **firm, "quality": 0.7, "planning": {"manager": False, "stakeholders": False}},
            {"name": "C", "strategy": {"kind": "portfolio"}, **firm, "planning": {"standard": 0.6, "delay": 2.0, "specialists": 1.0, "span": 6.0}},
            {"name": "D", "strategy": {"kind": "relational"}, **firm, "fixed": {**everything, "alliance": 1.0},
             "readiness": {"culture": 0.6, "people": 0.8}, "planning": {"budget": 0.05, "focus": 2.0}},
            {"name": "E", "strategy": {"kind": "imitator"}, **firm, "enters": 6, "orientation": {"supplier": 1.0, "internal": 0.3}},
            {"name": "F", "strategy": {"kind": "continuum", "orientation": 0.5}, **firm, "leaves": 15,
             "fixed": {"alliance": 1.0, "suppression": 0.7}},
        ],
        "suppliers": [
            {"name": "cheap", "cost": 0.65, "quality": 0.5, "reliability": 0.7},
            {"name": "short", "cost": 0.7, "quality": 0.75, "capacity": 0.12 * top.get("customers", CUSTOMERS), "orientation": 0.9, "values": 0.8},
            {"name": "good", "kind": "services", "cost": 0.8, "quality": 0.8, "orientation": 0.3},
        ],
        "distributors": [{"name": "stores", "reach": 3.0}, {"name": "halls", "reach": 1.0, "orientation": 0.9, "values": 0.2}],
        "departments": [{"name": "front", "weight": 2.0, "staff": 4.0}, {"name": "back", "kind": "business_unit", "orientation": 0.3}],
        "influencers": [
            {"name": "paper", "kind": "media", "audience": 0.3, "strictness": 0.8, "stance": -0.4},
            {"name": "radio", "kind": "media", "audience": 0.1, "stance": 0.5},
            {"name": "authority", "kind": "government", "strictness": 0.9},
            {"name": "bank", "kind": "bank", "strictness": 0.6},
            {"name": "union", "kind": "consumer_body", "strictness": 0.7, "stance": -0.5},
            {"name": "council", "kind": "community", "audience": 0.2, "stance": 0.3},
        ],
        "events": [
            {"name": "scandal", "month": 9, "months": 1, "set": {"firms.3.scandal": 0.7}},
            {"name": "dearth", "month": 12, "months": 4, "set": {"suppliers.0.capacity": 20.0, "distributors.0.reach": 1.0}},
        ],
        "campaigns": [
            {"name": "fair", "firm": "D", "form": "event", "month": 3, "months": 6, "budget": 9.0, "control": 0.2, "levers": {"discount": 0.1}},
            {"name": "cards", "firm": "C", "form": "offer", "segments": ["few"], "month": 8, "months": 3, "control": 0.4,
             "levers": {"reactivation": 3.0, "poaching": 0.2, "complaint_ease": 1.0}},
        ],
        "mechanisms": {
            "competition": {"active": True, "bar": 0.05, "courtship": 0.5, "breach": 0.42}, "balancing": {"active": True},
            "bonds": {"join": 0.3}, "consideration": {"boredom": 1.5}, "perceived_value": {"effort": 0.05},
            "commitment_trust": {"b_ownership": 0.2}, "development": {"drift": 0.01, "discovery": 0.3},
            "supply": {"quits": 0.9, "least": 0.6, "grudge": 5.0},
            "influence": {"exposure": 0.3}, "distribution": {"least": 0.45}, "portfolio": {"known": 4.0},
        },
        **top,
    })  # fmt: skip


MANY = {"name": "many", "share": 3.0, "need_shape": 0.8, "need_scale": 1.0, "orientation": 0.3, "price_sensitivity": 1.5}
FEW = {"name": "few", "share": 1.0, "need_shape": 3.0, "need_scale": 1.5, "orientation": 0.9, "desire": 0.75, "taste_spread": 0.5}
SEGMENTS = [{**MANY, "dropout_a": 0.3, "dropout_b": 3.0}, FEW]
SALE = {"name": "sale", "firm": "A", "segments": ["many"], "month": 4, "months": 5, "budget": 12.5}
DRIVE = {"name": "drive", "firm": "C", "month": 6, "months": 2, "budget": 10.0}
CHANGES = {"market.transparency": 0.9, "firms.0.price": 0.8, "firms.1.awareness": 0.1, "segments.0.desire": 0.9, "market.discount_rate": 0.3}
TURBULENT = {
    "segments": SEGMENTS,
    "market": {"season_amplitude": 0.5, "season_peak": 6.0, "transparency": 0.2, "settling": 10.0},
    "events": [
        {"name": "comparison sites", "month": 7, "set": CHANGES},
        {"name": "strike", "month": 12, "months": 3, "set": {"firms.2.reliability": 0.3, "mechanisms.turnover.departure": 0.05}},
    ],
    "campaigns": [
        {**SALE, "levers": {"discount": 0.25, "advertising": 0.05}},
        {**DRIVE, "levers": {"complaint_ease": 1.0, "phone": 9.0, "mail": 20.0}},
    ],
}  # fmt: skip
SETTINGS = {
    "duel": lambda: load("duel").but(customers=CUSTOMERS, months=MONTHS),
    "busy": busy,
    "contractual": lambda: load("contractual").but(customers=CUSTOMERS, months=MONTHS),
    "short contracts": lambda: busy(market={"setting": "contractual", "contract_term": 3.0, "settling": 7.0}, segments=SEGMENTS),
    "weeks": lambda: busy(period="week", months=6),
    "quarters": lambda: busy(period="quarter", months=72, segments=SEGMENTS),
    "contracts by quarter": lambda: busy(period="quarter", months=72, market={"setting": "contractual"}),
    "events and campaigns": lambda: busy(**TURBULENT),
    "six firms": lambda: with_firms(6),
    "baseline": lambda: load("baseline").but(customers=CUSTOMERS, months=MONTHS),
    "six markets": lambda: load("six_markets").but(customers=CUSTOMERS, months=MONTHS),
    "six markets, busy": six,
    "six markets by week": lambda: six(period="week", months=5),
    "six markets by contract": lambda: six(market={"setting": "contractual", "contract_term": 3.0, "settling": 7.0}),
    "no relations": lambda: off("commitment_trust", "bonds", "database", "contact", "word_of_mouth"),
    "no judgement": lambda: off("power", "satisfaction", "complaints", "experience", "perceived_value"),
    "no routine": lambda: off("turnover", "need", "consideration", "choice", "ladder"),
    "everything by bargaining": lambda: busy(mechanisms={"power": {"freedom": 1.0, "eps": 0.4, "privacy": 0.9, "rounds": 7}}),
}  # fmt: skip
