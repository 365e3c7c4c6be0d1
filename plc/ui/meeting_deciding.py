"""The steps that end in words the team agrees on: a decision, a challenge, visits, candidates, a card."""

from __future__ import annotations

from functools import partial
from typing import Final, cast

import pandas as pd
import streamlit as st

from plc.inquiry.cycle_quality import cycle_quality
from plc.inquiry.decide import (
    DECISIONS,
    NOT_YET_CONFIRMED,
    REPLICATIONS_NEEDED,
    Decision,
    decide,
    replications,
)
from plc.inquiry.test_records import PracticeTest
from plc.meetings import NoteKind, meeting_decisions, record_decision, tell_devices
from plc.people.school_calendar import school_today
from plc.ui import alerts, deciding, draft_box, inquiry_steps, menu, text
from plc.ui.draft_box import Choice, Sent
from plc.ui.meeting_figures import test_of
from plc.ui.meeting_series import draw_team
from plc.ui.meeting_showing import Showing, draw_note_box, draw_notes

# "Adapt" also needs the part that changes and a new prediction: a form of its own asks for them.
DECIDED_HERE: Final = tuple(Choice(one, one.capitalize()) for one in DECISIONS if one != "adapt")
AGREE: Final = (Choice("agree", "We agree"),)


def draw_decision(showing: Showing) -> None:
    """The four choices with what each needs, the reason, and how this cycle was run."""
    test = test_of(showing)
    decided = _draw_decided(showing, test)
    if test is None:
        _ask_agreement(showing, "What do we do next, and why?", "We look at unit 7 before we choose")
        return
    if not decided:
        _draw_choices(showing, test)
    elif not showing.projected:
        with st.expander("Decide something else as well", icon=":material/gavel:", key="meeting.decide_more"):
            _draw_choices(showing, test)
    _draw_quality(showing, test)


def _draw_choices(showing: Showing, test: PracticeTest) -> None:
    """What each choice needs, and on a member's own device the way to take it."""
    text.table(
        pd.DataFrame(
            [(one.capitalize(), words) for one, words in DECISIONS.items()], columns=["We", "What it needs"]
        ),
        hide_index=True,
        border="horizontal",
        alt="What each decision needs",
    )
    if not showing.projected:
        _ask_decision(showing, test)


def _ask_decision(showing: Showing, test: PracticeTest) -> None:
    others = replications(showing.database, showing.viewer, test)
    hint = "" if others >= REPLICATIONS_NEEDED else f"Adopting it today would read: {NOT_YET_CONFIRMED}."
    draft_box.draw(
        "Why? One sentence that we understand next year.",
        viewer=showing.viewer,
        store=showing.store("decision"),
        on_send=partial(_decide, showing, test.test_id),
        choices=DECIDED_HERE,
        hint=hint,
        placeholder="It helped those who started lowest, and the range is still wide",
        lines=2,
        empty_words="Write the reason first, then press what you decide.",
        sent_words="Decided.",
    )
    with st.expander(
        "Adapt: change one part and predict again", icon=":material/tune:", key="meeting.adapt",
        on_change="rerun",
    ) as adapting:  # fmt: skip
        if adapting.open:
            _adapt(showing, test)


def _adapt(showing: Showing, test: PracticeTest) -> None:
    """The next cycle in the same step: one part, one prediction, its days."""
    asked = deciding.ask_adaptation(showing.database, showing.viewer, test, school_today(showing.database))
    if asked is None:
        return
    reason, plan = asked
    with alerts.shown():
        decide(
            showing.database, showing.viewer, test.test_id, decision="adapt", reason=reason, next_plan=plan
        )
        deciding.forget_written(test)
        tell_devices(showing.database, showing.viewer, showing.meeting.meeting_id)
        st.rerun()


def _decide(showing: Showing, test_id: str, sent: Sent) -> None:
    made = meeting_decisions(showing.database, showing.viewer, showing.meeting.meeting_id)
    # Sent again after a lost network.
    if any((one.decision, one.words) == (sent.choice, sent.words.strip()) for one in made):
        return
    decide(showing.database, showing.viewer, test_id, decision=cast(Decision, sent.choice), reason=sent.words)
    tell_devices(showing.database, showing.viewer, showing.meeting.meeting_id)


def _draw_decided(showing: Showing, test: PracticeTest | None) -> bool:
    """What was decided so far; whether anything was."""
    made = meeting_decisions(showing.database, showing.viewer, showing.meeting.meeting_id)
    for one in made:
        words = one.decision.capitalize()
        if (
            one.decision == "adopt"
            and test is not None
            and replications(showing.database, showing.viewer, test) < REPLICATIONS_NEEDED
        ):
            words = NOT_YET_CONFIRMED.capitalize()
        st.success(f"**{words}**: {text.plain(one.words)}", icon=":material/gavel:")
        if one.decision == "adapt" and not showing.projected:
            inquiry_steps.draw_link(
                showing.viewer, menu.CONFIRM, label="The next cycle is a draft: its classes and days",
                icon=":material/science:",
            )  # fmt: skip
    return bool(made)


def _draw_quality(showing: Showing, test: PracticeTest) -> None:
    quality = cycle_quality(showing.database, showing.viewer, test.test_id)
    st.markdown("**How we ran this cycle**")
    text.table(
        pd.DataFrame(quality.lines, columns=["Question", "This time"]),
        hide_index=True,
        border="horizontal",
        alt="How this cycle was run",
    )
    text.aside("Only this team sees it: a mirror, not a mark.")


def draw_challenge(showing: Showing) -> None:
    """Agreeing on a challenge: the students first, then what was agreed."""
    _draw_decided(showing, None)
    _ask_agreement(
        showing, "What do we agree on?", "Multi-step equations: 6 in 10 students stop at the second step"
    )
    _draw_way(showing, menu.OUR_INQUIRY, "Write it into our inquiry")
    draw_team(showing)


def draw_candidates(showing: Showing) -> None:
    """Practices as behaviours, and which to test."""
    _draw_decided(showing, None)
    _ask_agreement(
        showing, "Which one do we test next, and why?", "Sorting exit tickets: nobody else does it"
    )
    _draw_way(showing, menu.DISCOVER, "Write it as a practice")


def draw_visits(showing: Showing) -> None:
    """What was seen and heard on visits."""
    _draw_discussion(showing, "What did we see or hear?", "She waited; nobody spoke for eight seconds")
    _draw_way(showing, menu.DISCOVER, "Plan a visit")


def draw_share(showing: Showing) -> None:
    """What the card still needs."""
    _draw_discussion(showing, "What would a colleague stumble over?", "How many tickets fit into 5 minutes?")
    _draw_way(showing, menu.SHARE, "Open the practice card")


def _draw_discussion(showing: Showing, label: str, placeholder: str) -> None:
    draw_note_box(showing, NoteKind.DISCUSSION, label, placeholder=placeholder)
    draw_notes(showing, showing.notes(NoteKind.DISCUSSION, step_key=showing.step.step_key))


def _ask_agreement(showing: Showing, label: str, placeholder: str) -> None:
    if showing.projected:
        return
    draft_box.draw(
        label,
        viewer=showing.viewer,
        store=showing.store("agreed"),
        on_send=partial(_agree, showing),
        choices=AGREE,
        placeholder=placeholder,
        lines=2,
        sent_words="Kept as a decision.",
    )


def _agree(showing: Showing, sent: Sent) -> None:
    record_decision(
        showing.database, showing.viewer, showing.meeting.meeting_id, decision=sent.choice,
        words=sent.words, decision_id=sent.note_id,
    )  # fmt: skip


def _draw_way(showing: Showing, page: str, label: str) -> None:
    if not showing.projected:
        inquiry_steps.draw_link(showing.viewer, page, label=label, icon=":material/arrow_forward:")
