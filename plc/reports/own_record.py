"""A teacher's own record: what she shared, who tried it, what came of it. Only she can ask for it."""

from __future__ import annotations

from typing import Final

import pandas as pd

from plc.charts import signed
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.people import list_teachers
from plc.people.school_calendar import school_today
from plc.practices import EvidencePanel, OwnCard, evidence_panels, own_cards
from plc.reports.report import Report, Section, counted, day, table_of

# How far a card goes, by its reach.
REACH_WORDS: Final = ("not shared", "her team", "her school", "the district", "other districts too")
OWN_NOTES: Final = (
    "Made by the teacher herself; nobody else can make it. It holds no result of her classes.",
    "Tests of one practice by several teams are pooled; a practice's effect is not a figure about a person.",
)


def own_record(database: Database, viewer: Viewer) -> Report:
    """The viewer's own record. Raises `NotAllowed` for whoever has no classes of her own."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    names = {teacher.teacher_id: teacher.name for teacher in list_teachers(database)}
    own = own_cards(database, viewer)
    panels = evidence_panels(database, viewer, practice_ids=[card.practice_id for card in own])
    cards = [(card, panels[card.practice_id]) for card in own]
    today = school_today(database)
    return Report(
        title="What I shared and what came of it",
        subtitle=f"{names.get(own_id, 'A teacher')}, {day(today)}",
        sections=(Section("In short", paragraphs=_summary(cards)), *(_practice(*pair) for pair in cards)),
        footnotes=OWN_NOTES,
        made_on=today,
    )


def _summary(cards: list[tuple[OwnCard, EvidencePanel]]) -> tuple[str, ...]:
    if not cards:
        return ("No practice card yet.",)
    shared = sum(1 for card, _ in cards if card.reach > 0)
    tests = sum(len(_of_others(panel)) for _, panel in cards)
    students = sum(panel.students for _, panel in cards)
    return (
        f"{counted(len(cards), 'practice', 'practices')} written down, {shared} shared;"
        f" {counted(tests, 'test', 'tests')} by other teams, with {students} students in all tests together.",
    )


def _of_others(panel: EvidencePanel) -> list[str]:
    return [row.label for row in panel.tests if not row.own]


def _practice(card: OwnCard, panel: EvidencePanel) -> Section:
    reach = f"Shared with: {REACH_WORDS[card.reach]}." if card.reach else "Not shared yet."
    said = [f"{reach} {panel.words}"]
    if panel.pooled is not None:
        said.append(
            f"All tests together: {signed(panel.pooled.estimate)} SD (90 % range"
            f" {signed(panel.pooled.lower)} to {signed(panel.pooled.upper)}),"
            f" from {counted(panel.sections, 'class', 'classes')}"
            f" in {counted(panel.schools, 'school', 'schools')}."
        )
    frame = pd.DataFrame(
        [
            {
                "Test": row.label,
                "Effect (SD)": "" if row.effect is None else signed(row.effect),
                "What became of it": row.decision or row.verdict,
            }
            for row in panel.tests
        ]
    )
    tables = (table_of("Who tried it", frame),) if panel.tests else ()
    return Section(card.title, paragraphs=tuple(said), tables=tables)
