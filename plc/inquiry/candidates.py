"""Candidate practices of Discover, written as behaviours, and the contrast every one of them must answer.

"Do typical classes do it too?" A practice that they do is marked *not distinguishing*, everywhere: it may be
good teaching, but it does not explain the difference.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from plc.core import clock
from plc.core.errors import BothTexts, Conflict, NotFound, PlcError
from plc.core.free_text import SENTENCE, SENTENCES
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.inquiries import read_inquiry, require_open
from plc.inquiry.records import Inquiry
from plc.inquiry.visible_practices import keep_visible_practices
from plc.results.student_words import shareable_words

Contrast = Literal["yes", "no", "unknown", "not asked"]
CONTRASTS: Final[dict[Contrast, str]] = {
    "no": "No, typical classes do not",
    "yes": "Yes, they do it too",
    "unknown": "We could not tell",
}
NOT_DISTINGUISHING: Final = "Not distinguishing: typical classes do it too"
# Words with which a title names a quality or a person, not what anyone does.
_NO_BEHAVIOUR: Final = frozenset(
    {
        "good", "better", "great", "strong", "high", "low", "more", "less", "effective", "positive", "clear",
        "rigorous", "engaging", "engagement", "motivated", "relationships", "culture", "climate",
        "expectations", "mindset", "passion", "patience", "experience", "energy", "caring", "being", "has",
    }
)  # fmt: skip
_ACTORS: Final = frozenset(
    {"students", "student", "pupils", "teacher", "teachers", "class", "children", "pairs"}
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A practice considered in an inquiry; `version` is what an answer is written over.

    `practice_version` is the latest she may read; `decision` is the latest on a test of it here.
    """

    practice_id: str
    version: int
    title: str
    practice_version: int
    also_typical: Contrast
    contrast_note: str
    added_by: str
    added_at: datetime
    not_distinguishing: bool
    tests: int
    decision: str | None


@dataclass(frozen=True, slots=True)
class PracticeText:
    """What a practice says at a version."""

    practice_id: str
    version: int
    title: str
    when_to_use: str
    steps: str
    core_parts: str
    adaptable_parts: str
    minutes: float | None
    went_wrong: str
    subject: str | None
    grades: str
    standards: str


def behaviour_hint(title: str) -> str | None:
    """A gentle question where a title does not read as something one could see done; None where it does."""
    words = [word.strip(".,;:!?\"'").lower() for word in title.split()]
    if len(words) < 3:
        return (
            'Could a visitor see this being done? Say who does what: "Students sort their exit tickets ...".'
        )
    first = words[0]
    names_a_quality = first in _NO_BEHAVIOUR or first.endswith(("ness", "ship", "tion", "ity"))
    if names_a_quality or (first in ("the", "a", "an") and not _ACTORS & set(words[:3])):
        return "This names a quality. What would a visitor see someone do? Begin with a verb."
    return None


def add_candidate(
    database: Database, viewer: Viewer, inquiry_id: str, *, title: str = "", practice_id: str | None = None
) -> str:
    """Consider a practice: a new one by its `title`, or one that exists; returns its id.

    Raises `NotFound` for one that is not open to the viewer, `PlcError` for words that cannot stand.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    title = _title(database, title) if practice_id is None else ""
    with database.write() as cursor:
        found = read_inquiry(cursor, viewer, inquiry_id)
        require_open(found)
        if practice_id is None:
            practice_id = _begin_practice(cursor, viewer, found, title)
        elif any(one.practice_id == practice_id for one in _read(cursor, viewer, inquiry_id)):
            raise Conflict("This practice is among your candidates already.")
        cursor.execute(
            load_sql("inquiry", "add_candidate"),
            {
                "team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "practice_id": practice_id,
                "by": viewer.signature, "at": clock.now(),
            },
        ).fetchall()  # fmt: skip
        if all(one.practice_id != practice_id for one in _read(cursor, viewer, inquiry_id)):
            raise NotFound(
                "There is no such card, or it is not open to you.", about=("practice", practice_id)
            )
        raise_data_version(cursor)
    return practice_id


def answer_contrast(
    database: Database,
    viewer: Viewer,
    inquiry_id: str,
    practice_id: str,
    *,
    answer: Contrast,
    note: str,
    seen_version: int,
) -> int:
    """Answer "do typical classes do it too?"; returns the version the answer is now.

    Raises `BothTexts` where a colleague answered first.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    if answer not in CONTRASTS:
        raise PlcError("Answer yes, no, or that you could not tell.")
    note = shareable_words(database, note, "what typical classes do", most=SENTENCES)
    with database.write() as cursor:
        known = {one.practice_id: one for one in _read(cursor, viewer, inquiry_id)}
        if practice_id not in known:
            raise NotFound("This practice is not among your candidates any more.")
        written = cursor.execute(
            load_sql("inquiry", "answer_contrast"),
            {
                "team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "practice_id": practice_id,
                "seen": seen_version, "also_typical": answer, "note": note,
            },
        ).fetchall()  # fmt: skip
        if not written:
            require_open(read_inquiry(cursor, viewer, inquiry_id))
            stored = known[practice_id]
            raise BothTexts(
                f"A colleague answered this first: {CONTRASTS.get(stored.also_typical, 'not asked')}."
                f" {stored.contrast_note} Look at it, then answer again if you mean otherwise.",
                mine={"answer": answer, "note": note},
                theirs={"answer": stored.also_typical, "note": stored.contrast_note},
                version=stored.version,
            )
        raise_data_version(cursor)
    return int(written[0][0])


def remove_candidate(
    database: Database, viewer: Viewer, inquiry_id: str, practice_id: str, *, back: bool = False
) -> None:
    """Take a practice off the inquiry, or put it `back`; the practice itself and its tests stay."""
    viewer.require(Permission.INQUIRY_EDIT)
    with database.write() as cursor:
        changed = cursor.execute(
            load_sql("inquiry", "remove_candidate"),
            {
                "team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "practice_id": practice_id,
                "removed_at": None if back else clock.now(),
            },
        ).fetchall()  # fmt: skip
        if not changed:
            raise NotFound("There is no such candidate in an open inquiry of your teams.")
        raise_data_version(cursor)


def list_candidates(database: Database, viewer: Viewer, inquiry_id: str) -> list[Candidate]:
    """The practices considered in an inquiry, the first added first."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        return _read(cursor, viewer, inquiry_id)


def inquiries_considering(database: Database, viewer: Viewer, practice_ids: Sequence[str]) -> list[str]:
    """The ids of the open inquiries of the viewer's teams that consider any of these practices."""
    viewer.require(Permission.INQUIRY_READ)
    if not practice_ids or not viewer.team_ids:
        return []
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "inquiries_considering"),
            {"team_ids": list(viewer.team_ids), "practice_ids": list(practice_ids)},
        ).fetchall()
    return [inquiry_id for (inquiry_id,) in rows]


def practice_text(database: Database, viewer: Viewer, practice_id: str) -> PracticeText:
    """What a practice of the viewer's inquiries says, as far as she may read it. Raises `NotFound`."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        return read_practice(cursor, viewer, practice_id)


def read_practice(cursor: Cursor, viewer: Viewer, practice_id: str) -> PracticeText:
    """The latest version the viewer may read, inside the caller's unit of work. Raises `NotFound`."""
    keep_visible_practices(cursor, viewer)
    rows = cursor.execute(
        load_sql("inquiry", "open_wording"),
        {"team_ids": list(viewer.team_ids), "practice_id": practice_id},
    ).fetchall()
    if not rows:
        raise NotFound("There is no such practice in your team's inquiries.")
    return PracticeText(*rows[0])


def write_practice_version(cursor: Cursor, viewer: Viewer, text: PracticeText) -> bool:
    """Write the version that follows the latest, inside the caller's unit of work; whether it does."""
    written = cursor.execute(
        load_sql("inquiry", "add_practice_version"),
        {name: getattr(text, name) for name in PracticeText.__dataclass_fields__}
        | {"by": viewer.signature, "at": clock.now()},
    ).fetchall()
    return bool(written)


def _begin_practice(cursor: Cursor, viewer: Viewer, found: Inquiry, title: str) -> str:
    """Write down a practice of the inquiry's team that has a title alone; returns its id."""
    practice_id = str(uuid.uuid4())
    cursor.execute(
        load_sql("inquiry", "add_practice"),
        {
            "practice_id": practice_id, "owner_teacher_id": viewer.teacher_id, "team_id": found.team_id,
            "inquiry_id": found.inquiry_id, "by": viewer.signature, "at": clock.now(),
        },
    ).fetchall()  # fmt: skip
    said = found.wording
    text = PracticeText(
        practice_id, 1, title, "", "", "", "", None, "", said.subject,
        "" if said.grade is None else str(said.grade), said.standard_id or "",
    )  # fmt: skip
    write_practice_version(cursor, viewer, text)
    return practice_id


def _title(database: Database, title: str) -> str:
    title = " ".join(
        shareable_words(database, title, "the sentence (its steps come later)", most=SENTENCE).split()
    )
    if not title:
        raise PlcError("Say what students or the teacher do, in a sentence.")
    return title


def _read(cursor: Cursor, viewer: Viewer, inquiry_id: str) -> list[Candidate]:
    keep_visible_practices(cursor, viewer)
    rows = cursor.execute(
        load_sql("inquiry", "candidates"), {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id}
    ).fetchall()
    return [Candidate(*row) for row in rows]
