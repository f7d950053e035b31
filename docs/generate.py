"""Writes what stands between ``<!-- generated: name -->`` and ``<!-- end of generated -->`` in the documents.

``python -m docs.generate`` writes; ``python -m docs.generate --check`` only says which documents are out of date.
"""

import re
import sys
from pathlib import Path

from docs.blocks import blocks

FOLDER = Path(__file__).parent
COMMAND = "python -m docs.generate"
_MARKED = re.compile(r"(<!-- generated: ([\w .-]+) -->\n).*?(<!-- end of generated -->)", re.DOTALL)


def documents() -> list[Path]:
    """Return the documents that have generated parts."""
    return [path for path in sorted(FOLDER.glob("*.md")) if _MARKED.search(path.read_text(encoding="utf-8"))]


def names(text: str) -> list[str]:
    """Return the names of a document's generated parts, in order."""
    return [found[1] for found in _MARKED.findall(text)]


def renewed(text: str) -> str:
    """Return a document with its generated parts written anew.

    Raises
    ------
    KeyError
        If a part has a name that no block has.
    """
    known = blocks()

    def part(found: re.Match[str]) -> str:
        start, name, end = found.groups()
        if name not in known:
            raise KeyError(f"there is no generated part {name!r}; there are: {', '.join(known)}")
        return f"{start}\n{known[name].strip()}\n\n{end}"

    return _MARKED.sub(part, text)


def outdated() -> list[Path]:
    """Return the documents that differ from what would be generated now."""
    return [path for path in documents() if renewed(path.read_text(encoding="utf-8")) != path.read_text(encoding="utf-8")]


def main(arguments: list[str]) -> int:
    """Write the documents, or with ``--check`` say which are out of date; return the exit code."""
    old = outdated()
    if "--check" in arguments:
        for path in old:
            print(f"docs/{path.name} is out of date; run: {COMMAND}")
        return 1 if old else 0
    for path in old:
        path.write_text(renewed(path.read_text(encoding="utf-8")), encoding="utf-8")
        print(f"docs/{path.name} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
