"""Bytes to rows: every encoding, delimiter and irregularity met, or a sentence on what to do."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import openpyxl
import pytest

from plc.core.errors import BadFile
from plc.database import Database
from tests.unit.results.files import (
    HEADER,
    codes,
    counts,
    load,
    problems,
    query,
    results,
    row,
    scores,
    stage,
    write,
)

LINES = results(row("01", 1), row("02", 2), row("03", 3))


def refusal(database: Database, content: bytes | str, name: str = "results.csv") -> str:
    with pytest.raises(BadFile) as caught:
        stage(database, write(database.folder / "came", content, name))
    assert not query(database, "select * from upload")
    assert not list(database.uploads.iterdir())
    return caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_unicode_file_is_read_without_a_word(database: Database, encoding: str) -> None:
    staged = stage(database, LINES.replace("Unit 1", "Übung 1").encode(encoding))
    assert (counts(staged), codes(staged)) == ((3, 3, 0, 0, 0), set())


def test_windows_text_is_read_and_the_user_is_told(database: Database) -> None:
    done = load(database, LINES.replace("Unit 1", "Prüfung “1”").encode("cp1252"))
    assert codes(done) == {"encoding_windows_1252"}
    assert query(database, "select name from assessment") == [("Prüfung “1”",)]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "^"])
def test_each_delimiter_is_recognised(database: Database, delimiter: str) -> None:
    assert counts(stage(database, LINES.replace(",", delimiter))) == (3, 3, 0, 0, 0)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_each_line_ending_is_read(database: Database, newline: str) -> None:
    assert counts(stage(database, LINES.replace("\n", newline))) == (3, 3, 0, 0, 0)


def test_the_header_is_found_under_titles_and_rows_are_counted_as_a_spreadsheet_does(
    database: Database,
) -> None:
    titles = 'Gradebook export,,\n\n"Ms One, period 3",\n'
    staged = stage(database, titles + results(row("01", 1), row("02", "oops")))
    # Three rows of title, the header is row 4, its second row of data row 6.
    assert problems(staged) == [(6, "score", "not_a_number")]


def test_blank_lines_are_no_rows_but_keep_their_place(database: Database) -> None:
    staged = stage(database, results(row("01", 1), "", row("02", "oops"), "", ""))
    assert counts(staged) == (2, 1, 0, 0, 1)
    assert problems(staged)[0][0] == 4


def test_ragged_rows_are_read_and_surplus_cells_set_the_row_aside(database: Database) -> None:
    staged = stage(database, results(row("01", 1) + ",", row("02", 2) + ",9,9", row("03", 3)))
    assert counts(staged) == (3, 2, 0, 0, 1)
    assert problems(staged) == [(3, None, "too_many_cells")]


def test_short_rows_are_read_as_far_as_they_go(database: Database) -> None:
    done = load(database, results(row("01", 1), ",".join(row("02", 2).split(",")[:-1])))
    assert counts(done) == (2, 2, 0, 0, 0)
    assert query(database, "select status from result order by status") == [("missing_unknown",), ("scored",)]


def test_an_empty_last_column_and_repeated_headers_do_no_harm(database: Database) -> None:
    staged = stage(database, results(row("01", 1) + ",7,", header=HEADER + ",Score,"))
    assert counts(staged) == (1, 1, 0, 0, 0)


def test_quotes_inside_values_and_line_breaks_in_cells_lose_no_row(database: Database) -> None:
    done = load(
        database,
        results(
            row("01", 1, assessment='"Unit ""1"""'), row("02", 2, assessment='"Unit\n1"'), row("03", "oops")
        ),
    )
    assert counts(done) == (3, 2, 0, 0, 1)
    assert (4, "score", "not_a_number") in problems(done)


def test_stray_quotes_lose_no_row(database: Database) -> None:
    done = load(database, results(row("01", 1, assessment='"O"Brien test"'), row("02", 2), row("03", 3)))
    assert scores(database) == [1, 2, 3]
    assert counts(done) == (3, 3, 0, 0, 0)


def test_a_quotation_mark_that_stays_open_is_refused_with_its_row(database: Database) -> None:
    words = refusal(database, results(row("01", 1), row("02", 2, assessment='"Unit 1'), row("03", 3)))
    assert words.startswith("Row 3 of results.csv opens a quotation mark")


def test_a_cell_of_fifty_megabytes_is_refused_with_its_row(database: Database) -> None:
    words = refusal(database, results(row("01", 1), row("02", 2, assessment="x" * 50_000_000)))
    assert "Row 3" in words
    assert "131,072" in words


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty (0 bytes)"),
        (LINES.encode().replace(b"Unit", b"Un\0it"), "null bytes"),
        (random.Random(1).randbytes(5_000), "Export"),
        (b"%PDF-1.7 ...", "is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64, "old Excel or Word"),
        (b"\x1f\x8b\x08" + b"0" * 40, "gzip"),
        (b"<html><body>sign in</body></html>", "web page"),
        (b"just a sentence\nand another one\n", "no row of column names"),
        ("ID     NAME   SCORE\n00001  Ann    10   \n00002  Bob    12   \n", "fixed-width"),
        (b"PAR1" + b"\0" * 100, "damaged Parquet"),
    ],
    ids=["empty", "nulls", "garbage", "pdf", "xls", "gzip", "html", "prose", "fixed width", "parquet"],
)
def test_what_is_no_table_is_refused_with_what_to_do(
    database: Database, content: bytes | str, says: str
) -> None:
    assert says in refusal(database, content)


def test_text_undecodable_as_windows_1252_is_refused(database: Database) -> None:
    assert "Save it again as CSV" in refusal(database, LINES.encode() + b"\x81\x8d\x8f\n")


def test_a_formula_in_a_text_file_is_text(database: Database) -> None:
    staged = stage(database, results(row("=1+1", 1), row("02", '"=HYPERLINK(""x"")"')))
    assert problems(staged) == [(3, "score", "not_a_number"), (2, "student_id", "unreadable_id")]


OFFICE = "http://schemas.openxmlformats.org"
MAIN = f"{OFFICE}/spreadsheetml/2006/main"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
PARTS = f"{OFFICE}/package/2006/content-types"
CONTENT_TYPES = f'<Types xmlns="{PARTS}"><Default Extension="xml" ContentType="application/xml"/></Types>'
# One cell at the far end of a sheet.
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1000000"><c r="XFD1000000"><v>1</v></c></row>'


def relations(kind: str, target: str) -> str:
    """The part of a workbook that says where one other part lies."""
    part = f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{part}</Relationships>'


def workbook(folder: Path, *sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for cells in rows:
            sheet.append(cells)
    path = folder / "results.xlsx"
    book.save(path)
    return path


def test_a_workbook_is_read_from_the_sheet_that_holds_results(database: Database, tmp_path: Path) -> None:
    import datetime

    day = datetime.date(2025, 10, 1)
    path = workbook(
        tmp_path,
        [["Notes"], ["nothing here"]],
        [
            ["A title"],
            HEADER.split(","),
            ["007", "T1", 6, "Math", 2026, "Unit 1", day, 9.5],
            ["8", "T1", 6, "Math", 2026, "Unit 1", day, "absent"],
        ],
    )
    done = load(database, path)
    assert counts(done) == (2, 2, 0, 0, 0)
    assert query(database, "select score, status, taken_on from result order by score") == [
        (9.5, "scored", day),
        (None, "absent", day),
    ]


def test_a_workbook_that_spans_a_huge_rectangle_is_refused(database: Database, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for column, name in enumerate(HEADER.split(","), start=1):
        book.active.cell(1, column, name)
    book.active.cell(1_048_576, 16_384, "far away")
    path = tmp_path / "far.xlsx"
    book.save(path)
    with pytest.raises(BadFile, match="too large for a workbook"):
        stage(database, path)


@pytest.mark.parametrize(
    ("part", "sheet"),
    [
        ("worksheets/sheet1.xml", FAR.replace('"', "'")),
        ("worksheets/sheet1.xml", FAR.replace("r=", "r =")),
        ("worksheets/sheet1.xml", FAR.replace(' r="XFD1000000"', "").replace("<c>", "<c/>" * 16_383 + "<c>")),
        ("worksheets/sheet1.dat", FAR),
        ("sheets/sheet1.xml", FAR),
    ],
    ids=["other quotes", "spaces", "counted columns", "other ending", "other folder"],
)
def test_a_small_workbook_that_asks_for_all_memory_is_refused_and_the_program_goes_on(
    database: Database, tmp_path: Path, part: str, sheet: str
) -> None:
    path = tmp_path / "small.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", relations("officeDocument", "xl/workbook.xml"))
        names = f'<sheet name="a" sheetId="1" xmlns:r="{RELATIONS}" r:id="r1"/>'
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets>{names}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", relations("worksheet", part))
        archive.writestr(
            f"xl/{part}", f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        )
    with pytest.raises(BadFile, match="too large for a workbook"):
        stage(database, path)


def test_a_damaged_workbook_is_refused(database: Database, tmp_path: Path) -> None:
    path = workbook(tmp_path, [HEADER.split(",")])
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(BadFile):
        stage(database, path)
