"""Findings on the page: words first, numbers second, statistics third."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, Literal

import pandas as pd
import streamlit as st

from plc.bright_spots import Finding
from plc.bright_spots.findings import EXCEEDS
from plc.bright_spots.labels import NOT_SETTLED, TOO_FEW_TEACHERS
from plc.bright_spots.own_evidence import OwnEvidence
from plc.charts import occasions_picture, signed, standards_picture
from plc.core.disclosure import NOT_ENOUGH_STUDENTS
from plc.core.school_year import grade_words
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.ui import alerts, balancing, cached, evidence, measuring, menu, pictures, rescan, session, text

Colour = Literal["green", "blue", "orange", "gray"]
# How each label looks; the words say it, colour and icon repeat it.
LABELS: Final[dict[str, tuple[Colour, str]]] = {
    "consistent bright spot": ("green", ":material/verified:"),
    "bright spot": ("green", ":material/lightbulb:"),
    "early signal": ("blue", ":material/sunny:"),
    "worth a look": ("orange", ":material/visibility:"),
    NOT_ENOUGH_STUDENTS: ("gray", ":material/hourglass_empty:"),
    TOO_FEW_TEACHERS: ("gray", ":material/group:"),
    NOT_SETTLED: ("gray", ":material/question_mark:"),
}


def draw_scan_state(database: Database, viewer: Viewer, state: cached.State) -> bool:
    """Whether there is a scan to show; offers to make or renew one."""
    if state.scan_key and not cached.results_changed_since_scan(database, viewer, state):
        return True
    if not viewer.may(Permission.SCAN_RUN):
        if not state.scan_key:
            st.info(
                "Nothing to show yet. Results have to be loaded first.",
                icon=":material/hourglass_empty:",
            )
        return bool(state.scan_key)
    if not cached.roster_teachers(database, state.data_version):
        st.info("There are no results here yet.", icon=":material/upload_file:")
        st.page_link(menu.UPLOAD, label="Upload results", icon=":material/upload_file:")
        return False
    words = (
        "Results changed since this was made."
        if state.scan_key
        else "Results are here; nobody has looked yet."
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="findings.renew_box"):
        st.markdown(words, width="stretch")
        renew = st.button(
            "Look for bright spots", type="primary", icon=":material/search:", key="findings.renew"
        )
    if renew:
        session.leave_notice(rescan.bring_up_to_date(database, viewer))
        st.rerun()
    return bool(state.scan_key)


def draw_shown(findings: Sequence[Finding], viewer: Viewer, *, any_unfiltered: bool) -> None:
    """Every finding this viewer may see, by subject and name, never by size."""
    if not findings:
        _draw_none(viewer, any_unfiltered=any_unfiltered)
        return
    for number, finding in enumerate(sorted(findings, key=_by_subject_and_name)):
        with st.container(border=True, key=f"findings.card.{number}"):
            _draw_heading(finding, name=finding.teacher_name or "A teacher who is not named")
            if finding.effect is None:
                st.markdown(f"**{EXCEEDS}** {_where_words(finding)}Ask what is done differently there.")
                balancing.draw_shown(finding)
            else:
                st.markdown(f"**{EXCEEDS}** {finding.words}")
                balancing.draw_shown(finding)
                _draw_figures(finding, key=f"findings.{number}")


def draw_own(
    findings: Sequence[Finding], made_of: Mapping[str, OwnEvidence], bands: Mapping[str, pd.DataFrame]
) -> None:
    """A teacher's own results, whatever they are, and by subject what they are made of."""
    if not findings:
        st.info(
            "None of your classes is part of the latest look. They need results of an assessment that other"
            " classes took too, and an earlier result of each student to start from.",
            icon=":material/hourglass_empty:",
        )
        return
    for number, finding in enumerate(findings):
        with st.container(border=True, key=f"own.card.{number}"):
            _draw_heading(finding, name=finding.subject.capitalize())
            if finding.effect is None:
                st.markdown(finding.words)
            else:
                balancing.draw_warning(finding)
                st.markdown(finding.words)
                own = made_of.get(finding.subject)
                seen = evidence.ask_peers(finding, own, key=f"own.{number}")
                _draw_figures(seen, key=f"own.{number}", own=own)
                evidence.draw_funnel([finding], bands, key=f"own.{number}")


def draw_areas(database: Database, viewer: Viewer, state: cached.State) -> None:
    """Where things go well, without a name, where at least three teachers stand behind it."""
    if not viewer.may(Permission.PRACTICE_AREAS_READ):
        return
    with alerts.shown():
        areas = cached.areas(database, viewer, state)
        if areas.empty:
            return
        st.header("Where things go well")
        st.markdown(
            "How many teachers, counted only where at least three of them are not named above, so that nobody"
            " can be worked out."
        )
        text.table(
            areas.rename(columns=lambda name: name.replace("_", " ").capitalize()),
            border="horizontal",
            alt="Practice areas",
        )


def draw_about(database: Database, viewer: Viewer, state: cached.State) -> None:
    """What the latest look covered, how sure its set is, and what it could not say."""
    headline = cached.headline(database, viewer, state)
    if headline is None:
        return
    about = st.expander("About this look", icon=":material/info:", key="findings.about", on_change="rerun")
    if not about.open:
        return
    with about:
        st.markdown(headline.headline)
        peers = "teachers of the same school" if headline.options.peers == "school" else "the whole district"
        st.markdown(
            f"Made on {headline.finished_at:%-d %B %Y at %H:%M} UTC from {headline.results:,} results of"
            f" {headline.students:,} students in {headline.sections:,} classes, compared with {peers}. Of the"
            f" names it holds, up to {headline.options.false_discovery_rate:.0%} are expected to be there by"
            " chance. Sorting of students that no earlier result shows can add to that."
        )
        evidence.draw_checks(*cached.checks(database, viewer, state))
        st.page_link(menu.METHODS, label="How the numbers are made", icon=":material/functions:")


def _by_subject_and_name(finding: Finding) -> tuple[str, tuple[int, ...], str]:
    return finding.subject, tuple(finding.grades), (finding.teacher_name or "").casefold()


def _draw_heading(finding: Finding, *, name: str) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.header(text.plain(name), anchor=False, width="content")
        if finding.label:
            colour, icon = LABELS.get(finding.label, ("gray", ""))
            st.badge(finding.label.capitalize(), icon=icon or None, color=colour)
    grades = ", ".join(grade_words(grade) for grade in finding.grades)
    text.aside(f"{finding.subject.capitalize()}, {grades}")


def _where_words(finding: Finding) -> str:
    return f"This shows in {', '.join(map(text.plain, finding.standards))}. " if finding.standards else ""


def _draw_figures(finding: Finding, *, key: str, own: OwnEvidence | None = None) -> None:
    with st.container(horizontal=True, gap="medium"):
        st.metric(
            "Effect",
            f"{finding.effect:+.2f} SD",
            delta=f"90 % range {finding.lower:+.2f} to {finding.upper:+.2f}",
            delta_color="off",
            delta_arrow="off",
            width="content",
        )
        st.metric("Students", f"{finding.students:,}", width="content")
        st.metric(
            "Classes",
            f"{finding.sections}",
            delta=f"{finding.occasions} occasions",
            delta_color="off",
            delta_arrow="off",
            width="content",
        )
    text.aside(f"Compared with {finding.comparison}.")
    for note in finding.notes:
        text.aside(f":material/info: {note}")
    if own is not None:
        evidence.draw_said(own)
    if not finding.occasion_frame.empty:
        st.markdown("**Each occasion**, with its range. The dashed line is what was expected.")
        pictures.draw(occasions_picture, finding.occasion_frame, key=key)
        measuring.draw_caption(finding)
    balancing.draw(finding, key=key)
    if not finding.standard_frame.empty:
        by_standard = st.expander(
            "By standard", icon=":material/checklist:", key=f"{key}.standards", on_change="rerun"
        )
        if by_standard.open:
            with by_standard:
                pictures.draw(standards_picture, finding.standard_frame, key=f"{key}.by_standard")
    if own is None:
        _draw_ingredients(finding, key=key)
    else:
        evidence.draw_ingredients(own, finding, key=key)


def _draw_ingredients(finding: Finding, *, key: str) -> None:
    """The figure, opened to what it is made of."""
    with st.expander("How this number was made", icon=":material/functions:", key=f"{key}.made"):
        rows = [
            ("Students with a starting point", f"{finding.students:,}"),
            ("Classes of different students, occasions, school years",
             f"{finding.sections}, {finding.occasions}, {finding.years}"),
            ("Where these students ended, against all who took the tests", _sd(finding.mean_result)),
            ("Where students with their starting points end", _sd(finding.mean_expected)),
            ("The difference, before allowing for luck", _sd(finding.own_effect)),
            ("How much of it the amount of data supports", _share(finding.reliability)),
            ("The effect that remains", _sd(finding.effect)),
            ("Chance that it is above 0.10 SD", _share(finding.probability)),
            ("How often the years agree", _share(finding.consistency)),
        ]  # fmt: skip
        text.table(
            pd.DataFrame([row for row in rows if row[1]], columns=["What", "How much"]),
            border="horizontal",
            hide_header=True,
            alt="What this figure is made of",
        )
        st.page_link(menu.METHODS, label="The method in plain words", icon=":material/functions:")


def _sd(number: float | None) -> str:
    return "" if number is None else f"{signed(number)} SD"


def _share(number: float | None) -> str:
    return "" if number is None else f"{number:.0%}"


def _draw_none(viewer: Viewer, *, any_unfiltered: bool) -> None:
    if any_unfiltered:
        st.info(
            "No bright spot with these choices. Try all subjects and grades.",
            icon=":material/filter_list_off:",
        )
        return
    st.info(
        "No bright spot you may see yet. That is normal: a name shows only when the evidence is there *and*"
        " its teacher agreed to show it.",
        title="Not enough yet",
        icon=":material/hourglass_empty:",
    )
    if viewer.may(Permission.OWN_RESULT_READ):
        st.markdown("What you can do: look at your own classes first, then agree as a team to look together.")
        st.page_link(menu.MY_CLASSES, label="My classes", icon=":material/person_heart:")
