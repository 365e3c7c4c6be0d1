"""What an inquiry is: its wording, its phase, and what its phases ask for.

The *wording* is everything people write and edit together. A *phase* is one of Seek, Discover,
Confirm, Share; a *state* says whether the inquiry is open, finished or abandoned.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from plc.core.school_year import grade_words

Phase = Literal["seek", "discover", "confirm", "share"]
State = Literal["open", "finished", "abandoned"]
AimUnit = Literal["points", "sd", "percent at level"]

PHASES: Final[tuple[Phase, ...]] = ("seek", "discover", "confirm", "share")
AIM_UNITS: Final[dict[AimUnit, str]] = {
    "points": "percentage points",
    "sd": "SD",
    "percent at level": "percent of students at level",
}
# Every common assessment of the course is a measure of its own, by its kind.
KIND_WORDS: Final[dict[str, str]] = {
    "common": "every common assessment of the course",
    "interim": "every interim assessment of the course",
    "benchmark": "every benchmark of the course",
    "state": "the state assessment",
}


@dataclass(frozen=True, slots=True)
class InquiryWording:
    """What the team says of its inquiry. `school_year` is the year it ends in.

    The primary measure is one assessment (`measure_name`) or all of a kind (`measure_kind`). The aim is
    how much (`aim_amount` in `aim_unit`), by when, for whom.
    """

    title: str
    challenge: str
    subject: str
    school_year: int
    grade: int | None = None
    standard_id: str | None = None
    measure_kind: str | None = None
    measure_name: str | None = None
    measure_purpose: str | None = None
    aim_amount: float | None = None
    aim_unit: AimUnit | None = None
    aim_by: date | None = None
    aim_for: str | None = None
    unit_name: str | None = None
    unit_starts_on: date | None = None
    priority_id: str | None = None

    @property
    def measure_words(self) -> str:
        """The primary measure in words; empty where none is chosen."""
        if self.measure_name:
            return self.measure_name
        return KIND_WORDS.get(self.measure_kind or "", self.measure_kind or "")

    @property
    def aim_words(self) -> str:
        """`+8 percentage points by 14 May 2026 for students who started lowest`; empty without an aim."""
        if self.aim_amount is None or self.aim_unit is None:
            return ""
        words = f"{self.aim_amount:+g} {AIM_UNITS[self.aim_unit]}"
        if self.aim_by is not None:
            words += f" by {self.aim_by:%-d %B %Y}"
        return f"{words} for {self.aim_for}" if self.aim_for else words

    @property
    def course_words(self) -> str:
        """`grade 6 maths`."""
        return self.subject if self.grade is None else f"{grade_words(self.grade)} {self.subject}"


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One inquiry; `version` is what an edit is written over. People are named as the roster names them."""

    inquiry_id: str
    team_id: str
    team_name: str
    version: int
    phase: Phase
    state: State
    state_reason: str | None
    baseline_seen_on: date | None
    visits_waived: str | None
    opened_by: str
    opened_at: datetime
    changed_by: str
    changed_at: datetime
    wording: InquiryWording


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """An inquiry in a list. `tests` counts those not withdrawn, `decisions` names what was decided."""

    inquiry_id: str
    team_id: str
    team_name: str
    title: str
    challenge: str
    subject: str
    grade: int | None
    school_year: int
    phase: Phase
    state: State
    state_reason: str | None
    changed_at: datetime
    tests: int
    decisions: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What a phase asks for; `key` tells a screen where it is done."""

    key: str
    words: str
    met: bool


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """A move between phases or an ending; `what` is the phase or the state, `came_from` the phase before."""

    what: str
    came_from: str | None
    happened_on: date
    happened_at: datetime
    signed_by: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Wording:
    """What an inquiry said at a version, who wrote it, when."""

    version: int
    wording: InquiryWording
    written_by: str
    written_at: datetime
