"""Memory: a market is freed as soon as nobody uses it, however many there were in one process."""

import gc
import resource
import subprocess
import sys
import weakref
from pathlib import Path

import mesa
import pytest
import small

from sim import Customer, Firm, MarketModel

FLAT = 15_000  # kilobytes: what many models may add, all in all


def resident():
    """Kilobytes in use at the moment."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() // 1024


def use(model):
    """Use a model the way people do."""
    model.step()
    assert len(model.agents) == len(model.customers) + len(model.firms) + len(model.partners)
    customers = model.agents_by_type[Customer]
    customers.select(at_most=50).select(lambda customer: customer.current == 0).do(lambda customer: customer.trust)
    customers.groupby("current")
    model.agents_by_type[Firm].get("profit")
    for partner in model.partners:
        assert partner.model is model
        partner.trust = partner.trust
    model.tables()
    model.datacollector.get_agenttype_vars_dataframe(Firm)


@pytest.mark.parametrize("make", [small.scenario, small.whole])
def test_a_model_dies_with_its_last_reference_without_the_garbage_collector(make):
    gc.collect()
    gc.disable()
    try:
        model = MarketModel(make(customers=100, months=3))
        use(model)
        died = weakref.ref(model)
        block = weakref.ref(model.customers)
        del model
        assert died() is None
        assert block() is None
    finally:
        gc.enable()


def test_a_model_that_was_never_stepped_dies_too():
    died = weakref.ref(MarketModel(small.scenario(customers=10)))
    assert died() is None


def test_mesa_keeps_no_list_of_models():
    models = [MarketModel(small.scenario(customers=10)) for _ in range(3)]
    assert not any(model in getattr(mesa.Agent, "_ids", {}) for model in models)


def many(n, scenario):
    for _ in range(10):
        use(MarketModel(scenario))
    gc.collect()
    before = resident()
    for _ in range(n):
        use(MarketModel(scenario))
    return resident() - before


@pytest.mark.parametrize("collector", [True, False])
def test_memory_stays_flat_over_many_models(collector):
    # Each of these models holds about 1 MB: 40 that were kept would add 40 MB.
    scenario = small.scenario(customers=6_000, months=2)
    if not collector:
        gc.disable()
    try:
        assert many(40, scenario) < FLAT
    finally:
        gc.enable()


def test_memory_stays_flat_over_many_models_of_six_markets():
    assert many(40, small.whole(customers=6_000, months=2)) < FLAT


@pytest.mark.slow
def test_memory_stays_flat_over_1000_models():
    assert many(1_000, small.scenario(customers=6_000, months=2)) < FLAT


@pytest.mark.slow
def test_memory_stays_flat_in_a_process_that_does_nothing_else(tmp_path):
    code = (
        "import sys; sys.path[:0] = [{tests!r}, {root!r}]\n"
        "import gc, small, test_memory\n"
        "gc.disable()\n"
        "print(test_memory.many(1000, small.scenario(customers=2000, months=2)))\n"
    )
    root, tests = (str(path) for path in (small.ROOT, small.ROOT / "tests" / "sim"))
    done = subprocess.run([sys.executable, "-c", code.format(tests=tests, root=root)], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert int(done.stdout) < FLAT
