"""Dask: the same bytes, also when a worker is killed in the middle or the scheduler ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from studies_for_tests import study, tables

from experiments.sweep import read, sweep
from experiments.sweep.engine import Stopped
from results.store import StoreError

distributed = pytest.importorskip("distributed")


def test_a_cluster_gives_the_same_bytes_though_a_worker_is_killed(tmp_path):
    whole = sweep(study(), tmp_path / "whole", workers=1)
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        killed = []

        def kill(tally):
            if tally.stored and not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        done = sweep(study(), tmp_path / "sweep", scheduler=cluster.scheduler_address, progress=kill)
    assert killed
    assert done.complete
    assert tables(tmp_path / "sweep") == tables(whole.place)


@pytest.mark.slow
def test_a_cluster_started_for_the_sweep_gives_the_same_bytes(tmp_path):
    whole = sweep(study(), tmp_path / "whole", workers=1)
    assert sweep(study(), tmp_path / "sweep", scheduler="local", workers=2).complete
    assert tables(tmp_path / "sweep") == tables(whole.place)


@pytest.mark.slow
def test_a_scheduler_that_is_killed_loses_no_finished_run(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    dask, quiet = [sys.executable, "-m", "distributed.cli.dask_"], {"stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen([*dask[:2], f"{dask[2]}scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"], **quiet)
    worker = subprocess.Popen([*dask[:2], f"{dask[2]}worker", address, "--nthreads", "1", "--no-dashboard", "--death-timeout", "5"], **quiet)
    patience = time.monotonic() + 60
    while time.monotonic() < patience and not _answers(port):
        time.sleep(0.1)

    def kill(tally):
        if tally.stored == 5:
            scheduler.kill()

    try:
        with pytest.raises(Stopped, match="of 120 runs are stored, and the same command does the rest"):
            sweep(study(replications=40), tmp_path / "sweep", scheduler=address, progress=kill)
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()
    assert 0 < read(tmp_path / "sweep").missing < 120
    assert sweep(study(replications=40), tmp_path / "sweep", workers=1).complete


def _answers(port):
    with socket.socket() as asked:
        return asked.connect_ex(("127.0.0.1", port)) == 0


def test_a_scheduler_that_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setattr("experiments.sweep.cluster.ANSWER", 1.0)
    for address in ("tcp://127.0.0.1:1", "nonsense"):
        with pytest.raises(StoreError, match="no scheduler answers there"):
            sweep(study(), tmp_path / "sweep", scheduler=address)


def test_without_dask_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(StoreError, match=r"pip install 'relmarket\[cluster\]'"):
        sweep(study(), tmp_path / "sweep", scheduler="local")
