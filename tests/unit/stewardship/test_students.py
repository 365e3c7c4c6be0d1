"""One student's data is handed out whole, and erased so that nothing of it is found anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from plc.core.errors import Conflict, NotAllowed, NotFound, PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import stage_upload
from plc.results.inbox import DONE, inbox_folder
from plc.results.pseudonyms import open_pseudonyms
from plc.results.undo import undo_upload
from plc.stewardship import finishing
from plc.stewardship.finishing import finish_erasures, is_unfinished
from plc.stewardship.snapshots import snapshot_folder, take_snapshot
from plc.stewardship.students import erase_student, export_student, past_erasures
from tests.unit.stewardship.conftest import district_rows

HER = "00307"
REASON = "Request of 20 November"


def traces(database: Database, student_id: str = HER) -> list[str]:
    """Every file of the installation in whose bytes the id or its pseudonym is."""
    pseudonyms = open_pseudonyms(database)
    words = [
        student_id.encode(),
        *(p.encode() for p in pseudonyms.hide([student_id, student_id.lstrip("0")])),
    ]
    database.checkpoint()
    return [
        path.name
        for path in database.folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in words)
    ]


def key_of(database: Database, student_id: str) -> int:
    (hidden,) = open_pseudonyms(database).hide([student_id])
    with database.read() as cursor:
        return int(
            cursor.execute(
                "select student_key from student_version where pseudonym = $hidden", {"hidden": hidden}
            ).fetchall()[0][0]
        )


def test_an_export_holds_every_result_class_and_group_and_nobody_else(district: Database) -> None:
    document = export_student(district, LOCAL_STEWARD, HER)
    assert [row["student_id"] for row in document["ids"]] == [HER]
    mine = district_rows()[lambda rows: rows["student_id"] == HER]
    assert sorted(row["score"] for row in document["results"]) == sorted(mine["score"])
    assert {row["section_id"] for row in document["classes"]} == {"C4-2025", "C3-2026"}
    assert {(row["group_name"], row["group_value"]) for row in document["groups"]} == {("lunch", "free")}
    assert "00306" not in json.dumps(document, default=str)


def test_an_id_without_its_zeros_finds_her_only_where_no_other_is_meant(district: Database) -> None:
    assert export_student(district, LOCAL_STEWARD, "307")["ids"][0]["student_id"] == HER
    with pytest.raises(NotFound) as error:
        export_student(district, LOCAL_STEWARD, "99999")
    assert "99999" not in error.value.message


@pytest.mark.parametrize("role", [Role.TEACHER, Role.PRINCIPAL, Role.DISTRICT_LEADER, Role.NOBODY])
def test_only_a_steward_exports_or_erases(district: Database, role: Role) -> None:
    viewer = Viewer(role, teacher_id="T3")
    with pytest.raises(NotAllowed):
        export_student(district, viewer, HER)
    with pytest.raises(NotAllowed):
        erase_student(district, viewer, HER, reason=REASON)


def test_after_an_erasure_the_id_is_in_no_byte_of_the_installation(
    district: Database, tmp_path: Path
) -> None:
    key = key_of(district, HER)
    with district.write() as cursor:
        cursor.execute("insert into reteach_student values ('r', $key)", {"key": key}).fetchall()
        cursor.execute(
            "insert into upload_issue values (1, 'f', 2, 'student_id', 'x', 'No student ' || $student)",
            {"student": HER},
        ).fetchall()
    take_snapshot(district, LOCAL_STEWARD, keep=7)
    waiting = tmp_path / "waiting.csv"
    district_rows().assign(score=1).to_csv(waiting, index=False)
    stage_upload(district, LOCAL_STEWARD, waiting)
    waiting.unlink()
    done = inbox_folder(district.path) / DONE
    done.mkdir(parents=True)
    (done / "hers.csv").write_text(f"student_id\n{HER}\n")
    (done / "others.csv").write_text("student_id\n00999\n")
    assert len(traces(district)) >= 3

    erased = erase_student(district, LOCAL_STEWARD, HER, reason=REASON)

    assert traces(district) == []
    assert erased.rows > 6
    assert erased.files == 2
    assert erased.snapshots >= 1
    assert [path.name for path in done.iterdir()] == ["others.csv"]
    with district.read() as cursor:
        for table in ("result_version", "enrollment_version", "student_version", "reteach_student"):
            assert cursor.execute(
                f"select count(*) from {table} where student_key = $key", {"key": key}
            ).fetchall() == [(0,)], table
        assert cursor.execute("select count(*) from result").fetchall() == [(6 * 12 * 4 - 4,)]
    with pytest.raises(NotFound):
        export_student(district, LOCAL_STEWARD, HER)


def test_digests_of_her_classes_in_frozen_lines_are_exchanged_and_stay_equal_to_each_other(
    district: Database,
) -> None:
    def digests() -> list[dict[str, list[int]]]:
        with district.read() as cursor:
            rows = cursor.execute("select figures from seek_line_class order by line_id").fetchall()
        return [json.loads(figures) for (figures,) in rows]

    with district.write() as cursor:
        (section,) = cursor.execute(
            "select distinct section_id from result inner join section using (section_key) where student_key"
            " = $key order by section_id limit 1",
            {"key": key_of(district, HER)},
        ).fetchall()[0]
        cursor.execute(
            "insert into seek_line_class values ('1', $of, $figures), ('2', $of, $figures),"
            " ('3', 'x', $figures)",
            {"of": section, "figures": json.dumps({"whole": [123, 24]})},
        ).fetchall()
    erase_student(district, LOCAL_STEWARD, HER, reason=REASON)
    first, second, other = digests()
    assert first == second != other == {"whole": [123, 24]}
    assert first["whole"][1] == 24


def test_what_yardsticks_hold_of_her_goes_and_what_they_hold_of_others_stays(district: Database) -> None:
    key, full = key_of(district, HER), 2**64 - 1
    with district.write() as cursor:
        (section,) = cursor.execute(
            "select distinct section_id from result inner join section using (section_key) where student_key"
            " = $key order by section_id limit 1",
            {"key": key},
        ).fetchall()[0]
        cursor.execute(
            "insert into seek_yardstick_class values ('1', '', $of, $full), ('1', '', 'x', $full)",
            {"of": section, "full": full},
        ).fetchall()
    erase_student(district, LOCAL_STEWARD, HER, reason=REASON)
    with district.read() as cursor:
        states = dict(cursor.execute("select section_id, state from seek_yardstick_class").fetchall())
    assert states == {section: full ^ (255 << 8 * (key % 8)), "x": full}


def test_figures_of_classes_are_made_anew_without_her(district: Database) -> None:
    def students() -> int:
        with district.read() as cursor:
            (newest,) = cursor.execute("select students from scan order by scan_key desc limit 1").fetchall()
        return int(newest[0])

    before = students()
    erase_student(district, LOCAL_STEWARD, HER, reason=REASON)
    assert students() == before - 1
    with district.read() as cursor:
        assert cursor.execute("select count(*) from scan").fetchall() == [(1,)]


def test_a_released_figure_keeps_a_nameless_place_for_her(district: Database) -> None:
    key = key_of(district, HER)

    def places() -> tuple[int, int]:
        with district.read() as cursor:
            units, nameless = cursor.execute(
                "select count(*), count(*) filter (where student_key < 0 and contribution = '')"
                " from figure_unit where kind = 'catch_up'"
            ).fetchall()[0]
            hers = cursor.execute(
                "select (select count(*) from figure_unit where student_key = $key or unit // 10000 = $key)"
                " + (select count(*) from figure_place where unit // 10000 = $key)"
                " + (select count(*) from figure_teacher where unit // 10000 = $key)",
                {"key": key},
            ).fetchall()[0][0]
        assert nameless == 0 or hers == 0
        return units, nameless

    before, none = places()
    assert none == 0
    erase_student(district, LOCAL_STEWARD, HER, reason=REASON)
    after, nameless = places()
    assert after >= before
    assert nameless > 0


def test_undo_ends_at_erasure(district: Database, load: Callable[[pd.DataFrame], str]) -> None:
    rows = district_rows()
    corrected = load(rows[rows["student_id"] == HER].assign(score=20.0))
    untouched = load(rows[rows["student_id"] == "00101"].assign(score=21.0))
    erase_student(district, LOCAL_STEWARD, HER, reason=REASON)
    with pytest.raises(Conflict, match="erased"):
        undo_upload(district, LOCAL_STEWARD, corrected)
    undo_upload(district, LOCAL_STEWARD, untouched)
    assert traces(district) == []


def test_what_a_crash_left_of_an_erasure_is_finished_later(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_snapshot(district, LOCAL_STEWARD, keep=7)

    def crash(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(finishing, "_renew_derived", crash)
        with pytest.raises(KeyboardInterrupt):
            erase_student(district, LOCAL_STEWARD, HER, reason=REASON)
    assert is_unfinished(district)
    assert traces(district)
    assert past_erasures(district, LOCAL_STEWARD)[0].finished_at is None
    finish_erasures(district, LOCAL_STEWARD)
    assert not is_unfinished(district)
    assert traces(district) == []
    assert list(snapshot_folder(district.path).iterdir()) == []


@pytest.mark.parametrize("reason", ["", "   ", f"student {HER} asked"])
def test_an_erasure_needs_a_reason_that_names_nobody(district: Database, reason: str) -> None:
    with pytest.raises(PlcError):
        erase_student(district, LOCAL_STEWARD, HER, reason=reason)
    assert export_student(district, LOCAL_STEWARD, HER)


def test_the_audit_says_that_somebody_was_erased_and_not_who(district: Database) -> None:
    erase_student(district, LOCAL_STEWARD, HER, reason=REASON)
    with district.read() as cursor:
        entries = str(cursor.execute("from audit_entry").fetchall())
    assert "erase" in entries
    assert HER not in entries
