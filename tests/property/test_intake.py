"""Whatever bytes arrive, intake either accounts for every row or refuses in words."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from plc.core.errors import PlcError
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import confirm_upload, discard_upload, stage_upload, undo_upload
from tests.unit.results.files import COLUMNS, HEADER, adds_up, everything, results, row

# One database serves all examples: opening one costs more than an import.
RELAXED = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
GOOD = results(*(row(f"{number:03d}", number) for number in range(6))).encode()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with Database(tmp_path_factory.mktemp("intake") / "plc.duckdb") as database:
        yield database


def take_in(database: Database, content: bytes, name: str = "came") -> int | None:
    """Import and undo; the rows read, or None when refused. Anything but a `PlcError` escapes."""
    path = database.folder / name
    path.write_bytes(content)
    refused = ""
    rows_read: int | None = None
    try:
        staged = stage_upload(database, LOCAL_STEWARD, path)
        assert adds_up(staged)
        assert staged.rows_accepted >= staged.rows_superseded
        assert staged.issues or not staged.rows_rejected
        rows_read = staged.rows_read
        if staged.missing_answers or not staged.rows_accepted + staged.rows_duplicate:
            discard_upload(database, LOCAL_STEWARD, staged.upload_id)
        else:
            assert adds_up(confirm_upload(database, LOCAL_STEWARD, staged.upload_id))
            undo_upload(database, LOCAL_STEWARD, staged.upload_id)
    except PlcError as error:
        refused = error.message
    assert rows_read is not None or refused.endswith(".")
    assert not any(everything(database).values())
    assert not list(database.uploads.iterdir())
    return rows_read


@RELAXED
@given(content=st.binary(max_size=2_000))
@example(content=b"\xff\xfe")
@example(content=b"\xff\xfes\x00")
@example(content=b"PK\x03\x04")
@example(content=b"PAR1")
@example(content=b"student_id,score")
@example(content=b"\xef\xbb\xbf")
@example(content=b'"')
def test_arbitrary_bytes_never_raise_anything_else(shared: Database, content: bytes) -> None:
    take_in(shared, content)


@RELAXED
@given(seed=st.integers(0, 2**32), edits=st.integers(1, 12))
def test_a_damaged_file_never_raises_anything_else(shared: Database, seed: int, edits: int) -> None:
    chance = random.Random(seed)
    content = bytearray(GOOD)
    for _ in range(edits):
        place = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                del content[place : place + chance.randrange(1, 40)]
            case 2:
                content[place:place] = bytes(
                    chance.choice(b'",;\n\r\t|^\x00\xe9=') for _ in range(chance.randrange(1, 5))
                )
            case _:
                content[place:place] = content[: chance.randrange(1, 80)]
        content = content or bytearray(b"x")
    take_in(shared, bytes(content))


@RELAXED
@given(seed=st.integers(0, 2**32))
def test_a_damaged_zip_never_raises_anything_else(shared: Database, seed: int) -> None:
    chance = random.Random(seed)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("results.csv", GOOD)
        archive.writestr(
            "assessments.csv", b"assessment_id,kind,subject,school_year,date\nu,common,m,2026,2025-10-01\n"
        )
    content = bytearray(packed.getvalue())
    for _ in range(chance.randrange(1, 6)):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    take_in(shared, bytes(content))


SEEN = ",0,1,000123,123,6,K,2026,2025-26,10/5/2025,2025-10-01,EX,N/A,-1,nan,baseline,Math,T1,Unit 1,=1+1,12.5"
CELL = st.sampled_from(SEEN.split(",")) | st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r"), max_size=8
)
EXTRA = st.sampled_from(["kind", "standard", "attempt", "status", "max_score", "section_id", "group_x", ""])


def says_something(cells: list[str]) -> bool:
    return any(cell.strip(" \t\n\xa0") for cell in cells)


@RELAXED
@given(
    rows=st.lists(st.lists(CELL, min_size=1, max_size=12), max_size=12),
    extra=st.lists(EXTRA),
    delimiter=st.sampled_from(",;\t|^"),
)
def test_every_row_of_any_table_is_accounted_for(
    shared: Database, rows: list[list[str]], extra: list[str], delimiter: str
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows([[*COLUMNS, *extra], *rows])
    rows_read = take_in(shared, text.getvalue().encode())
    if rows_read is not None:
        surely = sum(says_something(cells[: len(COLUMNS)]) for cells in rows)
        assert surely <= rows_read <= sum(says_something(cells) for cells in rows)


@RELAXED
@given(places=st.permutations(range(len(COLUMNS))), seed=st.integers(0, 1_000))
def test_the_order_of_columns_and_rows_changes_nothing(
    shared: Database, places: list[int], seed: int
) -> None:
    lines = [line.split(",") for line in GOOD.decode().splitlines()]
    body = lines[1:]
    random.Random(seed).shuffle(body)
    text = "\n".join(",".join(line[place] for place in places) for line in [lines[0], *body])
    assert lines[0] == HEADER.split(",")
    path = shared.folder / "shuffled"
    path.write_text(text)
    staged = stage_upload(shared, LOCAL_STEWARD, path)
    discard_upload(shared, LOCAL_STEWARD, staged.upload_id)
    assert (staged.rows_read, staged.rows_accepted, staged.missing_answers) == (6, 6, ())


def test_a_round_trip_through_csv_keeps_every_score(shared: Database) -> None:
    values = [0.1 + 0.2, 1e-9, 123456789.123, 5.0]
    path = Path(shared.folder / "scores")
    path.write_text(results(*(row(f"{number}", repr(value)) for number, value in enumerate(values))))
    staged = stage_upload(shared, LOCAL_STEWARD, path)
    done = confirm_upload(shared, LOCAL_STEWARD, staged.upload_id)
    with shared.read() as cursor:
        kept = [score for (score,) in cursor.execute("select score from result").fetchall()]
    undo_upload(shared, LOCAL_STEWARD, done.upload_id)
    assert sorted(kept) == sorted(values)
