"""What the released figures of catching up are called: a measure of a subject, and a cell of a dimension."""

from __future__ import annotations

from typing import Final

from plc.people.release_records import Kind

CATCH_UP: Final = Kind("catch_up")
SCHOOL: Final = "school"
GROUP: Final = "group "
# Catch-up is reported one, two and three years after a start.
HORIZONS: Final = (1, 2, 3)
# Measures shown by school and by group, a year on.
BY_CELL: Final = ("caught up 1", "stayed 1", "kept up 1", "on track 1", "growth 1", "at level")
# Shown by cell only: the district's own answers no question of the page.
CELLS_ONLY: Final = ("growth 1", "at level")


def whole_name(subject: str, measure: str) -> str:
    """The name of a figure over the whole district."""
    return f"{subject}|{measure}"


def table_name(subject: str, measure: str, dimension: str) -> str:
    """The name of a table of figures."""
    return f"{whole_name(subject, measure)}|{dimension}"
