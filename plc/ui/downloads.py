"""Tables a person takes away: CSV that a spreadsheet opens without running anything in it."""

from __future__ import annotations

import csv
from typing import Final

import pandas as pd

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection).
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as CSV, in UTF-8 with the mark spreadsheets look for; no text cell can start a formula."""
    safe = frame.rename(columns=lambda header: _as_text(str(header)))
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(lambda cell: _as_text(cell) if isinstance(cell, str) else cell)
    return safe.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC).encode("utf-8-sig")


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
