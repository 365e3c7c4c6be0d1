"""The only place that decides whether a group is large enough to be spoken of.

Sources: minimum group sizes of US states run from 5 to 30 with 10 the most
common (NCES 2011-603); a figure about fewer than three teachers lets each of
two infer the other's.
"""

from __future__ import annotations

# Students behind any figure outside the viewer's own class.
MINIMUM_STUDENTS = 10
# Teachers behind any count that does not name them.
MINIMUM_TEACHERS = 3

NOT_ENOUGH_STUDENTS = "not enough students to tell"


def students_shown(students: int) -> str:
    """A count of students in words, hidden below the minimum."""
    return str(students) if students >= MINIMUM_STUDENTS else f"fewer than {MINIMUM_STUDENTS}"


def teachers_shown(teachers: int) -> int | None:
    """A count of unnamed teachers, or None where it would point at one of them."""
    return teachers if teachers >= MINIMUM_TEACHERS else None
