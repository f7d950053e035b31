"""Customers' histories: a replay in turns, told in sentences that say what the columns say."""

import numpy as np
import pytest

from results.dashboard.live import portrait, story
from results.dashboard.live.history import SAMPLE, Seen, Watch, WatchStored
from results.dashboard.live.market import Pause
from results.dashboard.pages.customers import WISHES, sources
from results.language import language
from results.replay import replay
from scenarios import load
from sim.customers import columns

DUEL = load("duel").but(customers=300, months=20)


def carried_out(work):
    rows = []
    while work.due() < float("inf"):
        rows.extend(work.turn().rows)
    return rows


@pytest.fixture(scope="module")
def watched():
    work = Watch(DUEL, 3, number=7).begin()
    facts = work.told(None).facts
    return facts["customers"], carried_out(work)


def test_a_history_has_the_bits_of_the_run(watched):
    customers, rows = watched
    assert len(customers) in (SAMPLE, SAMPLE + 1)
    assert 7 in customers
    again = list(replay(DUEL, 3, customers))
    assert [row.month for row in rows] == list(range(21))
    for row, month in zip(rows, again, strict=True):
        for name, values in month.columns.items():
            np.testing.assert_array_equal(row.columns[name], values)


def test_it_stops_when_asked():
    work = Watch(DUEL, 3, number=0).begin()
    work.turn()
    assert work.told(Pause()).state == "finished"
    assert work.due() == float("inf")


def test_every_purchase_and_every_complaint_is_told(watched):
    customers, rows = watched
    for place in range(len(customers)):
        text = [sentence for chapter in story.story(rows, place, DUEL) for sentence in chapter.said]
        counted = story.headline(rows, place)
        firms = sum(int((row.events["quantity"][place] > 0).sum()) for row in rows[1:])
        assert sum(sentence.startswith("She buys") for sentence in text) == firms
        assert sum("complains" in sentence for sentence in text) == counted["complaints"]
        assert sum(sentence.startswith("Another takes her place") for sentence in text) == counted["people"] - 1


def quiet(month, **changed):
    """Watched customers of two firms in a month in which nothing happened, but for what is said."""
    start = {"rate": 0.5, "orientation": 0.6, "current": 0, "expectation": 0.6, "reputation": 0.5, "trust": 0.5, "commitment": 0.3, "aware": 1}
    held = {}
    for name, declared in columns().items():
        value = changed.get(name, start.get(name, 0))
        held[name] = np.array([np.broadcast_to(value, 2)] if declared.metadata["dyad"] else [value], float)
    nothing = dict.fromkeys(("quantity", "paid", "performance", "episode_satisfaction", "surplus_taken", "fate", "on_file", "contact"), 0.0)
    events = {name: np.array([np.broadcast_to(changed.get(name, value), 2)], float) for name, value in nothing.items()}
    return Seen(month, held, events)


TWO = DUEL.but(firms=[firm.model_copy(update={"name": name}) for firm, name in zip(DUEL.firms, ("Ay", "Bee"), strict=False)])


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"quantity": [0, 2], "paid": [0, 1.25], "performance": [0, 0.7], "episode_satisfaction": [0, 0.8], "surplus_taken": [0, 0.4]},
         "Bee and pays 1.25 each time. She expected 60.0 % and got 70.0 %: more than hoped for. Satisfaction 80.0 %; the firm keeps 40.0 %"),
        ({"quantity": [1, 0], "paid": 1.0, "performance": 0.5, "fate": [1, 0]}, "It was bad, and she says nothing."),
        ({"quantity": [1, 0], "paid": 1.0, "performance": 0.5, "fate": [2, 0]}, "turned away unheard"),
        ({"quantity": [1, 0], "paid": 1.0, "performance": 0.5, "fate": [3, 0]}, "nobody answers"),
        ({"quantity": [1, 0], "paid": 1.0, "performance": 0.5, "fate": [4, 0]}, "not made good"),
        ({"quantity": [1, 0], "paid": 1.0, "performance": 0.5, "fate": [5, 0]}, "she complains, and it is made good"),
        ({"trust": [0.5, 0.6]}, "With Bee, trust goes from 50.0 % to 60.0 % and commitment from 30.0 % to 30.0 %."),
        ({"current": 1}, "Bee is her firm now, and no longer Ay."),
        ({"current": -1}, "She ends her contract with Ay."),
        ({"talk": 1}, "She recommends Ay."),
        ({"talk": -1}, "She warns others of Ay."),
        ({"reputation": [0.5, 0.4]}, "She hears bad things of Bee: its reputation with her is 40.0 % now."),
        ({"contact": [0.1, -0.1], "on_file": [1, 1]}, "She is glad to hear from Ay. Letters from Bee annoy her."),
        ({"contact": [0.1, 0.0], "on_file": [2, 0]}, "Ay sent her a card: she is remembered."),
        ({"rate": 0.0}, "She leaves the category"),
        ({"entered": 5}, "Another takes her place"),
    ],
)  # fmt: skip
def test_what_happened_is_told_and_nothing_else(changed, said):
    (chapter,) = story.story([quiet(4), quiet(5, **changed)], 0, TWO)
    assert said in " ".join(chapter.said)
    assert chapter.is_quiet == (not {"quantity", "current", "rate", "entered"} & set(changed))


def test_a_month_without_anything_says_nothing_in_both_languages():
    (chapter,) = story.story([quiet(4), quiet(5)], 0, TWO)
    assert (chapter.said, chapter.is_quiet) == ((), True)
    with language("zh"):
        assert story.beginning(quiet(0), 0, TWO) == "她每期需要购买 0.500 次，关系导向为 60.0%，其余看重实惠；她知道 Ay、Bee。她是 Ay 的顾客。"


def test_the_figure_holds_her_numbers(watched):
    customers, rows = watched
    place = max(range(len(customers)), key=lambda k: story.headline(rows, k)["purchases"])
    drawn = portrait.figure(rows, place, DUEL)
    bars = [trace for trace in drawn.data if trace.type == "bar"]
    assert sum(sum(trace.y) for trace in bars) == story.headline(rows, place)["purchases"]
    lines = [trace for trace in drawn.data if trace.type == "scatter" and trace.mode == "lines"]
    j = [firm.name for firm in DUEL.firms].index(bars[0].name)
    np.testing.assert_allclose(lines[0].y, [row.columns["trust"][place][j] for row in rows[1:]])


def test_wishes_choose_one_person():
    several = {"purchases": 50, "complaints": 5, "changes": 9, "firms": 4, "people": 3}
    faithful = {"purchases": 20, "complaints": 0, "changes": 0, "firms": 1, "people": 1}
    angry = {"purchases": 9, "complaints": 2, "changes": 3, "firms": 3, "people": 1}
    told = [several, faithful, angry]
    assert {name: told.index(max(told, key=wish)) for name, wish in WISHES.items()} == {"eventful": 2, "loyal": 1, "complains": 2, "changes": 2}


def test_stored_runs_are_found_and_run_again(folder):
    from types import SimpleNamespace

    from results.dashboard.data import Library

    known = sources(SimpleNamespace(library=Library(folder)))
    source = known["run|pair|dear-0001"]
    task = source.task("run|pair|dear-0001", 5)
    assert task == WatchStored(folder / "pair", "dear-0001", 5)
    facts = task.begin().told(None).facts
    assert (facts["scenario"].firms[2].price, facts["differs"], 5 in facts["customers"]) == (1.2, False, True)
    assert known["scenario|hotel"].task("scenario|hotel", 0).scenario.name == "hotel"
