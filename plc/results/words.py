"""Labels are read once per spelling, not once per row: grades, school years, kinds, statuses, dates.

`read_words` makes a table `word_<shape>_<column>` (text, value) for every such column of a staged table;
a null value is a label nobody knows.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pyarrow as pa

from plc.core.school_year import parse_grade, parse_school_year
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.results.numbers import number_sql
from plc.results.steps import put_table
from plc.results.tables import TableShape
from plc.results.vocabulary import parse_kind, parse_status

# School records on machines begin about 1950.
EARLIEST_YEAR, LATEST_YEAR = 1950, 2100

ISO_DATES = (
    "%Y-%m-%d",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M:%S.%f",
    "%Y-%m-%dT%H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.%fZ",
    "%Y/%m/%d",
    "%Y%m%d",
)
_TIMES = ("", " %H:%M", " %H:%M:%S", " %I:%M %p", " %I:%M:%S %p")
# Two-digit years first: a four-digit pattern would read 26 as the year 26.
MONTH_FIRST_DATES = tuple(f"%m{s}%d{s}{y}{t}" for s in "/-." for y in ("%y", "%Y") for t in _TIMES)
DAY_FIRST_DATES = tuple(f"%d{s}%m{s}{y}{t}" for s in "/-." for y in ("%y", "%Y") for t in _TIMES)
WORD_DATES = tuple(
    form.replace("MONTH", month)
    for month in ("%b", "%B")
    for form in ("MONTH %d, %Y", "MONTH %d %Y", "%d MONTH %Y", "%d-MONTH-%y", "%d-MONTH-%Y", "%d MONTH %y")
)


@dataclass(frozen=True, slots=True)
class DateReading:
    """How a date column was read: `order` is iso, month or day; `assumed` when both orders were possible."""

    column: str
    order: str
    assumed: bool


def read_words(
    cursor: Cursor, shape: TableShape, *, date_order: str | None, decimal_comma: bool = False
) -> tuple[DateReading, ...]:
    """Make the word tables of `staged_<shape>` and say how its dates were read."""
    readings = []
    for column in shape.columns:
        match column.reads:
            case "grade":
                _put(cursor, shape, column.name, parse_grade, pa.int16())
            case "school_year":
                _put(cursor, shape, column.name, _year, pa.int16())
            case "kind":
                _put(cursor, shape, column.name, parse_kind, pa.string())
            case "status":
                _put(cursor, shape, column.name, parse_status, pa.string())
            case "score":
                number = number_sql(column.name, decimal_comma=decimal_comma)
                _put(cursor, shape, column.name, parse_status, pa.string(), unless=number)
            case "date":
                readings.append(_put_dates(cursor, shape, column.name, date_order))
            case _:
                pass
    return tuple(readings)


def readable(reads: str, text: str) -> bool:
    """Whether one text, given for every row of a file, can be read as a column of this kind."""
    match reads:
        case "grade":
            return parse_grade(text) is not None
        case "school_year":
            return _year(text) is not None
        case "kind":
            return parse_kind(text) is not None
        case "status":
            return parse_status(text) is not None
        case "date":
            forms = (*ISO_DATES, *MONTH_FIRST_DATES, *DAY_FIRST_DATES, *WORD_DATES)
            return any(_has_form(text, form) for form in forms)
        case _:
            return True


def _has_form(text: str, form: str) -> bool:
    try:
        return EARLIEST_YEAR <= datetime.strptime(text, form).year <= LATEST_YEAR
    except ValueError:
        return False


def _put(
    cursor: Cursor,
    shape: TableShape,
    column: str,
    parse: Callable[[str], object],
    kind: pa.DataType,
    *,
    unless: str = "null::double",
) -> None:
    """Read every spelling in a column for which the number `unless` is not finite."""
    rows = cursor.execute(
        f"select distinct {column} from staged_{shape.name} where {column} is not null and "
        f"not coalesce(isfinite({unless}), false)"
    ).fetchall()
    words = [row[0] for row in rows]
    values = [parse(word) for word in words]
    put_table(cursor, f"word_{shape.name}_{column}", {"text": (pa.string(), words), "value": (kind, values)})


def _year(text: str) -> int | None:
    year = parse_school_year(text)
    return year if year is not None and EARLIEST_YEAR <= year <= LATEST_YEAR else None


def _put_dates(cursor: Cursor, shape: TableShape, column: str, date_order: str | None) -> DateReading:
    has_year = any(other.reads == "school_year" for other in shape.columns)
    put_table(cursor, "date_spelling", _date_spellings(cursor, shape, column, has_year=has_year))
    rows = cursor.execute(
        load_sql("results", "date_readings"),
        {
            "iso": list(ISO_DATES),
            "month_first": list(MONTH_FIRST_DATES),
            "day_first": list(DAY_FIRST_DATES),
            "words": list(WORD_DATES),
            "earliest": EARLIEST_YEAR,
            "latest": LATEST_YEAR,
        },
    ).fetchall()
    by_text = {text: (sure, month, day) for text, sure, month, day, _, _ in rows}
    order, assumed = _date_order(rows, date_order)
    values: Mapping[str, date | None] = {
        text: sure or (month if order == "month" else day) for text, (sure, month, day) in by_text.items()
    }
    put_table(
        cursor,
        f"word_{shape.name}_{column}",
        {"text": (pa.string(), list(values)), "value": (pa.date32(), list(values.values()))},
    )
    return DateReading(column, order, assumed)


def _date_spellings(
    cursor: Cursor, shape: TableShape, column: str, *, has_year: bool
) -> dict[str, tuple[pa.DataType, list[object]]]:
    """Each spelling of a date with the school years it stands beside."""
    sql = (
        f"select distinct s.{column}, y.value from staged_{shape.name} s left join "
        f"word_{shape.name}_school_year y"
        f" on y.text = s.school_year where s.{column} is not null"
        if has_year
        else f"select distinct {column}, null from staged_{shape.name} where {column} is not null"
    )
    rows = cursor.execute(sql).fetchall()
    return {
        "text": (pa.string(), [row[0] for row in rows]),
        "school_year": (pa.int16(), [row[1] for row in rows]),
    }


def _date_order(rows: list[tuple[object, ...]], answer: str | None) -> tuple[str, bool]:
    """The order of month and day in a whole column, from the values that have only one reading, then from
    which order keeps every date in its school year, else with the day first where all are written with
    dots, as in much of Europe, else as in the United States."""
    open_rows = [row for row in rows if row[1] is None and (row[2] is not None or row[3] is not None)]
    if not open_rows:
        return "iso", False
    if answer is not None:
        return answer, False
    with_dots = all("." in str(row[0]) for row in open_rows)
    only_month = sum(row[3] is None for row in open_rows)
    only_day = sum(row[2] is None for row in open_rows)
    if only_month != only_day and 0 in (only_month, only_day):
        return ("month" if only_month else "day"), False
    if only_month == only_day == 0:
        month_fits, day_fits = (all(row[place] for row in open_rows) for place in (4, 5))
        if month_fits != day_fits:
            return ("month" if month_fits else "day"), False
        if all(row[2] == row[3] for row in open_rows):
            return "month", False
        if with_dots:
            return "day", False
    return ("day" if with_dots else "month"), True
