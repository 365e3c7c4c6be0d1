"""The steps about the inquiry: did we do it, prediction against result, what was different, decide."""

from __future__ import annotations

from functools import partial
from typing import Final

import streamlit as st

from plc.core.errors import PlcError
from plc.inquiry.fidelity import WeekAnswer, fidelity_of
from plc.inquiry.measured_effect import stored_effect
from plc.inquiry.test_reading import list_tests, practice_test
from plc.inquiry.test_records import PracticeTest
from plc.meetings import NoteKind, meeting_decisions, record_decision, send_note
from plc.people.school_calendar import school_today
from plc.ui import cached, draft_box, inquiry_steps, menu, text
from plc.ui.draft_box import Choice, Sent
from plc.ui.meeting_series import draw_team, inquiry_of
from plc.ui.meeting_showing import Showing, draw_note_box, draw_notes

# A shape and a word for each answer: never colour alone.
DOTS: Final = {"fully": "● fully", "partly": "◐ partly", "no": "○ no", "no reply": "– no reply"}
NEEDS: Final[dict[str, tuple[str, str]]] = {
    "adopt": (
        "Adopt",
        "It helped here, and at least two tests of other classes agree. Fewer: not yet confirmed.",
    ),
    "adapt": ("Adapt", "It is promising. Change one part, predict again, test again."),
    "keep testing": ("Keep testing", "The range is still wide. Say how many more classes or weeks."),
    "abandon": ("Abandon", "It did not help enough for its cost. What did we learn? That stays findable."),
}
DECIDE: Final = tuple(Choice(key, label) for key, (label, _) in NEEDS.items())
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
    """The practice's card and one mark per class and week; what was changed is saved on the meeting."""
    test = test_of(showing)
    if test is None:
        _draw_no_test(showing)
        return
    st.header(text.plain(test.title), anchor=False)
    left, right = st.columns(2)
    left.markdown(f"**The core, which stays**\n\n{text.plain(test.core_parts)}")
    right.markdown(f"**What may be adapted**\n\n{text.plain(test.adaptable_parts)}")
    _draw_dots(fidelity_of(showing.database, showing.viewer, test.test_id))
    draw_note_box(
        showing, NoteKind.ADAPTATION, "What did we change?", placeholder="Sorted in pairs instead of alone"
    )
    draw_notes(showing, showing.notes(NoteKind.ADAPTATION))


def _draw_dots(answers: list[WeekAnswer]) -> None:
    if not answers:
        text.aside("The test has not begun, so there is nothing to say yet.")
        return
    weeks = sorted({answer.week for answer in answers})
    rows: dict[str, dict[int, str]] = {}
    for answer in answers:
        name = f"{answer.teacher}, {answer.section_id}"
        rows.setdefault(name, {})[answer.week] = DOTS[answer.answer.words]
    latest = [row.get(weeks[-1], DOTS["no reply"]) for row in rows.values()]
    counted = ", ".join(f"{latest.count(mark)} {word}" for word, mark in DOTS.items() if latest.count(mark))
    st.markdown(f"**This week: {counted}.**")
    st.table(
        {"Class": [text.plain(name) for name in rows]}
        | {f"Week {week}": [row.get(week, "") for row in rows.values()] for week in weeks},
        border="horizontal",
        alt="Whether each class did the practice, week by week",
    )
    for answer in answers:
        if answer.answer.changed:
            st.markdown(
                f"- {text.plain(answer.teacher)}, week {answer.week}: {text.plain(answer.answer.changed)}"
            )


def draw_result(showing: Showing) -> None:
    """What was predicted beside what came, what else must not get worse, and one surprise."""
    test = test_of(showing)
    if test is None:
        _draw_no_test(showing)
    else:
        left, right = st.columns(2)
        with left.container(border=True, key="meeting.predicted"):
            st.markdown("**We predicted**")
            st.markdown(f"### {text.plain(test.prediction_line) or 'nothing'}")
            if test.prediction_words:
                st.markdown(text.plain(test.prediction_words))
            if test.predicted_at is not None:
                text.aside(f"Written on {test.predicted_at:%-d %B %Y}, before the data.")
        with right.container(border=True, key="meeting.result"):
            st.markdown("**What came**")
            _draw_effect(showing, test)
    draw_note_box(
        showing, NoteKind.SURPRISE, "What surprises us?", placeholder="Those who started lowest moved most"
    )
    draw_notes(showing, showing.notes(NoteKind.SURPRISE))


def _draw_effect(showing: Showing, test: PracticeTest) -> None:
    try:
        effect = stored_effect(showing.database, showing.viewer, test.test_id)
    except PlcError:
        effect = None
    if effect is None:
        st.markdown("Not measured yet: its results are not in.")
        return
    st.markdown(text.plain(effect.sentence))
    for limit in effect.limits:
        st.markdown(f"- {text.plain(limit)}")
    if effect.balancing_harm:
        st.warning("Something else may have got worse: look at what we watch beside it.")


def draw_bright_spot(showing: Showing) -> None:
    """Consented bright spots of the course, and the contrast question, which cannot stay blank."""
    found = inquiry_of(showing)
    if found is not None:
        state = cached.state(showing.database, showing.viewer)
        spots = cached.shown_findings(
            showing.database, showing.viewer, state,
            subject=found.wording.subject, grade=found.wording.grade,
        )  # fmt: skip
        named = sorted({spot.teacher_name: spot.label for spot in spots if spot.teacher_name}.items())
        if not named:
            st.info(
                "No bright spot to show by name. That is normal: a name shows only where the evidence is"
                " there and its teacher agreed. Skip this step, or ask who noticed something in class.",
                icon=":material/lightbulb:",
            )
        for name, label in named:
            st.markdown(f":material/lightbulb: **{text.plain(name)}**: {text.plain(label)}")
    st.markdown(
        "1. What would I have seen?\n2. What did you do when a student was stuck?\n"
        "3. What do you do that you believe everybody does?"
    )
    if not showing.projected:
        draft_box.draw(
            "What was different, and do typical classes do it too?",
            store=showing.store("contrast"),
            on_send=partial(_answer_contrast, showing),
            choices=TYPICAL,
            placeholder="Sorts the exit tickets before the bell",
            lines=2,
            empty_words="Say what was different first; then whether typical classes do it too.",
        )
    draw_notes(showing, showing.notes(NoteKind.CONTRAST))


def _answer_contrast(showing: Showing, sent: Sent) -> None:
    answer = {choice.value: choice.label for choice in TYPICAL}[sent.choice]
    send_note(
        showing.database, showing.viewer, showing.meeting.meeting_id, note_id=sent.note_id,
        step_key=showing.step.step_key, kind=NoteKind.CONTRAST, words=f"{sent.words} ({answer})",
    )  # fmt: skip


def draw_decision(showing: Showing) -> None:
    """The four choices with what each needs, the reason, and what was decided."""
    for decided in meeting_decisions(showing.database, showing.viewer, showing.meeting.meeting_id):
        st.success(
            f"**{decided.decision.capitalize()}**: {text.plain(decided.words)}", icon=":material/gavel:"
        )
    st.table(
        {
            "If we …": [label for label, _ in NEEDS.values()],
            "it takes …": [words for _, words in NEEDS.values()],
        },
        border="horizontal",
        alt="What each decision needs",
    )
    if showing.projected:
        return
    test = test_of(showing)
    draft_box.draw(
        "Why? One sentence that we understand next year.",
        store=showing.store("decision"),
        on_send=partial(_decide, showing, test.test_id if test else None),
        choices=DECIDE,
        placeholder="Helped those who started lowest; sorting took ten minutes, so we cut it to five",
        lines=2,
        sent_words="Decided.",
    )
    inquiry_steps.draw_link(
        showing.viewer, menu.CONFIRM, label="Plan the next test", icon=":material/science:"
    )


def _decide(showing: Showing, test_id: str | None, sent: Sent) -> None:
    record_decision(
        showing.database, showing.viewer, showing.meeting.meeting_id, decision=sent.choice,
        words=sent.words, test_id=test_id, decision_id=sent.note_id,
    )  # fmt: skip


def draw_challenge(showing: Showing) -> None:
    """Agreeing on a challenge: what was agreed, and the way to write it down."""
    _draw_agreement(
        showing, "What do we agree on?", "Multi-step equations: 6 in 10 students stop at the second step",
        menu.OUR_INQUIRY, "Write it into our inquiry",
    )  # fmt: skip


def draw_visits(showing: Showing) -> None:
    """What was seen and heard on visits."""
    _draw_discussion(
        showing, "What did we see or hear?", "She waited; nobody spoke for eight seconds", menu.DISCOVER,
        "Plan a visit",
    )  # fmt: skip


def draw_candidates(showing: Showing) -> None:
    """Practices as behaviours, and which to test."""
    _draw_agreement(
        showing, "Which one do we test next, and why?", "Sorting exit tickets: nobody else does it",
        menu.DISCOVER, "Write it as a practice",
    )  # fmt: skip


def draw_share(showing: Showing) -> None:
    """What the card still needs."""
    _draw_discussion(
        showing, "What would a colleague stumble over?", "How many tickets fit into 5 minutes?", menu.SHARE,
        "Open the practice card",
    )  # fmt: skip


def _draw_discussion(showing: Showing, label: str, placeholder: str, page: str, link: str) -> None:
    draw_note_box(showing, NoteKind.DISCUSSION, label, placeholder=placeholder)
    draw_notes(showing, showing.notes(NoteKind.DISCUSSION, step_key=showing.step.step_key))
    if not showing.projected:
        inquiry_steps.draw_link(showing.viewer, page, label=link, icon=":material/arrow_forward:")


def _draw_agreement(showing: Showing, label: str, placeholder: str, page: str, link: str) -> None:
    for decided in meeting_decisions(showing.database, showing.viewer, showing.meeting.meeting_id):
        st.success(f"**Agreed**: {text.plain(decided.words)}", icon=":material/handshake:")
    if not showing.projected:
        draft_box.draw(
            label,
            store=showing.store("agreed"),
            on_send=partial(_decide, showing, None),
            choices=(Choice("agree", "We agree"),),
            placeholder=placeholder,
            lines=2,
            sent_words="Kept as a decision.",
        )
        inquiry_steps.draw_link(showing.viewer, page, label=link, icon=":material/arrow_forward:")
    if showing.step.screen == "challenge":
        draw_team(showing)


def _draw_no_test(showing: Showing) -> None:
    st.info(
        "No test is running, so there is nothing to check here. Skip this step, or say what you tried.",
        icon=":material/science:",
    )
    if not showing.projected:
        inquiry_steps.draw_link(
            showing.viewer, menu.CONFIRM, label="Plan a test", icon=":material/arrow_forward:"
        )
