"""A report: a title, sections of words, tables and pictures, and footnotes on method and limits.

One value is both the PDF and the CSV, so that they can never say different things.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

import pandas as pd

from plc.reports.typesetting import Figure, Table, typeset

NOT_FOR_EVALUATION: Final = "For learning and improvement. Not for evaluating, hiring or assigning anybody."


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it, in this order."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    pictures: tuple[Figure, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing stands under the heading."""
        return not (self.paragraphs or self.points or self.tables or self.pictures)


@dataclass(frozen=True, slots=True)
class Report:
    """What a page shows, to take away. Sections with nothing in them are left out."""

    title: str
    subtitle: str
    sections: tuple[Section, ...]
    footnotes: tuple[str, ...]
    made_on: date

    def pdf(self) -> bytes:
        """A tagged PDF (PDF/UA-1)."""
        shown = [asdict(section) for section in self.sections if not section.empty]
        return typeset(
            "plain",
            {
                "title": self.title,
                "subtitle": self.subtitle,
                "sections": shown,
                "footnotes": [*self.footnotes, NOT_FOR_EVALUATION],
                "footer": f"{self.title} · {day(self.made_on)}",
            },
        )

    def frame(self) -> pd.DataFrame:
        """The same words and figures as a table: part, line, and the cells of a table's row."""
        rows: list[tuple[str, ...]] = []
        for section in self.sections:
            rows += [(section.heading, line) for line in (*section.paragraphs, *section.points)]
            for table in section.tables:
                rows.append((section.heading, *table.heads))
                rows += [(section.heading, *row) for row in table.rows]
        rows += [("Notes", line) for line in (*self.footnotes, NOT_FOR_EVALUATION)]
        width = max(len(row) for row in rows)
        padded = [(*row, *("",) * (width - len(row))) for row in rows]
        return pd.DataFrame(padded, columns=["part", *(f"column_{n}" for n in range(1, width))])


def table_of(caption: str, frame: pd.DataFrame) -> Table:
    """A frame as a table of text; a missing value is an empty cell."""
    rows = tuple(
        tuple("" if pd.isna(cell) else str(cell) for cell in row) for row in frame.itertuples(index=False)
    )
    return Table(caption, tuple(map(str, frame.columns)), rows)


def lines(text: str) -> tuple[str, ...]:
    """The non-empty lines of what somebody wrote, without a leading list mark."""
    return tuple(line.strip().lstrip("-•* ").strip() for line in text.splitlines() if line.strip())


def day(on: date) -> str:
    """`21 May 2026`."""
    return f"{on:%-d %B %Y}"


def counted(number: int, one: str, many: str) -> str:
    """`1 class`, `3 classes`."""
    return f"{number} {one if number == 1 else many}"


def joined(parts: Sequence[str | None]) -> str:
    """The parts that say something, with a dot between."""
    return " · ".join(part for part in parts if part)
