"""Boards: run a learner's MicroPython program on a simulated board, see what its pins did, and judge it."""
