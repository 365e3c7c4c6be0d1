"""A small district for the practice library: six teachers of grade 6 maths in three schools, two teams."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from plc.core import clock
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.practices import CardWording, check_card, share_card, write_card
from plc.results.pseudonyms import open_pseudonyms

TODAY = clock.now().date()
NEXT_MONTH = TODAY + timedelta(days=30)
STUDENT, PADDED_STUDENT = "1216980", "0020016"
NAMES = {"T1": "Ms Ada", "T2": "Mr Ben", "T3": "Ms Cleo", "T4": "Mr Dan", "T5": "Ms Eve", "T6": "Mr Fox"}
SCHOOL_OF = {"T1": 1, "T2": 1, "T3": 1, "T4": 2, "T5": 2, "T6": 3}

ADA = Viewer(Role.TEACHER, teacher_id="T1", team_ids=("team-1",))
BEN = Viewer(Role.TEACHER, teacher_id="T2", team_ids=("team-1",))
CLEO = Viewer(Role.TEACHER, teacher_id="T3")
DAN = Viewer(Role.TEACHER, teacher_id="T4", team_ids=("team-2",))
EVE = Viewer(Role.TEACHER, teacher_id="T5", team_ids=("team-2",))
FOX = Viewer(Role.TEACHER, teacher_id="T6")
PRINCIPAL_1 = Viewer(Role.PRINCIPAL, school_ids=("S1",))
PRINCIPAL_2 = Viewer(Role.PRINCIPAL, school_ids=("S2",))
LEADER = Viewer(Role.DISTRICT_LEADER)
STEWARD = Viewer(Role.STEWARD)
REVIEWER = Viewer(Role.REVIEWER)
EVERYBODY_ELSE = (BEN, CLEO, DAN, FOX, PRINCIPAL_1, PRINCIPAL_2, LEADER, STEWARD, REVIEWER)

SORT = CardWording(
    title="Sort exit tickets into three piles before leaving the room",
    when_to_use="At the end of a lesson on a new idea.",
    steps="1. Ask one question.\n2. Sort the answers.\n3. Reteach the middle pile for 5 minutes.",
    core_parts="The sort happens the same day.",
    adaptable_parts="The question.",
    minutes=5,
    went_wrong="Two questions took too long.",
    subject="maths",
    grades=(6,),
    standards=("6.EE.B.7",),
)


def fill(database: Database) -> None:
    """Schools, teachers, classes with where their students started, two teams."""
    pseudonyms = open_pseudonyms(database)
    with database.write() as cursor:

        def run(statement: str) -> None:
            cursor.execute(statement).fetchall()

        run("insert into school_version values (1, 'S1', 'Lincoln School', null, 1, null), (2, 'S2',"
            " 'Harbor School', null, 1, null), (3, 'S3', 'Ridge School', null, 1, null)")  # fmt: skip
        run("insert into assessment_version values (1, 'B', 'Start', 'baseline', 'maths', 6, 2026,"
            " date '2025-09-05', 40, 0.9, null, 1, null)")  # fmt: skip
        for number, (teacher_id, name) in enumerate(NAMES.items(), start=1):
            run(f"insert into teacher_version values ({number}, '{teacher_id}', '{name}', 1, null)")
            for class_number in (1, 2):
                key = 10 * number + class_number
                run(f"insert into section_version values ({key}, 'C{number}-{class_number}',"
                    f" {SCHOOL_OF[teacher_id]}, 6, 'maths', 2026, null, 1, null)")  # fmt: skip
                run(f"insert into section_teacher_version values ({key}, {number}, 1, null, 1, null)")
        run("insert into enrollment_version select 100 * section_key + seat, section_key, 1, null, null, 1,"
            " null from section_version, range(12) as seats (seat)")  # fmt: skip
        run("insert into result_version select student_key, null, 1, 0, 1, 10 + student_key % 100, 'scored',"
            " date '2025-09-05', 1, null from enrollment_version")  # fmt: skip
        for key, student_id in ((1, STUDENT), (2, PADDED_STUDENT)):
            hidden, unpadded = pseudonyms.hide([student_id, student_id.lstrip("0")])
            run(f"insert into student_version values ({key}, '{hidden}', '{unpadded}', 1, null)")
        for team_id, school_id, members in (("team-1", "S1", ("T1", "T2")), ("team-2", "S2", ("T4", "T5"))):
            run("insert into team (team_id, team_name, subject, grade, school_id, norms, version, created_by,"
                f" created_at) values ('{team_id}', '{team_id}', 'maths', 6, '{school_id}', '', 1, 'T1',"
                " timestamp '2025-08-20 00:00:00')")  # fmt: skip
            for member in members:
                run(f"insert into team_member (team_id, teacher_id, member_role, joined_on) values"
                    f" ('{team_id}', '{member}', 'member', date '2025-08-20')")  # fmt: skip


def shared(
    database: Database,
    *,
    scope: str = "district",
    name_shown: str = "hidden",
    wording: CardWording = SORT,
    author: Viewer = ADA,
    checker: Viewer = BEN,
) -> str:
    """A card of Ada's, shared with her team, checked by Ben, then shared as asked."""
    practice_id = write_card(database, author, wording, team_id=author.team_ids[0])
    share_card(database, author, practice_id, scope="team", until_on=NEXT_MONTH)
    check_card(database, checker, practice_id, could_follow="yes")
    share_card(
        database, author, practice_id, scope=scope, name_shown=name_shown, until_on=NEXT_MONTH  # type: ignore[arg-type]
    )  # fmt: skip
    return practice_id


def add_test(
    database: Database,
    practice_id: str,
    test_id: str,
    *,
    team_id: str = "team-1",
    teachers: tuple[str, ...] = ("T1",),
    effect: float | None = 0.1,
    starts_on: date = date(2025, 10, 6),
    harm: bool = False,
) -> None:
    """A test of the practice as the inquiry rooms store it, measured unless `effect` is None."""
    with database.write() as cursor:
        cursor.execute(
            "insert into practice_test (test_id, inquiry_id, team_id, practice_id, practice_version,"
            " iteration, version, design, subject, grade, school_year, predicted_sd, prediction_words,"
            " predicted_at, starts_on, ends_on, adaptation, state, planned_by, planned_at)"
            " values ($test_id, $test_id, $team_id, $practice_id, 1, 1, 1, 'matched', 'maths', 6, 2026, 0.2,"
            " '', $at, $starts_on, $ends_on, 'One question only', 'planned', 'T1', $at)",
            {
                "test_id": test_id, "team_id": team_id, "practice_id": practice_id, "starts_on": starts_on,
                "ends_on": starts_on + timedelta(days=35), "at": datetime(2025, 10, 1),
            },
        ).fetchall()  # fmt: skip
        for teacher_id in teachers:
            cursor.execute(
                "insert into test_section (test_id, section_id, teacher_id, school_id, grade, arm, block)"
                " values ($test_id, $section_id, $teacher_id, $school_id, 6, 'practice', 'x')",
                {
                    "test_id": test_id, "section_id": f"C{teacher_id[1:]}-1", "teacher_id": teacher_id,
                    "school_id": f"S{SCHOOL_OF[teacher_id]}",
                },
            ).fetchall()  # fmt: skip
        # Compared with classes of three teachers elsewhere.
        cursor.execute(
            "insert into test_section (test_id, section_id, teacher_id, school_id, grade, arm, block)"
            " values ($test_id, 'X1-1', 'X1', 'S9', 6, 'comparison', 'x'),"
            " ($test_id, 'X2-1', 'X2', 'S9', 6, 'comparison', 'x'),"
            " ($test_id, 'X3-1', 'X3', 'S9', 6, 'comparison', 'x')",
            {"test_id": test_id},
        ).fetchall()
        if effect is not None:
            _measure(cursor, practice_id, test_id, effect=effect, teachers=len(teachers), harm=harm)


def _measure(
    cursor: object, practice_id: str, test_id: str, *, effect: float, teachers: int, harm: bool
) -> None:
    row = {
        "test_id": test_id, "practice_id": practice_id, "measured_at": datetime(2025, 11, 20),
        "data_version": 1, "verdict": "measured", "design": "matched", "effect": effect,
        "lower_bound": effect - 0.15, "upper_bound": effect + 0.15, "students": 60, "practice_students": 30,
        "practice_sections": 2 * teachers, "comparison_sections": 2, "practice_teachers": teachers,
        "schools": 1, "low_starters_effect": effect / 2, "balancing_harm": harm, "sentence": "",
        "details": "{}",
    }  # fmt: skip
    _insert(cursor, "test_effect", row)


def _insert(cursor: Cursor, table: str, row: dict[str, object]) -> None:
    columns, values = ", ".join(row), ", ".join(f"${name}" for name in row)
    cursor.execute(f"insert into {table} ({columns}) values ({values})", row).fetchall()


def add_evidence(
    database: Database,
    practice_id: str,
    *,
    step: str = "replicated",
    teachers: int = 3,
    estimate: float = 0.1,
    contexts: str = "[]",
) -> None:
    """What all tests say together, as the pool stores it."""
    with database.write() as cursor:
        columns = [
            name
            for (name,) in cursor.execute(
                "select column_name from duckdb_columns() where table_name = 'practice_evidence'"
            ).fetchall()
        ]
        row: dict[str, object] = dict.fromkeys(columns)
        row |= {
            "practice_id": practice_id, "step": step, "words": "Replicated: helped a little.", "missing": "",
            "tests": 2, "practice_sections": 4, "schools": 2, "teachers": teachers, "students": 120,
            "estimate": estimate, "standard_error": 0.05, "lower_bound": estimate - 0.08,
            "upper_bound": estimate + 0.08, "prediction_lower": estimate - 0.2,
            "prediction_upper": estimate + 0.2, "tau": 0.05, "i_squared": 0.2, "probability_helped": 0.9,
            "probability_meaningful": 0.7, "tier_words": "", "balancing_harm": False, "contexts": contexts,
            "data_version": 1, "computed_at": datetime(2026, 4, 1),
        }  # fmt: skip
        row = {name: value for name, value in row.items() if name in columns}
        _insert(cursor, "practice_evidence", row)
