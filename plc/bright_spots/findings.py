"""Reading what the latest scan left, each viewer her part: the only way findings reach a page."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

import pandas as pd

from plc.bright_spots import notes
from plc.bright_spots.balance import Balance, own_balances
from plc.bright_spots.labels import SHOWN_BY_CONSENT
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.wording import comparison_words, effect_words, headline_words
from plc.core.disclosure import MINIMUM_STUDENTS
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.looks import note_look
from plc.people.visibility import keep_visible_teachers

_OCCASION_COLUMNS: Final = (
    "section_id", "school_year", "assessment_name", "taken_on", "students", "effect", "lower", "upper",
)  # fmt: skip
_STANDARD_COLUMNS: Final = ("standard_id", "students", "effect", "lower", "upper", "label")
_FIGURES: Final = (
    "probability", "consistency", "reliability", "own_effect", "mean_result", "mean_expected",
)  # fmt: skip
# Words for a viewer who may read the name and nothing else.
EXCEEDS = "Students exceed expectation."


@dataclass(frozen=True, slots=True)
class ScanHeadline:
    """What anybody may know of the latest scan: nothing that moves with who was flagged."""

    scan_key: int
    finished_at: datetime
    data_version: int
    code_version: str
    options: ScanOptions
    results: int
    students: int
    sections: int
    teachers: int
    withheld: tuple[str, ...]
    headline: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One teacher's result in one subject, as far as this viewer may read it.

    Figures are None where there are too few students or the viewer reads the name only. Effects are in
    student SD. `occasion_frame` has a row per section and assessment, `standard_frame` one per standard;
    `standards` are those in which the students stand out on their own, and `exceeds_lowest` says that a
    bright spot also holds for the students who started lowest, both where the viewer reads figures;
    `balance` is the teacher's own, None for others.
    `teacher_id` is for the audit alone and never drawn.
    """

    teacher_name: str | None
    subject: str
    grades: tuple[int, ...]
    school_years: tuple[int, ...]
    label: str
    words: str
    students: int | None = None
    sections: int | None = None
    occasions: int | None = None
    years: int | None = None
    effect: float | None = None
    lower: float | None = None
    upper: float | None = None
    probability: float | None = None
    consistency: float | None = None
    reliability: float | None = None
    own_effect: float | None = None
    mean_result: float | None = None
    mean_expected: float | None = None
    comparison: str = ""
    notes: tuple[str, ...] = ()
    standards: tuple[str, ...] = ()
    exceeds_lowest: bool = False
    balance: Balance | None = None
    occasion_frame: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(_OCCASION_COLUMNS))
    )
    standard_frame: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=list(_STANDARD_COLUMNS))
    )
    teacher_id: str | None = None


def latest_scan(database: Database, viewer: Viewer) -> ScanHeadline | None:
    """The latest scan in figures that point at nobody, or None before the first."""
    with database.read() as cursor:
        rows = cursor.execute(load_sql("bright_spots", "latest_scan")).fetchall()
    if not rows:
        return None
    *stored, withheld = rows[0]
    key, finished_at, data_version, code_version, options, results, students, sections, teachers = stored
    parted = tuple(sentence for sentence in withheld.split("\n") if sentence)
    asked = ScanOptions.from_json(options)
    return ScanHeadline(
        scan_key=key,
        finished_at=finished_at,
        data_version=data_version,
        code_version=code_version,
        options=asked,
        results=results,
        students=students,
        sections=sections,
        teachers=teachers,
        withheld=parted,
        headline=headline_words(results=results, sections=sections, options=asked, withheld=parted),
    )


def newest_scan_key(cursor: Cursor) -> int:
    """The key of the latest scan, 0 before the first."""
    return int(cursor.execute(load_sql("bright_spots", "newest_scan_key")).fetchall()[0][0])


def own_results(database: Database, viewer: Viewer) -> list[Finding]:
    """The viewer's own results, one per subject, whatever their label."""
    teacher_id = viewer.own_teacher_id(Permission.OWN_RESULT_READ)
    with database.read() as cursor:
        parameters = {"teacher_id": teacher_id}
        rows = cursor.execute(load_sql("bright_spots", "own_findings"), parameters).df()
        occasions = cursor.execute(load_sql("bright_spots", "own_occasions"), parameters).df()
        whole = rows[rows["standard_id"] == ""]
        labels = dict(zip(whole["subject"], whole["label"], strict=True))
        balances = own_balances(cursor, teacher_id=teacher_id, labels=labels)
    found = _findings(rows, occasions, peers=_peers(database, viewer))
    return [replace(finding, balance=balances.get(finding.subject)) for finding in found]


def bright_spots(
    database: Database,
    viewer: Viewer,
    *,
    subject: str | None = None,
    grade: int | None = None,
    school_year: int | None = None,
    standard: str | None = None,
) -> list[Finding]:
    """The bright spots this viewer may see, by subject and name.

    Her own, those opened within her team's agreement, and those whose teachers consent to a scope she is
    in, once these have seen them. Principals, stewards and other schools read the name and one word, never a
    figure, in how many standards it shows or a filter by standard.
    """
    viewer.require(Permission.BRIGHT_SPOTS_READ)
    peers = _peers(database, viewer)
    with database.read() as cursor:
        shown = visible_findings(cursor, viewer, peers=peers, own_id=viewer.teacher_id)
    found = [
        finding
        for finding in shown
        if subject in (None, finding.subject)
        and (grade is None or grade in finding.grades)
        and (school_year is None or school_year in finding.school_years)
        and (standard is None or standard in finding.standards)
    ]
    note_look(database, viewer, "bright spots", [finding.teacher_id for finding in found])
    return found


def visible_findings(cursor: Cursor, viewer: Viewer, *, peers: str, own_id: str | None) -> list[Finding]:
    """`bright_spots` inside a unit of work, of every course; the caller notes the look at what it tells.

    `own_id` is the teacher who alone is told, None where others look on.
    """
    keep_visible_teachers(cursor, viewer)
    rows = cursor.execute(load_sql("bright_spots", "shown_findings"), {"teacher_id": own_id}).df()
    occasions = cursor.execute(
        load_sql("bright_spots", "shown_occasions"), {"teacher_id": own_id, "minimum": MINIMUM_STUDENTS}
    ).df()
    return _findings(rows, occasions, peers=peers)


def _peers(database: Database, viewer: Viewer) -> str:
    latest = latest_scan(database, viewer)
    return latest.options.peers if latest else "district"


def _findings(rows: pd.DataFrame, occasions: pd.DataFrame, *, peers: str) -> list[Finding]:
    """One finding per teacher and subject; standards that stand out on their own make one too."""
    if rows.empty:
        return []
    occasions = occasions.rename(columns={"lower_bound": "lower", "upper_bound": "upper"})
    rows = rows.rename(columns={"lower_bound": "lower", "upper_bound": "upper"})
    found = []
    for (teacher_id, subject), part in rows.groupby(["teacher_id", "subject"], sort=False):
        whole = part[part["standard_id"] == ""]
        mine = occasions[(occasions["teacher_id"] == teacher_id) & (occasions["subject"] == subject)]
        standards = part[part["standard_id"] != ""]
        first = (whole if len(whole) else standards).iloc[0]
        found.append(_finding(first, standards=standards, occasions=mine, whole=len(whole) > 0, peers=peers))
    return found


def _finding(
    row: pd.Series, *, standards: pd.DataFrame, occasions: pd.DataFrame, whole: bool, peers: str
) -> Finding:
    shown = bool(row["numbers_shown"])
    flagged = standards[standards["label"].isin(SHOWN_BY_CONSENT)]["standard_id"]
    effect, lower, upper = (_number(row[name]) if whole else None for name in ("effect", "lower", "upper"))
    counted: dict[str, Any] = {
        name: _count(row[name]) for name in ("students", "sections", "occasions", "years")
    }
    figures: dict[str, Any] = {name: _number(row[name]) if whole else None for name in _FIGURES}
    return Finding(
        teacher_id=row["teacher_id"],
        teacher_name=row["teacher_name"],
        subject=row["subject"],
        grades=_parted(row["grades"]),
        school_years=_parted(row["school_years"]),
        label=row["label"],
        words=effect_words(effect, lower, upper, label=row["label"]) if shown and whole else EXCEEDS,
        **counted,
        effect=effect,
        lower=lower,
        upper=upper,
        **figures,
        comparison=comparison_words(
            sections=int(row["comparison_sections"]), teachers=int(row["comparison_teachers"]), peers=peers
        )
        if shown
        else "",
        notes=_notes(row) if shown else (),
        standards=tuple(flagged),
        exceeds_lowest=bool(row["exceeds_lowest"]),
        occasion_frame=occasions[list(_OCCASION_COLUMNS)].reset_index(drop=True),
        standard_frame=standards.loc[standards["effect"].notna(), list(_STANDARD_COLUMNS)].reset_index(
            drop=True
        ),
    )


def _notes(row: pd.Series) -> tuple[str, ...]:
    said = notes.parted(row["notes"])
    if pd.isna(row["effect"]):
        said = tuple(note for note in said if note != notes.ONE_YEAR)
    return said if pd.isna(row["figures_of"]) else (*said, notes.of_earlier_look(row["figures_of"]))


def _parted(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in text.split(",") if number)


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _count(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
