"""Seek on the page: the team's students over time, then the same by standard, start and class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from plc.charts import change_by_class_picture, class_lines_picture, groups_picture, run_chart_picture, signed
from plc.charts.run_chart import figure_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry import Inquiry, InquiryWording
from plc.inquiry.seek import NO_RESULTS, note_baseline_seen
from plc.inquiry.seek_records import GroupFigure, SeekView
from plc.inquiry.seek_series import SCALE_WORDS, aim_level, class_frame, scale_of_aim, scales_of, series_of
from plc.ui import alerts, cached, inquiry_steps, menu, pictures, session, text

STANDARD, START, CLASSES, CHANGE, OUTLIERS = (
    "By standard", "By starting level", "By class", "Since the test", "Positive outliers",
)  # fmt: skip
NOT_SHOWN: Final = "not shown: too few people stand behind it"


def draw(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """The whole of Seek for one inquiry."""
    with alerts.stopping():
        state = cached.state(database, viewer)
        view = cached.seek(database, viewer, state, found)
    if view.blocked:
        _draw_blocked(viewer, view)
        return
    standard = _ask_standard(view, found)
    if standard is not None:
        with alerts.stopping():
            view = cached.seek(database, viewer, state, found, standard_id=standard)
    draw_series(view, key="seek", said=found.wording)
    _draw_seen(database, viewer, found)
    _draw_closer(database, viewer, state, view, found)
    text.aside(
        "Results are compared over the district within one assessment, grade and year. Ranges hold nine times"
        " in ten for the students' luck on the day; they do not tell why."
    )


def draw_series(view: SeekView, *, key: str, said: InquiryWording) -> None:
    """The team's line with its median, aim, tests and rules; words first where it may not be drawn."""
    scales = scales_of(view)
    if view.points and scales:
        scale = scale_of_aim(scales, said)
        if len(scales) > 1:
            scale = st.segmented_control(
                "Count in",
                scales,
                default=scale,
                format_func=SCALE_WORDS.__getitem__,
                required=True,
                key=f"{key}.scale",
            )
        series = series_of(view, scale)
        pictures.draw(
            run_chart_picture,
            series.frame,
            key=f"{key}.run",
            median=series.reading.median,
            baseline=series.reading.baseline,
            words=series.words,
            title=series.title,
            unit=series.unit,
            aim=aim_level(series, scale, said),
            tests=[(mark.title, mark.starts_on, mark.ends_on) for mark in view.marks],
        )
        st.markdown(series.words)
    for words in view.line_words:
        text.aside(f":material/ac_unit: {text.plain(words)}")
    for note in view.notes:
        text.aside(f":material/visibility_off: {note}")


def draw_groups(
    groups: Sequence[GroupFigure], view: SeekView, *, key: str, of_what: str = "Started in the"
) -> None:
    """Standards or starting thirds of the team's students, as a picture and a table."""
    known = [group for group in groups if group.point is not None]
    if known and view.basis != "percent":
        frame = pd.DataFrame(
            [
                (group.name, group.point.students, group.point.value, group.point.lower, group.point.upper)
                for group in known
                if group.point is not None
            ],
            columns=["student_group", "students", "effect", "lower", "upper"],
        )
        picture = groups_picture(frame)
        st.altair_chart(picture.chart, width="stretch", key=f"{key}.chart", alt=picture.alt)
    names = {group.assessment_name for group in groups}
    if len(names) == 1:
        text.aside(f"On {text.plain(names.pop())}")
    text.table(
        pd.DataFrame(
            [(group.name, *_figures(group, view)) for group in groups],
            columns=[of_what, "Students", "Points reached (ahead)", "SD ahead, 90 % range"],
        ),
        border="horizontal",
        alt="The same figures as a table",
    )


def _figures(group: GroupFigure, view: SeekView) -> tuple[str, str, str]:
    """How many students, and their figures in words; empty where there is no comparison."""
    point = group.point
    if point is None:
        return NOT_SHOWN, "", ""
    reached = "" if point.percent is None else f"{figure_words(point.percent, '% of points')} %"
    if view.basis == "percent":
        return str(point.students), reached, ""
    if point.points_ahead is not None:
        reached += f" ({figure_words(point.points_ahead, 'percentage points')})"
    spread = f"{signed(point.value)} ({signed(point.lower)} to {signed(point.upper)})"
    return str(point.students), reached, spread


def _draw_blocked(viewer: Viewer, view: SeekView) -> None:
    st.info(view.blocked, icon=":material/hourglass_empty:")
    if view.blocked == NO_RESULTS:
        inquiry_steps.draw_link(viewer, menu.UPLOAD, label="Upload results", icon=":material/upload_file:")
    else:
        inquiry_steps.draw_link(viewer, menu.OUR_INQUIRY, label="Say what we want", icon=":material/edit:")


def _ask_standard(view: SeekView, found: Inquiry) -> str | None:
    names = [group.name for group in view.standards]
    if not names:
        return None
    wanted = found.wording.standard_id
    return st.selectbox(
        "Look at",
        names,
        index=names.index(wanted) if wanted in names else None,
        placeholder="The whole assessment",
        key=f"seek.standard.{found.inquiry_id}",
    )


def _draw_seen(database: Database, viewer: Viewer, found: Inquiry) -> None:
    if found.baseline_seen_on is not None or not viewer.may(Permission.INQUIRY_EDIT):
        return
    if st.button(
        "We have looked at our baseline", type="primary", icon=":material/visibility:", key="seek.seen"
    ):
        with alerts.stopping():
            note_baseline_seen(database, viewer, found.inquiry_id)
        session.leave_notice("Noted: your team has seen where it starts from.")
        st.rerun()


def _draw_closer(
    database: Database, viewer: Viewer, state: cached.State, view: SeekView, found: Inquiry
) -> None:
    st.header("A closer look", anchor=False)
    views = [name for name, there in (
        (START, view.thirds), (STANDARD, view.standards), (CLASSES, view.classes),
        (CHANGE, view.changes), (OUTLIERS, viewer.may(Permission.BRIGHT_SPOTS_READ)),
    ) if there]  # fmt: skip
    if not views:
        return
    closer = st.segmented_control(
        "Show", views, default=views[0], required=True, label_visibility="collapsed", key="seek.closer"
    )
    if closer == STANDARD:
        draw_groups(view.standards, view, key="seek.standards", of_what="Standard")
    elif closer == START:
        draw_groups(view.thirds, view, key="seek.thirds")
    elif closer == CLASSES:
        _draw_classes(view)
    elif closer == CHANGE:
        draw_changes(view, key="seek.changes")
    else:
        _draw_outliers(database, viewer, state, found)


def _draw_classes(view: SeekView) -> None:
    scale = scales_of(view)[0]
    series_title = (
        "Points ahead" if scale == "points" else "SD ahead" if scale == "sd" else "Percent of points"
    )
    unit = {"points": "percentage points", "sd": "SD", "percent": "% of points"}[scale]
    st.markdown("Your own classes, and those whose teachers opened theirs to the team.")
    pictures.draw(
        class_lines_picture, class_frame(view, scale), key="seek.classes", title=series_title, unit=unit
    )


def draw_changes(view: SeekView, *, key: str) -> None:
    """How far the same students moved since the test began, the team first."""
    if not view.changes or view.changes_from is None:
        return
    st.markdown(f"The same students, from {view.changes_from:%-d %B %Y} on, against before.")
    frame = pd.DataFrame(
        [
            (
                change.name or "The whole team", change.name is None, change.students, change.unmatched,
                change.change, change.lower, change.upper,
            )
            for change in view.changes
        ],
        columns=["name", "is_team", "students", "unmatched", "change", "lower", "upper"],
    )  # fmt: skip
    pictures.draw(change_by_class_picture, frame, key=key)
    if view.change_of_points:
        text.aside(
            "The whole team: the mean of its points from then on less the mean before, counted in the fewest"
            " students of any of them."
        )
    text.aside("What a class did before and after says nothing yet of why: the test's comparison does.")


def _draw_outliers(database: Database, viewer: Viewer, state: cached.State, found: Inquiry) -> None:
    with alerts.stopping():
        spots = cached.shown_findings(
            database, viewer, state, subject=found.wording.subject, grade=found.wording.grade
        )
    others = [spot for spot in spots if spot.teacher_name]
    if not others:
        st.markdown(
            "No positive outlier you may see by name. That is normal: a name shows only where the evidence is"
            " there *and* its teacher agreed."
        )
        return
    st.markdown(
        "Classes whose students keep exceeding expectation, by name, of those who agreed to be named."
    )
    for spot in sorted(others, key=lambda one: (one.teacher_name or "").casefold()):
        where = f" In {', '.join(map(text.plain, spot.standards))}." if spot.standards else ""
        st.markdown(f"- **{text.plain(spot.teacher_name or '')}**: {text.plain(spot.label)}.{where}")
    inquiry_steps.draw_link(viewer, menu.DISCOVER, label="Plan a visit", icon=":material/travel_explore:")
