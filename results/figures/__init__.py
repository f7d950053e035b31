"""Figures: one file each, a function from a table to a ``plotly.graph_objects.Figure``."""
