"""What a person takes away: CSV that a spreadsheet opens without running anything in it, made for her only.

A file may be made at the press of its button. No page runs then, so nothing would notice that she signed
out, was removed or left a team since the button was drawn; a tab left open would go on delivering.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import Final

import pandas as pd

from plc.core.errors import NotAllowed
from plc.core.viewer import Viewer
from plc.people.looks import note_refusal
from plc.ui import pressing, runtime

# A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection).
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The frame as CSV, in UTF-8 with the mark spreadsheets look for; no text cell can start a formula."""
    safe = frame.rename(columns=lambda header: _as_text(str(header)))
    for column in safe.columns:
        if not pd.api.types.is_numeric_dtype(safe[column]):
            safe[column] = safe[column].map(lambda cell: _as_text(cell) if isinstance(cell, str) else cell)
    return safe.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC).encode("utf-8-sig")


def at_press(viewer: Viewer, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make` for a download button: made at the press, if `viewer` is still who she was when it was drawn.

    It raises `NotAllowed` otherwise, and the refusal is kept in the audit; the browser says that no file
    could be made.
    """
    looking, database = runtime.viewer_later(), runtime.database()

    def made() -> bytes:
        now = looking()
        try:
            pressing.require_still(viewer, now)
        except NotAllowed as error:
            note_refusal(database, now, error)
            raise
        return make()

    return made


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA_STARTS) else cell
