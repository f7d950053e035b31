"""Words in the reader's language: English sentences are the keys, ``chinese/*.toml`` hold the Simplified Chinese (gettext's idea)."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh": "简体中文"}
"""Languages that readers choose from, and what each calls itself."""
FOLDER = Path(__file__).with_name("chinese")

_CURRENT: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def language(name: str) -> Iterator[None]:
    """Speak a language within a block; each thread and each request has its own.

    Parameters
    ----------
    name : str
        Key of :data:`LANGUAGES`; any other speaks English.
    """
    token = _CURRENT.set(name if name in LANGUAGES else "en")
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current() -> str:
    """Return the language that is spoken here: ``"en"`` or ``"zh"``."""
    return _CURRENT.get()


def say(text: str, **values: object) -> str:
    """Return a sentence in the reader's language, with its values filled in.

    Parameters
    ----------
    text : str
        The English sentence, with values as ``{name}``. It must be written in place, so that a test finds every one.
    **values : object
        What stands for the names.

    Examples
    --------
    >>> say("{n} replications", n=5)
    '5 replications'
    """
    known = catalogue().get(text, text) if current() == "zh" else text
    return known.format(**values) if values else known


def either(english: str, chinese: str) -> str:
    """Return which of a scenario's own texts the reader reads: English where it has no Chinese.

    Examples
    --------
    >>> either("Who wins?", "谁赢？")
    'Who wins?'
    """
    return chinese if current() == "zh" and chinese else english


def date(when: datetime) -> str:
    """Return a day as the reader's language writes it.

    Examples
    --------
    >>> date(datetime(2026, 3, 9))
    '9 March 2026'
    """
    return f"{when.year}年{when.month}月{when.day}日" if current() == "zh" else f"{when.day} {when:%B} {when.year}"


@cache
def catalogue() -> dict[str, str]:
    """Return all Chinese sentences by their English ones, from every file of the folder."""
    return {english: chinese for path in sorted(FOLDER.glob("*.toml")) for english, chinese in tomllib.loads(path.read_text("utf-8")).items()}
