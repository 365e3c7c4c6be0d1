"""The book of lines: what teams were ever shown of a course, who knows which class, and what comes anew."""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plc.core import clock
from plc.core.viewer import Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.line_rules import Figures, Knowledge, Line
from plc.inquiry.records import Inquiry
from plc.inquiry.shown_classes import TeamSection
from plc.people.visibility import keep_shut_out


@dataclass(frozen=True, slots=True)
class FrozenLine:
    """One assessment as the team was shown it; `generation` counts from 1."""

    team_id: str
    grade: int | None
    assessment_id: str
    generation: int
    released_on: date
    line: Line
    cells: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Book:
    """Every line that may be subtracted from the team's, and who knows which class."""

    mine: Mapping[str, FrozenLine]
    ever: Mapping[str, Sequence[Line]]
    known: Knowledge


def read_opened(cursor: Cursor, viewer: Viewer, team_id: str) -> dict[str, frozenset[str]]:
    """By member of one of the viewer's teams: whose results are open to her there today."""
    keep_shut_out(cursor)
    rows = cursor.execute(
        load_sql("inquiry", "seek_opened"),
        {"team_ids": list(viewer.team_ids), "team_id": team_id, "today": clock.now().date()},
    ).fetchall()
    return _grouped(rows)


def read_book(
    cursor: Cursor, viewer: Viewer, *, found: Inquiry, sections: Sequence[TeamSection],
    assessment_ids: Collection[str],
) -> Book:  # fmt: skip
    """The lines of these assessments that share classes with the team's of the inquiry, whosever they are."""
    course = _course(found)
    pairs = cursor.execute(load_sql("inquiry", "seek_line_teams"), course).fetchall()
    teams, classes = _linked(pairs, found.team_id, {one.section_id for one in sections})
    mine: dict[str, FrozenLine] = {}
    ever: dict[str, list[Line]] = defaultdict(list)
    for frozen in _lines(cursor, course | {"line_team_ids": sorted(teams)}) if pairs else ():
        if frozen.assessment_id in assessment_ids:
            ever[frozen.assessment_id].append(frozen.line)
            if (frozen.team_id, frozen.grade) == (found.team_id, found.wording.grade):
                mine[frozen.assessment_id] = frozen
    of_classes = course | {"section_ids": sorted(classes)}
    teachers = _grouped(cursor.execute(load_sql("inquiry", "seek_line_teachers"), of_classes).fetchall())
    seen = _grouped(cursor.execute(load_sql("inquiry", "seek_seen"), of_classes).fetchall())
    open_to = {
        reader: frozenset(one.section_id for one in sections if one.teachers <= opened | {reader})
        for reader, opened in read_opened(cursor, viewer, found.team_id).items()
    }
    return Book(mine, ever, Knowledge(teachers, seen, open_to))


def write_lines(cursor: Cursor, viewer: Viewer, *, found: Inquiry, lines: Sequence[FrozenLine]) -> None:
    """Write new lines of the inquiry's team into the book."""
    for one in lines:
        line_id = str(uuid.uuid4())
        cursor.execute(
            load_sql("inquiry", "add_seek_line"),
            _course(found)
            | {
                "line_id": line_id, "team_id": one.team_id, "team_ids": list(viewer.team_ids),
                "grade": one.grade, "assessment_id": one.assessment_id, "generation": one.generation,
                "released_on": one.released_on, "cells": json.dumps(one.cells),
            },
        ).fetchall()  # fmt: skip
        cursor.execute(
            load_sql("inquiry", "add_seek_line_classes"),
            {
                "line_id": line_id, "section_ids": list(one.line.classes),
                "figures": [json.dumps(figures) for figures in one.line.classes.values()],
            },
        ).fetchall()  # fmt: skip


def write_seen(cursor: Cursor, teacher_id: str, *, found: Inquiry, sections: Collection[str]) -> None:
    """Write down that a teacher is shown these classes, by section id, for the first time."""
    cursor.execute(
        load_sql("inquiry", "add_seek_seen"),
        _course(found)
        | {
            "teacher_id": teacher_id, "section_ids": sorted(sections),
            "today": clock.now().date(),
        },
    ).fetchall()  # fmt: skip


def _course(found: Inquiry) -> dict[str, object]:
    return {"subject": found.wording.subject, "school_year": found.wording.school_year}


def _grouped(rows: Sequence[tuple[str, str]]) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for key, value in rows:
        groups[key].add(value)
    return {key: frozenset(values) for key, values in groups.items()}


def _linked(pairs: Sequence[tuple[str, str]], team_id: str, own: set[str]) -> tuple[set[str], set[str]]:
    """The teams whose lines share classes with the team's, or with those of one that does, and so on."""
    of_team: dict[str, set[str]] = defaultdict(set)
    for team, section in pairs:
        of_team[team].add(section)
    classes = own | of_team.pop(team_id, set())
    teams = {team_id}
    while near := [team for team, sections in of_team.items() if sections & classes]:
        for team in near:
            teams.add(team)
            classes |= of_team.pop(team)
    return teams, classes


def _lines(cursor: Cursor, asked: dict[str, object]) -> list[FrozenLine]:
    """In the order of their generations."""
    rows: dict[str, tuple[Any, ...]] = {}
    classes: dict[str, dict[str, Figures]] = defaultdict(dict)
    for line_id, *line, section, figures in cursor.execute(
        load_sql("inquiry", "seek_lines"), asked
    ).fetchall():
        rows[line_id] = tuple(line)
        classes[line_id][section] = {name: (told[0], told[1]) for name, told in json.loads(figures).items()}
    return [
        FrozenLine(team, grade, assessment, generation, on, Line(classes[line_id]), json.loads(cells))
        for line_id, (team, grade, assessment, generation, on, cells) in rows.items()
    ]
