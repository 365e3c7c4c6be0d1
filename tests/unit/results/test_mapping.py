"""A table nobody recognises is mapped by hand, and the mapping is kept as a layout for the next one."""

from __future__ import annotations

from pathlib import Path

import pytest

from plc.core.errors import BadFile, NotAllowed, NotFound
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import (
    ColumnExample,
    answer_upload,
    column_examples,
    confirm_upload,
    discard_upload,
    find_layout,
    layouts_for,
    save_layout,
)
from tests.unit.results.files import counts, load, query, roster, scores, stage, write

FOREIGN = (
    "Klasse 6b;;;;\n"
    "Schülernr;Schüler Name;First Name;Probe 1, Teil A;Probe 2;Abgabe\n"
    "00001;Maxi;Maxi;11;abs;2025-10-01\n"
    "00002;Mia;Mia;12;14;2025-10-01\n"
    "00003;Ole;Ole;13;15;2025-10-02\n"
)
CONSTANTS = {"subject": "Math", "school_year": "2026", "teacher_id": "T1", "grade": "6"}
MAPPED = {
    "student_id": "column:Schülernr",
    "date": "column:Abgabe",
    "score_columns": "Probe 1, Teil A\nProbe 2\n",
    "score_columns_are": "assessment",
}


def examples(database: Database, upload_id: str) -> dict[str, ColumnExample]:
    return {one.header: one for one in column_examples(database, LOCAL_STEWARD, upload_id)}


def test_an_unknown_table_stays_refused_unless_someone_maps_it(database: Database) -> None:
    with pytest.raises(BadFile, match="row of column names"):
        stage(database, FOREIGN)
    staged = stage(database, FOREIGN, format="by_hand")
    assert {"student_id", "score"} <= set(staged.missing_answers)
    assert staged.columns[0].header == "Schülernr"


def test_columns_are_shown_with_examples_and_a_suggestion_but_never_a_name(
    database: Database, tmp_path: Path
) -> None:
    load(database, roster(tmp_path / "roster"))
    found = examples(database, stage(database, FOREIGN, format="by_hand").upload_id)
    assert found["Schülernr"] == ColumnExample("Schülernr", ("00001", "00002", "00003"), "student_id")
    assert found["Probe 1, Teil A"].suggested == found["Probe 2"].suggested == "score"
    assert found["Abgabe"].suggested == "date"
    assert "First Name" not in found
    assert not any("Maxi" in one.examples for one in found.values() if one.header != "Schüler Name")


def test_without_a_roster_a_column_of_different_ids_is_suggested(database: Database) -> None:
    table = "Kid code,Mark,Room\n" + "".join(f"K{n:03d},{n},12\n" for n in range(9))
    found = examples(database, stage(database, table, format="by_hand").upload_id)
    assert found["Kid code"].suggested == "student_id"
    assert found["Mark"].suggested == "score"


def test_a_mapped_wide_table_is_imported_row_by_row(database: Database) -> None:
    staged = stage(database, FOREIGN, format="by_hand")
    answered = answer_upload(database, LOCAL_STEWARD, staged.upload_id, CONSTANTS | MAPPED)
    assert counts(answered) == (6, 6, 0, 0, 0)
    assert not column_examples(database, LOCAL_STEWARD, staged.upload_id)
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert scores(database) == [None, 11, 12, 13, 14, 15]
    assert query(database, "select distinct name from assessment order by name") == [
        ("Probe 1, Teil A",),
        ("Probe 2",),
    ]


def test_a_layout_is_offered_for_the_same_columns_and_holds_no_value(database: Database) -> None:
    staged = stage(database, FOREIGN, format="by_hand")
    assert layouts_for(database, LOCAL_STEWARD, staged.upload_id) == []
    answer_upload(database, LOCAL_STEWARD, staged.upload_id, CONSTANTS | MAPPED)
    kept = save_layout(database, LOCAL_STEWARD, staged.upload_id, " Our  gradebook ")
    assert (kept.name, dict(kept.answers)) == ("Our gradebook", MAPPED | {"format": "by_hand"})
    assert layouts_for(database, LOCAL_STEWARD, staged.upload_id) == []
    discard_upload(database, LOCAL_STEWARD, staged.upload_id)
    assert "0000" not in str(query(database, "select * from import_layout"))

    again = stage(database, write(database.folder, FOREIGN.replace("11", "7"), "next.csv"), format="by_hand")
    (offered,) = layouts_for(database, LOCAL_STEWARD, again.upload_id)
    assert offered.name == "Our gradebook"
    answered = answer_upload(database, LOCAL_STEWARD, again.upload_id, {**offered.answers, **CONSTANTS})
    assert counts(answered) == (6, 6, 0, 0, 0)
    other = stage(database, FOREIGN.replace("Abgabe", "Datum"), format="by_hand")
    assert layouts_for(database, LOCAL_STEWARD, other.upload_id) == []


def test_a_layout_is_found_by_name_and_replaced_under_its_name(database: Database) -> None:
    staged = stage(database, FOREIGN, format="by_hand")
    with pytest.raises(NotFound, match="None is kept"):
        find_layout(database, LOCAL_STEWARD, "ours")
    answer_upload(database, LOCAL_STEWARD, staged.upload_id, {"student_id": "column:Schülernr"})
    save_layout(database, LOCAL_STEWARD, staged.upload_id, "ours")
    answer_upload(database, LOCAL_STEWARD, staged.upload_id, MAPPED)
    save_layout(database, LOCAL_STEWARD, staged.upload_id, "ours")
    assert find_layout(database, LOCAL_STEWARD, "ours").answers["date"] == "column:Abgabe"
    with pytest.raises(NotFound, match="Layouts: ours"):
        find_layout(database, LOCAL_STEWARD, "theirs")


def test_a_layout_needs_a_name_a_mapping_and_the_right_seat(database: Database) -> None:
    staged = stage(database, FOREIGN, format="by_hand")
    for name in ("", "x" * 61, "nothing was said"):
        with pytest.raises(BadFile):
            save_layout(database, LOCAL_STEWARD, staged.upload_id, name)
    for attempt in (
        lambda: save_layout(database, Viewer(Role.PRINCIPAL), staged.upload_id, "ours"),
        lambda: find_layout(database, Viewer(Role.PRINCIPAL), "ours"),
        lambda: column_examples(database, Viewer(Role.PRINCIPAL), staged.upload_id),
    ):
        with pytest.raises(NotAllowed):
            attempt()


@pytest.mark.parametrize(
    "content",
    ["Dear parents, please note\n", "just words\nand more words\n", "1,2,3\n4,5,6\n", "a,b\n", "\n\n\n"],
)
def test_what_is_no_table_is_refused_by_hand_too(database: Database, content: str) -> None:
    with pytest.raises(BadFile):
        stage(database, content, format="by_hand")
