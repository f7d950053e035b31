"""The edge of the command line: problems that belong to the user become one sentence and an exit code, never a traceback."""

import signal
import sys
from collections.abc import Callable
from typing import Any

BAD_INPUT = 2
SENTENCES = (("scenarios.errors", "ScenarioError"), ("results.store", "StoreError"), ("experiments.runner", "RunError"))
"""Where the errors live whose text is a sentence for the user."""


def guarded(app: Callable[..., Any]) -> int:
    """Run the command line and return its exit code.

    Parameters
    ----------
    app : callable
        The Typer application.
    """
    signal.signal(signal.SIGTERM, _stop)
    try:
        app()
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except Exception as error:
        if not _is_the_users(error):
            raise
        print(f"run.py: {error}", file=sys.stderr)
        return BAD_INPUT
    return 0


def _stop(_number: int, _frame: Any) -> None:
    """Treat being asked to end like Ctrl-C: finished work is kept."""
    raise KeyboardInterrupt


def _is_the_users(error: Exception) -> bool:
    """Whether an error's text is a sentence for the user. A module that was not imported has raised nothing."""
    kinds = (getattr(sys.modules.get(module), name, None) for module, name in SENTENCES)
    return any(kind is not None and isinstance(error, kind) for kind in kinds)
