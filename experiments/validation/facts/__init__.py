"""The facts: one file each, found because it is there; each has a ``FACT``."""
