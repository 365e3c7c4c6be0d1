"""Statements that live in `.sql` files beside the room that runs them.

A file holds one statement and opens with comment lines: what it returns,
`-- parameters: $a, $b`, `-- columns: x, y`, `-- scope: self | team | school | system`.
"""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def load_sql(room: str, name: str) -> str:
    """The statement `plc/<room>/sql/<name>.sql`."""
    return (resources.files(f"plc.{room}") / "sql" / f"{name}.sql").read_text(encoding="utf-8")
