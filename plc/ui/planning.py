"""Planning a test, one question at a time: what we predict, who tries it, what must not get worse, start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import pandas as pd
import streamlit as st

from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import Inquiry
from plc.inquiry.choices import Course, standard_choices
from plc.inquiry.cloning import next_monday
from plc.inquiry.detectable import TYPICAL
from plc.inquiry.test_plans import plan_test
from plc.inquiry.test_reading import spread_of, triable_practices
from plc.inquiry.test_records import MeasureSpread, PracticeTest, Prediction, TestPlan, TriablePractice, Unit
from plc.statistics.effect_designs import Design
from plc.ui import alerts, cached, inquiry_steps, menu, plan_saving, session, text, written
from plc.ui.plan_saving import box

STEPS: Final = ("What we predict", "Who tries it", "What must not get worse", "Check and start")
EVERY: Final = "every common assessment of the course"
WHOLE: Final = "the whole assessment"
# The measure's own points, as teachers score it; an aim counts in percentage points of them.
UNIT_WORDS: Final[dict[Unit, str]] = {"points": "points of the measure", "sd": "SD"}
# A test long enough for a practice to become usual and short enough to decide this term.
USUAL_WEEKS: Final = 6


def draw_new(database: Database, viewer: Viewer, found: Inquiry, today: date) -> None:
    """Which candidate to try: the first question, whose answer makes the draft."""
    with alerts.stopping():
        practices = triable_practices(database, viewer, found.inquiry_id)
    if not practices:
        st.info(
            "A test tries one candidate practice. Write one first, so that a colleague could do it.",
            title="Nothing to try yet",
            icon=":material/science:",
        )
        inquiry_steps.draw_link(viewer, menu.DISCOVER, label="Write a candidate", icon=":material/add:")
        return
    st.header("What do we try?", anchor=False)
    names = {practice.practice_id: practice.title for practice in practices}
    chosen = st.radio(
        "Candidate practice", list(names), format_func=names.__getitem__, key="confirm.practice"
    )
    practice = next(one for one in practices if one.practice_id == chosen)
    draw_parts(practice)
    if st.button("Plan a test of it", type="primary", icon=":material/arrow_forward:", key="confirm.new"):
        with alerts.stopping():
            test_id = plan_test(database, viewer, found.inquiry_id, _first_plan(found, practice, today))
        session.choose_test(test_id)
        session.go_to_plan_step(0)
        st.rerun()


def draw_parts(practice: TriablePractice | PracticeTest) -> None:
    """What must stay and what may change, side by side."""
    if isinstance(practice, TriablePractice) and practice.also_typical == "yes":
        st.warning(
            "Typical classes do this too, so it cannot be what makes the difference.",
            icon=":material/difference:",
        )
    core, adaptable = st.columns(2)
    with core:
        st.markdown("**What must stay**")
        st.text(practice.core_parts or "Nobody has said yet.")
    with adaptable:
        st.markdown("**What may change**")
        st.text(practice.adaptable_parts or "Nobody has said yet.")


def ask_step(test: PracticeTest) -> int:
    """The row of questions; returns the one in question."""
    step = min(session.plan_step(), len(STEPS) - 1)
    chosen = st.segmented_control(
        "Plan",
        STEPS,
        default=STEPS[step],
        required=True,
        label_visibility="collapsed",
        key=f"confirm.step.{test.test_id}.{step}",
    )
    if chosen != STEPS[step]:
        session.go_to_plan_step(STEPS.index(chosen))
        st.rerun()
    for number in range(len(STEPS)):
        # Before the boxes are drawn: what is in them began from the version they were filled from.
        plan_saving.seen_version(test, str(number))
    for part in unkept_steps(test):
        if part != STEPS[step]:
            st.markdown(f":material/edit: What you wrote under **{part}** is not kept yet.")
    return step


def unkept_steps(test: PracticeTest) -> list[str]:
    """The questions in whose boxes something is written that is not kept yet."""
    unkept = written.unkept(plan_saving.form(test))
    return [name for number, name in enumerate(STEPS) if str(number) in unkept]


def ask_prediction(database: Database, viewer: Viewer, test: PracticeTest, found: Inquiry) -> None:
    """Measure, number, reason and dates."""
    standards = standard_choices(database, viewer, Course(test.subject, test.grade or 0, test.school_year))
    standard = _ask_standard(test, standards)
    with alerts.stopping():
        state = cached.state(database, viewer)
        measures = cached.measures_of(database, viewer, state, found.inquiry_id, standard_id=standard)
    measure_name = _ask_measure(test, measures)
    kind = test.measure_kind or "common"
    spread = spread_of(measures, name=measure_name, kind=kind)
    if spread is None:
        text.aside("How far results of this measure spread is not known yet, so predict in SD.")
    else:
        text.aside(
            f"One SD (standard deviation) of students' results on it is {spread:.3g} points. Typical school"
            f" practices give {TYPICAL[0]:.2f} to {TYPICAL[1]:.2f} SD: {TYPICAL[0] * spread:.2g} to"
            f" {TYPICAL[1] * spread:.2g} points."
        )
    prediction = _ask_number(test, spread)
    starts_on, ends_on, outcome_on = _ask_dates(test)
    plan = replace(
        test.plan,
        measure_name=measure_name,
        measure_kind=kind,
        standard_id=standard,
        prediction=prediction,
        starts_on=starts_on,
        ends_on=ends_on,
        outcome_on=outcome_on,
    )
    if prediction is None:
        st.markdown("A number, even a rough one: without it nobody can be surprised.")
    plan_saving.save_button(database, viewer, test, plan, label="Keep and go on", then=1)


def _first_plan(found: Inquiry, practice: TriablePractice, today: date) -> TestPlan:
    starts_on = next_monday(today)
    return TestPlan(
        practice_id=practice.practice_id,
        practice_version=practice.version,
        design=Design.MATCHED,
        starts_on=starts_on,
        ends_on=starts_on + timedelta(weeks=USUAL_WEEKS),
        measure_name=None,
        measure_kind=found.wording.measure_kind or "common",
        standard_id=found.wording.standard_id,
    )


def _ask_standard(test: PracticeTest, standards: Sequence[str]) -> str | None:
    if not standards:
        return test.standard_id
    options = [WHOLE, *standards]
    chosen: str = st.selectbox(
        "Measured by",
        options,
        **box(test, "standard", test.standard_id if test.standard_id in options else WHOLE),
    )
    return None if chosen == WHOLE else chosen


def _ask_measure(test: PracticeTest, measures: Sequence[MeasureSpread]) -> str | None:
    names = list(dict.fromkeys(one.name for one in measures if one.kind != "baseline"))
    if test.measure_name and test.measure_name not in names:
        names.append(test.measure_name)
    options = [EVERY, *reversed(names)]
    chosen: str = st.selectbox(
        "Which assessment?",
        options,
        accept_new_options=True,
        help="One that is still to come can be typed: its name as it will stand in the file.",
        **box(test, "measure", test.measure_name or EVERY),
    )
    return None if chosen == EVERY else chosen.strip()


def _ask_number(test: PracticeTest, spread: float | None) -> Prediction | None:
    before = test.plan.prediction
    units: list[Unit] = ["points", "sd"] if spread is not None else ["sd"]
    kept_unit = before.unit if before and before.unit in units else units[0]
    unit_kept = box(test, "unit", kept_unit)
    if st.session_state[unit_kept["key"]] not in units:
        st.session_state[unit_kept["key"]] = kept_unit
    number, unit_box = st.columns([2, 1], vertical_alignment="bottom")
    with unit_box:
        unit = st.segmented_control(
            "Unit",
            units,
            format_func=UNIT_WORDS.__getitem__,
            required=True,
            **unit_kept,
        )
    with number:
        amount = st.number_input(
            "By how much will classes that try it be ahead?",
            value=None,
            step=0.5 if unit == "points" else 0.05,
            format="%.2f" if unit == "sd" else "%.1f",
            placeholder="+1.5",
            **box(test, "amount", before.amount if before else None),
        )
    words = st.text_input(
        "Why do we think so?",
        placeholder="Slips cost us a third of the points in unit 5.",
        **box(test, "why", before.words if before else ""),
    )
    if amount is None:
        return None
    prediction = Prediction(amount, unit, words)
    in_sd, in_points = prediction.in_sd(spread), prediction.in_points(spread)
    if in_sd is not None and in_points is not None:
        st.markdown(f"We predict **{in_points:+.3g} points**, which is **{in_sd:+.2f} SD**.")
    return prediction


def _ask_dates(test: PracticeTest) -> tuple[date, date, date | None]:
    first, last, results = st.columns(3)
    with first:
        starts_on = st.date_input("First day", **box(test, "starts", test.starts_on))
    with last:
        ends_on = st.date_input("Last day", **box(test, "ends", test.ends_on))
    with results:
        outcome_on = st.date_input(
            "Results expected on",
            value=None,
            help="Leave empty if unsure.",
            **box(test, "outcome", test.outcome_on),
        )
    return starts_on, ends_on, outcome_on


def plan_table(test: PracticeTest, rows: Sequence[tuple[str, str]]) -> None:
    """A plan as two columns of words."""
    text.table(
        pd.DataFrame([(what, said) for what, said in rows], columns=["What", "Plan"]),
        hide_index=True,
        hide_header=True,
        border="horizontal",
        alt=f"The plan of test {test.iteration}",
    )
