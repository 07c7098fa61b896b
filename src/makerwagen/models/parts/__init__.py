"""Shapes that several models share; model.py files import them, and only they and `building` touch CadQuery."""
