"""What is generated in the documents is what the model declares of itself now."""

import difflib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from docs import schedule
from docs.blocks import blocks
from docs.generate import COMMAND, FOLDER, documents, main, names, renewed
from sim.draws import FIRST_DRAWS, MANY_DRAWS
from sim.rules import kinds
from sim.scenario import Mechanisms

ROOT = Path(__file__).parents[2]
ODD = (FOLDER / "odd.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_the_document_is_current(path):
    text = path.read_text(encoding="utf-8")
    changed = list(difflib.unified_diff(text.splitlines(), renewed(text).splitlines(), "as it is", "as it should be", lineterm="", n=0))
    assert not changed, f"docs/{path.name} is out of date; run: {COMMAND}\n" + "\n".join(changed[:20])


def test_the_documents_with_generated_parts_are_known():
    assert {path.name for path in documents()} >= {"odd.md", "data.md", "references.md"}


def test_every_generated_part_is_shown_once():
    shown = [name for path in documents() for name in names(path.read_text(encoding="utf-8"))]
    assert sorted(shown) == sorted(blocks())


def test_every_mechanism_has_its_place_in_the_order_of_the_month():
    shown = [name.removeprefix("mechanism ") for name in names(ODD) if name.startswith("mechanism ")]
    assert shown == [*Mechanisms.model_fields, "planning"]
    assert set(shown) == set(kinds("sim.mechanisms"))


def test_renewing_is_stable():
    once = renewed(ODD)
    assert renewed(once) == once


def test_a_part_that_nobody_knows_is_refused():
    with pytest.raises(KeyError, match="no generated part 'weather'"):
        renewed("<!-- generated: weather -->\n<!-- end of generated -->")


def test_check_says_what_to_do(tmp_path, monkeypatch, capsys):
    document = tmp_path / "old.md"
    document.write_text("<!-- generated: view -->\nold\n<!-- end of generated -->\n", encoding="utf-8")
    monkeypatch.setattr("docs.generate.FOLDER", tmp_path)
    assert main(["--check"]) == 1
    assert capsys.readouterr().out == f"docs/old.md is out of date; run: {COMMAND}\n"
    assert main([]) == 0
    assert capsys.readouterr().out == "docs/old.md written\n"
    assert "`rivals`" in document.read_text(encoding="utf-8")
    assert main(["--check"]) == 0


def test_the_command_runs():
    done = subprocess.run([sys.executable, *COMMAND.split()[1:], "--check"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""


def test_tables_are_well_formed():
    for path in documents():
        width = 0
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not (width and cells) or cells == width, f"{path.name}: {line}"
            width = cells


def test_the_steps_of_a_month_are_numbered_through():
    numbers = [int(step.title.split(".")[0]) for step in schedule.steps()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_month_calls_every_mechanism_but_those_of_the_offer():
    called = {call.split(".")[0] for step in schedule.steps() for call in step.calls}
    # Those of the other markets and of the offer are called by name before customers act.
    before = "".join(path.read_text(encoding="utf-8") for path in [*(ROOT / "sim" / "markets").glob("*.py"), *(ROOT / "sim").glob("*.py")])
    assert {slot for slot in Mechanisms.model_fields if slot not in called and not re.search(rf"rules\.{slot}\b", before)} == set()
    assert {"need", "choice", "satisfaction", "commitment_trust", "bonds", "accounts"} <= called


def test_every_stream_is_used_somewhere():
    rows = schedule.streams().splitlines()[2:]
    assert len(rows) == len(FIRST_DRAWS) + len(MANY_DRAWS)
    assert [row for row in rows if row.split("|")[-2].strip() == ""] == []


def test_what_a_step_does_is_read_from_the_code():
    step = next(step for step in schedule.steps() if "commitment" in step.writes)
    assert "commitment_trust.trust" in step.calls
    assert set(step.writes) >= {"trust", "commitment", "social_bond", "structural_bond"}
