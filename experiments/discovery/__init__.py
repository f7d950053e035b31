"""Scenario discovery: under which conditions relationship marketing loses, as a few limits on a few factors."""
