"""Sweeps that are disturbed: killed, stopped, damaged, without room; nothing is lost, nothing is done twice, and the bytes are the same."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from studies_for_tests import counted, one_worker, small_parts, study, tables

from experiments.sweep import engine, read, sweep
from experiments.sweep.crew import InTurn
from experiments.sweep.engine import DEATHS, DIED, Stopped
from results.store import StoreError

ROOT = Path(__file__).parents[3]


def test_a_worker_that_is_killed_costs_time_and_no_run(tmp_path, serial, monkeypatch):
    one_worker(monkeypatch)
    killed = []

    def kill(tally):
        if tally.stored and not killed:
            killed.append(multiprocessing.active_children()[0].pid)
            os.kill(killed[0], signal.SIGKILL)

    assert sweep(study(), tmp_path / "pool", progress=kill).complete
    assert killed
    assert tables(tmp_path / "pool") == tables(serial)
    assert multiprocessing.active_children() == []


class Deadly(InTurn):
    """A pool whose worker dies of run 3."""

    window = 4

    def submit(self, job):
        from concurrent.futures import Future
        from concurrent.futures.process import BrokenProcessPool

        if job.run != 3:
            return super().submit(job)
        future = Future()
        future.set_exception(BrokenProcessPool())
        return future


def test_a_run_that_always_kills_its_worker_is_found_and_the_rest_is_done(tmp_path, monkeypatch):
    renewed = []
    monkeypatch.setattr(Deadly, "renew", lambda self: renewed.append(1))
    monkeypatch.setattr(engine, "crew", lambda **_: Deadly())
    done = sweep(study(), tmp_path / "sweep")
    assert done.failures[["run", "error"]].to_numpy().tolist() == [[3, DIED]]
    assert done.missing == 1
    assert len(renewed) == DEATHS


@pytest.mark.parametrize("limit", [1, 3, 5])
def test_the_same_command_does_only_what_is_missing(tmp_path, in_parts, monkeypatch, limit):
    small_parts(monkeypatch)
    place = tmp_path / "sweep"
    done = counted(monkeypatch)
    first = sweep(study(), place, workers=1, limit=limit)
    assert first.missing == 6 - limit
    assert not first.complete
    assert sorted(first.summary.groupby(["point", "replication"]).groups) == [divmod(run, 2) for run in range(limit)]
    assert sweep(study(), place, workers=1).complete
    assert done == list(range(6))
    assert sweep(study(), place, workers=1).complete
    assert done == list(range(6))
    assert tables(place) == tables(in_parts)


def test_a_run_that_fails_is_a_row_and_is_tried_again(tmp_path, serial, monkeypatch):
    from sim import MarketModel

    real = MarketModel.step

    def broken(self):
        if self.seed == 2 and self.scenario.market.switching_cost == 0.5:
            raise ZeroDivisionError("a mistake\nin the model")
        real(self)

    monkeypatch.setattr(MarketModel, "step", broken)
    place = tmp_path / "sweep"
    done = sweep(study(), place, workers=1)
    assert (done.missing, done.complete) == (1, False)
    assert done.failures.to_numpy().tolist() == [[3, 1, 1, 2, "ZeroDivisionError: a mistake in the model"]]
    monkeypatch.setattr(MarketModel, "step", real)
    again = counted(monkeypatch)
    assert sweep(study(), place, workers=1).complete
    assert again == [3]
    assert tables(place) == tables(serial)
    assert not (place / "segments").exists()


@pytest.mark.parametrize("name", ["summary/00001.parquet", "firm_months/00001.parquet", "SHA256SUMS", "design.parquet", "failures.parquet"])
@pytest.mark.parametrize("harm", ["flip", "cut", "remove"])
def test_what_is_damaged_is_found_and_made_anew(tmp_path, in_parts, monkeypatch, name, harm):
    small_parts(monkeypatch)
    place = Path(shutil.copytree(in_parts, tmp_path / "sweep"))
    path = place / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.unlink() if harm == "remove" else path.write_bytes(content if harm == "flip" else content[: len(content) // 2])
    done = counted(monkeypatch)
    assert sweep(study(), place, workers=1).complete
    assert tables(place) == tables(in_parts)
    if name.endswith("1.parquet"):
        assert done == [2, 3]


def test_a_full_disk_stops_in_a_sentence_and_loses_nothing(tmp_path, serial, monkeypatch):
    from experiments.sweep.segments import Segment

    real, place = Segment.append, tmp_path / "sweep"

    def full(self, run, kind, digest, payload):
        if run == 4:
            raise StoreError(f"{place}: cannot be written (no space left on device)")
        return real(self, run, kind, digest, payload)

    monkeypatch.setattr(Segment, "append", full)
    with pytest.raises(StoreError, match="no space left"):
        sweep(study(), place, workers=1)
    assert read(place).missing == 2
    monkeypatch.setattr(Segment, "append", real)
    done = counted(monkeypatch)
    assert sweep(study(), place, workers=1).complete
    assert done == [4, 5]
    assert tables(place) == tables(serial)


SCRIPT = """
import sys
sys.path.insert(0, {here!r})
from studies_for_tests import study
from experiments.sweep import sweep
if __name__ == "__main__":
    sweep(study(replications=10), sys.argv[1], workers=int(sys.argv[2]))
"""


def start(tmp_path, workers):
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(here=str(Path(__file__).parent)))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, str(script), str(tmp_path / "sweep"), str(workers)], env=env, start_new_session=True)


def _of_session(number):
    """Return the processes that a script, which had a session of its own, has left behind."""
    return subprocess.run(["ps", "-o", "pid=", "--sid", str(number)], capture_output=True, text=True).stdout.split()


def stored(place):
    from experiments.sweep.status import status

    try:
        return status(place).stored
    except StoreError:
        return 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of this kind are not there")
@pytest.mark.parametrize(("workers", "times"), [(1, 1), pytest.param(2, 3, marks=pytest.mark.slow)])
def test_killed_at_any_moment_the_same_command_goes_on(tmp_path, workers, times):
    whole = sweep(study(replications=10), tmp_path / "whole", workers=1)
    place = tmp_path / "sweep"
    seen = 0
    for _ in range(times):
        process = start(tmp_path, workers)
        patience = time.monotonic() + 120
        while stored(place) < seen + 4 and process.poll() is None:
            assert time.monotonic() < patience
            time.sleep(0.01)
        process.kill()
        process.wait()
        seen = stored(place)
        assert seen >= 4
        left = read(place)
        assert len(left.summary) == 2 * seen
        assert left.missing == 30 - seen
        patience = time.monotonic() + 20
        while _of_session(process.pid):  # workers end by themselves when their parent is gone
            assert time.monotonic() < patience
            time.sleep(0.1)
    assert sweep(study(replications=10), place, workers=1).complete
    assert tables(place) == tables(whole.place)


def test_ctrl_c_keeps_what_is_finished(tmp_path, monkeypatch):
    one_worker(monkeypatch)

    def stop(tally):
        if tally.stored == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(study(), tmp_path / "sweep", progress=stop)
    assert multiprocessing.active_children() == []
    assert read(tmp_path / "sweep").missing == 4
    assert sweep(study(), tmp_path / "sweep", workers=1).complete


def test_a_cluster_that_is_gone_is_said_and_what_is_done_is_kept(tmp_path, monkeypatch):
    from concurrent.futures import Future

    class Lost(InTurn):
        def submit(self, job):
            if job.run < 2:
                return super().submit(job)
            future = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
            return future

    monkeypatch.setattr(engine, "crew", lambda **_: Lost())
    with pytest.raises(Stopped, match="2 of 6 runs are stored, and the same command does the rest"):
        sweep(study(), tmp_path / "sweep")
    assert read(tmp_path / "sweep").missing == 4
