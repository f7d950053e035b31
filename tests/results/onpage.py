"""What readers see of a page that is one file: its text, and the texts of the figures that a browser draws from their data."""

import json
import re
from html import unescape

SHOWN = {"text", "name", "title", "ticktext", "hovertemplate", "hovertext"}
"""Keys of a figure's data whose texts are drawn."""


def seen(path):
    """Return everything that is read on a page, a line each."""
    page = path.read_text("utf-8")
    figures = re.findall(r'<script type="application/json">(.*?)</script>', page, flags=re.DOTALL)
    body = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.DOTALL)
    drawn = [text for figure in figures for text in texts(json.loads(figure))]
    return "\n".join(plain(text) for text in [*re.split(r"(?=<)", body), *drawn] if plain(text))


def texts(node, *, shown=False):
    """Return the texts of a figure that are drawn."""
    if isinstance(node, str):
        return [node] if shown else []
    if isinstance(node, dict):
        return [text for key, value in node.items() for text in texts(value, shown=key in SHOWN)]
    return [text for value in node for text in texts(value, shown=shown)] if isinstance(node, list) else []


def plain(text):
    """Return a text without tags, and without the places where a figure puts its numbers."""
    return unescape(re.sub(r"%\{[^}]*\}|<[^>]*>", " ", text)).strip()
