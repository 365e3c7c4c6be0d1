"""Priorities to point at, and barriers with who can remove them."""
