"""Protocols: the timed steps of a meeting, from one readable file, and each team's own version of them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Final

from plc.core import clock
from plc.core.errors import BothTexts, NotFound, PlcError
from plc.core.free_text import LINE, TITLE, kept_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.meetings.records import Step
from plc.results.student_words import require_no_students

# What a step may put on screen; the pages draw one screen per word.
SCREENS: Final = (
    "opening", "last commitments", "fidelity", "task", "see", "observations", "result", "bright spot",
    "decision", "commitments", "ask", "exit", "challenge", "visits", "candidates", "share",
)  # fmt: skip
# A school's longest meeting is one afternoon; a step of none or of hours is a slip of the finger.
LONGEST_STEP_MINUTES: Final = 60
MOST_STEPS: Final = 20


@dataclass(frozen=True, slots=True)
class Protocol:
    """A way to hold a meeting. `phase` is None where it fits every phase; `version` 0 is the usual one."""

    key: str
    title: str
    words: str
    phase: str | None
    steps: tuple[Step, ...]
    version: int = 0

    @property
    def minutes(self) -> int:
        """The length of the whole meeting."""
        return sum(step.minutes for step in self.steps)


@cache
def usual_protocols() -> tuple[Protocol, ...]:
    """Every protocol of `protocols.toml`, in its order."""
    text = (resources.files("plc.meetings") / "protocols.toml").read_text(encoding="utf-8")
    return tuple(
        Protocol(
            entry["key"],
            entry["title"],
            entry["words"],
            entry.get("phase"),
            tuple(Step(**step) for step in entry["step"]),
        )
        for entry in tomllib.loads(text)["protocol"]
    )


def usual_protocol(key: str) -> Protocol:
    """The protocol of that key. Raises `NotFound`."""
    for protocol in usual_protocols():
        if protocol.key == key:
            return protocol
    raise NotFound("There is no such way to hold a meeting. Choose one from the list.")


def protocols_for(phase: str | None) -> list[Protocol]:
    """What fits a phase, the usual one first; without a phase, the one that begins an inquiry."""
    wanted = phase or "seek"
    fitting = [protocol for protocol in usual_protocols() if protocol.phase in (wanted, None)]
    return sorted(fitting, key=lambda protocol: protocol.phase is None)


def team_protocol(database: Database, viewer: Viewer, team_id: str, key: str) -> Protocol:
    """A protocol as this team holds it."""
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    with database.read() as cursor:
        return load_team_protocol(cursor, viewer, team_id, key)


def load_team_protocol(cursor: Cursor, viewer: Viewer, team_id: str, key: str) -> Protocol:
    """A protocol as this team holds it, inside the caller's unit of work."""
    usual = usual_protocol(key)
    rows = cursor.execute(
        load_sql("meetings", "team_protocol"),
        {"team_id": team_id, "team_ids": list(viewer.team_ids), "protocol_key": key},
    ).fetchall()
    if not rows:
        return usual
    version, steps = rows[0]
    own = tuple(Step(**step) for step in json.loads(steps)) or usual.steps
    return Protocol(key, usual.title, usual.words, usual.phase, own, version)


def save_team_protocol(
    database: Database, viewer: Viewer, team_id: str, key: str, *, steps: Sequence[Step], seen_version: int
) -> int:
    """Keep the team's own steps as a new version, and return its number; no steps go back to the usual ones.

    Raises `PlcError` for steps that cannot be held, and `BothTexts` when a colleague saved in between.
    """
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    _require_holdable(steps)
    require_no_students(database, _texts(steps))
    with database.write() as cursor:
        current = load_team_protocol(cursor, viewer, team_id, key)
        if current.version != seen_version:
            raise BothTexts(
                "A colleague changed this protocol while you did. Compare both, then save again.",
                mine={"steps": tuple(steps)},
                theirs={"steps": current.steps},
                version=current.version,
            )
        cursor.execute(
            load_sql("meetings", "add_team_protocol"),
            {
                "team_id": team_id,
                "team_ids": list(viewer.team_ids),
                "protocol_key": key,
                "version": seen_version + 1,
                "steps": json.dumps([asdict(step) for step in steps], ensure_ascii=False),
                "made_by": viewer.signature,
                "made_at": clock.now(),
            },
        ).fetchall()
    return seen_version + 1


def _texts(steps: Sequence[Step]) -> dict[str, str]:
    titles = {f"the title of step {number}": step.title for number, step in enumerate(steps, start=1)}
    return titles | {
        f"the question of step {number}": step.prompt for number, step in enumerate(steps, start=1)
    }


def _require_holdable(steps: Sequence[Step]) -> None:
    if len(steps) > MOST_STEPS:
        raise PlcError(f"A meeting can have at most {MOST_STEPS} steps. Take some out.")
    if len({step.step_key for step in steps}) != len(steps):
        raise PlcError("Two steps are the same one. Take one of them out.")
    for number, step in enumerate(steps, start=1):
        if not kept_words(step.title, f"the title of step {number}", most=TITLE):
            raise PlcError(f"Step {number} has no title. Give it one.")
        kept_words(step.prompt, f"the question of step {number}", most=LINE)
        if step.screen not in SCREENS:
            raise PlcError(f"Step {number} has no screen. Choose one from the list.")
        if not 1 <= step.minutes <= LONGEST_STEP_MINUTES:
            raise PlcError(f"Step {number}: give it 1 to {LONGEST_STEP_MINUTES} minutes.")
