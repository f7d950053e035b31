"""The command line: ``python run.py --help``."""

import os
import sys

import typer

from experiments.cli import GROUPS

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)  # fmt: skip
for group in GROUPS:
    app.add_typer(group)


@app.callback()
def main() -> None:
    """Relationship against transactional marketing: an agent-based market, run from here.

    Exit codes: 0 fine, 1 a check failed, 2 bad input.
    """


if __name__ == "__main__":
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: more threads only wait for each other
    from experiments.edge import guarded

    sys.exit(guarded(app))
