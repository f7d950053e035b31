"""Designs of experiments, one file for each kind."""
