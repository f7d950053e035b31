"""The Mesa agents, one file per market of the six."""
