"""When a student falls behind, how often do they catch up? By school and student group, growth first."""

from __future__ import annotations

import streamlit as st

from plc.core import clock
from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.viewer import Permission, Role
from plc.ui import alerts, catching_up, furthest, guard, menu, runtime, text, yardsticks

viewer = guard.page_viewer(Permission.CATCH_UP_READ)
database = runtime.database()

st.title("When a student falls behind, how often do they catch up?")
with alerts.stopping():
    found = catching_up.cached_catch_up(
        database, viewer, data_version=database.data_version(), today=clock.now().date()
    )
if found.empty_words:
    st.info(found.empty_words, icon=":material/hourglass_empty:")
    if viewer.may(Permission.RESULTS_UPLOAD):
        st.page_link(menu.UPLOAD, label="Upload results", icon=":material/upload_file:")
    st.stop()

subjects = [subject.subject for subject in found.subjects]
subject = subjects[0]
if len(subjects) > 1:
    subject = st.selectbox("Subject", subjects, format_func=str.capitalize, key="catch_up.subject")

catching_up.draw_district(next(district for district in found.subjects if district.subject == subject))
catching_up.draw_own([own for own in found.own if own.subject == subject])

schools = [row for row in found.schools if row.subject == subject]
groups = [row for row in found.groups if row.subject == subject]
if schools or groups:
    view = st.segmented_control(
        "Show",
        [catching_up.GROWTH, catching_up.LEVEL],
        default=catching_up.GROWTH,
        required=True,
        key="catch_up.view",
    )
if schools:
    st.header("My schools" if viewer.role is Role.PRINCIPAL else "Schools", anchor=False)
    st.markdown(
        "Schools in the order of their names. *Expected* is how often the district's students who began as"
        " far behind, in the same grade, caught up, so that a school's intake does not speak for it."
    )
    catching_up.draw_rows(schools, view=view, key="catch_up.schools")
elif viewer.role is Role.PRINCIPAL and viewer.person_id is not None:
    text.aside(
        "Schools are not shown to you: you teach as well, and beside your own class they would tell of a"
        " colleague's."
    )
for name in sorted({row.group for row in groups}):
    st.header(text.plain(name.capitalize()), anchor=False)
    catching_up.draw_rows([row for row in groups if row.group == name], view=view, key=f"catch_up.{name}")
furthest.draw(database, viewer, groups, subject=subject)

if named := [teacher for teacher in found.named if teacher.subject == subject]:
    st.header("Ask them what they do", anchor=False)
    st.markdown("By name, of those who agreed to be named.")
    for teacher in named:
        st.markdown(f"- {text.plain(teacher.name)}: {teacher.words}")

yardsticks.draw(database, viewer, [y for y in found.yardsticks if y.subject == subject], subject=subject)
text.aside(
    f"Released on {found.released_at:%-d %B %Y}: figures that cross teams and schools stay as they are until"
    " enough students and teachers have changed. A year ends at the mean of its last two assessments."
    f" Groups of fewer than {MINIMUM_STUDENTS} students or {MINIMUM_TEACHERS} teachers are hidden, and what"
    " would tell of them. Students who moved away are unseen, and part of any catching up is a bad day made"
    " good; the expected share has the same bad days in it."
)
