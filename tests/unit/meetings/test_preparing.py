"""Before the meeting: ready or not, what the team should know, and who wants the mail."""

from __future__ import annotations

from dataclasses import replace

import pytest

from plc.core.errors import NotAllowed, PlcError
from plc.database import Database
from plc.meetings import (
    choose_digest,
    end_meeting,
    meeting_version,
    preparations,
    prepare,
    start_meeting,
    wants_digest,
)
from plc.meetings.digest import recipients
from tests.unit.meetings.conftest import ANA, BEN, PRINCIPAL, STRANGER, TEAM


def said(database: Database) -> dict[str, tuple[bool, str]]:
    return {one.name: (one.ready, one.words) for one in preparations(database, BEN, TEAM)}


def test_the_team_reads_who_is_ready_and_what_to_know_of_her_classes(team: Database) -> None:
    prepare(team, ANA, TEAM, ready=True, words=" A fire drill during the check ")
    assert said(team)["Ana"] == (True, "A fire drill during the check")
    assert said(team)["Ben"] == (False, "")
    prepare(team, ANA, TEAM, ready=False, words="")
    assert said(team)["Ana"] == (False, "")


def test_what_was_said_shows_in_the_meeting_it_was_said_for_and_ends_with_it(team: Database) -> None:
    prepare(team, ANA, TEAM, ready=True, words="A fire drill")
    meeting_id = start_meeting(team, ANA, TEAM)
    before = meeting_version(team, ANA, meeting_id)
    prepare(team, BEN, TEAM, ready=True, words="Two were ill")
    assert meeting_version(team, ANA, meeting_id) != before
    assert said(team)["Ana"] == (True, "A fire drill")
    end_meeting(team, ANA, meeting_id)
    assert set(said(team).values()) == {(False, "")}


def test_nobody_outside_the_team_reads_or_says_anything(team: Database) -> None:
    for viewer in (STRANGER, PRINCIPAL, replace(ANA, team_ids=())):
        with pytest.raises(NotAllowed):
            preparations(team, viewer, TEAM)
        with pytest.raises(NotAllowed):
            prepare(team, viewer, TEAM, ready=True)
        with pytest.raises(NotAllowed):
            choose_digest(team, viewer, TEAM, wanted=False)


def test_a_page_of_words_is_refused_and_nothing_is_kept(team: Database) -> None:
    with pytest.raises(PlcError, match="1000 characters"):
        prepare(team, ANA, TEAM, ready=True, words="x" * 1001)
    assert said(team)["Ana"] == (False, "")


def test_whoever_declined_the_mail_is_no_recipient_until_she_wants_it_again(team: Database) -> None:
    with team.write() as cursor:
        for viewer in (ANA, BEN):
            cursor.execute(
                "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at)"
                " values ($id, 'x', $id, $id || '@school.example', $id, timestamp '2026-01-01')",
                {"id": viewer.teacher_id},
            ).fetchall()
    meeting_id = start_meeting(team, ANA, TEAM)
    assert wants_digest(team, ANA, TEAM)
    choose_digest(team, ANA, TEAM, wanted=False)
    assert not wants_digest(team, ANA, TEAM)
    assert [one.address for one in recipients(team, meeting_id)] == ["T2@school.example"]
    choose_digest(team, ANA, TEAM, wanted=True)
    assert len(recipients(team, meeting_id)) == 2
