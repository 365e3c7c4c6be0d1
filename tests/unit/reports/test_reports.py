"""Reports of the sample district: what each says, who may have it, and that both its forms say the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from plc.core.errors import NotAllowed, PlcError
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.people import current_viewer, take_seat
from plc.reports import (
    Report,
    board_page,
    effect_report,
    ilt_brief,
    meeting_report,
    own_record,
    practice_report,
)

MAY = date(2026, 5, 1)
RUNNING_TEST = "sample-test-running"
PAST_MEETING = "sample-meeting-1"


@pytest.fixture(scope="module")
def sample(sample_database: Database) -> Database:
    """The sample district; these tests only read it."""
    return sample_database


def seated(database: Database, viewer: Viewer) -> Viewer:
    take_seat(database, viewer)
    return current_viewer(database)


@pytest.fixture
def adeyemi(sample: Database) -> Viewer:
    return seated(sample, Viewer(Role.TEACHER, teacher_id="T049"))


@pytest.fixture
def eriksen(sample: Database) -> Viewer:
    return seated(sample, Viewer(Role.TEACHER, teacher_id="T108"))


@pytest.fixture
def principal(sample: Database) -> Viewer:
    return seated(sample, Viewer(Role.PRINCIPAL, school_ids=("M1",)))


def words_of(report: Report) -> str:
    return report.title + report.subtitle + report.frame().to_csv()


def test_every_report_is_a_readable_pdf(sample: Database, adeyemi: Viewer, principal: Viewer) -> None:
    made = [
        meeting_report(sample, adeyemi, PAST_MEETING),
        practice_report(sample, adeyemi, "P1"),
        own_record(sample, adeyemi),
        effect_report(sample, adeyemi, RUNNING_TEST),
        ilt_brief(sample, principal, month=MAY),
        board_page(sample, principal, month=MAY),
    ]
    for report in made:
        pdf = report.pdf()
        assert pdf.startswith(b"%PDF-"), report.title
        assert b"StructTreeRoot" in pdf
        assert b"pdfuaid" in pdf


def test_a_practice_shows_its_negative_test_beside_the_others(sample: Database, adeyemi: Viewer) -> None:
    report = practice_report(sample, adeyemi, "P1")
    assert "-0.06" in words_of(report)
    assert "All tests together: +0.1" in words_of(report)


def test_an_effect_is_told_in_the_sentence_of_the_screen(sample: Database, adeyemi: Viewer) -> None:
    words = words_of(effect_report(sample, adeyemi, RUNNING_TEST))
    assert "We predicted" in words
    assert "90 % range" in words


def test_a_record_belongs_to_its_team(sample: Database, eriksen: Viewer) -> None:
    with pytest.raises(PlcError):
        meeting_report(sample, eriksen, PAST_MEETING)
    with pytest.raises(NotAllowed):
        effect_report(sample, eriksen, RUNNING_TEST)


def test_nobody_makes_a_teachers_own_record_but_she(sample: Database, principal: Viewer) -> None:
    with pytest.raises(NotAllowed):
        own_record(sample, principal)


def test_a_teacher_makes_no_report_of_her_school(sample: Database, adeyemi: Viewer) -> None:
    with pytest.raises(NotAllowed):
        ilt_brief(sample, adeyemi, month=MAY)
    with pytest.raises(NotAllowed):
        board_page(sample, adeyemi, month=MAY)


@pytest.mark.parametrize("make", [ilt_brief, board_page])
def test_what_leaders_take_away_names_no_teacher(
    sample: Database, principal: Viewer, make: Callable[..., Report]
) -> None:
    words = words_of(make(sample, principal, month=MAY))
    for name in ("Adeyemi", "Dunne", "Rao", "Mendes", "T049"):
        assert name not in words


def test_a_board_reads_counts_and_no_team(sample: Database, principal: Viewer) -> None:
    assert "Granite Falls, grade 6 maths" not in words_of(board_page(sample, principal, month=MAY))
    assert "Granite Falls, grade 6 maths" in words_of(ilt_brief(sample, principal, month=MAY))


def test_every_row_of_catching_up_says_which_group_it_is(sample: Database, principal: Viewer) -> None:
    frame = board_page(sample, principal, month=MAY).frame().fillna("")
    of_students = frame[frame.iloc[:, 2].isin(["Maths", "Reading"])]
    named = list(zip(of_students.iloc[:, 1], of_students.iloc[:, 2], strict=True))
    assert len(named) == len(set(named))
    assert any(name.startswith("Home language: ") for name, _ in named)


def test_a_teachers_record_says_what_was_shared_and_who_tried_it(sample: Database, adeyemi: Viewer) -> None:
    words = words_of(own_record(sample, adeyemi))
    assert "6 tests" in words
    assert "Shared with: the district" in words
