"""Benchmarks: what the product costs in time and memory, and where the time goes. They measure; they do not judge (exit code 0)."""
