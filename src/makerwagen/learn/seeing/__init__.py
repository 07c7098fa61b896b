"""Seeing and judging data in a child's notebook: clean, plot, compare, and an offline map."""
