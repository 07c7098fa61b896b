"""Typed, frozen content of a repository: what lessons, models and boards are, without any I/O."""
