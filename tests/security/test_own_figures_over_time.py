"""Two looks at results, around one colleague's upload: a teacher's own figures do not tell of her class.

The same attack on a scan that takes nothing over succeeds, which shows that it would be noticed.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plc.bright_spots import ScanOptions, funnel_bands, own_results, scan_and_store, store
from plc.bright_spots.contrasts import DISTRICT, SCHOOL
from plc.bright_spots.own_evidence import own_evidence, predictions
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.results import list_uploads, undo_upload
from plc.results.measures import sign_comparable, withdraw_comparable
from tests.security.attempts import Attempts
from tests.security.course import ANNA, BELA, STUDENTS, TEACHERS, UNITS, add, look, read, rows_of, viewer_of


def test_one_late_class_moves_nothing_a_colleague_reads(district: Database, attempts: Attempts) -> None:
    before = read(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    attempts.judge(look(district) != before, "two looks around a late class")
    note = " ".join(own_results(district, viewer_of(ANNA))[0].notes)
    assert "taken up once those of three colleagues have changed" in note
    assert look(district) == before, "nor does a third look"


def said_to_everybody(database: Database) -> list[object]:
    """What a look says of a subject to every seat, but of when it is."""
    viewer = viewer_of(ANNA)
    checks = [replace(check, figures_of=None) for check in predictions(database, viewer)]
    assert all(check.start_correlation is not None for check in checks)
    return [*checks, *(band.to_csv() for band in funnel_bands(database, viewer).values())]


def test_one_late_class_moves_nothing_that_a_look_says_to_everybody(
    district: Database, attempts: Attempts
) -> None:
    before = said_to_everybody(district)
    for teacher in (BELA, "T03", "T04"):
        add(district, viewer_of(teacher), *rows_of(teacher, ["Unit 3"], shift=2.0))
        scan_and_store(district, LOCAL_STEWARD)
        attempts.judge(said_to_everybody(district) != before, "checks of two looks around late classes")
        assert predictions(district, viewer_of(ANNA))[0].figures_of is not None
    add(district, viewer_of(ANNA), *rows_of(ANNA, ["Unit 3"], shift=4.0))
    add(district, viewer_of("T05"), *rows_of("T05", ["Unit 3"], shift=2.0))
    scan_and_store(district, LOCAL_STEWARD)
    assert said_to_everybody(district) != before
    assert predictions(district, viewer_of(ANNA))[0].figures_of is None


def test_without_the_rule_the_late_class_can_be_worked_out(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "carry_figures", lambda cursor, scan_key: None)
    before, said = read(district), said_to_everybody(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    assert look(district) != before
    assert said_to_everybody(district) != said


def test_figures_are_renewed_once_three_colleagues_results_changed(district: Database) -> None:
    before = read(district)
    for teacher in (BELA, "T03", "T05"):
        assert read(district) == before
        add(district, viewer_of(teacher), *rows_of(teacher, ["Unit 3"], shift=1.0))
        now = look(district)
    assert now != before
    assert not any("are of the look of" in note for note in own_results(district, viewer_of(ANNA))[0].notes)


def test_her_own_results_alone_are_taken_up_for_herself_and_for_nobody_else(
    district: Database, attempts: Attempts
) -> None:
    mine, colleagues = read(district), read(district, "T05")
    add(district, viewer_of(ANNA), *rows_of(ANNA, ["Unit 3"], shift=4.0))
    scan_and_store(district, LOCAL_STEWARD)
    assert read(district) != mine
    attempts.judge(read(district, "T05") != colleagues, "two looks around Anna's corrected class")


def test_changes_she_loaded_herself_do_not_stand_in_for_colleagues(
    district: Database, attempts: Attempts
) -> None:
    before = read(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    forged = [line for teacher in TEACHERS[2:9] for line in rows_of(teacher, ["Unit 3"], shift=0.1)]
    mine = add(district, viewer_of(ANNA), *forged)
    attempts.judge(look(district) != before, "seven colleagues' rows, changed by herself")
    undo_upload(district, viewer_of(ANNA), mine)
    attempts.judge(look(district) != before, "seven colleagues' rows, changed and changed back")


def test_what_she_loads_where_a_colleague_took_her_own_back_tells_nothing_of_it(
    district: Database, attempts: Attempts
) -> None:
    """She knows her own rows, not those that stood there at the look before."""
    theirs = add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    for teacher in ("T03", "T04"):
        add(district, viewer_of(teacher), *rows_of(teacher, ["Unit 3"], shift=1.0))
    before = look(district)
    undo_upload(district, viewer_of(BELA), theirs)
    add(district, viewer_of(ANNA), *rows_of(BELA, ["Unit 3"], shift=9.0))
    attempts.judge(look(district) != before, "a class loaded in place of what was taken back")


def test_one_childs_late_result_in_each_of_three_classes_moves_nothing(
    district: Database, attempts: Attempts
) -> None:
    before = read(district)
    for teacher in (BELA, "T03", "T04"):
        add(district, viewer_of(teacher), rows_of(teacher, ["Unit 3"], shift=5.0)[0])
    attempts.judge(look(district) != before, "two looks around three children's results")


def test_one_child_put_right_in_two_classes_beside_a_late_one_moves_nothing(
    district: Database, attempts: Attempts
) -> None:
    before, said = read(district), said_to_everybody(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    for teacher in ("T03", "T05", "T06"):
        add(district, viewer_of(teacher), rows_of(teacher, ["Unit 3"], shift=5.0)[0])
    attempts.judge(look(district) != before, "a late class and one child each of three more")
    attempts.judge(said_to_everybody(district) != said, "what everybody is told, around the same")


def test_what_she_loads_in_a_stewards_seat_is_her_own_too(district: Database, attempts: Attempts) -> None:
    with district.write() as cursor:
        cursor.execute(
            "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at) values"
            " ('anna', 'https://id.example', 'anna', 'anna@school.org', $teacher, now()::timestamp)",
            {"teacher": ANNA},
        ).fetchall()
    before = read(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    steward = Viewer(Role.STEWARD, account_id="anna")
    add(
        district,
        steward,
        *(line for t in ("T03", "T04", "T06") for line in rows_of(t, ["Unit 3"], shift=0.1)),
    )
    attempts.judge(look(district) != before, "three colleagues' rows, loaded in her other seat")


def test_one_child_counts_once_however_often_her_result_is_corrected(
    district: Database, attempts: Attempts
) -> None:
    before = read(district)
    for teacher in ("T03", "T04"):
        add(district, viewer_of(teacher), rows_of(teacher, ["Unit 3"], shift=5.0)[0])
    for shift in range(1, 5):
        lines = rows_of("T05", ["Unit 3"], shift=float(shift))[:3]
        add(district, viewer_of("T05"), *lines)
        scan_and_store(district, LOCAL_STEWARD)
    attempts.judge(read(district) != before, "three children corrected again and again")


def test_a_signature_that_tests_are_comparable_stands_in_for_no_colleague(
    district: Database, attempts: Attempts
) -> None:
    versions = {"subject": "math", "version": "Unit 3"}
    sign_comparable(district, LOCAL_STEWARD, **versions, main="Unit 2", reason="alike", signed_by="Lee")
    scan_and_store(district, LOCAL_STEWARD)
    withdraw_comparable(district, LOCAL_STEWARD, **versions)
    before = look(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    attempts.judge(look(district) != before, "a test signed comparable and not any more")


def test_a_look_without_her_own_results_forgets_nothing(district: Database, attempts: Attempts) -> None:
    before = read(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    mine = next(each for each in list_uploads(district, viewer_of(ANNA)) if each.may_continue)
    undo_upload(district, viewer_of(ANNA), mine.upload_id)
    scan_and_store(district, LOCAL_STEWARD)
    add(district, Viewer(Role.TEACHER, teacher_id=ANNA), *rows_of(ANNA, list(UNITS)))
    attempts.judge(look(district) != before, "her own results taken back for one look")


def test_a_look_at_something_else_forgets_nothing(district: Database, attempts: Attempts) -> None:
    before = read(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    for _ in range(4):
        scan_and_store(district, LOCAL_STEWARD, ScanOptions(grades=(7,)))
        assert own_results(district, viewer_of(ANNA)) == []
    attempts.judge(look(district) != before, "looks at another grade in between")


def test_what_a_colleague_loads_for_others_renews_nothing_that_is_shown_to_her(
    district: Database, attempts: Attempts
) -> None:
    """T05 shows her figures by consent; Anna makes up a test of four others to have them made anew."""
    with district.write() as cursor:
        cursor.execute("update scan_finding set label = 'early signal' where teacher_id = 'T05'").fetchall()
    UNITS["Unit 4"] = "2026-01-16"
    shown = read(district, "T05")
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    made_up = [line for teacher in ("T03", "T04", "T06", "T07") for line in rows_of(teacher, ["Unit 4"])]
    add(district, viewer_of(ANNA), *made_up)
    attempts.judge(look(district, "T05") != shown, "a made-up test of four colleagues")
    add(district, LOCAL_STEWARD, *(line for t in TEACHERS[7:] for line in rows_of(t, ["Unit 4"])))
    assert look(district, "T05") != shown, "five classes that the steward loaded renew it"


def test_her_new_assessment_is_drawn_while_the_subject_waits_and_then_stays(
    district: Database, attempts: Attempts
) -> None:
    UNITS["Unit 4"] = "2026-01-16"

    def of_unit_4() -> str:
        (found,) = own_results(district, viewer_of(ANNA))
        frame = found.occasion_frame
        return str(frame[frame["assessment_name"] == "Unit 4"]["effect"].tolist())

    for teacher in ("T03", "T04", "T05", "T06", "T07"):
        add(district, viewer_of(teacher), *rows_of(teacher, ["Unit 4"]))
    scan_and_store(district, LOCAL_STEWARD)
    add(district, viewer_of("T08"), *rows_of("T08", ["Unit 4"]))
    add(district, viewer_of(ANNA), *rows_of(ANNA, ["Unit 4"]))
    before = look(district)
    assert of_unit_4() != "[]"
    assert any("are of the look of" in note for note in own_results(district, viewer_of(ANNA))[0].notes)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 4"]))
    attempts.judge(look(district) != before, "a class that came after her first figure of the unit")


def test_a_new_assessment_of_two_classes_and_a_child_each_of_three_more_is_not_drawn(
    district: Database, attempts: Attempts
) -> None:
    """Centred on those who sat it, Anna's class less its figure would be Bela's."""
    UNITS["Unit 4"] = "2026-01-16"

    def drawn() -> bool:
        (found,) = own_results(district, viewer_of(ANNA))
        return bool(found.occasion_frame["assessment_name"].eq("Unit 4").any())

    for teacher in (ANNA, BELA):
        add(district, viewer_of(teacher), *rows_of(teacher, ["Unit 4"]))
    add(district, LOCAL_STEWARD, *(rows_of(teacher, ["Unit 4"])[0] for teacher in TEACHERS[2:7]))
    scan_and_store(district, LOCAL_STEWARD)
    attempts.judge(drawn(), "her first figure of a test of two classes and five children")
    add(district, LOCAL_STEWARD, *(line for t in TEACHERS[2:4] for line in rows_of(t, ["Unit 4"])[:5]))
    scan_and_store(district, LOCAL_STEWARD)
    assert drawn()


def test_a_class_that_loses_its_teacher_moves_nothing_a_colleague_reads(
    district: Database, attempts: Attempts
) -> None:
    before = read(district)
    with district.write() as cursor:
        cursor.execute(
            "delete from section_teacher_version where teacher_key = "
            "(select teacher_key from teacher where teacher_id = $teacher)",
            {"teacher": BELA},
        ).fetchall()
        raise_data_version(cursor)
    attempts.judge(look(district) != before, "two looks around a teacher who leaves")


def test_an_assessment_waits_where_its_own_changes_are_of_few(district: Database, attempts: Attempts) -> None:
    def of_unit_3() -> str:
        (found,) = own_results(district, viewer_of(ANNA))
        frame = found.occasion_frame
        return str(frame[frame["assessment_name"] == "Unit 3"].to_csv())

    whole, third = read(district), of_unit_3()
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    for teacher, unit in (("T03", "Unit 1"), ("T05", "Unit 1"), ("T06", "Unit 1"), ("T08", "Unit 2")):
        add(district, viewer_of(teacher), *rows_of(teacher, [unit], shift=2.0))
    assert look(district) != whole, "as a whole, five colleagues' results changed"
    attempts.judge(of_unit_3() != third, "the one assessment that only Bela's class was added to")


def test_a_starting_point_that_comes_late_counts_as_a_change_of_every_assessment(
    district: Database, attempts: Attempts
) -> None:
    before = read(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Start"], shift=-8.0))
    attempts.judge(look(district) != before, "two looks around corrected starting points")


def test_newcomers_who_only_sat_the_starting_test_stand_in_for_no_colleague(
    district: Database, attempts: Attempts
) -> None:
    before = read(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    for teacher in ("T03", "T05"):
        newcomers = [f"9{teacher[1:]}{line}" for line in rows_of(teacher, ["Start"])]
        add(district, LOCAL_STEWARD, *newcomers)
    attempts.judge(look(district) != before, "a late class and newcomers in two others")


def test_a_wrong_file_and_then_the_right_one_stand_in_for_no_colleague(
    district: Database, attempts: Attempts
) -> None:
    before = read(district)
    add(district, viewer_of(BELA), *rows_of(BELA, ["Unit 3"]))
    for teacher in ("T03", "T05"):
        add(district, viewer_of(teacher), *rows_of(teacher, ["Unit 3"], shift=5.0))
        right = rows_of(teacher, ["Unit 3"])
        add(district, viewer_of(teacher), rows_of(teacher, ["Unit 3"], shift=1.0)[0], *right[1:])
    attempts.judge(look(district) != before, "a late class and two put back as they were, but for a child")


@pytest.mark.parametrize("each", [2, STUDENTS])
def test_a_school_of_one_class_and_two_children_each_of_others_is_not_compared_with(
    tmp_path: Path, attempts: Attempts, each: int
) -> None:
    support = ("T03", "T04", "T05")
    lines = [
        line.replace(",S0,", ",S9,").replace(",S1,", ",S9,").replace(",S2,", ",S9,")
        if teacher in (ANNA, BELA, *support)
        else line
        for teacher in TEACHERS
        for unit in UNITS
        for line in rows_of(teacher, [unit])[: each if teacher in support else STUDENTS]
    ]
    with Database(tmp_path / "plc.duckdb") as database:
        add(database, LOCAL_STEWARD, *lines)
        scan_and_store(database, LOCAL_STEWARD)
        (found,) = own_evidence(database, viewer_of(ANNA)).values()
    assert DISTRICT in found.contrasts
    if each == STUDENTS:
        assert SCHOOL in found.contrasts
    else:
        attempts.judge(SCHOOL in found.contrasts, "her school, which is one colleague's class")


def test_a_teacher_who_had_no_figure_reads_her_first_one_at_once(district: Database) -> None:
    new = [
        line.replace(",T05,", ",T99,").replace("5", "7", 1).replace(",C4,", ",C99,")
        for line in rows_of("T05", list(UNITS))
    ]
    add(district, LOCAL_STEWARD, *new)
    scan_and_store(district, LOCAL_STEWARD)
    (found,) = own_results(district, viewer_of("T99"))
    assert found.effect is not None
