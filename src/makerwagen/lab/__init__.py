"""A child's seat: JupyterLab on today's lesson, with nothing to get lost in and nothing to lose."""
