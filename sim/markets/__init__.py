"""The other five markets: one month of each, one file each. Read ``web.py`` first: the web of relations around the firms."""
