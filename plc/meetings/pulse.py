""" "Worth our time?": a number from 1 to 5 and one word, counted so that no answer can be traced.

An answer is added to the meeting's tallies and its word to an alphabetical list; who has answered is kept
apart. The team reads means of *blocks*: whole meetings that ended, taken together until at least five
answered, of at least three people: of two, each knows the other. Blocks never overlap, so that no mean minus
another leaves one person's answer.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plc.core.errors import NotAllowed, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.meetings.loading import load_meeting, require_running, run

# Fewer answers than this could be told apart by the members of a small team.
FEWEST_ANSWERS: Final = 5
FEWEST_PEOPLE: Final = 3
_ONE_WORD: Final = re.compile(r"[^\W\d_][^\W\d_'’\-]{0,29}")


@dataclass(frozen=True, slots=True)
class PulseBlock:
    """The mean of whole meetings together, from 1 to 5, and their words in alphabetical order."""

    first_on: date
    last_on: date
    answers: int
    mean: float
    words: tuple[str, ...]


def answer_exit(database: Database, viewer: Viewer, meeting_id: str, *, worth: int, word: str) -> None:
    """Count one member's answer. Raises `NotAllowed` the second time, `PlcError` for more than one word."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    if worth not in range(1, 6):
        raise PlcError("Choose a number from 1 to 5.")
    word = word.strip().lower()
    if word and not _ONE_WORD.fullmatch(word):
        raise PlcError("One word only, without numbers.")
    with database.write() as cursor:
        require_running(load_meeting(cursor, viewer, meeting_id))
        if not run(cursor, viewer, "mark_exit_answered", meeting_id=meeting_id, teacher_id=teacher_id):
            raise NotAllowed(
                "Your answer is counted already. Nobody can look it up, so it cannot be changed."
            )
        words = json.loads(run(cursor, viewer, "exit_words", meeting_id=meeting_id)[0][0])
        run(
            cursor, viewer, "count_exit_answer", meeting_id=meeting_id, worth=worth,
            words=json.dumps(sorted([*words, word] if word else words), ensure_ascii=False),
        )  # fmt: skip
        run(cursor, viewer, "raise_version", meeting_id=meeting_id)


def exit_answers(database: Database, viewer: Viewer, meeting_id: str) -> tuple[int, bool]:
    """How many have answered, and whether the viewer has."""
    teacher_id = viewer.own_teacher_id(Permission.MEETING_HOLD)
    with database.read() as cursor:
        rows = run(cursor, viewer, "exit_answered", meeting_id=meeting_id, teacher_id=teacher_id)
    return int(rows[0][0]), bool(rows[0][1])


def pulse_trend(database: Database, viewer: Viewer, team_id: str) -> list[PulseBlock]:
    """The team's blocks in order; an unfinished block is not shown."""
    viewer.require_team(Permission.MEETING_HOLD, team_id)
    with database.read() as cursor:
        return blocks(run(cursor, viewer, "exit_tallies", team_id=team_id))


def blocks(tallies: Iterable[tuple[Any, ...]]) -> list[PulseBlock]:
    """Blocks from (day, ones, twos, threes, fours, fives, words, answerers) of ended meetings in order."""
    done: list[PulseBlock] = []
    held: list[tuple[Any, ...]] = []
    for tally in tallies:
        if not sum(tally[1:6]):
            continue
        held.append(tally)
        answers = sum(sum(row[1:6]) for row in held)
        people = {who for row in held for who in row[7].split(",") if who}
        if answers < FEWEST_ANSWERS or len(people) < FEWEST_PEOPLE:
            continue
        total = sum(worth * row[worth] for row in held for worth in range(1, 6))
        words = tuple(sorted(word for row in held for word in json.loads(row[6])))
        done.append(
            PulseBlock(
                held[0][0], held[-1][0], answers, total / answers,
                words if len(words) >= FEWEST_ANSWERS else (),
            )
        )  # fmt: skip
        held = []
    return done
