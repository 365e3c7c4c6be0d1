"""Who clicks in `benchmarks.load`, and all that each of them may ever be shown about others.

What a person may see is asked of the use cases alone, one after another, on a copy of the database in which
every teacher has seen her own result first: so it is the most that the server may show her later.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from plc.bright_spots import bright_spots, own_results
from plc.core import clock
from plc.core.permissions import PERMISSIONS, Role
from plc.core.viewer import LOCAL_STEWARD, Permission, Viewer
from plc.database import Database
from plc.people import (
    Identity,
    RoleGrant,
    SignInRules,
    claim_invitation,
    invite,
    link_account,
    list_teachers,
    open_own_result,
    own_teams,
    standing,
)
from plc.people.visibility import keep_visible_teachers
from plc.practices import PracticeQuery, PracticeRow, search_practices
from plc.sample import load_sample
from plc.ui.menu import ENTRIES

ISSUER = "https://load.example"
# Members of both sample teams, a leader of each kind and a steward; the rest are teachers.
LEADERS = ((Role.PRINCIPAL, "M1"), (Role.PRINCIPAL, "M2"), (Role.DISTRICT_LEADER, None), (Role.STEWARD, None))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account, her role, and the teacher she is, if any."""

    number: int
    role: Role
    teacher_id: str | None = None

    @property
    def address(self) -> str:
        return f"person{self.number:03}@load.example"

    @property
    def pages(self) -> list[str]:
        held = PERMISSIONS[self.role]
        listed = (entry for entry in ENTRIES if entry.listed)
        return ["", "who"] + [
            entry.address
            for entry in listed
            if not entry.permissions or any(permission in held for permission in entry.permissions)
        ]


@dataclass(frozen=True, slots=True)
class Private:
    """Everything that belongs to somebody, as bytes that travel: `things` by kind, `sentences` of one
    teacher's own result alone; and by person's number what of it she may see."""

    things: dict[str, re.Pattern[bytes]]
    sentences: frozenset[bytes]
    allowed: dict[int, frozenset[bytes]]


def prepare(path: Path, sessions: int) -> tuple[list[Person], Private]:
    """So many people with accounts in a new sample district, and what each may see."""
    with Database(path) as database:
        load_sample(database)
        people = _seat_people(database, sessions)
    with tempfile.TemporaryDirectory(prefix="plc-load-copy-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        with Database(copy) as database:
            return people, what_is_private(database, people)


def _seat_people(database: Database, sessions: int) -> list[Person]:
    with database.read() as cursor:
        taught = cursor.execute(
            "select teacher_id from teacher left join team_member using (teacher_id)"
            " group by teacher_id order by bool_or(team_id is not null) desc, teacher_id"
        ).fetchall()
    leaders = LEADERS[: sessions // 4]
    people = [Person(number, role) for number, (role, _) in enumerate(leaders)]
    people += [
        Person(number, Role.TEACHER, taught[number - len(leaders)][0])
        for number in range(len(leaders), sessions)
    ]
    for person in people:
        school = leaders[person.number][1] if person.number < len(leaders) else None
        give_seat(database, person, school_id=school)
    return people


def give_seat(database: Database, person: Person, *, school_id: str | None = None) -> None:
    """An account for a person, with her role, at a school, and the teacher she is."""
    code = invite(database, LOCAL_STEWARD, person.address, RoleGrant(person.role, school_id=school_id))
    account_id = claim_invitation(database, _identity(person), code)
    if person.teacher_id is not None:
        link_account(database, LOCAL_STEWARD, account_id, teacher_id=person.teacher_id)


def _identity(person: Person) -> Identity:
    return Identity(ISSUER, person.address, person.address, clock.now())


def what_is_private(database: Database, people: list[Person]) -> Private:
    """What belongs to whom in this database, which is changed: every teacher opens her own result."""
    roster = {teacher.teacher_id: teacher.name for teacher in list_teachers(database)}
    sections = _sections_of(database)
    viewers = {
        person.number: standing(database, _identity(person), SignInRules((ISSUER,))).viewer
        for person in people
    }
    own: dict[str, set[str]] = {}
    for teacher_id in roster:
        herself = Viewer(Role.TEACHER, teacher_id=teacher_id)
        own[teacher_id] = {
            finding.words for finding in own_results(database, herself) if finding.effect is not None
        }
        open_own_result(database, herself)
    allowed = {}
    for person in people:
        shown = _shown_to(database, viewers[person.number])
        mine = {person.teacher_id} if person.teacher_id else set()
        # A steward says which teacher an account is, and sees the address of everybody.
        steward = person.role is Role.STEWARD
        words = {each.address for each in (people if steward else [person])} | shown.sentences
        # The boxes of one's own team are told apart by the ids of its members.
        words |= set(roster) if steward else shown.team | mine
        words |= {roster[each] for each in (roster if steward else shown.named | shown.team | mine)}
        for teacher_id in mine:
            words |= own[teacher_id]
        for teacher_id in shown.with_figures | shown.team | mine:
            words |= sections.get(teacher_id, set())
        allowed[person.number] = frozenset(word.encode() for word in words)
    classes = {section for taught in sections.values() for section in taught}
    return Private(
        things={
            "address": re.compile(rb"person\d{3}@load\.example"),
            "teacher id": _any_of(roster),
            "teacher's name": _any_of(roster.values()),
            "class": _any_of(classes),
        },
        sentences=frozenset(words.encode() for told in own.values() for words in told),
        allowed=allowed,
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """Teachers of whom a viewer may read the name, or the figures and classes too; her colleagues of teams,
    who know each other; and the sentences that go with the figures."""

    named: set[str]
    with_figures: set[str]
    team: set[str]
    sentences: set[str]


def _shown_to(database: Database, viewer: Viewer) -> Shown:
    with database.read() as cursor:
        keep_visible_teachers(cursor, viewer)
        visible = dict(cursor.execute("select teacher_id, numbers_shown from visible_teacher").fetchall())
    named, may = set(visible), PERMISSIONS[viewer.role]
    sentences: set[str] = set()
    if Permission.BRIGHT_SPOTS_READ in may:
        found = bright_spots(database, viewer)
        sentences = {finding.words for finding in found if finding.effect is not None}
    if Permission.PRACTICE_READ in may:
        names = {teacher.name: teacher.teacher_id for teacher in list_teachers(database)}
        bylines = " ".join(row.byline.words for row in _cards(database, viewer))
        named |= {teacher_id for name, teacher_id in names.items() if name in bylines}
    with_figures = {teacher_id for teacher_id, figures in visible.items() if figures}
    return Shown(named, with_figures, _team(database, viewer), sentences)


def _cards(database: Database, viewer: Viewer) -> Iterator[PracticeRow]:
    number, pages = 0, 1
    while number < pages:
        found = search_practices(database, viewer, PracticeQuery(page=number))
        yield from found.rows
        number, pages = number + 1, found.pages


def _team(database: Database, viewer: Viewer) -> set[str]:
    if Permission.TEAM_READ not in PERMISSIONS[viewer.role]:
        return set()
    return {member.teacher_id for team in own_teams(database, viewer) for member in team.members}


def _sections_of(database: Database) -> dict[str, set[str]]:
    """The classes of each teacher, by their ids."""
    with database.read() as cursor:
        rows = cursor.execute(
            "select distinct teacher_id, section_id from section_teacher join section using (section_key)"
            " join teacher using (teacher_key)"
        ).fetchall()
    sections: dict[str, set[str]] = {}
    for teacher_id, section_id in rows:
        sections.setdefault(teacher_id, set()).add(section_id)
    return sections


def _any_of(words: Iterable[str]) -> re.Pattern[bytes]:
    """Finds each of these words, also inside a table's packed columns; the longest where two begin alike."""
    longest_first = sorted((re.escape(word.encode()) for word in words), key=len, reverse=True)
    return re.compile(b"|".join(longest_first))
