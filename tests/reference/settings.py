"""The settings in which the fast model must agree with the plain one: each uses another part of the model."""

from scenarios import load
from sim.scenario import Scenario

CUSTOMERS, MONTHS = 500, 24
SWITCHED_OFF = (
    "turnover", "word_of_mouth", "database", "contact", "need", "consideration", "perceived_value", "choice", "power", "experience",
    "satisfaction", "complaints", "commitment_trust", "bonds", "ladder", "accounts",
)  # fmt: skip


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
    "no relations": lambda: off("commitment_trust", "bonds", "database", "contact", "word_of_mouth"),
    "no judgement": lambda: off("power", "satisfaction", "complaints", "experience", "perceived_value"),
    "no routine": lambda: off("turnover", "need", "consideration", "choice", "ladder"),
    "everything by bargaining": lambda: busy(mechanisms={"power": {"freedom": 1.0, "eps": 0.4, "privacy": 0.9, "rounds": 7}}),
}  # fmt: skip
