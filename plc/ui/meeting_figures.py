"""The steps about the inquiry: did we do it, prediction against result, what was different."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

import streamlit as st

from plc.charts import prediction_picture
from plc.core.errors import Conflict
from plc.inquiry import Inquiry
from plc.inquiry.candidates import Contrast, answer_contrast, list_candidates
from plc.inquiry.effect_record import MEASURED
from plc.inquiry.effect_words import PREDICTED_LATE
from plc.inquiry.measured_effect import effect_on_wall, stored_effect
from plc.inquiry.test_plans import note_adaptation
from plc.inquiry.test_reading import list_tests, practice_test
from plc.inquiry.test_records import PracticeTest
from plc.meetings import NoteKind, send_note
from plc.people.school_calendar import school_today
from plc.ui import (
    cached,
    draft_box,
    effect_screen,
    effect_unmeasured,
    inquiry_steps,
    menu,
    pictures,
    planning,
    running_test,
    text,
)
from plc.ui.draft_box import Choice, Sent
from plc.ui.meeting_series import inquiry_of
from plc.ui.meeting_showing import Showing, draw_note_box, draw_notes

# Members who write at the same moment; a fifth line waits for its device to send again.
TRIES: Final = 4
TYPICAL: Final = (
    Choice("yes", "Yes, typical classes do it too"),
    Choice("no", "No, they do not"),
    Choice("unknown", "We do not know yet"),
)


def test_of(showing: Showing) -> PracticeTest | None:
    """The inquiry's test that began last, with its classes."""
    if showing.meeting.inquiry_id is None:
        return None
    today = school_today(showing.database)
    begun = [
        test
        for test in list_tests(showing.database, showing.viewer, inquiry_id=showing.meeting.inquiry_id)
        if test.started(today)
    ]
    if not begun:
        return None
    latest = max(begun, key=lambda test: (test.starts_on, test.iteration))
    return practice_test(showing.database, showing.viewer, latest.test_id)


def draw_fidelity(showing: Showing) -> None:
    """The practice's core and what may change, a mark per class and week, and what was changed."""
    test = test_of(showing)
    if test is None:
        draw_no_test(showing)
        return
    st.header(text.plain(test.title), anchor=False)
    running_test.draw_fidelity(showing.database, showing.viewer, test)
    planning.draw_parts(test)
    if test.adaptation:
        st.markdown("**What we changed so far**")
        st.markdown("\n".join(f"- {text.plain(line)}" for line in test.adaptation.splitlines()))
    draw_note_box(
        showing,
        NoteKind.ADAPTATION,
        "What did we change this week?",
        placeholder="Sorted in pairs instead of alone",
        before_sending=partial(_keep_on_test, showing, test.test_id),
    )
    draw_notes(showing, showing.notes(NoteKind.ADAPTATION))


def _keep_on_test(showing: Showing, test_id: str, sent: Sent) -> None:
    """Add what was changed to the test, where the next team that tries it will read it."""
    for left in reversed(range(TRIES)):
        test = practice_test(showing.database, showing.viewer, test_id)
        if sent.words in test.adaptation:
            return
        words = "\n".join(filter(None, (test.adaptation, sent.words)))
        try:
            note_adaptation(showing.database, showing.viewer, test_id, words, seen_version=test.version)
        except Conflict:
            # A line is added at the end, so a colleague's that came first is read and kept.
            if not left:
                raise


def draw_result(showing: Showing) -> None:
    """What was predicted beside what came, what else must not get worse, and one surprise."""
    test = test_of(showing)
    if test is None:
        draw_no_test(showing)
    else:
        _draw_prediction(showing, test)
    draw_note_box(
        showing, NoteKind.SURPRISE, "What surprises us?", placeholder="Those who started lowest moved most"
    )
    draw_notes(showing, showing.notes(NoteKind.SURPRISE))


def _draw_prediction(showing: Showing, test: PracticeTest) -> None:
    read = effect_on_wall if showing.projected else stored_effect
    effect = read(showing.database, showing.viewer, test.test_id)
    left, right = st.columns(2)
    with left.container(border=True, key="meeting.predicted", height="stretch"):
        st.markdown("**We predicted**")
        st.markdown(f"## {text.plain(test.prediction_line) or 'nothing'}")
        if test.prediction_words:
            st.markdown(text.plain(test.prediction_words))
        if test.predicted_at is not None:
            late = effect is not None and effect.predicted_late
            text.aside(
                f"Written on {test.predicted_at:%-d %B %Y}, {PREDICTED_LATE if late else 'before the data'}."
            )
    with right.container(border=True, key="meeting.result", height="stretch"):
        st.markdown("**What came**")
        st.markdown(effect.sentence if effect is not None else "Not measured yet: its results are not in.")
    if effect is None or effect.verdict != MEASURED:
        return
    effect_screen.draw_so_far(test, school_today(showing.database))
    effect_unmeasured.draw_changed(effect)
    rows = effect_screen.prediction_rows(effect)
    pictures.draw(prediction_picture, rows, points=effect.points, key="meeting.effect")
    effect_screen.draw_balancing(effect)
    if not showing.projected:
        inquiry_steps.draw_link(
            showing.viewer, menu.RESULT, label="How these numbers were made", icon=":material/functions:"
        )


def draw_bright_spot(showing: Showing) -> None:
    """Consented bright spots of the course, and the contrast question, which cannot stay blank."""
    found = inquiry_of(showing)
    if found is not None:
        _draw_named(showing, found)
    st.markdown(
        "1. What would I have seen?\n2. What did you do when a student was stuck?\n"
        "3. What do you do that you believe everybody does?"
    )
    if found is not None and not showing.projected:
        _ask_contrast(showing, found)
    draw_notes(showing, showing.notes(NoteKind.CONTRAST))


def _draw_named(showing: Showing, found: Inquiry) -> None:
    # A wall or a shared screen is read by the whole team, so it says what each of its members may read.
    spots = cached.team_spots(
        showing.database,
        showing.viewer,
        cached.state(showing.database, showing.viewer),
        showing.meeting.team_id,
        subject=found.wording.subject,
        grade=found.wording.grade,
    )
    if not spots:
        st.info(
            "No bright spot to show by name. That is normal: a name shows only where the evidence is"
            " there and its teacher agreed. Skip this step, or ask who noticed something in class.",
            icon=":material/lightbulb:",
        )
    for spot in spots:
        st.markdown(f":material/lightbulb: **{text.plain(spot.teacher_name)}**: {text.plain(spot.label)}")


def _ask_contrast(showing: Showing, found: Inquiry) -> None:
    listed = {
        one.practice_id: one for one in list_candidates(showing.database, showing.viewer, found.inquiry_id)
    }
    chosen: str | None = None
    if listed:
        chosen = st.selectbox(
            "About which practice?", list(listed), format_func=lambda one: listed[one].title,
            key="meeting.contrast",
        )  # fmt: skip
        answered = listed[chosen]
        if answered.contrast_note:
            text.aside(f"So far: {answered.also_typical}. {text.plain(answered.contrast_note)}")
    draft_box.draw(
        "What was different, and do typical classes do it too?",
        viewer=showing.viewer,
        store=showing.store("contrast"),
        on_send=partial(_answer_contrast, showing, found.inquiry_id, chosen),
        choices=TYPICAL,
        placeholder="Sorts the exit tickets before the bell",
        lines=2,
        empty_words="Say what was different first; then whether typical classes do it too.",
    )


def _answer_contrast(showing: Showing, inquiry_id: str, practice_id: str | None, sent: Sent) -> None:
    """The answer goes to the candidate practice and, in words, into the record."""
    answer = {choice.value: choice.label for choice in TYPICAL}[sent.choice]
    for one in list_candidates(showing.database, showing.viewer, inquiry_id):
        if one.practice_id == practice_id and one.contrast_note != sent.words:
            answer_contrast(
                showing.database, showing.viewer, inquiry_id, one.practice_id,
                answer=cast(Contrast, sent.choice), note=sent.words, seen_version=one.version,
            )  # fmt: skip
    send_note(
        showing.database, showing.viewer, showing.meeting.meeting_id, note_id=sent.note_id,
        step_key=showing.step.step_key, kind=NoteKind.CONTRAST, words=f"{sent.words} ({answer})",
    )  # fmt: skip


def draw_no_test(showing: Showing) -> None:
    """What to do where no test runs."""
    st.info(
        "No test is running, so there is nothing to check here. Skip this step, or say what you tried.",
        icon=":material/science:",
    )
    if not showing.projected:
        inquiry_steps.draw_link(
            showing.viewer, menu.CONFIRM, label="Plan a test", icon=":material/arrow_forward:"
        )
