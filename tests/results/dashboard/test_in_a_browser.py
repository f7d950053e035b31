"""The pages that read tables, in a real browser: what is chosen is shown, in both languages, and figures hold the tables' numbers."""

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from onscreen import at_rest, click_on_point, lines

from results import store, tables

pytestmark = pytest.mark.browser


def pick(page, name, text):
    """Choose from a list that folds, by typing what is looked for."""
    page.locator(f'[id*=\'"name":"{name}"\']').first.click()
    option = page.locator(".dash-dropdown-option, .dash-options-list-option").filter(has_text=re.compile(f"^{re.escape(text)}$"))
    option.first.click()
    page.keyboard.press("Escape")


def test_lines_hold_the_numbers_of_the_tables_on_disk(visit, folder):
    page = visit("/compare?source=pair%7Cduel&measure=trust")
    drawn = {trace["name"]: trace["y"] for trace in lines(page, "#compare-figures")}
    expected = tables.over_time(store.read(folder / "pair").of("duel").firm_months, "trust")
    for strategy in ("relational", "transactional"):
        np.testing.assert_allclose(drawn[strategy], expected[expected["strategy"] == strategy]["mean"], rtol=1e-9)


def test_a_choice_changes_the_figures_and_the_address_and_a_link_shows_it_again(visit):
    page = visit("/compare?source=pair%7Cduel&measure=trust")
    assert len(lines(page, "#compare-figures")) == 2
    page.get_by_text("firm", exact=True).click()
    page.wait_for_function("location.search.includes('group=firm')")
    assert len(lines(page, "#compare-figures")) == 4
    again = visit(page.url.partition(page.url.split("/")[2])[2])
    assert [trace["name"] for trace in lines(again, "#compare-figures")] == [trace["name"] for trace in lines(page, "#compare-figures")]


def test_the_language_changes_where_one_is_and_stays_in_the_link(visit):
    page = visit("/compare?source=pair%7Cduel&measure=trust")
    page.get_by_role("button", name="简体中文").click()
    page.wait_for_selector("h1:has-text('比较')")
    page.wait_for_selector("figcaption:has-text('信任')")
    page.wait_for_function("location.search.includes('lang=zh') && document.documentElement.lang === 'zh-Hans'")
    assert {trace["name"] for trace in lines(page, "#compare-figures")} == {"关系型", "交易型"}
    page.get_by_role("link", name="权力").click()
    page.wait_for_selector("h1:has-text('权力')")
    at_rest(page, "#power-content")
    page.wait_for_function("location.search.includes('lang=zh')")
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("h1:has-text('Power')")


def test_a_table_downloads_with_the_numbers_of_its_figure(visit):
    page = visit("/compare?source=pair%7Cduel&source=pair%7Cdear&measure=cumulative_profit")
    drawn = {trace["name"]: trace["y"][-1] for trace in lines(page, "#compare-figures")}
    with page.expect_download() as given:
        page.get_by_role("button", name="Download as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(given.value.path()).read_text("utf-8-sig"))))
    last = {f"{row['who']} – {row['source']}": float(row["mean"]) for row in rows}
    assert last == pytest.approx(drawn)
    differing = [row for row in rows if row["source"].endswith("dear")]
    assert [row["pairs"] for row in differing] == ["3", "3"]


def test_differences_from_the_first(visit):
    page = visit("/compare?source=pair%7Cduel&source=pair%7Cdear&measure=trust&show=differences")
    page.wait_for_selector("figcaption:has-text('difference from the first')")
    drawn = {trace["name"]: trace["y"][0] for trace in lines(page, "#compare-figures")}
    assert len(drawn) == 2


def test_a_click_on_a_party_opens_its_history(visit):
    page = visit("/web?run=six%7Csix_markets")
    page.wait_for_selector("#web-dyad figcaption small:has-text('customers')")
    click_on_point(page, "#web-figures", "supplier")
    page.wait_for_function("location.search.includes('supplier')")
    page.wait_for_selector("#web-dyad figcaption small:has-text('suppliers')")


def test_pages_show_figures_and_tables(visit):
    page = visit("/cohorts?run=six%7Csix_markets")
    for show in ("who stays", "what customers are worth", "what it costs to win and keep them"):
        page.get_by_text(show, exact=True).click()
        page.wait_for_function(
            "name => location.search.includes(name)", arg={"who stays": "stay", "what customers are worth": "worth"}.get(show, "cost")
        )
        at_rest(page, "#cohorts-content")
    page.get_by_role("link", name="Power").click()
    at_rest(page, "#power-content")
    page.locator("#power-grid").scroll_into_view_if_needed()
    page.wait_for_selector("#power-grid .ag-cell")


def test_sweeps_and_maps(visit):
    page = visit("/sweeps?sweep=levers&measure=total_profit")
    page.wait_for_selector("#sweeps-content :text('12 of 12 runs are stored.')")
    page.wait_for_selector("#sweeps-content figcaption:has-text('Sobol indices')")
    at_rest(page, "#sweeps-content")
    page.locator("#sweeps-grid").scroll_into_view_if_needed()
    page.wait_for_selector("#sweeps-grid .ag-cell")
    pick(page, "sweep", "plane (map)")
    page.wait_for_selector("#sweeps-content figcaption:has-text('Phase diagram')")


def test_the_scorecard_counts_what_is_reproduced(visit):
    page = visit("/validity")
    page.wait_for_selector(":text('1 of 2 facts are reproduced')")
    at_rest(page, "#validity-content")
    assert page.locator("#validity-content b").count() == 0  # a name with tags in it is text
    pick(page, "fact", "V2 Double jeopardy")
    page.wait_for_selector("h2:has-text('Double jeopardy')")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_and_a_telephone_scrolls_one_way_only(visit, theme):
    page = visit("/compare?source=pair%7Cduel&measure=trust", width=375, theme=theme)
    at_rest(page, "#compare-figures")
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
    assert page.evaluate(CONTRASTS, 4.5) == []


def test_everything_is_reached_by_keyboard(visit):
    page = visit("/compare?source=pair%7Cduel&measure=trust")
    at_rest(page, "#compare-figures")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    names = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        names.add(
            page.evaluate("document.activeElement.tagName + ':' + (document.activeElement.id || document.activeElement.innerText).slice(0, 30)")
        )
    assert any("A:Sweeps" in name for name in names)
    assert any("speak" in name for name in names)
    assert any('"source"' in name or "source" in name for name in names)
    assert any("compare-download" in name for name in names)


def test_daylight_and_dark_are_remembered(visit):
    page = visit("/compare?source=pair%7Cduel&measure=trust")
    page.locator("#light").click()
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.reload()
    page.wait_for_selector("main h1")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


CONTRASTS = """least => {
  const channel = v => (v /= 255, v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  const parse = text => { const c = (text.match(/[\\d.]+/g) || []).map(Number);
    return text.startsWith('color(srgb') ? c.map((v, k) => k < 3 ? 255 * v : v) : c; };
  const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
  const behind = node => { for (let at = node; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor);
    if (c.length === 3 || c[3] === 1) return c; } return [255, 255, 255]; };
  const bad = [];
  for (const node of document.querySelectorAll('header *, main *')) {
    if (![...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()) || !node.offsetParent) continue;
    const c = parse(getComputedStyle(node).color), over = behind(node);
    if (c[3] === 0) continue;
    const ink = c.length === 4 ? c.slice(0, 3).map((v, k) => v * c[3] + over[k] * (1 - c[3])) : c;
    const [a, b] = [light(ink), light(over)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < least) bad.push(node.textContent.trim().slice(0, 40) + ' ' + ((a + 0.05) / (b + 0.05)).toFixed(2));
  }
  return bad; }"""
