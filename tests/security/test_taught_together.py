"""Two looks at results around classes that several teach: one class is one, and a reader knows her own."""

from __future__ import annotations

from pathlib import Path

import pytest

from plc.bright_spots import own_results, scan_and_store
from plc.bright_spots.contrasts import DISTRICT, SCHOOL
from plc.bright_spots.own_evidence import own_evidence
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.database import raise_data_version
from tests.security.attempts import Attempts
from tests.security.course import ANNA, BELA, TEACHERS, UNITS, add, look, read, rows_of, viewer_of

SPECIALIST = "T12"


def teach_together(database: Database, teacher: str, *colleagues: str) -> None:
    """Let `teacher` teach the class of each of these colleagues too, and look at the results."""
    with database.write() as cursor:
        for colleague in colleagues:
            keys = {"teacher": teacher, "section": f"C{TEACHERS.index(colleague)}"}
            cursor.execute(
                "update section_teacher_version set share = 0.5 where section_key ="
                " (select section_key from section where section_id = $section)",
                {"section": keys["section"]},
            ).fetchall()
            cursor.execute(
                "insert into section_teacher_version select * replace ("
                "(select teacher_key from teacher where teacher_id = $teacher) as teacher_key)"
                " from section_teacher_version where section_key ="
                " (select section_key from section where section_id = $section) limit 1",
                keys,
            ).fetchall()
        raise_data_version(cursor)
    scan_and_store(database, LOCAL_STEWARD)
    # Who teaches whom changed nobody's results: figures are made anew by the next that did.
    others = [colleague for colleague in TEACHERS if colleague not in (ANNA, teacher, *colleagues)]
    lines = [line for other in (BELA, *others) for line in rows_of(other, ["Unit 1"], shift=0.5)]
    add(database, LOCAL_STEWARD, *lines)
    scan_and_store(database, LOCAL_STEWARD)
    (found,) = own_results(database, viewer_of(ANNA))
    assert not any("are of the look of" in note for note in found.notes)


def put_right(database: Database, *teachers: str, students: int = 14) -> None:
    lines = [line for teacher in teachers for line in rows_of(teacher, ["Unit 3"], shift=1.0)[:students]]
    add(database, LOCAL_STEWARD, *lines)


def come_late(database: Database) -> None:
    add(database, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))


def test_a_late_class_of_two_teachers_is_one_colleagues(district: Database, attempts: Attempts) -> None:
    teach_together(district, "T03", BELA)
    before = read(district)
    come_late(district)
    put_right(district, "T05", students=5)
    attempts.judge(look(district) != before, "a late class of two teachers and five children of a third")
    put_right(district, "T06")
    assert look(district) != before, "two classes and five children of three who teach nothing together"


def test_two_classes_of_one_teacher_are_hers_also_where_she_has_a_colleague_in_one(
    district: Database, attempts: Attempts
) -> None:
    teach_together(district, BELA, "T03")
    before = read(district)
    come_late(district)
    put_right(district, "T03")
    put_right(district, "T05", students=5)
    attempts.judge(look(district) != before, "two classes of Bela and five children of another")


def test_a_class_she_teaches_too_is_no_colleagues_change(district: Database, attempts: Attempts) -> None:
    """At a school that is theirs, so that nobody else of it is asked for."""
    with district.write() as cursor:
        cursor.execute(
            "insert into school_version select * replace (99 as school_key, 'S8' as school_id)"
            " from school_version limit 1"
        ).fetchall()
        cursor.execute(
            "update section_version set school_key = 99 where section_id in ('C0', 'C5')"
        ).fetchall()
    teach_together(district, ANNA, "T06")
    before = read(district)
    come_late(district)
    put_right(district, "T05", students=5)
    hers = rows_of("T06", ["Unit 3"], shift=1.0)
    add(district, LOCAL_STEWARD, *(line.replace(",S2,", ",S8,") for line in hers))
    attempts.judge(look(district) != before, "a late class, five children, and a class of her own")


def test_her_own_class_moves_her_figures_also_where_a_colleague_put_it_right(district: Database) -> None:
    teach_together(district, ANNA, "T06")
    before = read(district)
    put_right(district, "T06")
    assert look(district) != before


def test_who_teaches_in_most_of_what_changed_reads_nothing_of_the_one_class_left(
    district: Database, attempts: Attempts
) -> None:
    teach_together(district, SPECIALIST, "T03", "T05", "T06", "T08")
    before, colleagues = read(district, SPECIALIST), read(district)
    come_late(district)
    put_right(district, "T03", "T05", "T06", "T08")
    attempts.judge(look(district, SPECIALIST) != before, "four classes she teaches too and a late one")
    assert read(district) != colleagues, "who teaches none of them reads five colleagues' classes"


def test_classes_of_different_teachers_count_each_though_one_specialist_is_in_all(
    district: Database,
) -> None:
    teach_together(district, SPECIALIST, BELA, "T03", "T05")
    before = read(district)
    come_late(district)
    put_right(district, "T03")
    assert look(district) == before
    put_right(district, "T05")
    assert look(district) != before


def load_school(database: Database, classes: dict[str, str], *, small: str = "") -> None:
    """A first look where these colleagues of Anna's school lead these classes, one of four students."""
    lines = []
    for number, teacher in enumerate(TEACHERS):
        as_before = f",S{number % 3},C{number},"
        of_school = teacher == ANNA or teacher in classes
        placed = f",S9,{classes.get(teacher, f'C{number}')}," if of_school else as_before
        for unit in UNITS:
            of_unit = rows_of(teacher, [unit])[: 4 if teacher == small else None]
            lines += [line.replace(as_before, placed) for line in of_unit]
    add(database, LOCAL_STEWARD, *lines)
    scan_and_store(database, LOCAL_STEWARD)


def contrasts_at_a_school_of(path: Path, classes: dict[str, str]) -> set[str]:
    """Whom Anna is compared with there."""
    with Database(path) as database:
        load_school(database, classes)
        (found,) = own_evidence(database, viewer_of(ANNA)).values()
    assert DISTRICT in found.contrasts
    return set(found.contrasts)


@pytest.mark.parametrize("more", [{}, {"T06": "C5"}])
def test_a_school_of_classes_that_colleagues_share_is_not_compared_with(
    tmp_path: Path, attempts: Attempts, more: dict[str, str]
) -> None:
    """Three people of one class, and a fourth, are the one class, or two."""
    shared = dict.fromkeys(("T03", "T04", "T05"), "C2")
    found = contrasts_at_a_school_of(tmp_path / "plc.duckdb", shared | more)
    attempts.judge(SCHOOL in found, "her school, which is a class of three teachers")


def test_a_school_of_three_classes_is_compared_with_though_one_is_shared(tmp_path: Path) -> None:
    classes = {"T02": "C1", "T03": "C2", "T04": "C2", "T06": "C5"}
    assert SCHOOL in contrasts_at_a_school_of(tmp_path / "plc.duckdb", classes)


def test_a_school_of_classes_she_teaches_too_is_not_compared_with(tmp_path: Path, attempts: Attempts) -> None:
    """What is left of her school beside her own classes is one colleague's."""
    classes = {ANNA: "C2", "T03": "C2", "T04": "C2", "T05": "C2", "T06": "C5"}
    found = contrasts_at_a_school_of(tmp_path / "plc.duckdb", classes)
    attempts.judge(SCHOOL in found, "her school, which is her own class and one other")


@pytest.mark.parametrize(
    ("classes", "small"),
    [
        (dict.fromkeys(("T04", "T07", "T10"), "C3"), ""),
        ({"T04": "C3", "T07": "C6", "T10": "C9"}, "T10"),
    ],
)
def test_who_is_not_compared_with_her_school_waits_for_no_more_of_it_than_can_change(
    tmp_path: Path, classes: dict[str, str], small: str
) -> None:
    """At a school of one class that three share, or with a class of four, three never change."""
    with Database(tmp_path / "plc.duckdb") as database:
        load_school(database, classes, small=small)
        (found,) = own_evidence(database, viewer_of(ANNA)).values()
        assert SCHOOL not in found.contrasts
        before = read(database)
        changed = [teacher for teacher in TEACHERS if teacher not in (ANNA, small)]
        for teacher in changed:
            as_before = f",S{TEACHERS.index(teacher) % 3},C{TEACHERS.index(teacher)},"
            placed = f",S9,{classes[teacher]}," if teacher in classes else as_before
            lines = rows_of(teacher, ["Unit 3"], shift=1.0)
            add(database, LOCAL_STEWARD, *(line.replace(as_before, placed) for line in lines))
        assert look(database) != before
