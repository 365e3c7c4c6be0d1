"""The one place that reads the time: UTC without an offset, as the database stores it."""

from __future__ import annotations

from datetime import UTC, datetime, time


def now() -> datetime:
    """The current moment in UTC, naive, to the second."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def time_of_day() -> time:
    """The time on the wall of the server's own zone, to the minute: what "14:30" of a meeting means."""
    return datetime.now(UTC).astimezone().time().replace(second=0, microsecond=0)
