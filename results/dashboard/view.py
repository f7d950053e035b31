"""The view: what the address asks for, so that a link shows the same page with the same choices in the same language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode

from results.language import LANGUAGES

LANGUAGE = "lang"
LONGEST = 8_000
"""Characters of an address that are read; browsers and servers cut longer ones anyway."""


@dataclass(frozen=True)
class View:
    """What an address asks for.

    Attributes
    ----------
    page : str
        The page's name; empty for the first one.
    language : str
        A key of :data:`results.language.LANGUAGES`.
    state : mapping
        Values of the page's controls by name, each a tuple of texts. They come from the address: anybody may have written them.
    """

    page: str = ""
    language: str = "en"
    state: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def parse(cls, pathname: str | None, search: str | None) -> "View":
        """Return the view of an address, such as ``/compare`` and ``?run=demo&lang=zh``."""
        asked = parse_qs((search or "")[:LONGEST].removeprefix("?"), keep_blank_values=True)
        spoken = asked.pop(LANGUAGE, ["en"])[-1]
        language = spoken if spoken in LANGUAGES else "en"
        return cls((pathname or "").strip("/"), language, {name: tuple(value for value in values if value) for name, values in asked.items()})

    def one(self, name: str, allowed: Sequence[str], usual: str = "") -> str:
        """Return the value of a control; where none is asked for, or one that is not allowed, the usual one, or else the first."""
        asked = [value for value in self.state.get(name, ()) if value in allowed]
        return asked[0] if asked else usual if usual in allowed else next(iter(allowed), "")

    def many(self, name: str, allowed: Sequence[str], usual: Sequence[str] = ()) -> list[str]:
        """Return the values of a control that are allowed; the usual ones where the address does not speak of it."""
        return [value for value in self.state.get(name, usual) if value in allowed]

    def address(self, page: str | None = None) -> str:
        """Return the address of this view; with a page's name, that of the page in the same language.

        >>> View("compare", "zh", {"run": ("demo",)}).address()
        '/compare?run=demo&lang=zh'
        """
        state = self.state if page is None else {}
        pairs = [(name, value) for name, values in state.items() for value in values]
        query = urlencode([*pairs, *([(LANGUAGE, self.language)] if self.language != "en" else [])])
        return f"/{self.page if page is None else page}{'?' if query else ''}{query}"
