"""What an upload would change: `incoming_<table>` against what is current, as rows to add and to replace.

`keyed_<table>` (or `merged_<table>` for tables without a key of their own) holds every incoming row with
`fresh` (nobody had it) and `changed` (it replaces a current row); a row that is neither is a duplicate.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from plc.database.database import Cursor
from plc.results.steps import count, make_table


@dataclass(frozen=True, slots=True)
class Target:
    """A table of the database: what identifies a row, what it says, and its own key if it has one.

    A column in `keeps` that the incoming row leaves empty stays as it was. `carries` are further
    incoming columns that later steps need; `dropped` is a table of current rows that end unreplaced.
    """

    table: str
    identity: tuple[str, ...]
    values: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    key: str | None = None
    carries: tuple[str, ...] = ()
    dropped: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The table's columns, without those that say which upload a row belongs to."""
        return (*((self.key,) if self.key else ()), *self.identity, *self.values)

    @property
    def replaced_by(self) -> tuple[str, ...]:
        """The columns by which a current row is found again."""
        return (self.key,) if self.key else self.identity

    @property
    def outcome(self) -> str:
        """The temporary table of its incoming rows after the merge."""
        return f"keyed_{self.table}" if self.key else f"merged_{self.table}"


_SCHOOL = ("name", "district_id")
_ASSESSMENT = ("name", "kind", "taken_on", "max_score", "reliability", "purpose")
SCHOOL = Target("school", ("school_id",), _SCHOOL, _SCHOOL, "school_key")
TEACHER = Target("teacher", ("teacher_id",), ("name",), ("name",), "teacher_key")
STUDENT = Target("student", ("pseudonym",), ("pseudonym_unpadded",), key="student_key")
SECTION = Target(
    "section",
    ("section_id", "school_key", "grade", "subject", "school_year"),
    ("course",),
    ("course",),
    "section_key",
    carries=("school_id",),
)
ASSESSMENT = Target(
    "assessment",
    ("assessment_id", "subject", "grade", "school_year"),
    _ASSESSMENT,
    _ASSESSMENT,
    "assessment_key",
)
STANDARD = Target("standard", ("standard_id",), key="standard_key")
STUDENT_ALIAS = Target("student_alias", ("student_key", "id_type"), ("pseudonym", "pseudonym_unpadded"))
STUDENT_GROUP = Target("student_group", ("student_key", "group_name"), ("group_value",))
SECTION_TEACHER = Target(
    "section_teacher",
    ("section_key", "teacher_key"),
    ("share", "teacher_role"),
    ("teacher_role",),
    dropped="dropped_section_teacher",
)
ENROLLMENT = Target(
    "enrollment",
    ("student_key", "section_key"),
    ("share", "begin_on", "end_on"),
    dropped="dropped_enrollment",
)
RESULT = Target(
    "result",
    ("student_key", "assessment_key", "standard_key", "attempt"),
    ("section_key", "score", "status", "taken_on"),
    ("section_key",),
)
# In the order in which keys are needed.
NAMES = (SCHOOL, TEACHER, STUDENT, SECTION, ASSESSMENT, STANDARD)
TARGETS = (*NAMES, STUDENT_ALIAS, STUDENT_GROUP, SECTION_TEACHER, ENROLLMENT, RESULT)


def merge(cursor: Cursor, target: Target) -> None:
    """Make the outcome table of a target from `incoming_<table>`."""
    parameters = {}
    if target.key:
        parameters["highest"] = count(
            cursor, f"select coalesce(max({target.key}), 0) from {target.table}_version"
        )
    make_table(cursor, target.outcome, _merge_sql(target), parameters)


def write_changes(cursor: Cursor, target: Target, folder: Path) -> None:
    """Write the rows to add and the current rows to replace as Parquet, where there are any."""
    added = f"select {', '.join(target.columns)} from {target.outcome} where fresh or changed"
    replaced = f"select {', '.join(target.replaced_by)} from {target.outcome} where changed"
    if target.dropped:
        replaced += f" union all select {', '.join(target.replaced_by)} from {target.dropped}"
    _copy_if_any(cursor, added, folder / f"add_{target.table}.parquet")
    _copy_if_any(cursor, replaced, folder / f"replace_{target.table}.parquet")


def _copy_if_any(cursor: Cursor, sql: str, path: Path) -> None:
    if count(cursor, f"select count(*) from ({sql})"):
        cursor.execute(f"copy ({sql}) to $path (format parquet)", {"path": str(path)}).fetchall()


def _merge_sql(target: Target) -> str:
    found = f"c.{target.replaced_by[0]} is not null"
    values = [
        f"coalesce(i.{name}, c.{name}) as {name}" if name in target.keeps else f"i.{name} as {name}"
        for name in target.values
    ]
    differs = [
        f"(i.{name} is not null and i.{name} is distinct from c.{name})"
        if name in target.keeps
        else f"i.{name} is distinct from c.{name}"
        for name in target.values
    ]
    # A student matched without leading zeros keeps the id first seen.
    if target is STUDENT:
        differs, match = [], "c.student_key = i.known_key"
    else:
        match = " and ".join(f"c.{name} is not distinct from i.{name}" for name in target.identity)
    key = []
    if target.key:
        place = f"row_number() over (partition by {found} order by i.number)"
        key = [
            f"(case when {found} then c.{target.key} else $highest + {place} end)::integer as {target.key}",
            "i.number",
        ]
    carried = ["i.line"] if target is RESULT else []
    columns = [*key, *carried, *(f"i.{name}" for name in (*target.identity, *target.carries)), *values]
    changed = f"({found}) and ({' or '.join(differs)})" if differs else "false"
    return (
        f"select {', '.join(columns)}, not ({found}) as fresh, {changed} as changed, c.upload_key as held_by "
        f"from incoming_{target.table} i "
        f"left join {target.table}_version c on c.superseded_by is null and {match}"
    )
