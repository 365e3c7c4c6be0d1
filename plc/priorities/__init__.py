"""A priority to point at, and barriers with who can remove them: what others need of the plan."""

from plc.priorities.barriers import (
    KINDS,
    OUTCOMES,
    REMOVABLE_BY,
    Barrier,
    answer_barrier,
    ask_barrier,
    list_barriers,
    take_back_barrier,
)
from plc.priorities.priorities import Priority, end_priority, list_priorities, set_priority

__all__ = [
    "KINDS",
    "OUTCOMES",
    "REMOVABLE_BY",
    "Barrier",
    "Priority",
    "answer_barrier",
    "ask_barrier",
    "end_priority",
    "list_barriers",
    "list_priorities",
    "set_priority",
    "take_back_barrier",
]
