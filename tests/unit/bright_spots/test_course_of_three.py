"""What the teachers of a small school read before there is anybody to compare them with."""

from __future__ import annotations

from pathlib import Path

from plc.bright_spots import own_results, scan_and_store
from plc.bright_spots.labels import TOO_FEW_TEACHERS
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from tests.security.course import UNITS, add, rows_of, viewer_of


def test_in_a_course_of_three_the_reason_is_said_and_no_note_speaks_of_a_figure(tmp_path: Path) -> None:
    three = ("T01", "T04", "T07")
    with Database(tmp_path / "plc.duckdb") as database:
        add(database, LOCAL_STEWARD, *(line for one in three for line in rows_of(one, list(UNITS))))
        scan_and_store(database, LOCAL_STEWARD)
        (own,) = own_results(database, viewer_of("T01"))
    assert own.label == TOO_FEW_TEACHERS
    assert own.effect is None
    assert own.words.startswith("Too few teachers to compare with. ")
    assert "students" not in own.words
    assert not any("the figure" in note for note in own.notes)
