"""Looking for a practice: words, course, standard, evidence, people like me; and beside an upcoming unit."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.practices import PracticeQuery, PracticeRow, offered, practices_for, search_practices, withdraw_card
from plc.practices.library import ON_A_PAGE
from tests.unit.practices.library_district import (
    ADA,
    DAN,
    LEADER,
    PRINCIPAL_2,
    SORT,
    add_evidence,
    shared,
)

TALK = replace(
    SORT,
    title="Let pairs explain before anyone writes",
    when_to_use="Before a reading task.",
    steps="Pairs talk for a minute.",
    subject="reading",
    grades=(7,),
    standards=("RI.7.1",),
)


@pytest.fixture
def library(district: Database) -> dict[str, str]:
    """Cards by name: of grade 6 maths one confirmed and one retired, of grade 7 reading one replicated."""
    cards = {
        "sort": shared(district),
        "talk": shared(district, wording=TALK),
        "song": shared(district, wording=replace(SORT, title="Sing the times tables", standards=())),
    }
    add_evidence(district, cards["sort"], step="confirmed here", contexts=json.dumps([{"grade": 6}]))
    add_evidence(district, cards["talk"], step="replicated", estimate=0.2)
    add_evidence(district, cards["song"], step="retired", estimate=-0.02)
    return cards


def titles(database: Database, viewer: Viewer = DAN, **query: object) -> list[str]:
    return [row.title.split()[0] for row in search_practices(database, viewer, PracticeQuery(**query)).rows]  # type: ignore[arg-type]


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Sort", "Let", "Sing"]),
        ({"words": "exit tickets"}, ["Sort"]),
        ({"words": "TICKETS sort rooms"}, []),
        ({"words": "ri.7.1"}, ["Let"]),
        ({"words": "100%; drop table practice"}, []),
        ({"subject": "reading"}, ["Let"]),
        ({"grade": 6}, ["Sort", "Sing"]),
        ({"grade": 7}, ["Let"]),
        ({"standard": "6.EE.B.7"}, ["Sort"]),
        ({"standard": "6.EE.B"}, []),
        ({"standard": "%"}, []),
        ({"step": "retired"}, ["Sing"]),
        ({"subject": "maths", "step": "confirmed here"}, ["Sort"]),
    ],
)
def test_a_practice_is_found_by_what_is_asked(
    district: Database, query: dict[str, object], expected: list[str]
) -> None:
    assert titles(district, **query) == expected


@pytest.mark.usefixtures("library")
def test_what_was_given_up_stays_findable(district: Database) -> None:
    assert titles(district, words="sing") == ["Sing"]


@pytest.mark.usefixtures("library")
def test_people_like_me_come_first_when_asked(district: Database) -> None:
    assert titles(district, like_me=True) == ["Sort", "Sing", "Let"]
    first = search_practices(district, DAN, PracticeQuery()).rows[0]
    assert first.fit == "Tested in grade 6 maths, like yours"
    assert search_practices(district, PRINCIPAL_2, PracticeQuery()).rows[0].fit == first.fit
    assert search_practices(district, LEADER, PracticeQuery()).rows[0].fit == ""


def test_a_practice_taken_back_is_found_no_more(district: Database, library: dict[str, str]) -> None:
    withdraw_card(district, ADA, library["sort"], keep_card=False)
    assert titles(district) == ["Let", "Sing"]
    assert "6.EE.B.7" not in offered(district, DAN).standards


@pytest.mark.usefixtures("library")
def test_only_what_can_be_found_is_offered(district: Database) -> None:
    choices = offered(district, DAN)
    assert choices.subjects == ("maths", "reading")
    assert choices.grades == (6, 7)
    assert choices.standards == ("6.EE.B.7", "RI.7.1")
    assert offered(district, Viewer(Role.REVIEWER)).subjects == ()


def test_a_long_list_comes_in_pages(district: Database) -> None:
    for number in range(ON_A_PAGE + 1):
        shared(district, wording=replace(SORT, title=f"Practice {number:02d}"))
    first = search_practices(district, DAN, PracticeQuery())
    second = search_practices(district, DAN, PracticeQuery(page=1))
    assert (first.total, first.pages, len(first.rows), len(second.rows)) == (ON_A_PAGE + 1, 2, ON_A_PAGE, 1)
    assert not {row.practice_id for row in first.rows} & {row.practice_id for row in second.rows}
    assert search_practices(district, DAN, PracticeQuery(page=99)).page == 1


def practice_ids(rows: list[PracticeRow]) -> list[str]:
    return [row.practice_id for row in rows]


def test_an_upcoming_unit_brings_up_what_was_tested_for_it(
    district: Database, library: dict[str, str]
) -> None:
    found = practices_for(district, DAN, subject="maths", grade=6, standards=["6.EE.B.7"])
    assert practice_ids(found) == [library["sort"]]
    assert practice_ids(practices_for(district, DAN, subject="maths", grade=6)) == [library["sort"]]
    assert practices_for(district, DAN, subject="maths", grade=8) == []
    assert practice_ids(practices_for(district, DAN, subject="reading", grade=None)) == [library["talk"]]
    assert practices_for(district, Viewer(Role.REVIEWER), subject="maths", grade=6) == []
