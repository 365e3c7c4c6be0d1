"""The `plc` command: the same use cases as the screen, for whoever loads data nightly.

Data goes to stdout, words to stderr. The exit code tells the kind of error:
see `plc.core.errors`.
"""

from plc.cli.commands import main

__all__ = ["main"]
