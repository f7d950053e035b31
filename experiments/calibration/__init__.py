"""Calibration: from a log of purchases, or a table of retention, to a scenario that behaves like its customers."""
