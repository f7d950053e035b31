"""Validation: published facts that the model must reproduce, each in a file of its own (Rand & Rust 2011)."""

from experiments.validation.fact import Axes, Curve, Effort, Evidence, Fact, Finding

__all__ = ["Axes", "Curve", "Effort", "Evidence", "Fact", "Finding"]
