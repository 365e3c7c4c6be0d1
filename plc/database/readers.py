"""Who reads the open file now, so that it can be exchanged while nobody does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from plc.core.errors import DatabaseUnavailable

# Longer than any page reads; a reader that does not end keeps the file as it is.
PATIENCE_SECONDS: Final = 60.0


class Readers:
    """Counts units of work; `alone` waits for them to end and holds new ones off."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._reading = 0
        self._alone = False
        self._mine = threading.local()

    @property
    def inside(self) -> bool:
        """Whether this thread is in a unit of work."""
        return getattr(self._mine, "depth", 0) > 0

    @contextmanager
    def reading(self) -> Iterator[None]:
        """One unit of work. One inside another never waits."""
        with self._changed:
            while self._alone and not self.inside:
                self._changed.wait()
            self._reading += 1
        self._mine.depth = getattr(self._mine, "depth", 0) + 1
        try:
            yield
        finally:
            self._mine.depth -= 1
            with self._changed:
                self._reading -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else reads. Raises `DatabaseUnavailable` when somebody does not end."""
        with self._changed:
            self._alone = True
            if not self._changed.wait_for(lambda: self._reading == 0, timeout=PATIENCE_SECONDS):
                self._alone = False
                self._changed.notify_all()
                raise DatabaseUnavailable("Somebody is still reading. Try again in a minute.")
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
