"""The dashboard: pages over the results on disk, and a market that is played live (Plotly Dash, everything served from here)."""
