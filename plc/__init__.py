"""Bright spots in classroom results, and the inquiry that learns from them."""

__version__ = "0.1.0"
