"""Sensitivity: which factors of a study matter, alone and together, and how much of what is seen is luck."""
