"""What a frozen release is made of: what could be shown, what is shown, and what a release changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from plc.core.disclosure import Floor

# A table and one of its cells; a whole is the cell '' of its own name.
CellKey = tuple[str, str]
Figure = Mapping[str, Any]
WHOLE: Final = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A family of figures, and whether its readers know students of their own in it."""

    name: str
    floor: Floor = field(default_factory=Floor)
    readers_teach: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """The cells into which a `dimension` divides a `whole`; without `for_all` only leaders read it."""

    name: str
    whole: str
    dimension: str
    for_all: bool = True


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be shown: figures by cell (none for a cell that is never shown) and by whole.

    `wholes` has every whole, its figure None where it is not shown by itself. `labels` are names of cells as
    people read them; `context` is frozen with the figures.
    """

    tables: Sequence[Table]
    cells: Mapping[CellKey, Figure]
    wholes: Mapping[str, Figure | None]
    labels: Mapping[CellKey, str] = field(default_factory=dict)
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell as it is shown: `figure` None where hidden; when it was worked out."""

    table: str
    cell: str
    label: str
    figure: dict[str, Any] | None
    made_in: int | None
    made_at: datetime | None


@dataclass(frozen=True, slots=True)
class Release:
    """What a kind shows now. `cells` by table and cell; a whole is the cell '' of its own name."""

    kind: str
    generation: int
    period: str
    released_at: datetime
    data_version: int
    context: dict[str, Any]
    cells: dict[CellKey, ShownCell]

    def figure(self, table: str, cell: str = WHOLE) -> dict[str, Any] | None:
        """A figure, None where it is hidden or unknown."""
        shown = self.cells.get((table, cell))
        return shown.figure if shown else None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a release changed: figures shown anew, kept, and hidden. `made` False: nothing was new."""

    made: bool
    fresh: int
    kept: int
    hidden: int
