"""Residual cells of some of each section's students: the starting thirds, and the groups schools name.

What is expected of a student is what the scan of all students expects of her, so that a group's effect
is on the same footing as the whole's. A student belongs to a third by the starting point as observed;
since her expectation is the calibrated one (the best guess given what was observed), picking students by
what was observed leaves no regression to the mean in what they gain beyond it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from plc.bright_spots import steps
from plc.bright_spots.estimate import Subject
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.steps import Columns
from plc.database.database import Cursor
from plc.statistics.records import Exposures

# Thirds, because a class of 23 then has about 8 students in the lowest, and two classes the 10 students
# without which nothing is said.
LOWEST, MIDDLE, HIGHEST = 1, 2, 3
THIRDS: Final = {
    LOWEST: "started lowest",
    MIDDLE: "started in the middle",
    HIGHEST: "started highest",
}
# Teachers with enough students of a group for its own scan: the smallest district the method was tried on
# (specification B7, B12: 30 teachers).
LEAST_GROUP_TEACHERS = 30
# A group of more than half of the students is nearly the scan of all students over again.
MOST_SHARE = 0.5
# Named groups scanned at most, those of most teachers first, so that a file with many columns of groups
# cannot make a scan many times as long.
MOST_GROUPS = 8


@dataclass(frozen=True, slots=True)
class GroupSums:
    """Sums by group: as `Reduction` has them of whole classes, with a group_key.

    cells  section_key, group_key, scale_key, students, mean_residual, square_residual
    pairs  section_key, group_key, students, sum_square, pairs
    seats  teacher_key, subject_key, group_key, students, seats
    names  group_key -> words; `of_subject` subject_key -> named groups with teachers enough there
    """

    cells: Columns
    pairs: Columns
    seats: Columns
    names: dict[int, str]
    of_subject: dict[int, tuple[int, ...]]


def reduce_groups(cursor: Cursor, options: ScanOptions) -> GroupSums:
    """Run the numbered steps from 41 on; the cursor holds what `reduce_results` left."""
    names, of_subject = _choose(cursor, options)
    steps.keep(cursor, "42_group_member")
    steps.keep(cursor, "43_group_cell")
    return GroupSums(
        cells=steps.read(cursor, "46_group_cell_row"),
        pairs=steps.read(cursor, "44_group_pair"),
        seats=steps.read(cursor, "45_group_students"),
        names=names,
        of_subject=of_subject,
    )


def _choose(cursor: Cursor, options: ScanOptions) -> tuple[dict[int, str], dict[int, tuple[int, ...]]]:
    """Which named groups to scan in which subject; SQL gets them as `scanned_group`."""
    found = steps.read(cursor, "41_group_teacher", minimum=options.min_students)
    rows = zip(*(found[name].tolist() for name in found), strict=True)
    enough = [row for row in rows if row[3] >= LEAST_GROUP_TEACHERS and row[4] <= MOST_SHARE]
    teachers: dict[tuple[str, str], int] = {}
    for _, name, value, count, _ in enough:
        teachers[name, value] = max(count, teachers.get((name, value), 0))
    kept = sorted(teachers, key=lambda group: (-teachers[group], group))[:MOST_GROUPS]
    keys = {group: len(THIRDS) + 1 + number for number, group in enumerate(sorted(kept))}
    steps.supply(
        cursor,
        "scanned_group",
        {
            "group_key": np.array(list(keys.values()), dtype=np.int32),
            "group_name": np.array([name for name, _ in keys], dtype=object).astype(str),
            "group_value": np.array([value for _, value in keys], dtype=object).astype(str),
        },
    )
    of_subject: dict[int, tuple[int, ...]] = {}
    for subject, name, value, _, _ in enough:
        if (name, value) in keys:
            of_subject[subject] = (*of_subject.get(subject, ()), keys[name, value])
    words = {key: f"{name}: {value}" for (name, value), key in keys.items()}
    return THIRDS | words, of_subject


def members_of(subject: Subject, sums: GroupSums, group_key: int) -> Subject:
    """The subject's sections as far as they have students of a group; teachers keep their places."""
    section_keys = subject.sections["section_key"]
    pairs = _rows(sums.pairs, (sums.pairs["group_key"] == group_key), section_keys)
    cells = _rows(sums.cells, (sums.cells["group_key"] == group_key), section_keys)
    kept = np.isin(section_keys, pairs["section_key"])
    place = np.cumsum(kept) - 1
    exposures = subject.exposures
    taught = kept[exposures.section]
    return replace(
        subject,
        sections={name: values[kept] for name, values in subject.sections.items()},
        cells=cells,
        cell_section=np.searchsorted(pairs["section_key"], cells["section_key"]),
        pairs=pairs,
        exposures=Exposures(
            section=place[exposures.section[taught]],
            teacher=exposures.teacher[taught],
            weight=exposures.weight[taught],
            teachers=exposures.teachers,
        ),
        leads=subject.leads[taught],
    )


def seats_of(sums: GroupSums, subject_key: int, group_key: int) -> Columns:
    """How many different students of a group each teacher has, and how often they were counted."""
    mine = (sums.seats["subject_key"] == subject_key) & (sums.seats["group_key"] == group_key)
    return {name: values[mine] for name, values in sums.seats.items()}


def _rows(columns: Columns, of_group: np.ndarray, section_keys: np.ndarray) -> Columns:
    mine = of_group & np.isin(columns["section_key"], section_keys)
    return {name: values[mine] for name, values in columns.items()}
