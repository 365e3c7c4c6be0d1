"""How long work tells a person how far it is."""

from __future__ import annotations

from collections.abc import Callable

# Called with the share done (0 to 1) and a few words on what is being done.
Progress = Callable[[float, str], None]


def silent(share: float, words: str) -> None:
    """Progress nobody watches."""
