"""Figures that only the dashboard has: those of every page are in :mod:`results.figures`."""
