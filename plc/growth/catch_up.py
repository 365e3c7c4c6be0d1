"""The use case: what this viewer may know of falling behind and catching up.

Everybody sees the district's figures and student groups, a principal her schools, a steward every school:
all from the frozen release, where small groups and what would tell of them is hidden. A teacher sees her own
figure; of others only the names of those who consented and whose students caught up more often than expected.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.growth.district import subject_catch_up, yardsticks_of
from plc.growth.expectation import FEW_UNITS
from plc.growth.figure_names import CATCH_UP, GROUP, SCHOOL
from plc.growth.records import CatchUp, CatchUpRow, NamedTeacher, OwnCatchUp
from plc.growth.rows import catch_up_row
from plc.growth.words import NEEDS_TWO_YEARS, NO_RESULTS, NOT_RELEASED, TOO_FEW_FOLLOWED, own_sentences
from plc.people.looks import note_look
from plc.people.release_records import Release
from plc.people.releases import read_release
from plc.people.visibility import keep_visible_teachers

# What consent allows beside a name, and the weaker words where too few teachers make the rule less sure.
EXCEEDS_WORDS = "students who began behind exceed expectation"


def catch_up(database: Database, viewer: Viewer, *, subject: str | None = None) -> CatchUp:
    """Catch-up, keep-up and growth from two or more school years; `subject` None is every subject.

    Raises `NotAllowed` for a viewer without a seat.
    """
    viewer.require(Permission.CATCH_UP_READ)
    own_id = viewer.teacher_id if viewer.may(Permission.OWN_RESULT_READ) else None
    with database.read() as cursor:
        shown = read_release(cursor, CATCH_UP.name)
        if shown is None:
            return CatchUp(_why_nothing(cursor))
        subjects = subject_catch_up(shown)
        if not subjects:
            return CatchUp(TOO_FEW_FOLLOWED)
        found = CatchUp(
            empty_words="",
            subjects=subjects,
            schools=_schools(shown, viewer),
            groups=_groups(shown),
            own=_own(cursor, own_id),
            named=_named(cursor, viewer),
            yardsticks=yardsticks_of(shown),
            released_at=shown.released_at,
        )
    note_look(
        database,
        viewer,
        "names of teachers whose students catch up",
        [each.teacher_id for each in found.named],
    )
    return found if subject is None else found.of(subject)


def own_catch_up(database: Database, viewer: Viewer) -> tuple[OwnCatchUp, ...]:
    """The viewer's own students who began a year behind, by subject. Raises `NotAllowed`."""
    own_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with database.read() as cursor:
        return _own(cursor, own_id)


def _why_nothing(cursor: Cursor) -> str:
    results, followed = cursor.execute(load_sql("growth", "students_followed")).fetchall()[0]
    if not results:
        return NO_RESULTS
    return NOT_RELEASED if followed else NEEDS_TWO_YEARS


def _schools(shown: Release, viewer: Viewer) -> tuple[CatchUpRow, ...]:
    """Rows of the schools in the viewer's scope, by subject and name.

    None for whoever teaches in another seat of hers: of a school less her own class too few colleagues are
    left, while what is released counts on readers of schools who know no class (`docs/privacy.md`).
    """
    if viewer.role not in (Role.PRINCIPAL, Role.STEWARD) or viewer.person_id is not None:
        return ()
    rows = [
        catch_up_row(shown, subject, SCHOOL, cell, group=SCHOOL)
        for subject, dimension, cell in _cells(shown)
        if dimension == SCHOOL and (viewer.role is Role.STEWARD or cell in viewer.school_ids)
    ]
    return tuple(sorted(rows, key=lambda row: (row.subject, row.name)))


def _groups(shown: Release) -> tuple[CatchUpRow, ...]:
    """Rows of student groups over the district; what they exceed is not estimated, only expected."""
    rows = [
        catch_up_row(shown, subject, dimension, cell, group=dimension.removeprefix(GROUP).replace("_", " "))
        for subject, dimension, cell in _cells(shown)
        if dimension.startswith(GROUP)
    ]
    return tuple(sorted(rows, key=lambda row: (row.subject, row.group, row.name)))


def _cells(shown: Release) -> list[tuple[str, str, str]]:
    """Subject, dimension and cell of every row there could be."""
    found: dict[tuple[str, str, str], None] = {}
    for table, cell in shown.cells:
        subject, _, rest = table.partition("|")
        measure, _, dimension = rest.partition("|")
        # Who was only seen at one year's end has nothing to be followed over.
        if dimension and measure in ("caught up 1", "kept up 1"):
            found[subject, dimension, cell] = None
    return list(found)


def _own(cursor: Cursor, own_id: str | None) -> tuple[OwnCatchUp, ...]:
    """The viewer's own row of each subject, and nobody else's."""
    if own_id is None:
        return ()
    rows = cursor.execute(load_sql("growth", "own_catch_up"), {"teacher_id": own_id}).df()
    return tuple(_own_row(row) for row in rows.to_dict("records"))


def _own_row(row: Mapping[Hashable, Any]) -> OwnCatchUp:
    figures = {name: float(row[name]) for name in ("students", "caught_up", "expected", "excess")}
    lower, upper = float(row["lower_bound"]), float(row["upper_bound"])
    # What is usual is made of everyone's students: with fewer others it would tell theirs.
    enough = figures["students"] >= MINIMUM_STUDENTS and int(row["teachers"]) > MINIMUM_TEACHERS
    exceeds = bool(row["exceeds"]) and enough
    sentences = own_sentences(
        students=figures["students"],
        caught_up=figures["caught_up"],
        expected=figures["expected"],
        lower=lower,
        upper=upper,
        exceeds=exceeds,
    )
    return OwnCatchUp(
        subject=str(row["subject"]),
        enough=enough,
        students=figures["students"],
        sections=int(row["sections"]),
        caught_up=figures["caught_up"],
        expected=figures["expected"] if enough else None,
        excess=figures["excess"] if enough else None,
        lower=lower if enough else None,
        upper=upper if enough else None,
        exceeds=exceeds,
        sentences=sentences if enough else ("Not enough students to tell.",),
    )


def _named(cursor: Cursor, viewer: Viewer) -> tuple[NamedTeacher, ...]:
    """Consenting teachers the rule flags, by name: no figure, no order of results, never the viewer."""
    keep_visible_teachers(cursor, viewer)
    rows = cursor.execute(load_sql("growth", "visible_names"), {"minimum": MINIMUM_STUDENTS}).fetchall()
    return tuple(
        NamedTeacher(
            subject=subject,
            name=name,
            words=EXCEEDS_WORDS if teachers >= FEW_UNITS else f"{EXCEEDS_WORDS} (early signal)",
            teacher_id=teacher_id,
        )
        for subject, teacher_id, name, teachers in rows
        if teacher_id != viewer.teacher_id
    )
