"""The commands, by what they are for; each imports what it needs when it is called, so that ``--help`` is quick."""

from experiments.cli import effects, markets, shows, studies

GROUPS = (markets.app, effects.app, studies.app, shows.app)
"""In the order of ``--help``."""
