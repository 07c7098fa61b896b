"""The learning-content and curriculum engine of Dortmund's mobile maker space."""

__version__ = "0.1.0"
