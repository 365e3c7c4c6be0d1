"""What a teacher sees of a standard taught again: checks, groups by code, and the re-check."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Check:
    """One standard of one assessment in one of the viewer's own classes; `below` counts under half."""

    section_id: str
    subject: str
    school_year: int
    assessment_name: str
    taken_on: date
    standard_id: str
    students: int
    percent: float
    below: int


@dataclass(frozen=True, slots=True)
class GroupStudent:
    """A student by her code inside the class, with the percent of the standard's points she reached.

    `name` is what her teacher wrote for herself, where the district lets teachers keep names; else empty.
    """

    student_key: int
    code: str
    percent: float
    name: str = ""

    @property
    def called(self) -> str:
        """`Ana M. (K7Q)`, or the code alone."""
        return f"{self.name} ({self.code})" if self.name else self.code


@dataclass(frozen=True, slots=True)
class Reteach:
    """A plan of the viewer's own: who is in the group is in `recheck`."""

    reteach_id: str
    inquiry_id: str | None
    section_id: str
    subject: str
    school_year: int
    assessment_name: str
    standard_id: str
    least_percent: float
    recheck_on: date
    recheck_name: str | None
    students: int


@dataclass(frozen=True, slots=True)
class Pair:
    """One student's first check and re-check, in percent of points; None where she was not there."""

    code: str
    first_percent: float | None
    recheck_percent: float | None
    moved: bool | None
    name: str = ""

    @property
    def called(self) -> str:
        """`Ana M. (K7Q)`, or the code alone."""
        return f"{self.name} ({self.code})" if self.name else self.code


@dataclass(frozen=True, slots=True)
class Recheck:
    """What a re-check shows of a group: of `matched` students `moved` reached the least percent.

    `recheck_name` is None while no later assessment reports the standard; `unmatched` were not there.
    """

    recheck_name: str | None
    rechecked_on: date | None
    matched: int
    unmatched: int
    moved: int
    mean_change: float | None
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class TeamReteach:
    """What reteaching one standard moved over the team, counted once; None until it may be told."""

    standard_id: str
    students: int | None
    moved: int | None
    told_on: date | None = None
