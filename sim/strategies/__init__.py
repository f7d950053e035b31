"""Strategies: what firms do, one file each. A file here is found because it is there."""
