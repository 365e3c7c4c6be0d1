"""What a scan may be asked, and the thresholds that make a bright spot.

Thresholds are design choices, kept here alone and stored with every scan (specification H).
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields
from typing import Literal

from plc.core.disclosure import MINIMUM_STUDENTS
from plc.core.errors import PlcError

Peers = Literal["district", "school"]

# An effect that matters, in student SD: about what a promising practice adds in a year.
DELTA = 0.10
# An effect no teacher has, in student SD: teachers differ by an SD of 0.1 to 0.3 (Hanushek and Rivkin 2010),
# so beyond it an estimate went wrong or something else is in the results.
MOST_EFFECT = 1.0
# Share of false flags expected in the flagged set, at most.
FALSE_DISCOVERY_RATE = 0.10
INTERVAL = 0.90
# Sections of different students without which a set may not flag.
MINIMUM_SECTIONS = 2
# A teacher's own probability of exceeding delta.
MINIMUM_PROBABILITY = 0.75
# Teachers of a peer stratum, below which it is widened to a grade band and then to the subject.
MINIMUM_STRATUM_TEACHERS = 5
# A section that lacks starting points for more of its students cannot carry a flag alone.
MOST_MISSING = 0.30
# Outcome scores at the top of their scale above which a note says so.
MOST_AT_CEILING = 0.15
# Students who share the highest value of a scale, from which it counts as the scale's ceiling and not as one
# strong student.
TIED_AT_CEILING = 5
# A baseline taken later than this in its school year already holds some of that year's teaching.
BASELINE_DAYS = 42
# A score this many SD from its scale's mean counts as being there: of 16,000 normal scores one is farther, so
# beyond it a typing error or another scale is likelier.
FARTHEST_SCORE = 4.0
# Where a score may have set the spread itself, scores are first brought within this many robust SD (median
# distance from the median) of the median: far enough out to leave true scores alone.
STRAY_REACH = 6.0
# A school year has begun once this share of the results of its busiest day has been taken: a few stray
# results of a summer class are fewer, one school's starting test is more.
OPENING_SHARE = 0.05
# An assessment taken by a smaller share of a class (a version for a few students) is no occasion of it.
LEAST_PRESENT = 1 / 3
# A teacher must carry this much of a section for it to count among her sections.
LEAST_SHARE = 0.25


# What may be asked. A lower delta or a higher rate would put ordinary classes among the bright spots.
_BOUNDS = {
    "delta": (0.0, 1.0),
    "false_discovery_rate": (0.001, 0.25),
    "interval": (0.5, 0.999),
    "min_students": (1, math.inf),
    "min_sections": (1, math.inf),
}


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """Which results to scan and how strict to be; None means all.

    `school_years` are ending years; results of earlier years still serve as starting points.
    `delta` and effects are in student SD. `standards=False` leaves the standards out, `opportunity=False`
    the students who started lowest, the student groups and the balancing check.
    """

    subject: str | None = None
    grades: tuple[int, ...] | None = None
    school_years: tuple[int, ...] | None = None
    peers: Peers = "district"
    delta: float = DELTA
    false_discovery_rate: float = FALSE_DISCOVERY_RATE
    interval: float = INTERVAL
    min_students: int = MINIMUM_STUDENTS
    min_sections: int = MINIMUM_SECTIONS
    standards: bool = True
    opportunity: bool = True

    def __post_init__(self) -> None:
        """Raise `PlcError` for a threshold so loose that the flagged set would become a list of everyone."""
        for name, (least, most) in _BOUNDS.items():
            if not least <= getattr(self, name) <= most:
                raise PlcError(f"{name} must lie between {least:g} and {most:g}.")

    def to_json(self) -> str:
        """The options as stored with a scan."""
        return json.dumps(asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> ScanOptions:
        """The options a stored scan was made with; options of older programs that are gone are dropped."""
        known = {field.name for field in fields(cls)}
        stored = {name: value for name, value in json.loads(text).items() if name in known}
        lists = {name: tuple(value) for name, value in stored.items() if isinstance(value, list)}
        return cls(**stored | lists)
