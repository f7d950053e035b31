"""The desk and its workers: markets that are played have the bits of their scenarios, readers do not disturb each other, and nothing stays behind."""

import os
import time
from multiprocessing import get_context

import numpy as np
import pytest

from results.dashboard.live import levers, picture
from results.dashboard.live.desk import Desk, Full
from results.dashboard.live.market import Market, Move, Pause, Play
from results.dashboard.live.picture import Run
from results.dashboard.live.saved import toml
from results.dashboard.live.setting import ENTRIES, LUCKS, NEWCOMER, Setting, playable, shipped
from results.dashboard.live.worker import serve
from scenarios import load, parse
from sim import MarketModel
from sim.measures import measures
from sim.scenario import Event

DUEL = load("duel").but(customers=300, months=14)
PATIENCE = 60.0


def until(holds, patience=PATIENCE):
    """Wait until something holds, and fail where it never does."""
    end = time.monotonic() + patience
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.fixture(scope="module")
def desk():
    made = Desk(workers=1, places=4)
    yield made
    made.close()


@pytest.fixture
def opened(desk):
    """A function that opens a market and waits until it is there; what is left open is ended."""
    tokens = []

    def open_(scenario=DUEL, firm=2, token=""):
        tokens.append(desk.begin(Market(scenario, firm), token))
        until(lambda: desk.look(tokens[-1]).total or desk.look(tokens[-1]).state == "failed")
        return tokens[-1]

    yield open_
    for token in tokens:
        desk.end(token)


def figures(scenario):
    model = MarketModel(scenario, seed=scenario.seed)
    model.run_model()
    return np.array([[found[name][-1] for name in found] for found in model.ledger.months])


def test_a_market_that_is_played_and_changed_has_the_bits_of_its_scenario_with_events(desk, opened):
    token = opened()
    desk.tell(token, Move({"social": 0.9}))
    desk.tell(token, Play(6))
    until(lambda: desk.look(token).done == 6)
    desk.tell(token, Move({"price": 0.9}))
    desk.tell(token, Move({"orientation": 0.2, "information": 0.8}))  # twice in one month: one event
    desk.tell(token, Play(14))
    until(lambda: desk.look(token).state == "finished")
    seen = desk.look(token)
    played = np.array([row.values for row in seen.rows])
    changes = {"firms.2.price": 0.9, "firms.2.strategy": {"kind": "continuum", "orientation": 0.2}, "market.transparency": 0.8}
    events = (Event(name="a", month=1, set={"firms.2.fixed.social": 0.9}), Event(name="b", month=7, set=changes))
    np.testing.assert_array_equal(played, figures(DUEL.but(events=events)))
    np.testing.assert_array_equal(played[:6], figures(DUEL.but(events=events[:1]))[:6])
    assert not np.array_equal(played, figures(DUEL), equal_nan=True)
    assert seen.facts["moved"] == {1: {"social": 0.9}, 7: {"price": 0.9, "orientation": 0.2, "information": 0.8}}
    text = toml(seen.facts["scenario"], shipped("duel"))
    np.testing.assert_array_equal(played, figures(parse(text, "duel")))
    assert text.startswith('extends = "duel"')


def test_a_newcomer_is_saved_too():
    setting = Setting.checked("duel", "2000", "13", "2", "3")
    scenario = setting.scenario()
    assert [firm.name for firm in scenario.firms][-1] == NEWCOMER
    assert (scenario.firms[-1].enters, scenario.firms[-1].strategy.kind, scenario.seed) == (13, "relational", 2)
    again = parse(toml(scenario, shipped("duel")), "duel")
    assert again.but(name="duel") == scenario


def test_steps_pauses_and_pace(desk, opened):
    token = opened()
    desk.tell(token, Play(1))
    until(lambda: desk.look(token).done == 1)
    assert desk.look(token).state == "waiting"
    begun = time.monotonic()
    desk.tell(token, Play(14, rate=10.0))
    until(lambda: desk.look(token).done >= 4)
    assert time.monotonic() - begun > 0.19  # three months, the first of them at once
    desk.tell(token, Pause())
    until(lambda: desk.look(token).state == "waiting")
    stands = desk.look(token).done
    time.sleep(0.3)
    assert desk.look(token).done == stands < 14
    assert [row.month for row in desk.look(token).rows] == list(range(1, stands + 1))


def test_readers_do_not_disturb_each_other(desk, opened):
    mine, theirs = opened(), opened(DUEL.but(seed=9))
    assert mine != theirs
    desk.tell(mine, Move({"price": 1.4}))
    desk.tell(mine, Play(3))
    until(lambda: desk.look(mine).done == 3)
    assert desk.look(theirs).done == 0
    assert desk.look(theirs).facts["levers"]["price"] == 1.0
    desk.end(mine)
    desk.tell(theirs, Play(2))
    until(lambda: desk.look(theirs).done == 2)
    assert desk.look(mine) is None


def test_a_new_beginning_takes_the_place_of_the_old(desk, opened):
    token = opened()
    desk.keep(token, pinned="kept")
    desk.tell(token, Play(14, rate=5.0))
    until(lambda: desk.look(token).done >= 1)
    assert opened(token=token) == token
    assert len(desk) == 1
    time.sleep(0.4)
    assert (desk.look(token).done, desk.look(token).rows, desk.look(token).kept) == (0, [], {"pinned": "kept"})


def test_places_are_bounded(desk, opened):
    for _ in range(4):
        opened()
    with pytest.raises(Full):
        desk.begin(Market(DUEL, 2))
    assert len(desk.processes) == 1


def test_work_that_fails_says_so_and_the_others_go_on(desk, opened):
    well, badly = opened(), opened(firm=99)
    assert desk.look(badly).state == "failed"
    assert desk.look(badly).problem
    desk.tell(well, Play(2))
    until(lambda: desk.look(well).done == 2)


def test_what_nobody_asks_for_ends_and_leaves_no_process():
    desk = Desk(workers=2, life=1.5, leave=0.1, rest=0.1)
    try:
        first, second = desk.begin(Market(DUEL, 2)), desk.begin(Market(DUEL, 2))
        processes = desk.processes
        assert len(processes) == 2
        until(lambda: all([desk.look(first).total, desk.look(second).total]))
        desk.leave(second)
        until(lambda: len(desk) == 1, 5.0)
        assert desk.look(first) is not None
        until(lambda: len(desk) == 0, 10.0)  # nobody looks any more
        until(lambda: not desk.processes, 10.0)
        until(lambda: not any(map(is_alive, processes)), 10.0)
    finally:
        desk.close()


def test_work_that_is_over_needs_no_process_and_what_is_left_idle_ends():
    desk = Desk(workers=1, idle=3.0, rest=0.1)
    try:
        token = desk.begin(Market(DUEL.but(months=2), 2), about="this")
        desk.tell(token, Play(2))
        until(lambda: desk.look(token).state == "finished")
        until(lambda: not desk.processes, 10.0)
        seen = desk.look(token)
        assert (len(seen.rows), seen.done, seen.kept) == (2, 2, {"about": "this"})
        assert desk.settle(token, other="that") == token
        assert (desk.look(token).state, desk.look(token).rows, desk.look(token).kept) == ("finished", [], {"about": "this", "other": "that"})
        assert desk.processes == []
        until(lambda: desk.look(token) is None, 10.0)  # its page looks, and nobody orders anything
    finally:
        desk.close()


def test_a_worker_that_dies_is_told_and_replaced():
    desk = Desk(workers=1)
    try:
        token = desk.begin(Market(DUEL, 2))
        (process,) = desk.processes
        os.kill(process, 9)
        until(lambda: desk.look(token).state == "failed")
        assert desk.look(token).problem == "gone"
        desk.begin(Market(DUEL, 2), token)
        until(lambda: desk.look(token).total == 14)
    finally:
        desk.close()
    assert desk.processes == []


def test_a_worker_ends_with_its_server():
    ours, theirs = get_context("spawn").Pipe()
    process = get_context("spawn").Process(target=serve, args=(theirs,))
    process.start()
    theirs.close()
    ours.close()  # as when the server is killed
    process.join(PATIENCE)
    assert process.exitcode == 0


@pytest.mark.parametrize("moved", [{"colour": 1.0}, {"price": "1"}, {"price": True}, {"price": float("nan")}, {"social": 1.1}, {"__class__": 0.5}])
def test_levers_from_a_browser_are_not_trusted(moved):
    with pytest.raises(ValueError, match=next(iter(moved))):
        levers.changes(moved, DUEL, 2)


@pytest.mark.parametrize("name", list(levers.LEVERS))
def test_every_lever_moves_the_market_and_reads_where_it_was_put(name):
    lever = levers.LEVERS[name]
    stands = levers.reading(DUEL, DUEL, DUEL.firms[2].strategy.decide(None), 2)[name]
    put = lever.low if stands > (lever.low + lever.high) / 2 else lever.high
    changed = DUEL.but(months=8).but(levers.changes({name: put}, DUEL, 2))
    assert levers.reading(changed, DUEL, DUEL.firms[2].strategy.decide(None), 2)[name] == pytest.approx(put)
    assert not np.array_equal(figures(changed), figures(DUEL.but(months=8)), equal_nan=True)


def test_at_most_a_dozen_levers():
    assert len(levers.LEVERS) + 1 <= 12  # and the newcomer


@pytest.mark.parametrize("bad", [None, "../duel", "nothing", 7, ["duel"], {"a": 1}])
def test_settings_from_a_browser_are_checked(bad):
    setting = Setting.checked(bad, bad, bad, bad, bad)
    assert setting == Setting("duel", "20000", ENTRIES[0], LUCKS[0], 0)


def test_every_shipped_scenario_can_be_played():
    assert playable()[0] == "duel"
    for name in playable():
        scenario = Setting.checked(name, "2000", "0", "1", "0").scenario()
        assert scenario.customers == 2000
        assert toml(scenario, shipped(name)).startswith("extends")


def test_panels_hold_the_runs_numbers():
    model = MarketModel(DUEL, seed=1)
    values = []
    for _ in range(5):
        model.step()
        values.append(np.array([list(firm.figures.values()) for firm in model.firms]).T)
    run = Run(DUEL, np.array(values), {3: {"price": 1.1}})
    pinned = Run(DUEL, np.array(values[:4]) * 2.0, {})
    panel = picture.panel("trust", run, pinned, 2)
    thick = {trace["name"]: trace for trace in panel.figure["data"] if trace["showlegend"]}
    assert list(thick) == [firm.name for firm in DUEL.firms]
    np.testing.assert_array_equal(thick["Relational C"]["y"], [month[list(measures()).index("trust"), 2] for month in values])
    assert len(panel.figure["data"]) == 8
    assert panel.figure["layout"]["shapes"][0]["x0"] == 2.5
    (row,) = picture.differences(["trust"], 2, Run(DUEL, np.array(values[:4]), {}), pinned)
    assert float(row[2]) == pytest.approx(2 * float(row[1]), abs=0.2)
    assert picture.differences(["trust"], 2, run, pinned)[0][2] == "–"  # the pinned run has not come so far


@pytest.mark.slow
def test_twenty_thousand_customers_step_at_ten_months_a_second(desk, opened):
    token = opened(load("duel").but(months=45))
    desk.tell(token, Play(5))
    until(lambda: desk.look(token).done == 5)  # the first months load what later ones have
    begun = time.monotonic()
    desk.tell(token, Play(45))
    until(lambda: desk.look(token).state == "finished")
    assert 40 / (time.monotonic() - begun) > 10.0
