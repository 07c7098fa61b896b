"""Parametric models: values checked, parts built and measured, and drawn; CadQuery is imported by `building` alone."""
