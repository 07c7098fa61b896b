"""Data packs: reading, simulating, serving and refreshing frozen open data."""
