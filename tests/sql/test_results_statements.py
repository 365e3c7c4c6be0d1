"""What single statements of the import answer, on tables written out by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest

from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results.words import DAY_FIRST_DATES, ISO_DATES, MONTH_FIRST_DATES, WORD_DATES


@pytest.fixture
def cursor(database: Database) -> Iterator[Cursor]:
    with database.read() as opened:
        yield opened


def table(cursor: Cursor, name: str, columns: str, *rows: Sequence[object]) -> None:
    """A temporary table from typed column names and rows."""
    cursor.execute(f"create or replace temp table {name} ({columns})").fetchall()
    if rows:
        places = ", ".join("?" for _ in rows[0])
        cursor.executemany(f"insert into {name} values ({places})", [list(row) for row in rows])


def ask(cursor: Cursor, name: str, **parameters: object) -> list[tuple[Any, ...]]:
    return cursor.execute(load_sql("results", name), parameters).fetchall()


SPELLING = (
    "text varchar, pseudonym varchar, pseudonym_unpadded varchar, is_roster boolean, unreadable boolean"
)


def words(cursor: Cursor, *spellings: tuple[str, bool]) -> dict[str, tuple[int | None, bool]]:
    """Each id's student key and whether it is ambiguous; a pseudonym here is the id in angle brackets."""
    rows = [(text, f"<{text}>", f"<{text.lstrip('0')}>", on_roster, False) for text, on_roster in spellings]
    table(cursor, "student_spelling", SPELLING, *rows)
    return {row[0]: (row[5], row[6]) for row in ask(cursor, "student_word")}


def test_an_id_is_matched_as_written_then_without_zeros_then_not(cursor: Cursor) -> None:
    table(
        cursor,
        "student",
        "student_key integer, pseudonym varchar, pseudonym_unpadded varchar",
        (1, "<007>", "<7>"),
        (2, "<0008>", "<8>"),
        (3, "<08>", "<8>"),
    )
    assert words(cursor, ("007", False), ("08", False), ("9", False)) == {
        "007": (1, False),
        "08": (3, False),
        "9": (None, False),
    }
    assert words(cursor, ("7", False), ("8", False)) == {"7": (1, False), "8": (None, True)}
    # The file itself knows 7 and 007 apart.
    assert words(cursor, ("7", False), ("007", False)) == {"7": (None, True), "007": (1, False)}


def test_a_bundles_own_roster_settles_lost_zeros(cursor: Cursor) -> None:
    table(cursor, "student", "student_key integer, pseudonym varchar, pseudonym_unpadded varchar")
    table(
        cursor,
        "student_spelling",
        SPELLING,
        ("007", "<007>", "<7>", True, False),
        ("7", "<7>", "<7>", False, False),
        ("08", "<08>", "<8>", True, False),
        ("008", "<008>", "<8>", True, False),
        ("8", "<8>", "<8>", False, False),
    )
    found = {row[0]: (row[1], row[2], row[6]) for row in ask(cursor, "student_word")}
    assert found["7"] == found["007"]
    assert found["8"][2]
    assert not found["08"][2]
    assert not found["008"][2]


RESULT_ROW = (
    "line bigint, student_key integer, assessment_key integer, standard_key integer, attempt smallint, "
    "score double, status varchar, taken_on date"
)


@pytest.mark.parametrize(
    ("rows", "verdicts"),
    [
        ([(0, None, 5, 1), (1, None, 5, 1)], {0: ("kept", 1), 1: ("duplicate", 1)}),
        ([(0, None, 5, 1), (1, None, 6, 1)], {0: ("kept", 1), 1: ("conflict", 1)}),
        ([(0, None, 5, 2), (1, None, 6, 1)], {0: ("kept", 2), 1: ("kept", 1)}),
        ([(0, 1, 5, 1), (1, 2, 6, 1)], {0: ("kept", 1), 1: ("kept", 1)}),
        ([(0, 1, 5, 1), (1, None, 6, 2)], {0: ("kept", 1), 1: ("kept", 2)}),
        ([(0, None, None, 1), (1, None, 6, 1)], {0: ("duplicate", 1), 1: ("kept", 1)}),
    ],
    ids=["same twice", "two scores", "two dates", "two attempts", "attempt and date", "blank first"],
)
def test_rows_about_one_result_are_kept_repeated_or_in_conflict(
    cursor: Cursor,
    rows: list[tuple[int, int | None, float | None, int]],
    verdicts: dict[int, tuple[str, int]],
) -> None:
    table(
        cursor,
        "numbered_row",
        RESULT_ROW,
        *(
            (
                line,
                1,
                1,
                0,
                attempt,
                score,
                "missing_unknown" if score is None else "scored",
                date(2025, 10, day),
            )
            for line, attempt, score, day in rows
        ),
    )
    found = {line: (verdict, turn) for line, turn, verdict in ask(cursor, "repeated_row")}
    assert {line: verdict for line, (verdict, _) in found.items()} == {
        line: verdict for line, (verdict, _) in verdicts.items()
    }
    assert {
        line: turn for line, (verdict, turn) in found.items() if verdict == "kept" and rows[line][1] is None
    } == {
        line: turn
        for line, (verdict, turn) in verdicts.items()
        if verdict == "kept" and rows[line][1] is None
    }


@pytest.mark.parametrize(
    ("text", "sure", "month", "day"),
    [
        ("2025-10-05", date(2025, 10, 5), None, None),
        ("2025-10-05T08:30:00.123Z", date(2025, 10, 5), None, None),
        ("5 Oct 2025", date(2025, 10, 5), None, None),
        ("10/5/2025", None, date(2025, 10, 5), date(2025, 5, 10)),
        ("10/5/25", None, date(2025, 10, 5), date(2025, 5, 10)),
        ("25.10.2025", None, None, date(2025, 10, 25)),
        ("10-8-2019 0:00", None, date(2019, 10, 8), date(2019, 8, 10)),
        ("2/30/2025", None, None, None),
        ("45931", None, None, None),
        ("1/1/0025", None, None, None),
    ],
)
def test_a_date_has_the_readings_it_can_have(
    cursor: Cursor, text: str, sure: date | None, month: date | None, day: date | None
) -> None:
    table(cursor, "date_spelling", "text varchar, school_year smallint", (text, 2026))
    forms = {
        "iso": list(ISO_DATES),
        "month_first": list(MONTH_FIRST_DATES),
        "day_first": list(DAY_FIRST_DATES),
        "words": list(WORD_DATES),
    }
    rows = ask(cursor, "date_readings", **forms, earliest=1950, latest=2100)
    assert rows[0][:4] == (text, sure, month, day)


def test_problems_are_listed_up_to_a_number_and_the_rest_is_counted(cursor: Cursor) -> None:
    table(
        cursor,
        "found_issue",
        "file_name varchar, row_number bigint, column_name varchar, code varchar",
        *(("f", number, "score", "negative") for number in range(9, 1, -1)),
        ("f", 4, "grade", "unknown_grade"),
    )
    assert ask(cursor, "listed_issues", listed=3) == [
        ("f", 2, "score", "negative", 8),
        ("f", 3, "score", "negative", 8),
        ("f", 4, "score", "negative", 8),
        ("f", None, "score", "negative", 8),
        ("f", 4, "grade", "unknown_grade", 1),
    ]
