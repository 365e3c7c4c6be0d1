"""The meeting's pages: one click to start, the same step for everybody, nothing for those outside."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.database.sql import load_sql
from plc.inquiry.decide import NextPlan, decide
from plc.inquiry.test_reading import practice_test
from plc.inquiry.test_records import Prediction
from plc.meetings import (
    Commitment,
    NoteKind,
    close_commitment,
    current_meetings,
    end_meeting,
    go_to_step,
    last_commitments,
    make_commitment,
    meeting,
    meeting_record,
    meeting_version,
    record_decision,
    send_note,
    start_meeting,
)
from plc.meetings.record import record_text
from plc.people import current_viewer, leave_team
from plc.priorities import answer_barrier
from plc.reports import meeting_report
from plc.ui.draft_box import Sent
from plc.ui.meeting_promises import add_line
from plc.ui.meeting_showing import Showing
from tests.pages.conftest import App, text_of

MEETING, WALL = "pages/meeting/meeting.py", "pages/meeting/projector.py"
RECORDS, STEPS = "pages/meeting/records.py", "pages/meeting/protocol.py"
BARRIERS = "pages/meeting/barriers.py"
TEAM = "sample-team-1"
ANA, BEN = "T049", "T132"
RUNNING_TEST = "sample-test-running"
STEP_KEYS = (
    "opening", "last", "fidelity", "task", "see", "what", "so-what", "different", "now-what", "commit", "ask",
    "exit",
)  # fmt: skip


def seated(app: App, teacher_id: str = ANA) -> Viewer:
    app.sit(Role.TEACHER, teacher_id=teacher_id)
    return current_viewer(app.open())


def running(app: App, *, protocol_key: str | None = None) -> tuple[Viewer, str]:
    viewer = seated(app)
    return viewer, start_meeting(app.open(), viewer, TEAM, protocol_key=protocol_key)


def drawn(at: AppTest) -> str:
    """What a page says, with what its components were given."""
    return text_of(at) + "\n".join(str(component.proto) for component in at.get("bidi_component"))


def test_the_meeting_of_today_is_ready_and_starts_with_one_click(sample: App) -> None:
    seated(sample)
    at = sample.page(MEETING)
    assert at.title[0].value == "Ready to meet?"
    assert "Today, 14:30" in text_of(at)
    assert "week 3 of 6" in drawn(at)
    at.button(key="lobby.go").click().run()
    assert not at.exception
    ((_, _, state, *_),) = current_meetings(sample.open(), seated(sample))
    assert state == "running"
    assert "This meeting" in drawn(at)


def test_the_day_of_the_next_meeting_is_changed_before_it(sample: App) -> None:
    seated(sample)
    at = sample.page(MEETING)
    at.session_state["lobby.plan"] = True
    at.run()
    at.text_input(key=f"lobby.{TEAM}.time").set_value(" 15:10 ")
    next(button for button in at.button if button.label == "Keep this day").click().run()
    assert not at.exception
    assert "Today, 15:10" in text_of(at)


def test_four_commitments_of_last_week_wait(sample: App) -> None:
    viewer, meeting_id = running(sample)
    go_to_step(sample.open(), viewer, meeting_id, "last", seen="opening")
    words = drawn(sample.page(MEETING))
    for name in ("Ms Adeyemi", "Mr Dunne", "Mr Rao", "Ms Mendes"):
        assert name in words
    assert "0 of 4 said" in words


def line_box(at: AppTest, what: str) -> dict[str, object]:
    """What the box for a line on a commitment was given."""
    (found,) = (
        given
        for component in at.get("bidi_component")
        if f"One line on “{what}”" == (given := json.loads(component.proto.json)).get("label")
    )
    return dict(found)


def test_a_line_being_written_keeps_its_box_when_a_colleague_closes_the_commitment(sample: App) -> None:
    viewer, meeting_id = running(sample)
    go_to_step(sample.open(), viewer, meeting_id, "last", seen="opening")
    at = sample.page(MEETING)
    one = last_commitments(sample.open(), viewer, TEAM, meeting_id=meeting_id)[0]
    mine = line_box(at, one.what)
    close = partial(close_commitment, sample.open(), viewer, one.commitment_id, meeting_id=meeting_id)
    close(state="done", line="Hers", seen_version=one.version)
    closed = line_box(at.run(), one.what)
    # The browser keeps the words by their store.
    assert closed["store"] == mine["store"]
    assert (mine["only_with_words"], closed["only_with_words"]) == (False, True)
    assert [choice["label"] for choice in closed["choices"]] == ["Add your line"]  # type: ignore[attr-defined]
    close(state="open", seen_version=one.version + 1)
    assert line_box(at.run(), one.what) == mine


def closed_with(app: App, line: str) -> Callable[[], tuple[Showing, Commitment]]:
    """A commitment that a colleague closed with a line; what shows it in a meeting, as it stands by then."""
    viewer, meeting_id = running(app)
    held = meeting(app.open(), viewer, meeting_id)
    showing = Showing(app.open(), viewer, held, held.steps[1], projected=False)

    def first() -> tuple[Showing, Commitment]:
        return showing, last_commitments(app.open(), viewer, TEAM, meeting_id=meeting_id)[0]

    _, one = first()
    close_commitment(
        app.open(), viewer, one.commitment_id, state="partly", line=line, seen_version=one.version,
        meeting_id=meeting_id,
    )  # fmt: skip
    return first


@pytest.mark.parametrize("line", ["In three classes", "In three classes."])
def test_a_line_added_to_a_closed_commitment_stands_after_the_one_it_was_closed_with(
    sample: App, line: str
) -> None:
    first = closed_with(sample, "Hers.")
    for _ in range(2):  # A device sends again what it does not know to have arrived.
        add_line(*first(), Sent("1", line, "add"))
    _, one = first()
    assert (one.state, one.closing_line) == ("partly", "Hers. In three classes")
    add_line(*first(), Sent("2", "And in mine", "add"))
    add_line(*first(), Sent("1", line, "add"))
    assert first()[1].closing_line == "Hers. In three classes. And in mine"


def test_a_line_that_is_part_of_a_colleagues_words_is_kept_beside_them(sample: App) -> None:
    first = closed_with(sample, "yesterday it went well, she said no")
    for line in ("yes", "no"):
        add_line(*first(), Sent(line, line, "add"))
    assert first()[1].closing_line == "yesterday it went well, she said no. yes. no"


def test_a_colleagues_commitment_does_not_move_the_boxes_in_which_one_writes(sample: App) -> None:
    viewer, meeting_id = running(sample)
    for before, step_key in itertools.pairwise(STEP_KEYS[: STEP_KEYS.index("commit") + 1]):
        go_to_step(sample.open(), viewer, meeting_id, step_key, seen=before)
    at = sample.page(MEETING)

    def place() -> int:
        return [getattr(node, "key", None) for node in at.main].index("commit.owner")

    before_hers = place()
    make_commitment(
        sample.open(), viewer, meeting_id, owner_teacher_id=BEN, what="Bring two mistakes",
        due_on=clock.now().date() + timedelta(days=7),
    )  # fmt: skip
    at.run()
    assert "Bring two mistakes" in text_of(at)
    assert place() == before_hers


@pytest.mark.parametrize("page", [MEETING, WALL])
def test_every_step_draws_on_a_device_and_on_the_wall(sample: App, page: str) -> None:
    viewer, meeting_id = running(sample)
    for before, step_key in itertools.pairwise(STEP_KEYS):
        go_to_step(sample.open(), viewer, meeting_id, step_key, seen=before)
        at = sample.page(page)
        assert not at.error, (step_key, [error.value for error in at.error])


@pytest.mark.parametrize("protocol_key", ["seek", "discover", "share", "confirm short", "no new data"])
def test_every_variant_draws_each_of_its_steps(sample: App, protocol_key: str) -> None:
    viewer, meeting_id = running(sample, protocol_key=protocol_key)
    steps = [step.step_key for step in meeting(sample.open(), viewer, meeting_id).steps]
    for before, step_key in itertools.pairwise(steps):
        go_to_step(sample.open(), viewer, meeting_id, step_key, seen=before)
        at = sample.page(MEETING)
        assert not at.error, (step_key, [error.value for error in at.error])


def test_nobody_reads_an_observation_on_the_wall_before_it_is_shown(sample: App) -> None:
    viewer, meeting_id = running(sample)
    go_to_step(sample.open(), viewer, meeting_id, "see", seen="opening")
    send_note(
        sample.open(), viewer, meeting_id, note_id="a" * 32, step_key="see", kind=NoteKind.OBSERVATION,
        words="Only mine so far",
    )  # fmt: skip
    assert "Only mine so far" in text_of(sample.page(MEETING))
    seated(sample, BEN)
    other = sample.page(MEETING)
    assert "Only mine so far" not in drawn(other)
    assert "1 of 2 have written" in text_of(other)
    assert "Only mine so far" not in drawn(sample.page(WALL))


def test_the_facilitators_buttons_are_the_facilitators(sample: App) -> None:
    running(sample)
    assert {"meeting.next", "meeting.skip"} <= {button.key for button in sample.page(MEETING).button}
    seated(sample, BEN)
    at = sample.page(MEETING)
    assert not {"meeting.next", "meeting.skip"} & {button.key for button in at.button}
    at.button(key="meeting.take_over").click().run()
    assert "meeting.next" in {button.key for button in at.button}


def test_classes_stay_locked_until_the_facilitator_opens_them(sample: App) -> None:
    viewer, meeting_id = running(sample)
    go_to_step(sample.open(), viewer, meeting_id, "what", seen="opening")
    at = sample.page(MEETING)
    assert "Locked" in text_of(at)
    assert not at.get("vega_lite_chart")
    at.button(key="meeting.class_view").click().run()
    assert at.get("vega_lite_chart")


def test_the_prediction_stands_beside_what_came(sample: App) -> None:
    viewer, meeting_id = running(sample)
    go_to_step(sample.open(), viewer, meeting_id, "so-what", seen="opening")
    words = text_of(sample.page(MEETING))
    assert "We predicted" in words
    assert "before the data" in words
    for kept_off in ("works", "proved", "rank"):
        assert kept_off not in words.lower().split()


def test_only_the_consented_bright_spot_is_named(sample: App) -> None:
    _, meeting_id = running(sample)
    go_to_step(sample.open(), seated(sample), meeting_id, "different", seen="opening")
    seated(sample, BEN)
    words = text_of(sample.page(MEETING))
    assert "**Ms Adeyemi**" in words
    assert "Mr Dunne" not in words


def test_the_record_is_on_screen_when_the_meeting_ends(sample: App) -> None:
    viewer, meeting_id = running(sample)
    at = sample.page(MEETING)
    record_decision(sample.open(), viewer, meeting_id, decision="agree", words="We wait for unit 7")
    end_meeting(sample.open(), viewer, meeting_id)
    at.run()
    assert at.title[0].value == "Meeting of 21 May 2026"
    assert "We wait for unit 7" in text_of(at)
    at.button(key="meeting.done").click().run()
    assert at.title[0].value == "Ready to meet?"


def test_decisions_are_found_by_a_word_and_open_their_meeting(sample: App) -> None:
    seated(sample)
    at = sample.page(RECORDS)
    at.text_input(key="record.words").set_value("wrong answer").run()
    assert "explaining one wrong answer" in text_of(at)
    at.button(key="decided.open.0").click().run()
    assert at.title[0].value == "Meeting of 16 April 2026"
    at.button(key="record.back").click().run()
    at.segmented_control(key="record.view").set_value("Meetings").run()
    assert "14 May 2026" in text_of(at)


def test_the_record_holds_the_part_that_changes_and_the_prediction_of_the_next_cycle(sample: App) -> None:
    viewer, meeting_id = running(sample)
    ends_on = practice_test(sample.open(), viewer, RUNNING_TEST).ends_on
    plan = NextPlan(
        Prediction(3.0, "points", "a shorter sort"),
        starts_on=ends_on + timedelta(days=7),
        ends_on=ends_on + timedelta(days=35),
        part="minutes",
        words="4",
    )
    decide(sample.open(), viewer, RUNNING_TEST, decision="adapt", reason="Sorting took long", next_plan=plan)
    go_to_step(sample.open(), viewer, meeting_id, "exit", seen="opening")
    at = sample.page(MEETING)
    at.button(key="meeting.end").click().run()
    shown = text_of(at)
    paper = meeting_report(sample.open(), viewer, meeting_id)
    decision = next(section for section in paper.sections if section.heading == "Decision")
    copied = record_text(meeting_record(sample.open(), viewer, meeting_id))
    for said in (shown, "\n".join(decision.points), copied):
        assert "Sorting took long" in said
        assert "The minutes it takes: 4. We predict +3 points (" in said.replace("\\", "")


def test_a_word_nobody_wrote_finds_nothing(sample: App) -> None:
    seated(sample)
    at = sample.page(RECORDS)
    at.text_input(key="record.words").set_value("xylophone").run()
    assert "Nothing matches" in text_of(at)


def test_steps_are_saved_as_the_teams_own_and_taken_back(sample: App) -> None:
    seated(sample)
    at = sample.page(STEPS)
    assert "45 minutes in 12 steps" in text_of(at)
    at.button(key="protocol.save").click().run()
    assert "Your team's own steps" in text_of(at)
    at.button(key="protocol.usual").click().run()
    assert "45 minutes in 12 steps" in text_of(at)


def test_the_answer_to_a_barrier_comes_back_with_its_date(sample: App) -> None:
    seated(sample)
    assert "Two of us teach during our meeting" in text_of(sample.page(BARRIERS))
    principal = Viewer(Role.PRINCIPAL, school_ids=("M1",))
    answer_barrier(
        sample.open(),
        principal,
        "sample-barrier-1",
        outcome="removed",
        answer="From June you share Thursday.",
    )
    words = text_of(sample.page(BARRIERS))
    assert "From June you share Thursday." in words
    assert "answered on 21 May 2026" in words


@pytest.mark.parametrize("page", [MEETING, WALL, RECORDS, STEPS, BARRIERS])
def test_a_principal_opens_no_page_of_a_meeting(sample: App, page: str) -> None:
    running(sample)
    sample.sit(Role.PRINCIPAL, school_ids=("M1",))
    with pytest.raises(ValueError, match="page"):
        sample.start().switch_page(page).run()


def test_a_member_who_left_is_out_at_her_next_request(sample: App) -> None:
    running(sample)
    viewer = seated(sample, BEN)
    at = sample.page(MEETING)
    with sample.open().write() as cursor:
        cursor.execute(
            "update team_member set left_on = $yesterday where teacher_id = 'T132'",
            {"yesterday": clock.now().date() - timedelta(days=1)},
        ).fetchall()
    with sample.open().read() as cursor:
        (meeting_id,) = cursor.execute("select meeting_id from meeting where state = 'running'").fetchall()[0]
    assert meeting_version(sample.open(), viewer, meeting_id) is None
    at.run()
    assert "you are in none yet" in text_of(at)
    assert "This meeting" not in "".join(str(one.proto) for one in at.get("bidi_component"))


def test_somebody_in_no_team_is_told_what_to_do(sample: App) -> None:
    with sample.open().read() as cursor:
        members = {row[0] for row in cursor.execute("select teacher_id from team_member").fetchall()}
        everyone = [row[0] for row in cursor.execute("select teacher_id from teacher").fetchall()]
    seated(sample, next(teacher_id for teacher_id in everyone if teacher_id not in members))
    assert "you are in none yet" in text_of(sample.page(MEETING))


def test_leaving_the_sample_takes_its_meetings_along(sample: App) -> None:
    at = sample.start()
    at.button(key="who.clear_sample").click().run(timeout=60)
    assert not at.exception
    with sample.open().read() as cursor:
        for table in ("meeting", "meeting_note", "commitment", "exit_pulse", "barrier"):
            assert cursor.execute(f"select count(*) from {table}").fetchall() == [(0,)], table


def test_the_statement_that_devices_poll_reads_one_row() -> None:
    assert "limit 1" in load_sql("meetings", "poll")


def test_beneath_her_own_result_a_member_says_what_her_team_should_know_and_that_she_is_ready(
    sample: App,
) -> None:
    seated(sample, BEN)
    at = sample.page("pages/bright_spots/my_classes.py")
    at.text_input(key=f"ready.words.{TEAM}").input("A fire drill in period 3")
    at.button(key=f"ready.say.{TEAM}").click().run()
    assert not at.exception
    assert "You are ready" in text_of(at)
    seated(sample)
    words = text_of(sample.page(MEETING))
    assert "1 of 4 looked at their own classes first" in words
    assert "A fire drill in period 3" in words


def test_a_press_on_a_page_drawn_before_she_left_the_team_does_nothing(sample: App) -> None:
    viewer, meeting_id = running(sample)
    at = sample.page(MEETING)
    leave_team(sample.open(), viewer, TEAM)
    at.button(key="meeting.next").click().run()
    assert "Your seat has changed" in at.error[0].value
    colleague = seated(sample, BEN)
    assert meeting(sample.open(), colleague, meeting_id).step_key == "opening"
