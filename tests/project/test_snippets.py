"""The Python in README and CONTRIBUTING runs as it stands, and what the prose says of it is true."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def snippets(name):
    return re.findall(r"^```python\n(.*?)^```$", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def executed(code, name="snippet"):
    space = {"__name__": name}
    exec(compile(code, name, "exec"), space)
    return space


def test_from_python(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    space = executed(snippets("README.md")[0])
    months = space["results"].firm_months
    firms = len(space["load"]("duel").firms)
    assert len(months) == 5 * 12 * firms
    assert len(space["results"].summary) == 5 * firms


def test_for_mesa_users(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    space = executed(snippets("README.md")[1])
    assert len(space["months"]) >= 12
    assert {kind.__name__ for kind in space["model"].agents_by_type} >= {"Customer", "Firm"}


def test_the_strategy_in_one_file_is_found_because_it_is_there(tmp_path):
    folder = tmp_path / "strategies"
    folder.mkdir()
    (folder / "fair_weather.py").write_text(snippets("CONTRIBUTING.md")[0])
    (tmp_path / "use.py").write_text(
        f"""
import sim.strategies
sim.strategies.__path__.append({str(folder)!r})
from scenarios import load, parse, to_toml
from sim import MarketModel
from sim.levers import Levers
from sim.strategy import Page, View
market = load("duel").but({{"customers": 300, "months": 3, "firms.0.strategy": {{"kind": "fair_weather", "patience": 0.2}}}})
assert parse(to_toml(market)) == market
strategy = market.firms[0].strategy
diary = tuple(Page(Levers.at(1.0), purchases=count, customers=9, profit=1.0, satisfaction=0.5) for count in (10, 10, 10, 7))
view = View(month=5, firm=0, price=1.0, unit_cost=0.6, customers=9, purchases=7, profit=1.0, market_share=0.2, satisfaction=0.5, complaints=0,
            rivals=(), diary=diary)
assert strategy.decide(view) == Levers.at(0.0).but(discount=0.15)
assert strategy.place == 0.7
MarketModel(market, seed=1).run_model()
"""
    )
    done = subprocess.run(
        [sys.executable, str(tmp_path / "use.py")], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_a_strategy_of_a_notebook_needs_no_file():
    space = executed(snippets("CONTRIBUTING.md")[1])
    assert space["model"].running is False or space["market"].months == 3
    assert space["market"].firms[0].strategy.kind == "middling"


def test_the_toml_of_the_readme_is_a_scenario():
    from scenarios import parse

    texts = re.findall(r"^```toml\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert texts
    for text in texts:
        assert parse(text, "my_market").market.transparency == 0.9


def test_the_answer_to_a_mistake_is_what_the_readme_shows():
    from scenarios import ScenarioError, parse

    with pytest.raises(ScenarioError) as caught:
        parse('extends = "duel"\n[market]\ntransparency = 40\n', "my_market.toml")
    assert str(caught.value) in (ROOT / "README.md").read_text(encoding="utf-8")
