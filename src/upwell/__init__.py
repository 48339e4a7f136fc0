"""Upwell runs reverse mentoring programs."""

__version__ = "26.1"
