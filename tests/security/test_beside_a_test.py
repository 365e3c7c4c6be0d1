"""A test of one's own classes is no ruler for a colleague's: what it is set against stays as it was told."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.inquiry import effect_renewal
from plc.inquiry.effect_beside import Beside, beside_as_text, beside_from_text
from plc.inquiry.effect_record import MEASURED, MeasuredEffect
from plc.inquiry.measured_effect import measure_due_tests, measure_test
from plc.results import undo_upload
from tests.security.course import ANNA, BELA, TEACHERS, UNITS, add, rows_of, viewer_of
from tests.unit.inquiry.measured_tests import TEAM, Taking, add_test

READER = Viewer(Role.TEACHER, teacher_id=ANNA, account_id=f"account of {ANNA}", team_ids=(TEAM,))


def second_class(*units: str, shift: float = 0.0) -> list[str]:
    """Another class of Anna's, of other students."""
    lines = []
    for line in rows_of(ANNA, units, shift=shift):
        cells = line.split(",")
        cells[0], cells[9] = f"5{cells[0]}", "second"
        lines.append(",".join(cells))
    return lines


@pytest.fixture(scope="module")
def tested(began: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A test of Anna's two classes that was measured before Bela's third unit came."""
    return begun(began, tmp_path_factory.mktemp("tested") / "course")


@pytest.fixture(scope="module")
def awaiting(began: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same where the third unit of three more colleagues is still to come."""
    return begun(began, tmp_path_factory.mktemp("awaiting") / "course", still_to_come=TEACHERS[2:5])


def begun(
    began: Path, folder: Path, *, still_to_come: Sequence[str] = (), moved_in: Sequence[str] = ()
) -> Path:
    """`still_to_come`: whose third unit; `moved_in`: whose children had the first one in the last class."""
    shutil.copytree(began, folder)
    with Database(folder / "plc.duckdb") as database:
        with database.write() as cursor:
            cursor.execute(
                "delete from result_version"
                " where section_key in (select section_key from section where section_id in"
                "     (select unnest($classes)))"
                " and assessment_key in (select assessment_key from assessment where name = 'Unit 3')",
                {"classes": [f"C{TEACHERS.index(teacher)}" for teacher in still_to_come]},
            ).fetchall()
            cursor.execute(
                "update result_version"
                " set section_key = (select section_key from section where section_id = $last)"
                " where section_key in (select section_key from section where section_id in"
                "     (select unnest($classes)))"
                " and assessment_key in (select assessment_key from assessment where name = 'Unit 1')",
                {
                    "classes": [f"C{TEACHERS.index(teacher)}" for teacher in moved_in],
                    "last": f"C{len(TEACHERS) - 1}",
                },
            ).fetchall()
        add(database, LOCAL_STEWARD, *second_class(*UNITS, shift=2.0))
        ((subject,),) = rows(database, "select distinct subject from section")
        classes = [Taking("C0", True), Taking("second", False)]
        starts_on, ends_on = date(2025, 11, 20), date(2025, 12, 20)
        add_test(database, "own", classes, starts_on=starts_on, ends_on=ends_on, subject=str(subject))
        measure_due_tests(database, LOCAL_STEWARD)
    return folder


@pytest.fixture
def district(tested: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copytree(tested, tmp_path / "course")
    with Database(tmp_path / "course" / "plc.duckdb") as database:
        yield database


@pytest.fixture
def four_to_come(awaiting: Path, tmp_path: Path) -> Iterator[Database]:
    shutil.copytree(awaiting, tmp_path / "awaiting")
    with Database(tmp_path / "awaiting" / "plc.duckdb") as database:
        yield database


def rows(database: Database, sql: str) -> list[tuple[object, ...]]:
    with database.read() as cursor:
        return cursor.execute(sql).fetchall()


def figures(effect: MeasuredEffect) -> list[object]:
    return [effect.effect, effect.points, effect.hedges_g, effect.sentence, *effect.occasions]


def read(database: Database) -> MeasuredEffect:
    found = measure_test(database, READER, "own")
    assert found.verdict == MEASURED
    return found


def come(database: Database, *teachers: str, shift: float = 0.0, by: Viewer = LOCAL_STEWARD) -> str:
    """The third unit of these classes, in one upload."""
    return add(
        database,
        by,
        *(line for teacher in teachers for line in rows_of(teacher, ["Unit 3"], shift=shift)),
    )


def test_a_late_class_of_a_colleague_moves_nothing_of_a_test_of_ones_own(district: Database) -> None:
    before = read(district)
    come(district, BELA)
    measure_due_tests(district, LOCAL_STEWARD)
    after = read(district)
    assert figures(after) == figures(before)
    assert after.changed_since is None


def test_own_results_put_right_are_measured_until_a_colleagues_class_came_too(district: Database) -> None:
    before = read(district)
    add(district, READER, *rows_of(ANNA, ["Unit 3"], shift=5.0))
    moved = read(district)
    assert moved.effect is not None
    assert before.effect is not None
    assert moved.effect > before.effect
    come(district, BELA)
    add(district, READER, *rows_of(ANNA, ["Unit 3"], shift=10.0))
    held = read(district)
    stored = rows(district, "select signature from test_effect_class where part = 'beside'")
    assert all(teacher not in str(stored) for teacher in TEACHERS)
    assert figures(held) == figures(moved)
    assert held.changed_since is not None
    # Taken back and given again, it stays the ruler it was.
    add(district, READER, *rows_of(ANNA, ["Unit 3"], shift=5.0))
    assert figures(read(district)) == figures(moved)


def test_starting_points_of_children_who_came_from_another_class_move_nothing_either(
    began: Path, tmp_path: Path
) -> None:
    """A child in two classes of the course has one starting point, which is seen once and not twice."""
    begun(began, tmp_path / "course", moved_in=TEACHERS[2:3])
    with Database(tmp_path / "course" / "plc.duckdb") as database:
        before = read(database)
        add(database, LOCAL_STEWARD, *rows_of(TEACHERS[2], ["Start"], shift=-30.0))
        add(database, READER, *rows_of(ANNA, ["Unit 3"], shift=5.0))
        held = read(database)
    assert figures(held) == figures(before)
    assert held.changed_since is not None


def test_once_four_colleagues_classes_changed_the_test_is_measured_anew(district: Database) -> None:
    before = read(district)
    come(district, BELA, *TEACHERS[2:4], shift=1.0)
    add(district, READER, *rows_of(ANNA, ["Unit 3"], shift=5.0))
    assert figures(read(district)) == figures(before)
    come(district, TEACHERS[4], shift=1.0)
    after = read(district)
    assert after.changed_since is None
    assert after.effect != before.effect


def test_classes_whose_results_a_reader_loaded_herself_hide_no_colleagues_late_class(
    four_to_come: Database,
) -> None:
    before = read(four_to_come)
    come(four_to_come, BELA)
    made_up = come(four_to_come, *TEACHERS[2:5], by=READER)
    add(four_to_come, READER, *rows_of(ANNA, ["Unit 3"], shift=5.0))
    held = read(four_to_come)
    assert figures(held) == figures(before)
    assert held.changed_since is not None
    # Nor do they once they are taken back, or a colleague's own came in their place.
    undo_upload(four_to_come, READER, made_up)
    come(four_to_come, TEACHERS[2])
    assert figures(read(four_to_come)) == figures(before)
    come(four_to_come, *TEACHERS[3:5])
    assert figures(read(four_to_come)) != figures(before)


def test_what_a_reader_loaded_before_a_figure_was_told_stays_known_when_she_takes_it_back(
    four_to_come: Database,
) -> None:
    made_up = come(four_to_come, *TEACHERS[2:5], by=READER)
    come(four_to_come, *TEACHERS[5:9], shift=1.0)
    add(four_to_come, READER, *rows_of(ANNA, ["Unit 3"], shift=5.0))
    told = read(four_to_come)
    assert told.changed_since is None
    undo_upload(four_to_come, READER, made_up)
    come(four_to_come, BELA)
    add(four_to_come, READER, *rows_of(ANNA, ["Unit 3"], shift=7.0))
    assert figures(read(four_to_come)) == figures(told)


def test_what_colleagues_loaded_themselves_hides_each_of_their_classes(four_to_come: Database) -> None:
    before = read(four_to_come)
    for teacher in (BELA, *TEACHERS[2:5]):
        come(four_to_come, teacher, by=viewer_of(teacher))
    add(four_to_come, READER, *rows_of(ANNA, ["Unit 3"], shift=5.0))
    after = read(four_to_come)
    assert after.changed_since is None
    assert after.effect != before.effect


def test_what_is_kept_of_those_beside_is_read_as_it_was_written() -> None:
    kept = Beside({("U3", "C1"): 7, ("U3", ""): 1}, {("U3", "C1"): frozenset({"a", "b"})})
    assert beside_from_text(beside_as_text(kept)) == kept
    assert beside_from_text('{"U3": {"C1": 7, "": 1}}') == Beside(kept.states)


def test_nothing_is_kept_of_who_loaded_the_classes_of_the_test_itself(district: Database) -> None:
    read(district)
    ((kept,),) = rows(district, "select signature from test_effect_class where part = 'beside'")
    beside = beside_from_text(str(kept))
    assert {"C0", "second"}.isdisjoint(section_id for _, section_id in (*beside.states, *beside.hands))


def test_without_the_rule_the_same_figures_tell_of_the_late_class(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effect_renewal, "tells_beside", lambda *_: False)
    monkeypatch.setattr(effect_renewal, "_same_results", lambda *_: None)
    before = read(district)
    come(district, BELA)
    after = read(district)
    assert (after.effect, after.points) != (before.effect, before.points)
