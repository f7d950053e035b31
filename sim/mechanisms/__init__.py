"""Mechanisms: the theory, one file each. They take arrays and return arrays; only the month assigns state."""
