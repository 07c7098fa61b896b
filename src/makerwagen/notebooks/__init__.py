"""Notebooks at work: the student's and the teacher's version, running them, and remembering what came out."""
