"""The relation: satisfaction and its constructs, trust, commitment, value, voice (Morgan & Hunt 1994; Spreng et al. 1996)."""

from sim.measures import measure
from sim.record import Record, Values, ratio


@measure(label="Satisfaction", chinese="满意度", unit="share", source="spreng1996", low=0, high=1)
def satisfaction(r: Record) -> Values:
    """Mean overall satisfaction of active customers."""
    return r.mean("satisfaction")


@measure(label="Trust", chinese="信任", unit="share", source="morgan1994", low=0, high=1)
def trust(r: Record) -> Values:
    """Mean trust of active customers."""
    return r.mean("trust")


@measure(label="Commitment", chinese="承诺", unit="share", source="morgan1994", low=0, high=1)
def commitment(r: Record) -> Values:
    """Mean commitment of active customers."""
    return r.mean("commitment")


@measure(label="Perceived value", chinese="感知价值", unit="ratio", source="gronroos1997", low=0)
def perceived_value(r: Record) -> Values:
    """Mean customer perceived value of active customers, benefit over sacrifice."""
    return r.mean("perceived_value")


@measure(label="Relationship value", chinese="关系价值", unit="share", source="gronroos1997")
def relationship_value(r: Record) -> Values:
    """Mean of the second form of perceived value, core value with what the relation has added or taken, of active customers."""
    return r.mean("relationship_value")


@measure(label="Value so far", chinese="累计感知价值", unit="ratio", source="gronroos1997", low=0)
def value_over_time(r: Record) -> Values:
    """Perceived value of active customers month by month, discounted to the start and added up."""
    return r.so_far["discounted_value"]


@measure(label="Social bond", chinese="社交性联系", unit="share", source="berry1991", low=0, high=1)
def social_bond(r: Record) -> Values:
    """Mean social bond of active customers."""
    return r.mean("social_bond")


@measure(label="Structural bond", chinese="结构性联系", unit="share", source="berry1991", low=0, high=1)
def structural_bond(r: Record) -> Values:
    """Mean structural bond of active customers."""
    return r.mean("structural_bond")


@measure(label="Knowledge", chinese="顾客知识", unit="share", low=0, high=1)
def knowledge(r: Record) -> Values:
    """Mean knowledge that the firm has of its active customers."""
    return r.mean("knowledge")


@measure(label="Reputation", chinese="声誉", unit="share", low=0, high=1)
def reputation(r: Record) -> Values:
    """Mean of what all customers, its own or not, believe of the firm."""
    return ratio(r["sum_of_reputation"], r.people)


def _episode(r: Record, name: str) -> Values:
    return ratio(r["episode_" + name], r["buyers"])


@measure(label="Performance", chinese="感知绩效", unit="share", source="spreng1996", low=0, high=1)
def performance(r: Record) -> Values:
    """Mean perceived performance of this month's episodes."""
    return _episode(r, "performance")


@measure(label="Expectation", chinese="期望", unit="share", source="spreng1996", low=0, high=1)
def expectation(r: Record) -> Values:
    """Mean expectation before this month's episodes."""
    return _episode(r, "expectation")


@measure(label="Expectations congruency", chinese="期望一致性", unit="share", source="spreng1996", low=-1, high=1)
def expectations_congruency(r: Record) -> Values:
    """Mean of performance less expectation over this month's episodes."""
    return _episode(r, "performance") - _episode(r, "expectation")


@measure(label="Desires congruency", chinese="欲望一致性", unit="share", source="spreng1996", low=-1, high=1)
def desires_congruency(r: Record) -> Values:
    """Mean of performance less desire over this month's episodes."""
    return _episode(r, "performance") - ratio(r["desired"], r["buyers"])


@measure(label="Attribute satisfaction", chinese="属性满意度", unit="share", source="spreng1996", low=0, high=1)
def attribute_satisfaction(r: Record) -> Values:
    """Mean satisfaction with what was delivered, over this month's episodes."""
    return _episode(r, "attribute_satisfaction")


@measure(label="Information satisfaction", chinese="信息满意度", unit="share", source="spreng1996", low=0, high=1)
def information_satisfaction(r: Record) -> Values:
    """Mean satisfaction with what was told, over this month's episodes."""
    return _episode(r, "information_satisfaction")


@measure(label="Complaints", chinese="投诉数", unit="complaints", source="hirschman1970", low=0)
def complaints(r: Record) -> Values:
    """Complaints voiced this month."""
    return r["complaints"]


@measure(label="Bad episodes", chinese="不良体验", unit="episodes", low=0)
def bad_episodes(r: Record) -> Values:
    """Episodes that failed or disappointed this month, complained of or not."""
    return r["bad_episodes"]


@measure(label="Complaints turned away", chinese="被拒投诉", unit="complaints", source="hirschman1970", low=0)
def complaints_turned_away(r: Record) -> Values:
    """Complaints that were turned away unheard."""
    return r["turned_away"]


@measure(label="Complaints handled", chinese="已处理投诉", unit="complaints", low=0)
def complaints_handled(r: Record) -> Values:
    """Complaints that were handled, resolved or not."""
    return r["complaints_handled"]


@measure(label="Recovered", chinese="成功补救", unit="complaints", source="dematos2007", low=0)
def recovered(r: Record) -> Values:
    """Complaints that were resolved well."""
    return r["recovered"]


@measure(label="Good contacts", chinese="良好接触占比", unit="share", source="gronroos2000", low=0, high=1)
def good_contacts(r: Record) -> Values:
    """Share of contacted customers on whom the month's contacts made a good impression."""
    return ratio(r["contacts_good"], r["contacted"])


@measure(label="Good word of mouth", chinese="正面口碑", unit="messages", source="arndt1967", low=0)
def word_of_mouth_positive(r: Record) -> Values:
    """Good words about the firm that were heard this month."""
    return r["heard_good"]


@measure(label="Bad word of mouth", chinese="负面口碑", unit="messages", source="arndt1967", low=0)
def word_of_mouth_negative(r: Record) -> Values:
    """Bad words about the firm that were heard this month."""
    return r["heard_bad"]
