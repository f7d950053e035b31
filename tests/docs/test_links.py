"""Links in the documents lead somewhere; commands and files that they name are there."""

import re
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from docs.generate import FOLDER

ROOT = Path(__file__).parents[2]
PAGES = sorted(FOLDER.glob("*.md"))
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def slug(heading):
    """Return a heading's anchor, as GitHub and MyST make it."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path):
    outside = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {slug(heading) for heading in re.findall(r"^#{1,6} (.+)$", outside, re.MULTILINE)}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    broken = []
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("https://", "http://")):
            continue
        name, _, anchor = target.partition("#")
        found = page.parent / name if name else page
        if not found.is_file() or (anchor and anchor not in anchors(found)):
            broken.append(target)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_to_the_web_are_dois_only(page):
    web = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if target.startswith("http")]
    assert [target for target in web if not target.startswith("https://doi.org/10.")] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_are_named_are_there(page):
    named = re.findall(r"`((?:sim|scenarios|experiments|results|tests|docs)/[\w/.]+\.\w+)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_page_is_reached_from_the_index():
    listed = re.search(r"```\{toctree\}\n.*?\n\n(.*?)```", (FOLDER / "index.md").read_text(encoding="utf-8"), re.DOTALL)
    assert sorted(listed.group(1).split()) == sorted(page.stem for page in PAGES if page.stem != "index")


@pytest.mark.slow
@pytest.mark.skipif(find_spec("sphinx") is None or find_spec("myst_parser") is None or find_spec("furo") is None, reason="needs the extra docs")
def test_the_pages_build_without_a_warning(tmp_path):
    from sphinx.cmd.build import build_main

    assert build_main(["-W", "--keep-going", "-q", "-b", "html", str(FOLDER), str(tmp_path)]) == 0, sys.stderr
    assert (tmp_path / "odd.html").is_file()
