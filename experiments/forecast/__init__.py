"""Forecast: what happens after a scenario's end, and what a lever would change from then on."""
