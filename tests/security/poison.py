"""A district in which every word that somebody wrote, and every name a file brought, is an attack.

Written straight into a copy of the database, past every check: what is shown must be safe by itself.
"""

from __future__ import annotations

from typing import Final

from plc.database import Database
from plc.database.database import Cursor

# Stands before the attack, so that it is found again wherever it went.
MARK: Final = "Zq"
ATTACK: Final = (
    "<img src=x onerror=alert(1)>[y](javascript:z)**w**:red[v]$u$`t`:material/home:"
    "\u202e\n# h\n=HYPERLINK(1)#import @import\n#eval(1)"
    " https://evil.example/a www.evil.example eve@evil.example"
)
# What the browser makes a link of by itself.
ADDRESSES: Final = ("https://evil", "www.evil", "@evil")
POISON: Final = f"{MARK}{ATTACK}"
# On one line, where a value is also a key or a heading.
LINE: Final = POISON.replace("\n", " ")

# What somebody writes, or a file brings, by table.
WORDS: Final[dict[str, tuple[str, ...]]] = {
    "assessment_version": ("purpose",),
    "barrier": ("words", "answer"),
    "candidate_practice": ("contrast_note",),
    "commitment": ("what", "closing_line"),
    "discovery_visit": ("notes",),
    "fidelity_check": ("changed",),
    "inquiry": ("title", "challenge", "aim_for", "measure_purpose", "state_reason"),
    "inquiry_ending": ("reason",),
    "inquiry_phase": ("note",),
    "leader_decision": ("words",),
    "meeting": ("goal",),
    "meeting_decision": ("words",),
    "meeting_note": ("words",),
    "meeting_step": ("title", "prompt"),
    "practice_check": ("unclear",),
    "practice_test": ("prediction_words", "adaptation"),
    "practice_version": ("title", "when_to_use", "steps", "core_parts", "adaptable_parts", "went_wrong"),
    "priority": ("title",),
    "school_version": ("name",),
    "section_version": ("course",),
    "team": ("team_name", "norms", "meets"),
    "team_agreement": ("team_name",),
    "teacher_version": ("name",),
    "test_decision": ("reason",),
    "upload": ("file_name",),
}
# Names that stand in several tables and mean the same in each.
SHARED: Final = ("section_id", "standard_id", "assessment_name", "measure_name", "group_value")
# Rows the sample has none of.
ADDED: Final = (
    "insert into practice_note (practice_id, version, words, written_by, written_at)"
    " values ('P1', 1, $line, 'T049', timestamp '2026-05-01')",
    "insert into practice_question (question_id, practice_id, question_kind, words, asked_by,"
    " asked_by_teacher_id, asked_at, answer, answered_by, answered_at)"
    " values ('q1', 'P1', 'ask', $line, 'T118', 'T118', timestamp '2026-05-01', $line, 'T049',"
    " timestamp '2026-05-02')",
    "insert into practice_material (material_id, practice_id, material_kind, title, url, shared, added_by,"
    " added_at) values ('m1', 'P1', 'link', $line, 'https://example.org/?a=' || $line, true, 'T049',"
    " timestamp '2026-05-01')",
    "insert into team_support (support_id, team_id, support_kind, words, for_on, given_by, given_role,"
    " given_on, given_at) values ('s1', 'sample-team-1', 'time', $line, date '2026-05-28', 'principal',"
    " 'principal', date '2026-05-20', timestamp '2026-05-20')",
    "insert into visit_proposal (proposal_id, practice_id, owner_teacher_id, team_id, words, proposed_by,"
    " proposed_role, school_id, proposed_on, proposed_at) values ('v1', 'P1', 'T049', 'sample-team-2', $line,"
    " 'principal', 'principal', 'M1', date '2026-05-20', timestamp '2026-05-20')",
    "insert into upload_issue (upload_key, file_name, row_number, column_name, code, message)"
    " select upload_key, $line, 3, $line, 'missing', $line from upload limit 1",
)


def poison(database: Database) -> None:
    """Put the attack into every word of the database."""
    with database.write() as cursor:
        for table, columns in WORDS.items():
            sets = ", ".join(
                f"{column} = '{MARK}' || $attack || coalesce({column}, '')" for column in columns
            )
            cursor.execute(f"update {table} set {sets}", {"attack": ATTACK}).fetchall()
        for column in SHARED:
            _in_every_table(cursor, column)
        _in_every_table(cursor, "name", table="assessment_version")
        for statement in ADDED:
            cursor.execute(statement, {"line": LINE}).fetchall()


def _in_every_table(cursor: Cursor, column: str, *, table: str | None = None) -> None:
    found = cursor.execute(
        "select table_name from information_schema.columns join information_schema.tables using (table_name)"
        " where column_name = $column and table_type = 'BASE TABLE' and coalesce($table, table_name)"
        " = table_name order by all",
        {"column": column, "table": table},
    ).fetchall()
    for (name,) in found:
        cursor.execute(
            f"update {name} set {column} = $line || {column} where {column} <> ''", {"line": LINE}
        ).fetchall()
