"""Texts that tables hold in English, told in the reader's language where they are shown: ``chinese/tables/*.toml`` have them and their forms."""

import re
import string
import tomllib
from functools import cache

from results.language import FOLDER, current

TABLES = FOLDER / "tables"
"""Where the Chinese of such texts stands; a text that is put together of values is there as its form, with the values as {0}, {1}."""


def told(text: str) -> str:
    """Return a text from a table in the reader's language; one that is not known, such as a reader's own, stays as it is.

    Examples
    --------
    >>> told("repeat purchases by week 39")
    'repeat purchases by week 39'
    """
    return _chinese(text) if current() == "zh" else text


def _chinese(text: str) -> str:
    known = texts()
    if text in known:
        return known[text]
    for form, chinese in _forms():
        found = form.fullmatch(text)
        if found:
            return chinese.format(*(_chinese(value) for value in found.groups()))
    return text


@cache
def texts() -> dict[str, str]:
    """Return the Chinese of texts and forms, by the English."""
    return {english: chinese for path in sorted(TABLES.glob("*.toml")) for english, chinese in tomllib.loads(path.read_text("utf-8")).items()}


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    """Return the forms, those that say most themselves first, so that what says little takes only what is left."""
    parsed = {english: list(string.Formatter().parse(english)) for english in texts()}
    forms = [(english, parts) for english, parts in parsed.items() if any(name is not None for _, name, _, _ in parts)]
    forms.sort(key=lambda pair: -sum(len(own) for own, *_ in pair[1]))
    return [(re.compile("".join(re.escape(own) + ("" if name is None else "(.+)") for own, name, *_ in parts)), texts()[english])
            for english, parts in forms]  # fmt: skip
