"""The live pages in a real browser: markets are opened, changed, compared, saved and left; histories are read; lessons are guessed."""

import os
import socket
import threading
import time
import tomllib

import pytest

from results.dashboard.live import shared
from results.dashboard.live.desk import Desk
from results.dashboard.live.setting import shipped
from scenarios import parse

pytestmark = pytest.mark.browser
SLOW = 90_000
"""Milliseconds for work of a worker process that has to start first."""


@pytest.fixture(scope="module")
def desk():
    made = Desk(workers=1, places=6, life=12.0, leave=1.0, rest=1.5)
    yield made
    made.close()


@pytest.fixture(scope="module")
def address(folder, desk):
    """The address of a dashboard of this module's own, whose sessions and workers end soon after their readers are gone."""
    from waitress.server import create_server

    from results.dashboard.app import create_app

    listening = socket.create_server(("127.0.0.1", 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "Desk", lambda: desk)
        app = create_app(folder)
    server = create_server(app.server, sockets=[listening], threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.close()


def is_alive(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def says(page, place, text):
    """Wait until a part of the page says something."""
    page.wait_for_function("([place, text]) => document.querySelector(place)?.innerText.includes(text)", arg=[place, text], timeout=SLOW)


def opened(visit, query="", **how):
    page = visit(f"/live?customers=2000&speed=full{query}", **how)
    page.click("#live-open")
    says(page, "#live-state", "month 0 of 120")
    page.wait_for_selector("#live-levers [role=slider]")
    return page


def thumb(page, label):
    return page.locator(f"#live-levers [aria-label^='{label}'] [role=slider]").first


def test_a_market_is_played_changed_pinned_saved_and_left(visit, desk):
    page = opened(visit)
    for month in (1, 2):
        page.click("#live-step")
        says(page, "#live-state", f"month {month} of 120")
    page.wait_for_function("document.querySelectorAll('#live-figures figure .js-plotly-plot').length === 4")

    # A lever by keyboard, from month 3 on.
    thumb(page, "Orientation").focus()
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.click("text=Move the levers from the next month on")
    says(page, "#live-levers", "From month 3: Orientation: 0 transactional, 1 relational = 0.85")

    with page.expect_download() as waiting:
        page.click("#live-save")
    text = waiting.value.path().read_text(encoding="utf-8")
    assert tomllib.loads(text)["events"][0]["set"] == {"firms.2.strategy": {"kind": "continuum", "orientation": 0.85}}
    assert parse(text, "duel").but(events=(), customers=20_000) == shipped("duel")

    # The run outlives a change of the language.
    page.click("#speak")
    says(page, "#live-state", "第 2 月，共 120")
    says(page, "#live-levers", "从第 3 期起")
    says(page, ".buttons", "固定本次运行")
    page.click("#speak")
    says(page, "#live-state", "month 2 of 120")

    page.click("#live-pin")
    page.click("#live-open")
    says(page, "#live-state", "month 0 of 120")
    page.click("#live-step")
    says(page, "#live-table", "pinned run")
    assert page.locator("#live-table tbody tr").first.locator("td").nth(3).inner_text() in ("0", "0.00")  # the same luck, and not changed yet

    page.click("#live-stop")
    says(page, "#live-state", "No market is open")
    assert len(desk) == 0


def test_a_run_is_cancelled_in_the_middle(visit, desk):
    page = opened(visit)
    page.click("label:has-text('2 months a second')")
    page.click("#live-play")
    says(page, "#live-play", "Pause")
    page.click("#live-play")
    says(page, "#live-play", "Play")
    page.click("#live-stop")
    says(page, "#live-state", "No market is open")
    assert len(desk) == 0


@pytest.mark.slow
def test_two_readers_have_two_markets_and_a_closed_tab_leaves_nothing_behind(visit, desk):
    first, second = opened(visit), opened(visit, "&firm=0&lang=en")
    first.click("#live-step")
    says(first, "#live-state", "month 1 of 120")
    second.wait_for_timeout(600)
    assert "month 0 of 120" in second.inner_text("#live-state")
    assert "Levers of Transactional A" in second.inner_text("#live-levers")
    assert len(desk) == 2
    processes = desk.processes
    assert len(processes) == 1
    first.close(run_before_unload=False)
    second.goto("about:blank")
    end = time.monotonic() + 30.0
    while (len(desk) or any(map(is_alive, processes))) and time.monotonic() < end:
        time.sleep(0.1)
    assert (len(desk), desk.processes, [*filter(is_alive, processes)]) == (0, [], [])


def test_a_history_is_read_in_both_languages(visit):
    page = visit("/customers?of=run|pair|dear-0001&who=loyal", width=375)
    page.click("#story-look")
    says(page, "#story-told", "Month by month")
    says(page, "#story-told", "She buys")
    assert "of 1 firms" in page.inner_text("#story-told")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    page.wait_for_selector("#story-told .js-plotly-plot")
    page.click("#speak")
    says(page, "#story-told", "逐月经历")
    says(page, "#story-told", "她在")


def test_a_lesson_is_guessed_before_it_is_revealed(visit, monkeypatch):
    from results.dashboard.pages import lesson

    monkeypatch.setattr(lesson, "CUSTOMERS", 200)
    monkeypatch.setattr(lesson, "REPLICATIONS", 2)
    page = visit("/lesson?scenario=hotel")
    page.wait_for_selector("#lesson-earns")
    page.click("#lesson-reveal")
    says(page, "#notice", "Make all three guesses first")
    assert page.locator("#lesson-told").inner_text() == ""
    page.locator("#lesson-earns label").first.click()
    page.locator("#lesson-keeps label").last.click()
    page.fill("#lesson-sells", "40")
    page.keyboard.press("Tab")
    page.click("#lesson-reveal")
    says(page, "#lesson-told", "Your guess and what is measured")
    says(page, "#lesson-told", "You said 40 %")
    assert shipped("hotel").notice in page.inner_text("#lesson-told")
    assert page.locator("#lesson-told figure").count() == 4
    page.click("#speak")
    says(page, "#lesson-told", shipped("hotel").chinese.notice)
    says(page, "#lesson-asks", shipped("hotel").chinese.question)
    assert page.locator("#lesson-sells").input_value() == "40"  # the guess is remembered


@pytest.mark.parametrize("path", ["/live", "/customers", "/lesson"])
def test_pages_fit_a_telephone(visit, path):
    page = visit(path, width=375, theme="dark")
    page.wait_for_selector(".controls")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
