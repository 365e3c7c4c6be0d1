"""A test that stands: its plan, whether we did it, what we changed, and testing again."""

from __future__ import annotations

from datetime import date

import pandas as pd
import streamlit as st

from plc.charts import fidelity_picture
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.inquiry.cloning import clone_test
from plc.inquiry.fidelity import WeekAnswer, fidelity_counts, fidelity_of
from plc.inquiry.test_plans import note_adaptation, restore_test
from plc.inquiry.test_records import PracticeTest
from plc.ui import (
    alerts,
    inquiry_steps,
    menu,
    pictures,
    plan_saving,
    plan_start,
    planning,
    session,
    text,
    two_writers,
    written,
)


def draw(database: Database, viewer: Viewer, test: PracticeTest, today: date) -> None:
    """Plan, fidelity and the ways on."""
    planning.plan_table(test, plan_start.plan_rows(test))
    if test.smallest_detectable is not None:
        text.aside(f"When it started it could find {test.smallest_detectable:.2f} SD or more.")
    if test.started(today):
        st.header("Did we do it?", anchor=False)
        draw_fidelity(database, viewer, test)
        inquiry_steps.draw_link(
            viewer, menu.RESULT, label="What did it show?", icon=":material/arrow_forward:"
        )
    if viewer.may(Permission.INQUIRY_EDIT):
        draw_adaptation(database, viewer, test)
        with st.container(horizontal=True):
            clone_button(database, viewer, test)
            if test.state == "planned" and not test.started(today):
                plan_start.withdraw_button(database, viewer, test)


def draw_fidelity(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    """Dots with words, and the table; in words where nobody was asked yet; counts alone for a coach."""
    if viewer.role is Role.COACH:
        _draw_fidelity_counts(database, viewer, test)
        return
    with alerts.stopping():
        answers = fidelity_of(database, viewer, test.test_id)
    if not answers:
        st.markdown("No week of it has begun yet.")
        return
    pictures.draw(fidelity_picture, fidelity_frame(answers), key=f"fidelity.{test.test_id}")
    for words in change_lines(answers):
        st.markdown(f"- {text.plain(words)}")
    text.aside("Your team sees this and nobody else. No reply is no reply: nobody is chased for it.")


def _draw_fidelity_counts(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    with alerts.stopping():
        counts = fidelity_counts(database, viewer, test.test_id)
    if not counts:
        st.markdown("No class has said yet whether it did it.")
        return
    rows = [(one.week, one.done, one.classes) for one in counts]
    st.dataframe(
        pd.DataFrame(rows, columns=["Week", "Did it", "Classes"]),
        hide_index=True,
        key=f"fidelity.counts.{test.test_id}",
        alt="How many classes said in each week whether they did it",
    )
    text.aside("Which class said what is for the team alone.")


def change_lines(answers: list[WeekAnswer]) -> list[str]:
    """What changed, a line per teacher and wording: `Ms A, weeks 1, 2 and 3: pairs at once.`"""
    weeks: dict[tuple[str, str], list[int]] = {}
    for one in answers:
        if one.answer.changed:
            weeks.setdefault((one.teacher, one.answer.changed), []).append(one.week)
    lines = []
    for (teacher, changed), said in weeks.items():
        *first, last = [str(week) for week in sorted(set(said))]
        when = f"weeks {', '.join(first)} and {last}" if first else f"week {last}"
        lines.append(f"{teacher}, {when}: {changed}")
    return lines


def fidelity_frame(answers: list[WeekAnswer]) -> pd.DataFrame:
    """Answers as the picture takes them: a class is its teacher's name, with its id where she has two."""
    sections: dict[str, set[str]] = {}
    for one in answers:
        sections.setdefault(one.teacher_id, set()).add(one.section_id)
    return pd.DataFrame(
        [
            (
                one.teacher if len(sections[one.teacher_id]) == 1 else f"{one.teacher}, {one.section_id}",
                one.week,
                one.answer.words,
                one.answer.times,
                one.answer.changed,
            )
            for one in answers
        ],
        columns=["class_name", "week", "done", "times", "changed"],
    )


def draw_adaptation(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    """What we changed of the practice, as text on the test."""
    part, form, asked = "adaptation", plan_saving.form(test), "What did we change of the practice?"
    key = f"{form}.{part}"
    if part not in written.unkept(form):
        two_writers.go_on(key, test.version)
    seen = two_writers.seen_version(key, test.version, box=key)
    words = st.text_area(
        asked,
        height="content",
        placeholder="Nothing yet. A change is worth as much as doing it to the letter, if it is known.",
        **written.box(form, "adaptation", test.adaptation, part=part),
    )
    if words.strip() == test.adaptation:
        return

    def keep() -> int:
        changed = note_adaptation(database, viewer, test.test_id, words, seen_version=seen)
        written.forget(form, part=part)
        return changed.version

    written.draw_not_kept(form, part=part)
    if st.button("Keep", icon=":material/check:", key="confirm.adaptation"):
        two_writers.keep(key, keep, notice="Kept on the test.")
    two_writers.draw_theirs(key, test.version, {asked: test.adaptation})


def clone_button(database: Database, viewer: Viewer, test: PracticeTest) -> None:
    """The same plan for the next cycle, with its own prediction and dates."""
    if st.button("Test it again", icon=":material/replay:", key=f"confirm.clone.{test.test_id}"):
        with alerts.stopping():
            clone_id = clone_test(database, viewer, test.test_id, inquiry_id=test.inquiry_id)
        session.choose_test(clone_id)
        session.go_to_plan_step(0)
        session.leave_notice("The same plan on new dates. It needs a prediction of its own.")
        session.go_to(menu.CONFIRM)


def draw_withdrawn(database: Database, viewer: Viewer, tests: list[PracticeTest]) -> None:
    """Tests taken off the list, each with the way back."""
    gone = [test for test in tests if test.state == "withdrawn"]
    if not gone or not viewer.may(Permission.INQUIRY_EDIT):
        return
    with st.expander(f"Withdrawn ({len(gone)})", icon=":material/history:", key="confirm.gone"):
        for test in gone:
            st.markdown(f"{text.plain(test.title)}, planned for {test.starts_on:%-d %B %Y}")
            if st.button("Bring it back", icon=":material/undo:", key=f"confirm.back.{test.test_id}"):
                with alerts.stopping():
                    restore_test(database, viewer, test.test_id)
                session.choose_test(test.test_id)
                st.rerun()
