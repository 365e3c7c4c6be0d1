"""An attacker who adds and subtracts every released figure of the sample district, and knows a class.

Every figure is a sum over students; she asks which sums over few students or teachers the figures fix. A
leader is taken to read all of them, whatever her filters; a teacher what is for all, and her own class.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pytest

from plc.core.disclosure import MINIMUM_STUDENTS
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.growth import catch_up
from plc.people.releases import Release, read_release
from tests.security.attempts import Attempts

LONE_TEACHER: Final = "T045"  # F12: the only grade 6 maths teacher of her school
FIXED: Final = 1e-7
# Measures of the students of "caught up 1", attacked together with it.
SAME_STUDENTS: Final = ("|stayed 1", "|on track 1", "|curve 1")


@dataclass(frozen=True, slots=True)
class Whole:
    """The students of one measure by atom: people in the same cells, of the same teachers.

    `cells` has an atom-by-cell 0/1 frame by dimension; `teachers` an atom-by-teacher 0/1 frame; `sizes`
    students by atom. A sum over students is a row over atoms.
    """

    name: str
    cells: dict[str, pd.DataFrame]
    teachers: pd.DataFrame
    sizes: np.ndarray


@pytest.fixture(scope="module")
def district(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    path = tmp_path_factory.mktemp("sums") / "plc.duckdb"
    shutil.copy2(sample_file, path)
    with Database(path) as database:
        yield database


@pytest.fixture(scope="module")
def wholes(district: Database) -> list[Whole]:
    return every_whole(district)


def every_whole(district: Database) -> list[Whole]:
    """Every measure of the release, in full: what the attacker wants to work out."""
    with district.read() as cursor:
        units = cursor.execute("select whole, unit from figure_unit where kind = 'catch_up'").df()
        places = cursor.execute(
            "select frame, dimension, unit, cell from figure_place where kind = 'catch_up'"
        ).df()
        taught = cursor.execute(
            "select whole, unit, teacher_id from figure_teacher join teacher using (teacher_key)"
            " where kind = 'catch_up'"
        ).df()
    return [
        _whole(name, part, places[places["frame"] == name.partition("|")[0]], taught[taught["whole"] == name])
        for name, part in units.groupby("whole")
    ]


@pytest.fixture(scope="module")
def across_schools(wholes: list[Whole]) -> list[Whole]:
    """The same measures by what a teacher reads figures of: not by school."""
    return [merged(whole) for whole in wholes]


def merged(whole: Whole) -> Whole:
    cells = {dimension: frame for dimension, frame in whole.cells.items() if dimension != "school"}
    frames = [*cells.values(), whole.teachers]
    atoms, place = np.unique(np.hstack([frame.to_numpy() for frame in frames]), axis=0, return_inverse=True)
    parts = np.split(atoms, np.cumsum([frame.shape[1] for frame in frames])[:-1], axis=1)
    merged = [pd.DataFrame(part, columns=frame.columns) for part, frame in zip(parts, frames, strict=True)]
    sizes = np.bincount(place.ravel(), weights=whole.sizes)
    return Whole(whole.name, dict(zip(cells, merged[:-1], strict=True)), merged[-1], sizes)


def _whole(name: str, units: pd.DataFrame, places: pd.DataFrame, taught: pd.DataFrame) -> Whole:
    where = places.pivot_table(index="unit", columns="dimension", values="cell", aggfunc="first")
    where = where.reindex(sorted(units["unit"].unique())).fillna("")
    where["by"] = taught.groupby("unit")["teacher_id"].agg(lambda ids: "|".join(sorted(set(ids))))
    where["by"] = where["by"].fillna("")
    atoms = where.groupby(list(where.columns)).size().rename("students").reset_index()
    dimensions = [column for column in where.columns if column != "by"]
    return Whole(
        str(name),
        {dimension: pd.get_dummies(atoms[dimension]).astype(float) for dimension in dimensions},
        atoms["by"].str.get_dummies("|").astype(float),
        atoms["students"].to_numpy(),
    )


def known(whole: Whole, cells: Collection[tuple[str, str]]) -> np.ndarray:
    """The figures of a measure that are shown, a row over atoms each."""
    rows = []
    for table, cell in cells:
        subject, measure, dimension = ([*table.split("|"), ""])[:3]
        if f"{subject}|{measure}" != whole.name:
            continue
        if not dimension:
            rows.append(np.ones(len(whole.sizes)))
        elif cell in whole.cells[dimension]:
            rows.append(whole.cells[dimension][cell].to_numpy())
    return np.array(rows) if rows else np.zeros((0, len(whole.sizes)))


_TARGETS: Final[dict[int, tuple[list[str], np.ndarray]]] = {}


def targets(whole: Whole) -> tuple[list[str], np.ndarray]:
    """The sums nobody may learn, worked out once for each measure."""
    if id(whole) not in _TARGETS:
        _TARGETS[id(whole)] = _targets(whole)
    return _TARGETS[id(whole)]


def _targets(whole: Whole) -> tuple[list[str], np.ndarray]:
    """A teacher's students, hers in any cell, two teachers', any small cell."""
    names, rows = [], []
    for teacher in whole.teachers:
        hers = whole.teachers[teacher].to_numpy()
        names.append(f"teacher {teacher}")
        rows.append(hers)
        for dimension, cells in whole.cells.items():
            for cell in cells:
                part = hers * cells[cell].to_numpy()
                if part.any():
                    names.append(f"teacher {teacher} in {dimension} {cell}")
                    rows.append(part)
    for dimension, cells in whole.cells.items():
        for cell in cells:
            row = cells[cell].to_numpy()
            people = (row * whole.sizes).sum()
            teachers = (whole.teachers.to_numpy()[row > 0].sum(axis=0) > 0).sum()
            if people < MINIMUM_STUDENTS or teachers < 3:
                names.append(f"small cell {dimension} {cell}")
                rows.append(row)
    return names, np.array(rows)


def learnt(whole: Whole, figures: np.ndarray, *, own: str | None = None) -> tuple[int, list[str]]:
    """How many sums were tried, and those that the figures fix beside what her own class tells."""
    names, wanted = targets(whole)
    others = np.ones(len(whole.sizes))
    if own is not None and own in whole.teachers:
        others = (whole.teachers[own].to_numpy() == 0).astype(float)
    squares = wanted @ others
    if not len(figures):
        return int((squares > 0).sum()), []
    basis = np.linalg.svd(figures * others, full_matrices=False)
    space = basis.Vh[: int((basis.S > 1e-8).sum())]
    # What is left of a sum of ones when its part in the row space is taken away, squared.
    left = squares - ((wanted @ space.T) ** 2).sum(axis=1)
    found = [name for name, rest, asked in zip(names, left, squares, strict=True) if asked and rest < FIXED]
    return int((squares > 0).sum()), [f"{whole.name}: {name}" for name in found]


def released(database: Database) -> Release:
    with database.read() as cursor:
        shown = read_release(cursor, "catch_up")
    assert shown is not None
    return shown


def shown_to(release: Release, *, leader: bool) -> list[tuple[str, str]]:
    """Tables and cells with a figure. Teachers do not read those by school."""
    return [
        key
        for key, cell in release.cells.items()
        if cell.figure is not None and (leader or not key[0].endswith("|school"))
    ]


def test_a_leader_who_adds_and_subtracts_everything_learns_of_no_teacher_and_no_few(
    district: Database, wholes: list[Whole], attempts: Attempts
) -> None:
    cells = shown_to(released(district), leader=True)
    for whole in wholes:
        tried, found = learnt(whole, known(whole, cells))
        attempts.refused(tried - len(found))
        for words in found:
            attempts.got_through(words)


def test_a_teacher_who_also_knows_her_class_learns_of_no_other(
    district: Database, across_schools: list[Whole], attempts: Attempts
) -> None:
    cells = shown_to(released(district), leader=False)
    for whole in across_schools:
        if whole.name.endswith(SAME_STUDENTS):
            continue
        figures = known(whole, cells)
        for own in whole.teachers:
            tried, found = learnt(whole, figures, own=own)
            attempts.refused(tried - len(found))
            for words in found:
                attempts.got_through(f"{words}, by {own}")


def test_two_measures_of_the_same_students_give_no_more(
    district: Database, wholes: list[Whole], across_schools: list[Whole], attempts: Attempts
) -> None:
    """How many started behind is asked of figures about those who did and about those who did not."""
    release = released(district)
    for subject, leader in product(("maths", "reading"), (True, False)):
        measures = [f"{subject}|{measure} 1" for measure in ("caught up", "stayed", "on track")]
        behind = next(w for w in (wholes if leader else across_schools) if w.name == measures[0])
        cells = [
            (table.replace(measure, measures[0]), cell)
            for table, cell in shown_to(release, leader=leader)
            for measure in (*measures, f"{subject}|curve 1")
            if table.startswith(measure)
        ]
        for own in (None,) if leader else tuple(behind.teachers):
            tried, found = learnt(behind, known(behind, cells), own=own)
            attempts.refused(tried - len(found))
            for words in found:
                attempts.got_through(f"{words}, by {own or 'a leader'}")


def test_without_suppression_the_same_attack_learns_of_the_lone_teacher_and_of_few(
    district: Database, wholes: list[Whole]
) -> None:
    """A check of the attack: it succeeds against a release that hides nothing and shows teachers."""
    everything = list(released(district).cells)
    found = [words for whole in wholes for words in learnt(whole, known(whole, everything))[1]]
    assert any("small cell" in words for words in found)
    maths = next(whole for whole in wholes if whole.name == "maths|at level")
    by_teacher = np.vstack([known(maths, everything), maths.teachers[LONE_TEACHER].to_numpy()])
    assert f"maths|at level: teacher {LONE_TEACHER}" in learnt(maths, by_teacher)[1]


@pytest.mark.parametrize("subject", [None, "maths", "reading", "fluency", "none"])
def test_every_role_and_filter_reads_nothing_but_the_release(
    district: Database, attempts: Attempts, subject: str | None
) -> None:
    release = released(district)
    with district.read() as cursor:
        schools = [row[0] for row in cursor.execute("select school_id from school order by 1").fetchall()]
    viewers = [
        Viewer(Role.TEACHER, teacher_id="T045"),
        Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=("sample-team-1",)),
        Viewer(Role.DISTRICT_LEADER),
        LOCAL_STEWARD,
        *(Viewer(Role.PRINCIPAL, school_ids=(school,)) for school in schools),
    ]
    for viewer in viewers:
        found = catch_up(district, viewer, subject=subject)
        foreign = [row for row in found.schools if viewer.role not in (Role.PRINCIPAL, Role.STEWARD)]
        attempts.judge(foreign, f"schools to a {viewer.role}")
        if viewer.role is Role.PRINCIPAL:
            names = {row.name for row in found.schools}
            attempts.judge(len(names) > 1, "more than her school")
        hidden = {
            (table.split("|")[0], table.split("|")[-1], cell.label)
            for (table, _), cell in release.cells.items()
            if "|caught up 1|" in table and cell.figure is None
        }
        for row in (*found.schools, *found.groups):
            dimension = "school" if row.group == "school" else f"group {row.group.replace(' ', '_')}"
            if (row.subject, dimension, row.name) in hidden:
                attempts.judge(row.caught_up.share is not None, f"{row.subject} {row.name}")
        own = {row.subject for row in found.own}
        attempts.judge(own and viewer.teacher_id is None, f"an own row to a {viewer.role}")
