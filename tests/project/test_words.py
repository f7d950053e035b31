"""What must not stand in any file of the project: hosts of registries, paths of one machine; and what no file may be: huge, or long."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file does not match itself.
HOSTS = ["py" + r"pi\.org", "python" + "hosted", r"registry\.n" + r"pmjs", r"deb\.deb" + "ian"]
PLACES = [
    r"(?<![\w.])/ho" + r"me/\w",
    r"(?<![\w.])/ro" + r"ot/",
    r"(?<![\w.])/wo" + r"rk/",
    r"(?<![\w.])/op" + r"t/\w",
    r"/Use" + r"rs/\w",
    r"C:\\\\Us" + "ers",
]
FORBIDDEN = re.compile("|".join(HOSTS + PLACES))
LONGEST = 300
HEAVIEST = 1_048_576


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:  # an unpacked archive: no version control, every file counts
        return [path for path in ROOT.rglob("*") if path.is_file() and not any(part.startswith(".") for part in path.relative_to(ROOT).parts)]
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def files():
    found = tracked()
    assert ROOT / "pyproject.toml" in found
    return found


def test_no_registry_and_no_path_of_a_machine(files):
    hits = []
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="ignore")
        hits += [f"{path.relative_to(ROOT)}: {match.group()}" for match in FORBIDDEN.finditer(text)]
    assert hits == []


def test_no_file_is_huge(files):
    assert [path.relative_to(ROOT) for path in files if path.stat().st_size > HEAVIEST] == []


def test_code_files_hold_one_idea(files):
    code = [path for path in files if path.suffix == ".py" and path.relative_to(ROOT).parts[0] != "tests"]
    assert [f"{path.relative_to(ROOT)}" for path in code if path.read_text(encoding="utf-8").count("\n") > LONGEST] == []


def test_every_module_says_in_its_first_line_what_it_is(files):
    code = [path for path in files if path.suffix == ".py"]
    assert [str(path.relative_to(ROOT)) for path in code if not path.read_text(encoding="utf-8").startswith(('"""', "#!"))] == []


def test_results_are_not_kept_in_the_repository(files):
    assert not [path for path in files if path.is_relative_to(ROOT / "results" / "runs")]
