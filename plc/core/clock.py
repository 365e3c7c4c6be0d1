"""The one place that reads the time: UTC without an offset, as the database stores it."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The current moment in UTC, naive, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)
