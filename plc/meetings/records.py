"""What a meeting is made of, as values: its steps, who is there, notes, commitments, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from textwrap import shorten
from typing import Final

from plc.inquiry.decide import PARTS, Part
from plc.inquiry.test_records import prediction_words

# Characters of a changed part: a record is a page, and the practice's card holds the rest.
MOST_OF_A_PART: Final = 300


class State(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


class NoteKind(StrEnum):
    """What a note is; an observation is private until the facilitator shows them all together."""

    OBSERVATION = "observation"
    DISCUSSION = "discussion"
    ADAPTATION = "adaptation"
    CONTRAST = "contrast"
    SURPRISE = "surprise"
    HELP = "help"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a protocol: what is on screen, for how many minutes, and what the facilitator reads out."""

    step_key: str
    screen: str
    title: str
    minutes: int
    prompt: str


@dataclass(frozen=True, slots=True)
class MeetingStep:
    """A step of one meeting; `added_minutes` were given or taken while it ran."""

    step_key: str
    screen: str
    title: str
    minutes: int
    added_minutes: int
    prompt: str
    state: str
    revealed_at: datetime | None

    @property
    def lasts(self) -> timedelta:
        """Its time in this meeting."""
        return timedelta(minutes=self.minutes + self.added_minutes)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in the meeting: `present` is None until she was seen or set."""

    teacher_id: str
    name: str
    present: bool | None


@dataclass(frozen=True, slots=True)
class Roles:
    """Who leads, writes and keeps time, by teacher id; None where nobody does."""

    facilitator_id: str | None
    recorder_id: str | None
    timekeeper_id: str | None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as its members see it. Times are UTC; `meets_at` is HH:MM on the school's clock."""

    meeting_id: str
    team_id: str
    team_name: str
    norms: str
    inquiry_id: str | None
    version: int
    state: State
    protocol_key: str
    meets_on: date
    meets_at: str | None
    goal: str
    phase: str | None
    week_number: int | None
    week_count: int | None
    roles: Roles
    step_key: str | None
    step_started_at: datetime | None
    class_view_open: bool
    started_at: datetime | None
    ended_at: datetime | None
    steps: tuple[MeetingStep, ...]
    members: tuple[Member, ...]

    @property
    def step(self) -> MeetingStep | None:
        """The step on screen."""
        return next((step for step in self.steps if step.step_key == self.step_key), None)

    @property
    def step_ends_at(self) -> datetime | None:
        """When the step's time is up."""
        if self.step is None or self.step_started_at is None:
            return None
        return self.step_started_at + self.step.lasts

    @property
    def next_step(self) -> MeetingStep | None:
        """The step after the one on screen, None after the last."""
        keys = [step.step_key for step in self.steps]
        if self.step_key not in keys or keys.index(self.step_key) + 1 == len(keys):
            return None
        return self.steps[keys.index(self.step_key) + 1]

    def name_of(self, teacher_id: str | None) -> str | None:
        """A member's name."""
        return next((member.name for member in self.members if member.teacher_id == teacher_id), None)


@dataclass(frozen=True, slots=True)
class Note:
    """Something sent in a meeting. An observation carries no author, not even once it is shown."""

    note_id: str
    step_key: str
    kind: NoteKind
    words: str
    own: bool
    author_name: str | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody said she would do, by when."""

    commitment_id: str
    team_id: str
    meeting_id: str | None
    owner_teacher_id: str
    owner_name: str
    what: str
    due_on: date
    state: str
    closing_line: str
    version: int


@dataclass(frozen=True, slots=True)
class CommitmentChange:
    """What became of an earlier commitment in a meeting; `open` with a later day is one put off."""

    owner_name: str
    what: str
    state: str
    due_on: date
    line: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a team decided, with its words; of the next cycle it began, the part of the practice that changes
    and what it says from now on, and the prediction in points and student SD."""

    decision_id: str
    decision: str
    words: str
    decided_on: date
    changed_part: Part | None = None
    changed_words: str | None = None
    predicted_points: float | None = None
    predicted_sd: float | None = None

    @property
    def next_cycle(self) -> str:
        """`The steps: Two piles, not three. We predict +8 points (0.20 SD).`; empty where none began."""
        words = shorten(self.changed_words or "nothing any more", MOST_OF_A_PART, placeholder=" …")
        changed = f"{PARTS[self.changed_part]}: {words}" if self.changed_part else ""
        predicted = prediction_words(self.predicted_points, self.predicted_sd)
        said = [changed.rstrip("."), f"We predict {predicted}" if predicted else ""]
        return " ".join(f"{one}." for one in said if one)
