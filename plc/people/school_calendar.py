"""The school's today: the sample district's calendar stands still, so that its story can be walked."""

from __future__ import annotations

from datetime import date
from typing import Final

from plc.core import clock
from plc.database import Database
from plc.people.seat import holds_sample_district

# A week after the sample district's unit 6 check, in the third week of its running test.
SAMPLE_TODAY: Final = date(2026, 5, 21)


def school_today(database: Database) -> date:
    """Today on the school's calendar: weeks of a test, what is due, what is late.

    Consents, agreements and sign-ins go by the real day (`plc.core.clock`).
    """
    return SAMPLE_TODAY if holds_sample_district(database) else clock.now().date()
