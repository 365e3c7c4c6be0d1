"""How numbers are written: with a decimal point, or with the decimal comma of German or French Excel.

A comma is read as a decimal comma for a whole table or not at all. `12,5` can be nothing else; `1,250` may be
twelve hundred and fifty, so a table of such cells keeps them as they are and they are set aside row by row.
"""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

from collections.abc import Container

from plc.database.database import Cursor
from plc.results.tables import TableShape

NUMBERS = ("number", "score", "share", "whole")

_GROUPED = r"[0-9]{1,3}(\.[0-9]{3})+"
_COMMA = rf"[+-]?([0-9]+|{_GROUPED}),[0-9]+"
# No thousands: other than three digits follow, or what precedes could head no group of three.
_SURELY = rf"[+-]?([0-9]+,([0-9]{{1,2}}|[0-9]{{4,}})|(0+|[0-9]{{4,}}|{_GROUPED}),[0-9]+)"
_NUMERIC = r"[+-]?[0-9.,]*[0-9][0-9.,]*"


def has_decimal_commas(cursor: Cursor, shape: TableShape, columns_read: Container[str]) -> bool:
    """Whether the numbers of `staged_<shape>` are written with a decimal comma.

    So where most cells with a comma can be nothing else, and no cell has a decimal point or another comma.
    """
    names = [c.name for c in shape.columns if c.reads in NUMBERS and c.name in columns_read]
    if not names:
        return False
    cells = f"select unnest([{', '.join(names)}]) as text from staged_{shape.name}"
    surely, commas, against = cursor.execute(
        "select count(*) filter (has_comma and regexp_full_match(text, $surely)), "
        "count(*) filter (has_comma and regexp_full_match(text, $comma)), "
        "count(*) filter (case when has_comma then "
        "regexp_full_match(text, $numeric) and not regexp_full_match(text, $comma) "
        "else coalesce(isfinite(try_cast(text as double)), false) end) "
        f"from (select text, contains(text, ',') as has_comma from ({cells})) "
        "where has_comma or contains(text, '.')",
        {"surely": _SURELY, "comma": _COMMA, "numeric": _NUMERIC},
    ).fetchall()[0]
    return not against and 2 * surely > commas


def number_sql(text: str, *, decimal_comma: bool) -> str:
    """SQL for the number that the SQL expression `text` says, null where it says none."""
    if not decimal_comma:
        return f"try_cast({text} as double)"
    point = f"replace(replace({text}, '.', ''), ',', '.')"
    return f"try_cast(if(regexp_full_match({text}, '{_COMMA}'), {point}, {text}) as double)"
