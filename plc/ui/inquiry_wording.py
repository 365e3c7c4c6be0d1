"""Writing what an inquiry says: challenge, measure, aim, unit; and putting two people's words together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import streamlit as st

from plc.core.errors import BothTexts, PlcError
from plc.core.school_year import school_year_words
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import Inquiry, InquiryWording, edit_inquiry, wordings
from plc.inquiry.choices import Course, MeasureChoice, measure_choices, standard_choices
from plc.inquiry.records import AIM_UNITS, KIND_WORDS
from plc.inquiry.wording_merge import wording_json
from plc.people import own_teams
from plc.priorities import list_priorities
from plc.ui import alerts, session, text, wording_conflict, written

CHALLENGE_EXAMPLE: Final = "Our students can divide fractions in the unit and have lost it a month later."
_KIND: Final = "kind:"


def draw_form(database: Database, viewer: Viewer, found: Inquiry) -> None:
    """The wording as a form; what a colleague changed meanwhile is kept beside it."""
    key = _form(found.inquiry_id)
    if (draft := session.wording_conflict(found.inquiry_id)) is not None:
        wording_conflict.draw(database, viewer, found, draft, form=key)
        return
    version = written.seen_version(key, found.version)
    began = found.wording
    if version != found.version:
        kept = {one.version: one.wording for one in wordings(database, viewer, found.inquiry_id)}
        began = kept.get(version, began)
    course = Course(began.subject, began.grade or 0, began.school_year)
    with alerts.stopping():
        measures = measure_choices(database, viewer, course)
        standards = standard_choices(database, viewer, course)
    mine = _ask(began, measures, standards, priority_titles(database, viewer, found), key=key)
    keep = st.button("Keep", type="primary", icon=":material/check:", key=f"{key}.keep")
    if not keep:
        written.draw_not_kept(key)
        return
    try:
        now = edit_inquiry(database, viewer, found.inquiry_id, mine, seen_version=version)
    except BothTexts as conflict:
        session.keep_wording_conflict(
            found.inquiry_id,
            {
                "mine": wording_json(mine), "seen": version, "over": conflict.version,
                "fields": ",".join(conflict.mine),
            },
        )  # fmt: skip
        st.rerun()
    except PlcError as error:
        alerts.show(error)
        return
    written.forget(key)
    together = " What your colleague changed meanwhile is kept, too." if now > version + 1 else ""
    session.leave_notice(f"Kept.{together}" if now != found.version else "Nothing changed.")
    st.rerun()


def is_being_written(found: Inquiry) -> bool:
    """Whether what the viewer wrote of this inquiry is not kept yet."""
    return bool(written.unkept(_form(found.inquiry_id)))


def is_complete(found: Inquiry) -> bool:
    """Whether everything Seek asks to be written is there, or the inquiry is past it."""
    said = found.wording
    said_all = said.challenge and said.measure_words and said.measure_purpose and said.aim_words
    return bool(said_all) or found.phase != "seek" or found.state != "open"


def _ask(
    began: InquiryWording,
    measures: list[MeasureChoice],
    standards: list[str],
    priorities: dict[str, str],
    *,
    key: str,
) -> InquiryWording:
    """The fields, filled with what the inquiry says."""
    title = st.text_input("Name of the inquiry", **written.box(key, "title", began.title))
    challenge = st.text_area(
        "Challenge: big enough to matter, small enough to move soon",
        placeholder=CHALLENGE_EXAMPLE,
        **written.box(key, "challenge", began.challenge),
    )
    text.aside(f"{text.plain(began.course_words)}, {school_year_words(began.school_year)}")
    kind, name = _ask_measure(began, measures, key=key)
    known = {measure.name: measure.purpose for measure in measures}
    purpose = st.text_input(
        "What is this measure for?",
        placeholder=known.get(name or "") or "To see what was learned in the unit",
        help="Charts of a measure stay closed until someone says what it is for. Left empty, what your"
        " assessments' page says of it is taken.",
        **written.box(key, "measure_purpose", began.measure_purpose or ""),
    )
    aim = _ask_aim(began, key=key)
    standard = _ask_standard(began, standards, key=key)
    with st.container(horizontal=True):
        unit = st.text_input("Upcoming unit", **written.box(key, "unit_name", began.unit_name or ""))
        starts = st.date_input(
            "It starts on", value=None, **written.box(key, "unit_starts_on", began.unit_starts_on)
        )
    priority = _ask_priority(began, priorities, key=key)
    return replace(
        began, title=title, challenge=challenge, standard_id=standard, measure_kind=kind, measure_name=name,
        priority_id=priority, measure_purpose=purpose or _stated_purpose(measures, kind, name),
        unit_name=unit or None, unit_starts_on=starts, **aim,
    )  # fmt: skip


def _ask_measure(
    began: InquiryWording, measures: list[MeasureChoice], *, key: str
) -> tuple[str | None, str | None]:
    kinds = list(dict.fromkeys(measure.kind for measure in measures))
    options = [f"{_KIND}{kind}" for kind in kinds] + [measure.name for measure in measures]
    chosen = began.measure_name or (f"{_KIND}{began.measure_kind}" if began.measure_kind else None)
    if chosen is not None and chosen not in options:
        options.append(chosen)
    answer = st.selectbox(
        "Primary measure",
        options,
        index=None,
        format_func=_measure_words,
        placeholder="Choose one" if options else "No results of this course yet",
        **written.box(key, "measure", chosen),
    )
    if answer is None:
        return None, None
    return (answer.removeprefix(_KIND), None) if answer.startswith(_KIND) else (None, answer)


def _ask_standard(began: InquiryWording, standards: list[str], *, key: str) -> str | None:
    return st.selectbox(
        "Standard or skill, if it is about one",
        list(dict.fromkeys([*standards, *([began.standard_id] if began.standard_id else [])])),
        index=None,
        placeholder="The whole assessment",
        accept_new_options=True,
        **written.box(key, "standard_id", began.standard_id),
    )


def _stated_purpose(measures: list[MeasureChoice], kind: str | None, name: str | None) -> str | None:
    """What someone said before of the chosen measure; of several only where they said the same."""
    said = {one.purpose for one in measures if (one.name == name if name else one.kind == kind)}
    return said.pop() if len(said) == 1 else None


def priority_titles(database: Database, viewer: Viewer, found: Inquiry) -> dict[str, str]:
    """Priorities an inquiry of this team can serve, by id: the district's and its school's."""
    schools = {team.school_id for team in own_teams(database, viewer) if team.team_id == found.team_id}
    return {
        one.priority_id: one.title
        for one in list_priorities(database, viewer)
        if one.school_id is None or one.school_id in schools
    }


def _ask_priority(began: InquiryWording, priorities: dict[str, str], *, key: str) -> str | None:
    """Which priority it serves; one that ended since stays until another is chosen."""
    ended = began.priority_id if began.priority_id not in priorities else None
    options = [*priorities, *([ended] if ended else [])]
    if not options:
        return None
    return st.selectbox(
        "Priority it serves, if it does",
        options,
        index=None,
        format_func=lambda one: priorities.get(one, "a priority that has ended"),
        placeholder="None of these",
        **written.box(key, "priority_id", began.priority_id if began.priority_id in options else None),
    )


def _ask_aim(began: InquiryWording, *, key: str) -> dict[str, Any]:
    with st.container(horizontal=True):
        amount = st.number_input(
            "Aim: how much", value=None, step=1.0, format="%g", placeholder="+8",
            **written.box(key, "aim_amount", began.aim_amount),
        )  # fmt: skip
        units = list(AIM_UNITS)
        unit = st.selectbox(
            "Counted in",
            units,
            format_func=lambda one: AIM_UNITS[one],
            help="Percentage points are of all points of the measure: from 60 % to 68 % of them is +8. A"
            " test's prediction is in the measure's own points or in SD.",
            **written.box(key, "aim_unit", began.aim_unit if began.aim_unit in units else units[0]),
        )
        by = st.date_input("By when", value=None, **written.box(key, "aim_by", began.aim_by))
    whom = st.text_input(
        "For whom", placeholder="students who started in the lowest third",
        **written.box(key, "aim_for", began.aim_for or ""),
    )  # fmt: skip
    return {
        "aim_amount": amount, "aim_unit": unit if amount is not None else None, "aim_by": by,
        "aim_for": whom or None,
    }  # fmt: skip


def _measure_words(option: str) -> str:
    if not option.startswith(_KIND):
        return option
    kind = option.removeprefix(_KIND)
    return KIND_WORDS.get(kind, f"every {kind} assessment of the course").capitalize()


def _form(inquiry_id: str) -> str:
    return f"wording.{inquiry_id}"
