"""The lock: one writer, told apart from one that died."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from experiments.sweep import lock
from experiments.sweep.lock import Lock
from results.store import StoreError

ROOT = Path(__file__).parents[3]
HOLD = """
import sys, time
from pathlib import Path
from experiments.sweep.lock import Lock
held = Lock(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def holder(place):
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)], stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_told_who_has_it_until_that_one_dies(tmp_path):
    process = holder(tmp_path)
    try:
        with pytest.raises(StoreError, match=f"is being worked on by process {process.pid} on "):
            Lock(tmp_path)
        assert lock.is_held(tmp_path)
    finally:
        process.kill()
        process.wait()
    assert (tmp_path / "lock").exists()  # it died without giving it back
    assert not lock.is_held(tmp_path)
    with Lock(tmp_path):
        assert lock.owner(tmp_path)["pid"] == os.getpid()
    assert not (tmp_path / "lock").exists()


def elsewhere(place, age):
    path = place / "lock"
    path.write_text(json.dumps({"pid": 7, "host": "another-machine", "stored": 1, "failed": 0, "since": 0, "at": 0, "first": 0}))
    os.utime(path, (time.time() - age,) * 2)


def test_an_owner_on_another_machine_is_alive_while_it_gives_signs_of_life(tmp_path):
    elsewhere(tmp_path, age=10)
    with pytest.raises(StoreError, match="process 7 on another-machine"):
        Lock(tmp_path)
    elsewhere(tmp_path, age=lock.DEAD + 60)
    with Lock(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_an_owner_gives_signs_of_life_and_says_how_far_it_is(tmp_path, monkeypatch):
    monkeypatch.setattr(lock, "OFTEN", 0.02)
    with Lock(tmp_path) as held:
        held.tell(stored=5, runs=9)
        before = lock.owner(tmp_path)["at"]
        patience = time.monotonic() + 10
        while not (told := lock.owner(tmp_path)) or told["stored"] != 5 or told["at"] <= before:
            assert time.monotonic() < patience
            time.sleep(0.01)


def test_a_place_that_cannot_be_written(tmp_path):
    with pytest.raises(StoreError, match="cannot be written"):
        Lock(tmp_path / "nowhere")
