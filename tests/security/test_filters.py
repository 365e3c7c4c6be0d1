"""Every filter, combination and sort, by every seat, in search of one teacher's result.

What a filter leaves is a part of what is shown without it, figure by figure: nothing is worked out anew for
whoever narrows a list down, so two filters, a sort or an intersection tell no more than the whole list.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Final

import pytest

from plc.bright_spots import bright_spots
from plc.bright_spots.areas import practice_areas
from plc.core.errors import PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.practices import PracticeQuery, PracticeRow, search_practices
from plc.schools import TeamQuery, stalled_teams
from tests.security.attempts import Attempts
from tests.security.looking import leaves

VIEWERS: Final = {
    "a teacher": Viewer(Role.TEACHER, teacher_id="T045"),
    "a facilitator": Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=("sample-team-1",)),
    "a colleague": Viewer(Role.TEACHER, teacher_id="T118", team_ids=("sample-team-4",)),
    "a principal": Viewer(Role.PRINCIPAL, school_ids=("M1",), account_id="lead"),
    "a district leader": Viewer(Role.DISTRICT_LEADER, account_id="leader"),
    "a steward": LOCAL_STEWARD,
    "a reviewer": Viewer(Role.REVIEWER, account_id="reviewer"),
}
SUBJECTS: Final = (None, "maths")
GRADES: Final = (None, 7)
STEPS: Final = (None, "replicated")
STANDARDS: Final = (None, "6.RP.A.3")


@pytest.fixture(scope="module")
def district(sample_database: Database) -> Database:
    return sample_database


def queries() -> Iterator[PracticeQuery]:
    """Every combination of filters with each other and with each order, but the same twice."""
    flags = (False, True)
    for subject, grade, step, low in product(SUBJECTS, GRADES, STEPS, flags):
        yield PracticeQuery(subject=subject, grade=grade, step=step, low_starters=low)
    for standard, like, fits, low in product(STANDARDS, flags, flags, flags):
        yield PracticeQuery(standard=standard, like_me=like, fits_me=fits, low_starters=low)
    for words in ("exit", "Adeyemi", "T049", "Granite", "%", "_", "' or 1=1 --"):
        yield PracticeQuery(words=words)


def all_cards(database: Database, viewer: Viewer) -> dict[str, PracticeRow]:
    return {row.practice_id: row for row in search_practices(database, viewer, PracticeQuery()).rows}


@pytest.mark.parametrize("who", VIEWERS)
def test_a_filter_of_the_library_shows_a_part_of_the_whole_and_no_figure_of_its_own(
    district: Database, attempts: Attempts, who: str
) -> None:
    viewer = VIEWERS[who]
    whole = all_cards(district, viewer)
    for query in queries():
        for row in search_practices(district, viewer, query).rows:
            known = whole.get(row.practice_id)
            attempts.judge(known is None or figures(known) != figures(row), f"{query} by {who}")
        attempts.refused()


def figures(row: PracticeRow) -> list[object]:
    """What a row says in numbers."""
    return [leaf for leaf in leaves(row) if isinstance(leaf, float)]


@pytest.mark.parametrize("who", VIEWERS)
def test_a_filter_of_the_bright_spots_shows_a_part_of_the_whole_and_no_figure_of_its_own(
    district: Database, attempts: Attempts, who: str
) -> None:
    viewer = VIEWERS[who]
    try:
        whole = [said(finding) for finding in bright_spots(district, viewer)]
    except PlcError:
        attempts.refused()
        return
    for subject, grade, year, standard in product(SUBJECTS, GRADES, (None, 2026), STANDARDS):
        some = bright_spots(
            district, viewer, subject=subject, grade=grade, school_year=year, standard=standard
        )
        new = [finding for finding in map(said, some) if finding not in whole]
        attempts.judge(new, f"{subject} {grade} {year} {standard} by {who}")
    named = [finding for finding in bright_spots(district, viewer) if finding.students is not None]
    attempts.judge(named and viewer.teacher_id is None, f"figures to {who}")


def said(finding: object) -> str:
    return repr(list(leaves(finding)))


def test_counts_by_area_are_the_same_for_all_and_of_three_teachers_at_least(
    district: Database, attempts: Attempts
) -> None:
    for who, viewer in VIEWERS.items():
        try:
            areas = practice_areas(district, viewer)
        except PlcError:
            attempts.refused()
            continue
        numbers = areas.select_dtypes("number")
        few = [value for column in numbers for value in numbers[column].dropna() if 0 < value < 3]
        attempts.judge(few, f"a count of fewer than three to {who}")


def test_a_leader_who_narrows_down_reads_no_team_of_another_school(
    district: Database, attempts: Attempts
) -> None:
    principal = VIEWERS["a principal"]
    mine = {repr(row) for row in stalled_teams(district, principal, TeamQuery()).rows}
    with district.read() as cursor:
        schools = [row[0] for row in cursor.execute("select school_id from school order by 1").fetchall()]
    for school_id, words in product((None, *schools, "%"), ("", "a", "%", "Adeyemi", "T049", "' or 1=1 --")):
        try:
            rows = stalled_teams(district, principal, TeamQuery(school_id=school_id, words=words)).rows
        except PlcError:
            attempts.refused()
            continue
        attempts.judge({repr(row) for row in rows} - mine, f"{school_id} {words}")
