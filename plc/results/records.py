"""What the import door hands back: an upload's counts, what was recognised, what is still missing.

Every row read is accepted, a duplicate or rejected; an accepted row that replaces an earlier
value is also counted as superseding.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plc.core.errors import Issue


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows by what became of them; `read == accepted + duplicate + rejected`."""

    read: int = 0
    accepted: int = 0
    duplicate: int = 0
    superseded: int = 0
    rejected: int = 0

    @property
    def add_up(self) -> bool:
        """Whether every row read is accounted for."""
        return self.read == self.accepted + self.duplicate + self.rejected

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.read + other.read,
            self.accepted + other.accepted,
            self.duplicate + other.duplicate,
            self.superseded + other.superseded,
            self.rejected + other.rejected,
        )


@dataclass(frozen=True, slots=True)
class ColumnMatch:
    """A header and what it was taken for; `meaning` None is a column left out, and `note` says why."""

    file: str
    header: str
    meaning: str | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class UploadSummary:
    """One upload and its counts. `state` is staged, confirmed, undone or discarded; `may_continue` says
    whether the viewer may open what waits of it while it is staged, and undo it once it is confirmed."""

    upload_id: str
    file: str
    format: str
    state: str
    rows_read: int
    rows_accepted: int
    rows_duplicate: int
    rows_superseded: int
    rows_rejected: int
    issues: tuple[Issue, ...]
    staged_at: datetime
    confirmed_at: datetime | None
    undone_at: datetime | None
    may_continue: bool


@dataclass(frozen=True, slots=True)
class StagedUpload(UploadSummary):
    """An upload waiting for confirmation.

    `missing_answers` are required columns that neither the file, the roster nor an answer gives;
    while there are any, it cannot be confirmed. `already_loaded` says that every row is in place;
    `warnings` are sentences to read before confirming, `corrections` how many were made by hand.
    """

    recognised: str
    columns: tuple[ColumnMatch, ...]
    missing_answers: tuple[str, ...]
    already_loaded: bool
    warnings: tuple[str, ...]
    corrections: int
