"""How long each kind of data stays: one table, in a file, that pages and documents show."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Retention:
    """One kind of data. `tables` are named; `prefixes` begin the names of further ones."""

    kind: str
    kept: str
    why: str
    ends: str
    folders: tuple[str, ...]
    tables: tuple[str, ...]
    prefixes: tuple[str, ...] = ()

    def holds(self, table: str) -> bool:
        """Whether a table of the database belongs to this kind."""
        return table in self.tables


@cache
def retention_table() -> tuple[Retention, ...]:
    """Every kind of data, in the order in which a person would ask."""
    text = (resources.files("plc.stewardship") / "retention.toml").read_text(encoding="utf-8")
    return tuple(
        Retention(
            kind=row["kind"],
            kept=row["kept"],
            why=row["why"],
            ends=row["ends"],
            folders=tuple(row["folders"]),
            tables=tuple(row["tables"]),
            prefixes=tuple(row.get("prefixes", ())),
        )
        for row in tomllib.loads(text)["kept"]
    )


def kind_of(table: str) -> Retention | None:
    """The kind a table belongs to: by its name, else by how its name begins."""
    named = [kind for kind in retention_table() if kind.holds(table)]
    begun = [kind for kind in retention_table() if any(table.startswith(p) for p in kind.prefixes)]
    return next(iter([*named, *begun]), None)
