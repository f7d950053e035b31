"""What strategies, markets, parties, power regimes, classes of customers and periods are called, in the reader's language."""

from results.language import current, say


def strategy(kind: str) -> str:
    """Return what a strategy is called; one that is not the project's own is called by its kind.

    >>> strategy("loyalty_programme"), strategy("mine")
    ('loyalty programme', 'mine')
    """
    return {
        "basic": say("basic"),
        "best_response": say("best response"),
        "budget_split": say("budget split"),
        "co_creative": say("co-creative"),
        "continuum": say("continuum"),
        "database_only": say("database only"),
        "imitator": say("imitator"),
        "interactive": say("interactive"),
        "loyalty_only": say("loyalty only"),
        "loyalty_programme": say("loyalty programme"),
        "mass": say("mass"),
        "partnering": say("partnering"),
        "personalised": say("personalised"),
        "portfolio": say("portfolio"),
        "relational": say("relational"),
        "relationship_selling": say("relationship selling"),
        "social_club": say("social club"),
        "structural_partner": say("structural partner"),
        "transactional": say("transactional"),
    }.get(kind, kind)


def contrast(who: str) -> str:
    """Return what a strategy, or the difference between two, is called.

    >>> contrast("loyalty_programme - mass")
    'loyalty programme - mass'
    """
    return " - ".join(strategy(kind) for kind in who.split(" - "))


def market(key: str) -> str:
    """Return who is met in one of the six markets."""
    return {
        "customer": say("customers"),
        "supplier": say("suppliers"),
        "distributor": say("distributors"),
        "internal": say("employees"),
        "competitor": say("rivals"),
        "influencer": say("influencers"),
    }.get(key, key)


def party(key: str) -> str:
    """Return what a party to the surplus is called."""
    return {
        "customer": say("customers"),
        "supplier": say("suppliers"),
        "distributor": say("distributors"),
        "employees": say("employees"),
        "firm": say("the firm"),
    }.get(key, key)


def regime(key: str) -> str:
    """Return what a power regime between firm and customer is called."""
    return {"marketed_leads": say("M<B: the customer leads"), "parity": say("M=B: they negotiate"), "marketer_leads": say("M>B: the firm leads")}.get(
        key, key
    )


def variant(key: str) -> str:
    """Return what a variant of a tournament's market is called."""
    return {"customers' market": say("customers' market"), "as it is": say("as it is"), "firms' market": say("firms' market")}.get(key, key)


def method(key: str) -> str:
    """Return what a method of estimating an effect is called."""
    return {
        "with - without": say("with - without"),
        "before-after": say("before-after"),
        "treated-untreated": say("treated-untreated"),
        "control group": say("control group"),
    }.get(key, key)


def customer_class(key: str) -> str:
    """Return what a class of customers in the database is called."""
    return {
        "no_history": say("no history"),
        "trier": say("triers"),
        "new": say("new customers"),
        "existing": say("existing customers"),
        "brand_switcher": say("brand switchers"),
        "quitter": say("quitters"),
    }.get(key, key)


def period(name: str) -> str:
    """Return what one step is called."""
    return {"week": say("week"), "month": say("month"), "quarter": say("quarter"), "year": say("year")}.get(name, name)


def periods(name: str) -> str:
    """Return what several steps are called."""
    return {"week": say("weeks"), "month": say("months"), "quarter": say("quarters"), "year": say("years")}.get(name, name)


def capital(text: str) -> str:
    """Return a text with a capital at its beginning, where the language has any; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def joined(parts: list[str]) -> str:
    """Return texts as one enumeration."""
    return ("、" if current() == "zh" else ", ").join(parts)


def listed(parts: list[str]) -> str:
    """Return texts as an enumeration whose last one is bound by a word.

    >>> listed(["mass", "basic", "relational"])
    'mass, basic and relational'
    """
    return say("{several} and {last}", several=joined(parts[:-1]), last=parts[-1]) if len(parts) > 1 else "".join(parts)


def clauses(parts: list[str]) -> str:
    """Return clauses of one sentence, one after the other."""
    return ("；" if current() == "zh" else "; ").join(parts)
