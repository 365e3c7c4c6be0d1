"""What became of every row of every table of a bundle, found again in the outcome of its merge."""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plc.database.database import Cursor
from plc.results.records import Counts
from plc.results.steps import count


def bundle_counts(cursor: Cursor, tables: Iterable[str]) -> Counts:
    """The counts of all tables together."""
    return sum((_table_counts(cursor, table) for table in tables), Counts())


def _table_counts(cursor: Cursor, table: str) -> Counts:
    read = count(cursor, f"select count(*) from parsed_{table} where not blank")
    read += count(cursor, "select count(*) from left_out_line where table_name = $table", {"table": table})
    aside = dict(
        cursor.execute(
            "select verdict, count(distinct line) from set_aside where table_name = $table_name "
            "group by verdict",
            {"table_name": table},
        ).fetchall()
    )
    fresh, changed, held = cursor.execute(_OUTCOMES[table]).fetchall()[0]
    rejected, repeated = aside.get("rejected", 0), aside.get("duplicate", 0)
    return Counts(read, fresh + changed, repeated + held, changed, rejected)


def _by_line(outcome: str) -> str:
    return (
        "select count(*) filter (fresh), count(*) filter (changed), "
        f"count(*) filter (not fresh and not changed) from {outcome}"
    )


def _by_identity(table: str, target: str, columns: Sequence[str]) -> str:
    match = " and ".join(f"k.{name} is not distinct from p.{name}" for name in columns)
    return _by_line(f"parsed_{table} p join keyed_{target} k on {match} where {_kept(table)}")


def _kept(table: str) -> str:
    return f"not p.blank and p.line not in (select line from set_aside where table_name = '{table}')"


# A student's row changes something when one of the student's groups does.
_STUDENTS = (
    "(select k.fresh, not k.fresh and coalesce(g.changes, false) as changed from parsed_students p "
    "join keyed_student k on k.number = p.student left join "
    "(select student_key, bool_or(fresh or changed) as changes from merged_student_group "
    f"group by student_key) g on g.student_key = k.student_key where {_kept('students')})"
)
_OUTCOMES = {
    "schools": _by_identity("schools", "school", ("school_id",)),
    "teachers": _by_identity("teachers", "teacher", ("teacher_id",)),
    "students": _by_line(_STUDENTS),
    "sections": _by_identity(
        "sections", "section", ("section_id", "school_id", "grade", "subject", "school_year")
    ),
    "section_teachers": _by_line("merged_section_teacher"),
    "enrollments": _by_line("merged_enrollment"),
    "assessments": _by_identity(
        "assessments", "assessment", ("assessment_id", "subject", "grade", "school_year")
    ),
    "results": _by_line("merged_result"),
}
