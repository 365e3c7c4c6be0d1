"""Everybody writes at once; what is private stays so; what was sent is kept once."""

from __future__ import annotations

import json
import threading
import uuid
from datetime import timedelta

import pytest

from plc.core.errors import Conflict, NotAllowed, NotFound, PlcError
from plc.database import Database
from plc.meetings import (
    NoteKind,
    answer_exit,
    close_commitment,
    commitments_of_meeting,
    end_meeting,
    exit_answers,
    last_commitments,
    make_commitment,
    meeting_decisions,
    meeting_record,
    next_step,
    notes,
    own_commitments,
    pulse_trend,
    put_off,
    record_decision,
    record_text,
    redate_commitment,
    reveal,
    save_team_protocol,
    search_decisions,
    send_note,
    silent_writers,
    start_meeting,
    take_back_commitment,
    take_back_note,
    team_protocol,
)
from plc.meetings.pulse import blocks
from plc.results.pseudonyms import open_pseudonyms
from tests.unit.meetings.conftest import ANA, BEN, CY, DEE, STRANGER, TEAM, TODAY, write

NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def running(team: Database) -> str:
    return start_meeting(team, ANA, TEAM, protocol_key="confirm")


def test_an_observation_is_its_writers_own_until_all_are_shown(team: Database, running: str) -> None:
    write(team, BEN, running, "Six students left item 4 empty")
    write(team, CY, running, "Two classes went up")
    assert notes(team, ANA, running) == []
    assert [note.words for note in notes(team, BEN, running)] == ["Six students left item 4 empty"]
    assert silent_writers(team, ANA, running) == {"see": 2}
    reveal(team, ANA, running, step_key="see")
    shown = notes(team, DEE, running)
    assert {note.words for note in shown} == {"Six students left item 4 empty", "Two classes went up"}
    assert {note.author_name for note in shown} == {None}
    assert not any(note.own for note in shown)


def test_going_on_from_the_silence_shows_what_was_written(team: Database, running: str) -> None:
    write(team, BEN, running, "Item 4")
    for step in ("opening", "last", "fidelity", "task", "see"):
        next_step(team, ANA, running, seen=step)
    assert [note.words for note in notes(team, DEE, running)] == ["Item 4"]


def test_only_the_facilitator_shows_the_observations(team: Database, running: str) -> None:
    with pytest.raises(NotAllowed):
        reveal(team, BEN, running, step_key="see")


def test_two_writers_at_once_lose_nothing(team: Database, running: str) -> None:
    def send(viewer: object, count: int) -> None:
        for number in range(count):
            write(
                team,
                viewer,
                running,
                f"line {number}",
                kind=NoteKind.DISCUSSION,
                step="what",  # type: ignore[arg-type]
            )

    threads = [threading.Thread(target=send, args=(who, 20)) for who in (ANA, BEN)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(notes(team, CY, running)) == 40


def test_a_note_sent_again_after_a_lost_network_is_kept_once(team: Database, running: str) -> None:
    note_id = write(team, BEN, running, "Item 4")
    send_note(team, BEN, running, note_id=note_id, step_key="see", kind=NoteKind.OBSERVATION, words="Item 4")
    assert len(notes(team, BEN, running)) == 1


def test_a_note_that_arrives_after_the_end_is_kept(team: Database, running: str) -> None:
    end_meeting(team, ANA, running)
    write(team, BEN, running, "I was offline", kind=NoteKind.DISCUSSION, step="what")
    assert "I was offline" in record_text(meeting_record(team, ANA, running))


def test_a_note_is_taken_back_by_its_writer_alone(team: Database, running: str) -> None:
    note_id = write(team, BEN, running, "Oops")
    with pytest.raises(NotFound):
        take_back_note(team, ANA, note_id)
    take_back_note(team, BEN, note_id)
    assert notes(team, BEN, running) == []


def test_nobody_of_another_team_reads_or_writes(team: Database, running: str) -> None:
    with pytest.raises(NotFound):
        write(team, STRANGER, running, "Hello")
    write(team, BEN, running, "Ours", kind=NoteKind.DISCUSSION, step="what")
    assert notes(team, STRANGER, running) == []


@pytest.mark.parametrize("words", ["", "   ", "x" * 1001])
def test_an_empty_or_endless_note_is_refused(team: Database, running: str, words: str) -> None:
    with pytest.raises(PlcError):
        write(team, BEN, running, words)


def test_a_students_id_is_refused_everywhere_and_never_repeated(team: Database, running: str) -> None:
    hidden = open_pseudonyms(team).hide(["S104477"])[0]
    with team.write() as cursor:
        cursor.execute("insert into student_version values (1, $p, $p, 1, null)", {"p": hidden}).fetchall()
    for attempt in (
        lambda words: write(team, BEN, running, words),
        lambda words: make_commitment(
            team, BEN, running, owner_teacher_id="T2", what=words, due_on=NEXT_WEEK
        ),
        lambda words: record_decision(team, BEN, running, decision="adapt", words=words),
    ):
        with pytest.raises(PlcError) as refused:
            attempt("Ask S104477 about item 4")
        assert "S104477" not in refused.value.message
    assert "S104477" not in record_text(meeting_record(team, BEN, running))


def test_a_commitment_comes_back_next_week_and_is_closed_in_neutral_words(
    team: Database, running: str
) -> None:
    made = make_commitment(
        team, BEN, running, owner_teacher_id="T3", what="Bring exit tickets", due_on=NEXT_WEEK
    )
    assert [one.owner_name for one in commitments_of_meeting(team, ANA, running)] == ["Cy"]
    assert [one.what for one in own_commitments(team, CY)] == ["Bring exit tickets"]
    end_meeting(team, ANA, running)
    second = start_meeting(team, BEN, TEAM, protocol_key="confirm")
    (came_back,) = last_commitments(team, DEE, TEAM, meeting_id=second)
    assert came_back.commitment_id == made
    close_commitment(
        team, CY, made, state="dropped", line="The unit moved", seen_version=1, meeting_id=second
    )
    (closed,) = last_commitments(team, DEE, TEAM, meeting_id=second)
    assert (closed.state, closed.closing_line) == ("dropped", "The unit moved")
    assert own_commitments(team, CY) == []
    end_meeting(team, BEN, second)
    third = start_meeting(team, BEN, TEAM, protocol_key="confirm")
    assert last_commitments(team, DEE, TEAM, meeting_id=third) == []


def test_a_commitment_put_off_stays_open_and_the_record_says_so(team: Database, running: str) -> None:
    made = make_commitment(team, ANA, running, owner_teacher_id="T1", what="Visit", due_on=TODAY)
    end_meeting(team, ANA, running)
    second = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    redate_commitment(team, ANA, made, due_on=NEXT_WEEK, line="No cover", seen_version=1, meeting_id=second)
    assert [one.due_on for one in own_commitments(team, ANA)] == [NEXT_WEEK]
    assert "put off to" in record_text(meeting_record(team, ANA, second))
    assert put_off(team, BEN, second) == {made}
    close_commitment(team, ANA, made, state="done", seen_version=2, meeting_id=second)
    assert put_off(team, BEN, second) == frozenset()


def test_two_who_close_the_same_one_keep_both_texts(team: Database, running: str) -> None:
    made = make_commitment(team, ANA, running, owner_teacher_id="T1", what="Visit", due_on=TODAY)
    close_commitment(team, ANA, made, state="done", line="Went well", seen_version=1)
    with pytest.raises(Conflict) as conflict:
        close_commitment(team, BEN, made, state="partly", line="Only half", seen_version=1)
    assert "Went well" in conflict.value.message
    assert "Only half" in conflict.value.message


def test_a_commitment_is_a_members_and_can_be_taken_back(team: Database, running: str) -> None:
    with pytest.raises(NotFound):
        make_commitment(team, ANA, running, owner_teacher_id="T9", what="Visit", due_on=TODAY)
    made = make_commitment(team, ANA, running, owner_teacher_id="T1", what="Visit", due_on=TODAY)
    take_back_commitment(team, BEN, made, meeting_id=running)
    assert commitments_of_meeting(team, ANA, running) == []


def test_the_pulse_counts_each_member_once_and_shows_nothing_below_five(team: Database, running: str) -> None:
    for viewer, worth in ((ANA, 5), (BEN, 4), (CY, 5), (DEE, 3)):
        answer_exit(team, viewer, running, worth=worth, word="clear")
    with pytest.raises(NotAllowed, match="counted already"):
        answer_exit(team, ANA, running, worth=1, word="")
    assert exit_answers(team, ANA, running) == (4, True)
    end_meeting(team, ANA, running)
    assert pulse_trend(team, ANA, TEAM) == []


def test_pulse_means_are_of_whole_meetings_that_never_overlap() -> None:
    four = (TODAY, 0, 0, 1, 1, 2, json.dumps(["calm", "clear"]), "T1,T2,T3")
    shown = blocks([four, four, four])
    assert [(block.answers, block.mean) for block in shown] == [(8, 4.25)]
    assert shown[0].words == ()
    assert len(blocks([four] * 4)) == 2


def test_a_team_of_two_reads_no_mean_of_which_each_knows_her_own_part() -> None:
    three_of_mine_and_two_of_hers = [(TODAY, 1, 0, 0, 0, 1, "[]", "T1,T2")] * 2 + [
        (TODAY, 0, 0, 0, 0, 1, "[]", "T1")
    ]
    assert blocks(three_of_mine_and_two_of_hers) == []
    with_a_third = [*three_of_mine_and_two_of_hers, (TODAY, 0, 0, 0, 1, 0, "[]", "T3")]
    assert [block.answers for block in blocks(with_a_third)] == [6]


def test_no_row_of_the_pulse_says_who_answered_what_or_when(team: Database, running: str) -> None:
    answer_exit(team, DEE, running, worth=2, word="Rushed")
    answer_exit(team, ANA, running, worth=5, word="calm")
    with team.read() as cursor:
        tallies = cursor.execute("select * from exit_pulse").fetchall()
        answered = cursor.execute("select * from exit_answered").fetchall()
    assert tallies == [(running, 0, 1, 0, 0, 1, '["calm", "rushed"]')]
    assert sorted(answered) == [(running, "T1"), (running, "T4")]


@pytest.mark.parametrize(("worth", "word"), [(0, ""), (6, ""), (4, "two words"), (4, "12345")])
def test_the_pulse_takes_a_number_from_one_to_five_and_one_word(
    team: Database, running: str, worth: int, word: str
) -> None:
    with pytest.raises(PlcError):
        answer_exit(team, ANA, running, worth=worth, word=word)


def test_a_decision_is_found_again_by_its_words(team: Database, running: str) -> None:
    record_decision(team, BEN, running, decision="adapt", words="Shorten the reteach to five minutes")
    record_decision(team, BEN, running, decision="agree", words="Meet in room 12")
    assert {one.decision for one in meeting_decisions(team, ANA, running)} == {"adapt", "agree"}
    assert search_decisions(team, CY, "RETEACH minutes").found == 1
    assert search_decisions(team, CY, "", decision="agree").rows[0].words == "Meet in room 12"
    assert search_decisions(team, CY, "nothing like it").rows == ()
    assert search_decisions(team, STRANGER, "").found == 0


def test_the_record_leaves_out_authors_of_observations_and_unshown_ones(team: Database, running: str) -> None:
    write(team, BEN, running, "Seen by Ben")
    assert "Seen by Ben" not in record_text(meeting_record(team, BEN, running))
    reveal(team, ANA, running, step_key="see")
    text = record_text(meeting_record(team, ANA, running))
    assert "- Seen by Ben" in text
    assert "Present: Ana" in text


def test_a_team_edits_its_own_protocol_and_two_editors_do_not_overwrite(team: Database) -> None:
    usual = team_protocol(team, ANA, TEAM, "no new data")
    shorter = usual.steps[1:]
    assert save_team_protocol(team, ANA, TEAM, "no new data", steps=shorter, seen_version=0) == 1
    with pytest.raises(Conflict):
        save_team_protocol(team, BEN, TEAM, "no new data", steps=usual.steps, seen_version=0)
    assert team_protocol(team, BEN, TEAM, "no new data").steps == shorter
    save_team_protocol(team, BEN, TEAM, "no new data", steps=(), seen_version=1)
    assert team_protocol(team, ANA, TEAM, "no new data").steps == usual.steps


def test_a_note_with_a_made_up_id_is_refused(team: Database, running: str) -> None:
    with pytest.raises(PlcError, match="Reload"):
        send_note(team, BEN, running, note_id="1; drop", step_key="see", kind=NoteKind.OBSERVATION, words="x")
    with pytest.raises(NotFound):
        send_note(
            team, BEN, running, note_id=uuid.uuid4().hex, step_key="no-such", kind=NoteKind.OBSERVATION,
            words="x",
        )  # fmt: skip
