"""The scan: from results to what may be said of each teacher, subject by subject.

Everything a scan computes lives in the process; `store` keeps the little that may be kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from plc.bright_spots.diagnostics import Diagnostics, diagnose
from plc.bright_spots.opportunity import empty_opportunity, opportunity
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.reduction import Reduction, reduce_results
from plc.bright_spots.standards import StandardSums, reduce_standards, standard_rows
from plc.bright_spots.student_groups import GroupSums, reduce_groups
from plc.bright_spots.tables import (
    Names,
    component_rows,
    count_rows,
    empty_tables,
    expected_rate,
    occasion_rows,
    read_names,
    teacher_rows,
)
from plc.bright_spots.tallies import SubjectFindings, find
from plc.core.errors import Conflict, Unfinished
from plc.core.progress import Progress, silent
from plc.database import Database
from plc.database.database import Cursor

# Shares of the time a scan takes, for the progress bar.
_REDUCED, _SOLVED = 0.65, 0.95
# The share of a diagnosed scan that is the scan itself: diagnosing takes about two thirds as long again.
_FOUND = 0.6
# Times a scan is made when results change under it.
_ATTEMPTS = 3
RESULTS_CHANGE = "Results kept changing while they were being compared. Try again when loading is done."


@dataclass(frozen=True, slots=True)
class Scan:
    """What one scan found. Effects are in student SD relative to peers.

    teachers    one row per teacher and subject, in the order of their ids
    standards   one row per teacher, subject and standard
    components  subject, component, value: variances in SD^2 and the contextual term
    occasions   one row per teacher, section and assessment
    counts      subject, reason, students: who is in and who was left out
    opportunity one row per teacher, subject and group of students: by starting third, and named groups
    balancing   one row per teacher and subject: those who started lowest against her other students
    withheld    a sentence per subject whose estimate did not settle
    diagnostics what is stored beside the figures; None unless asked for
    """

    options: ScanOptions
    teachers: pd.DataFrame
    standards: pd.DataFrame
    components: pd.DataFrame
    occasions: pd.DataFrame
    counts: pd.DataFrame
    opportunity: pd.DataFrame
    balancing: pd.DataFrame
    expected_false_discovery_rate: float
    withheld: tuple[str, ...] = ()
    results: int = 0
    students: int = 0
    sections: int = 0
    data_version: int = 0
    diagnostics: Diagnostics | None = None


def scan(
    database: Database,
    options: ScanOptions | None = None,
    *,
    diagnosed: bool = False,
    progress: Progress = silent,
) -> Scan:
    """Scan every result the options ask for.

    The one computation without a viewer: what it returns must not leave the process except through
    `store`. A subject whose estimate does not settle is withheld and named; the others are reported.
    `diagnosed` also makes what is stored beside the figures, for about two thirds of a scan more.
    """
    options = ScanOptions() if options is None else options
    for _ in range(_ATTEMPTS):
        with database.read() as cursor:
            found = _scan(cursor, options, progress, diagnosed=diagnosed)
        # No transaction spans the steps, since its tables could not be given back one by one. A scan that
        # saw results change under it is made again.
        if database.data_version() == found.data_version:
            progress(1.0, "Done")
            return found
    raise Conflict(RESULTS_CHANGE)


def data_version_of(cursor: Cursor) -> int:
    """The version of the results that a cursor reads."""
    return int(cursor.execute("select version from data_version").fetchall()[0][0])


@dataclass(frozen=True, slots=True)
class _Sums:
    """What is left of the results of all subjects; by standard and by group None where not asked for."""

    reduction: Reduction
    names: Names
    by_standard: StandardSums | None
    by_group: GroupSums | None


def _reduce(cursor: Cursor, options: ScanOptions, progress: Progress, *, diagnosed: bool) -> _Sums:
    reading = _part(progress, 0.0, _REDUCED)
    return _Sums(
        reduction=reduce_results(cursor, options, keep_starts=diagnosed, progress=reading),
        names=read_names(cursor),
        by_standard=reduce_standards(cursor) if options.standards else None,
        by_group=reduce_groups(cursor, options) if options.opportunity else None,
    )


def _part(progress: Progress, begins: float, ends: float) -> Progress:
    """Progress of a part of the work, which goes from one share of the whole to another."""
    return lambda share, words: progress(begins + (ends - begins) * share, words)


def _scan(cursor: Cursor, options: ScanOptions, progress: Progress, *, diagnosed: bool) -> Scan:
    data_version = data_version_of(cursor)
    finding = _part(progress, 0.0, _FOUND) if diagnosed else progress
    sums = _reduce(cursor, options, finding, diagnosed=diagnosed)
    reduction = sums.reduction
    tables = {name: [frame] for name, frame in (empty_tables() | empty_opportunity()).items()}
    withheld: list[str] = []
    subjects: list[tuple[int, SubjectFindings]] = []
    for number, (subject_key, name) in enumerate(reduction.subjects.items()):
        share = _REDUCED + (_SOLVED - _REDUCED) * number / len(reduction.subjects)
        finding(share, f"Comparing classes: {name}")
        try:
            found = find(reduction, subject_key, options)
        except Unfinished as error:
            withheld.append(f"{name}: {error.message}")
            tables["counts"].append(count_rows(reduction, subject_key, withheld=True))
            continue
        subjects.append((subject_key, found))
        withheld += _add(tables, found, sums, subject_key, options=options)
    diagnostics = None
    if diagnosed:
        rest = _part(progress, _FOUND, 1.0)
        diagnostics = diagnose(cursor, reduction, subjects, sums.names, options=options, progress=rest)
    joined = {name: pd.concat(frames, ignore_index=True) for name, frames in tables.items()}
    joined["teachers"] = joined["teachers"].drop(columns="teacher_key")
    return Scan(
        options=options,
        **joined,
        expected_false_discovery_rate=expected_rate(joined["teachers"]),
        withheld=tuple(withheld),
        results=int(reduction.cells["students"].sum()),
        students=int(reduction.sections["started"].sum()),
        sections=len(reduction.sections["section_key"]),
        data_version=data_version,
        diagnostics=diagnostics,
    )


def _add(
    tables: dict[str, list[pd.DataFrame]],
    found: SubjectFindings,
    sums: _Sums,
    subject_key: int,
    *,
    options: ScanOptions,
) -> list[str]:
    """Add a subject's rows to every table; the sentences to show where some did not settle."""
    tables["teachers"].append(teacher_rows(found, sums.names, options=options))
    tables["occasions"].append(occasion_rows(found, sums.names, options=options))
    tables["components"].append(component_rows(found))
    untaught = found.subject.students_without_teacher
    tables["counts"].append(count_rows(sums.reduction, subject_key, untaught=untaught))
    withheld: list[str] = []
    if sums.by_standard is not None:
        withheld += _add_standards(tables, found, sums.by_standard, options)
    if sums.by_group is not None:
        groups = opportunity(sums.by_group, found, subject_key, names=sums.names, options=options)
        tables["opportunity"].append(groups.opportunity)
        tables["balancing"].append(groups.balancing)
        withheld += groups.withheld
    return withheld


def _add_standards(
    tables: dict[str, list[pd.DataFrame]],
    found: SubjectFindings,
    by_standard: StandardSums,
    options: ScanOptions,
) -> list[str]:
    """Add a subject's rows by standard; the sentence to show where they did not settle."""
    try:
        rows, components = standard_rows(by_standard, found, tables["teachers"][-1], options=options)
    except Unfinished:
        return [f"{found.name}: the figures by standard did not settle and are left out."]
    if len(rows):
        tables["standards"].append(rows)
        tables["components"].append(components)
    return []
