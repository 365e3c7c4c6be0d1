"""Decide on the page: what was predicted and found, the four choices with what each needs, the next cycle."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final, get_args

import streamlit as st

from plc.core.errors import PlcError
from plc.core.viewer import LOCAL_STEWARD, Permission, Viewer
from plc.database import Database
from plc.inquiry.candidates import practice_text
from plc.inquiry.cloning import next_monday
from plc.inquiry.cycle_quality import cycle_quality
from plc.inquiry.decide import (
    DECISIONS,
    NOT_YET_CONFIRMED,
    PARTS,
    REPLICATIONS_NEEDED,
    Decision,
    DecisionRow,
    NextPlan,
    Part,
    decide,
    list_decisions,
    replications,
)
from plc.inquiry.effect_record import FEW_TEACHERS, MEASURED
from plc.inquiry.measured_effect import stored_effect
from plc.inquiry.test_records import PracticeTest, Prediction, Unit
from plc.practices import refresh_evidence
from plc.ui import (
    alerts,
    effect_screen,
    effect_unmeasured,
    inquiry_steps,
    menu,
    planning,
    session,
    text,
    written,
)

ICONS: Final[dict[str, str]] = {
    "adopt": ":material/check_circle:",
    "adapt": ":material/tune:",
    "abandon": ":material/do_not_disturb_on:",
    "keep testing": ":material/replay:",
}


def draw(database: Database, viewer: Viewer, test: PracticeTest, today: date) -> None:
    """One test, what it showed, and the decision."""
    _draw_result(database, viewer, test, today)
    _draw_quality(database, viewer, test)
    if test.state == "draft":
        st.info("This plan is still a draft. Start it first.", icon=":material/science:")
        inquiry_steps.draw_link(viewer, menu.CONFIRM, label="Open the plan", icon=":material/science:")
        return
    if viewer.may(Permission.INQUIRY_EDIT):
        _ask(database, viewer, test, today)


def draw_decisions(database: Database, viewer: Viewer, *, inquiry_id: str) -> None:
    """What was decided before, findable by its words; what was abandoned first-class among it."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        whole = st.toggle("In all our inquiries", key="decide.all")
        words = st.text_input("Find words in it", key="decide.words", width="stretch")
    kinds: list[Decision] = list(get_args(Decision))
    kind = st.pills("Only", kinds, format_func=str.capitalize, key="decide.kind")
    with alerts.stopping():
        rows = list_decisions(
            database, viewer, inquiry_id=None if whole else inquiry_id, decision=kind, words=words
        )
    if not rows:
        st.markdown("Nothing decided here yet." if not words else "Nothing found.")
    for number, row in enumerate(rows):
        _draw_row(row, number)


def _draw_row(row: DecisionRow, number: int) -> None:
    with st.container(border=True, key=f"decide.row.{number}"):
        st.markdown(f"{ICONS[row.decision]} **{row.words.capitalize()}**: {text.plain(row.title)}")
        st.text(row.reason)
        text.aside(
            f"{text.plain(row.decided_by)}, {row.decided_on:%-d %B %Y}. {text.plain(row.inquiry_title)}"
        )


def _draw_result(database: Database, viewer: Viewer, test: PracticeTest, today: date) -> None:
    with alerts.stopping():
        effect = stored_effect(database, viewer, test.test_id)
    with st.container(border=True, key="decide.result"):
        if effect is not None and effect.verdict == MEASURED:
            st.markdown(f"**{text.plain(effect.sentence)}**")
            effect_screen.draw_so_far(test, today)
            effect_unmeasured.draw_changed(effect)
        elif effect is not None and effect.verdict == FEW_TEACHERS:
            st.markdown(effect.sentence)
        else:
            st.markdown(
                f"We predicted **{test.prediction_line or 'nothing yet'}**. No effect is measured yet."
            )
        inquiry_steps.draw_link(
            viewer, menu.RESULT, label="What did it show, and how sure is it?", icon=":material/balance:"
        )


def _draw_quality(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    with alerts.stopping():
        quality = cycle_quality(database, viewer, test.test_id)
    with st.expander("How we ran this cycle (only your team sees it)", icon=":material/fact_check:",
                     key="decide.quality"):  # fmt: skip
        for name, words in quality.lines:
            st.markdown(f"**{name}:** {words}")


def forget_written(test: PracticeTest) -> None:
    """The decision is kept: its boxes are empty again."""
    written.forget(_form(test))


def _form(test: PracticeTest) -> str:
    return f"decide.{test.test_id}"


def _box(test: PracticeTest, what: str, kept: Any) -> dict[str, Any]:
    return written.box(_form(test), what, kept)


def _ask(database: Database, viewer: Viewer, test: PracticeTest, today: date) -> None:
    kinds: list[Decision] = list(get_args(Decision))
    kind = st.segmented_control(
        "What do we do now?", kinds, format_func=str.capitalize, **_box(test, "choice", None)
    )
    if kind is None:
        return
    st.markdown(f"{ICONS[kind]} {DECISIONS[kind]}")
    if kind == "adopt":
        with alerts.stopping():
            others = replications(database, viewer, test)
        if others < REPLICATIONS_NEEDED:
            st.markdown(
                f":material/info: It will read **{NOT_YET_CONFIRMED}**: {others} other"
                f" {'test' if others == 1 else 'tests'} of it so far. Invite others to test it."
            )
    again = kind == "adapt"
    if kind == "keep testing":
        again = st.toggle("Plan one more cycle now", **_box(test, "again", False))
    part = _ask_part(test) if kind == "adapt" else None
    # No form: a form's words reach nobody before its button, and a look at the result would empty it.
    with st.container(border=True, key="decide.form"):
        reason = st.text_area("Why? One or two sentences", **_box(test, "reason", ""))
        plan = _ask_next(database, viewer, test, today, part=part) if again else None
        keep = _keep_button(test, "Keep the decision")
    if keep:
        _keep(database, viewer, test, kind=kind, reason=reason, plan=plan)


def _keep(
    database: Database,
    viewer: Viewer,
    test: PracticeTest,
    *,
    kind: Decision,
    reason: str,
    plan: NextPlan | None,
) -> None:
    try:
        next_id = decide(database, viewer, test.test_id, decision=kind, reason=reason, next_plan=plan)
    except PlcError as error:
        alerts.show(error)
        return
    forget_written(test)
    # What the library says of a practice follows from what its tests showed and what teams decided.
    refresh_evidence(database, LOCAL_STEWARD, due_only=True)
    if next_id is not None:
        session.choose_test(next_id)
        session.leave_notice("Decided. The next cycle is a draft: check its classes and start it.")
        session.go_to(menu.CONFIRM)
    session.leave_notice(f"Decided: {kind}.")
    st.rerun()


def ask_adaptation(
    database: Database, viewer: Viewer, test: PracticeTest, today: date
) -> tuple[str, NextPlan] | None:
    """The one part that changes, why, and the next cycle's prediction; what was written, once it is kept."""
    part = _ask_part(test)
    plan = _ask_next(database, viewer, test, today, part=part)
    reason = st.text_area("Why do we change it? One or two sentences", **_box(test, "reason", ""))
    return (reason, plan) if _keep_button(test, "Adapt it so") else None


def _keep_button(test: PracticeTest, label: str) -> bool:
    """The button of a decision, with what is said while it is not pressed."""
    keep = st.button(label, type="primary", icon=":material/gavel:", key="decide.keep")
    written.draw_not_kept(_form(test), is_new=True)
    return keep


def _ask_part(test: PracticeTest) -> Part:
    parts: list[Part] = list(get_args(Part))
    chosen: Part = st.radio(
        "Which one part changes?", parts, format_func=PARTS.__getitem__, horizontal=True,
        **_box(test, "part", parts[0]),
    )  # fmt: skip
    return chosen


def _ask_next(
    database: Database, viewer: Viewer, test: PracticeTest, today: date, *, part: Part | None
) -> NextPlan:
    words = ""
    if part is not None:
        with alerts.stopping():
            said = getattr(practice_text(database, viewer, test.practice_id), part)
        words = st.text_area(
            f"{PARTS[part]}, from now on", **_box(test, f"words.{part}", "" if said is None else str(said))
        )
    units: list[Unit] = ["points", "sd"] if test.points_per_sd else ["sd"]
    with st.container(horizontal=True):
        amount = st.number_input(
            "We predict", value=None, format="%g", placeholder="+4", **_box(test, "amount", None)
        )
        unit = st.selectbox(
            "Counted in", units, format_func=planning.UNIT_WORDS.__getitem__, **_box(test, "unit", units[0])
        )
    why = st.text_input("Because", **_box(test, "why", ""))
    begin = next_monday(max(today, test.ends_on))
    length = max(test.ends_on - test.starts_on, timedelta(days=7))
    with st.container(horizontal=True):
        starts_on = st.date_input("Starts on", **_box(test, "starts", begin))
        ends_on = st.date_input("Ends on", **_box(test, "ends", begin + length))
    return NextPlan(
        Prediction(float(amount or 0.0), unit or units[0], why), starts_on, ends_on, part=part, words=words
    )
