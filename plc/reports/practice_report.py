"""One practice on paper: how to do it, and everything its tests showed, the negative ones among them."""

from __future__ import annotations

import pandas as pd

from plc.charts import signed
from plc.charts.vector import svg_of
from plc.core.viewer import Viewer
from plc.database import Database
from plc.people.school_calendar import school_today
from plc.practices import EvidencePanel, card, evidence_panel
from plc.practices.evidence_picture import evidence_picture
from plc.reports.report import Report, Section, counted, joined, lines, table_of
from plc.reports.typesetting import Figure, Table

METHOD = (
    "Effects are in standard deviations of students' results, against classes that did not try the practice,"
    " given where their students started. Tests are pooled by random effects with a stated prior; ranges hold"
    " the truth nine times in ten where the assumptions hold."
)
LIMITS = (
    "It cannot tell whether the practice would help your students: each test compares a few classes over a"
    " few weeks, and teachers chose to try it."
)


def practice_report(database: Database, viewer: Viewer, practice_id: str) -> Report:
    """The one-pager of a card the viewer may open. Raises `NotFound` for any other."""
    found = card(database, viewer, practice_id)
    panel = evidence_panel(database, viewer, practice_id)
    said = found.wording
    minutes = f"{said.minutes:g} minutes" if said.minutes else None
    return Report(
        title=said.title,
        subtitle=joined((said.course_words, ", ".join(said.standards), minutes)),
        sections=(
            Section("When to use it", paragraphs=lines(said.when_to_use)),
            Section("Steps", points=lines(said.steps)),
            Section("Keep as it is", points=lines(said.core_parts)),
            Section("Change to fit", points=lines(said.adaptable_parts)),
            Section("What went wrong", points=lines(said.went_wrong)),
            Section("What its tests say", paragraphs=_words(panel), pictures=_pictures(panel)),
            Section("Every test", tables=_tests(panel)),
            Section("What is missing for the next step", points=panel.missing),
        ),
        footnotes=(METHOD, LIMITS, *((panel.tier_words,) if panel.tier_words else ())),
        made_on=school_today(database),
    )


def _words(panel: EvidencePanel) -> tuple[str, ...]:
    said = [panel.words]
    if panel.withheld and panel.withheld != panel.words:
        said.append(panel.withheld)
    if panel.pooled is not None:
        pooled = panel.pooled
        said.append(
            f"All tests together: {signed(pooled.estimate)} SD (90 % range {signed(pooled.lower)} to"
            f" {signed(pooled.upper)}), from {counted(panel.sections, 'class', 'classes')} in"
            f" {counted(panel.schools, 'school', 'schools')}."
        )
    if panel.balancing:
        said.append(panel.balancing)
    return tuple(said)


def _pictures(panel: EvidencePanel) -> tuple[Figure, ...]:
    picture = evidence_picture(panel)
    if picture is None:
        return ()
    return (Figure(svg_of(picture.chart), picture.alt, "Each test with its 90 % range, and all together"),)


def _tests(panel: EvidencePanel) -> tuple[Table, ...]:
    if not panel.tests:
        return ()
    frame = pd.DataFrame(
        {
            "Test": [row.label for row in panel.tests],
            "Effect (SD)": ["" if row.effect is None else signed(row.effect) for row in panel.tests],
            "90 % range": [
                ""
                if row.lower is None or row.upper is None
                else f"{signed(row.lower)} to {signed(row.upper)}"
                for row in panel.tests
            ],
            "Students": ["" if row.students is None else str(row.students) for row in panel.tests],
            "What became of it": [joined((row.verdict, row.decision)) for row in panel.tests],
        }
    )
    return (table_of("Every test, whichever way it came out", frame),)
