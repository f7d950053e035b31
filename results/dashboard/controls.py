"""Controls: labelled choices whose values stand in the address, reached by keyboard and read aloud."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import Input, dcc, html

from results.language import say


def control(name: str) -> dict[str, str]:
    """Return the id of a control; its ``value`` is written into the address by itself."""
    return {"type": "control", "name": name}


def chosen(name: str) -> Input:
    """Return a control's value, as a callback asks for it."""
    return Input(control(name), "value")


def _words() -> Any:
    """Return what Dash's list of choices says, in the reader's language."""
    return {
        "select_all": say("Select all"),
        "deselect_all": say("Select none"),
        "selected_count": say("{n} chosen", n="{num_selected}"),
        "search": say("Search"),
        "clear_search": say("Clear search"),
        "clear_selection": say("Clear selection"),
        "no_options_found": say("Nothing found"),
    }


def _options(options: Mapping[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": text} for value, text in options.items()]


def _field(title: str, inner: Any, wide: bool = False) -> html.Div:
    return html.Div([html.Div(title, className="label"), inner], className="field wide" if wide else "field", role="group", **{"aria-label": title})


def choice(name: str, title: str, options: Mapping[str, str], value: str) -> html.Div:
    """Return a choice of one from a list that folds.

    Parameters
    ----------
    name : str
        Its name in the address.
    title : str
        What readers see.
    options : mapping
        Text of each value.
    value : str
        What is chosen.
    """
    inner = dcc.Dropdown(
        id=control(name), options=_options(options), value=value, clearable=False, searchable=len(options) > 8, labels=_words(), maxHeight=320
    )
    return _field(title, inner)


def choices(name: str, title: str, options: Mapping[str, str], value: Sequence[str], *, nothing: str = "") -> html.Div:
    """Return a choice of any number from a list that folds.

    Parameters
    ----------
    name, title, options
        As for :func:`choice`.
    value : sequence of str
        What is chosen.
    nothing : str
        What it says when nothing is.
    """
    inner = dcc.Dropdown(
        id=control(name), options=_options(options), value=list(value), multi=True, labels=_words(), placeholder=nothing, maxHeight=320
    )
    return _field(title, inner, wide=True)


def switch(name: str, title: str, options: Mapping[str, str], value: str) -> html.Div:
    """Return a choice of one of a few, all in sight."""
    return _field(title, dcc.RadioItems(id=control(name), options=_options(options), value=value, inline=True, className="switch"))


def slider(name: str, title: str, least: float, most: float, step: float, value: float) -> html.Div:
    """Return a slider, with a number beside it that can be typed in."""
    return _field(title, dcc.Slider(id=control(name), min=least, max=most, step=step, value=value, marks=None, updatemode="mouseup"), wide=True)


def panel(*fields: Any) -> html.Section:
    """Return controls side by side, as far as there is room."""
    return html.Section(list(fields), className="controls", **{"aria-label": say("Choices")})
