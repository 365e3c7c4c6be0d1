"""Errors a person can act on: what happened, to what, and what to do next.

An exit code belongs to a kind of error, so that a nightly job can tell a bad
file from a locked database. Messages may reach logs: they carry ids of files
and codes, never a student's name or score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Issue:
    """One problem in a file. `row` counts lines as a spreadsheet shows them; None is the whole file."""

    file: str
    row: int | None
    column: str | None
    code: str
    message: str


class PlcError(Exception):
    """Anything shown to a person without a traceback.

    `about` is what somebody reached for, as a kind and an id ("team", "inquiry", "test", "meeting",
    "practice", "visit"): whom it concerns reads of a refusal in her audit.
    """

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 10

    def __init__(self, message: str, *, about: tuple[str, str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.about = about


class BadFile(PlcError):
    """A file that cannot be taken as it is; nothing was written."""

    code = "bad_file"
    exit_code = 11

    def __init__(self, message: str, issues: Sequence[Issue] = ()) -> None:
        super().__init__(message)
        self.issues = tuple(issues)


class NotAllowed(PlcError):
    """The viewer's role or scope does not include this."""

    code = "not_allowed"
    exit_code = 12


class Conflict(PlcError):
    """Someone changed the same thing in the meantime."""

    code = "conflict"
    exit_code = 13


class BothTexts(Conflict):
    """Two people wrote the same words at once, and nothing was written.

    `mine` and `theirs` hold both texts by field, `version` is what is stored now: a screen shows both, lets
    the words be put together, and saves over that version. Caught before any other `Conflict`, which is shown
    as it is.
    """

    def __init__(
        self, message: str, *, mine: Mapping[str, object], theirs: Mapping[str, object], version: int
    ) -> None:
        super().__init__(message)
        self.mine = dict(mine)
        self.theirs = dict(theirs)
        self.version = version


class NotFound(PlcError):
    """No such thing within what the viewer may see."""

    code = "not_found"
    exit_code = 14


class TooSmall(PlcError):
    """Too few people for a figure to be shown."""

    code = "too_small"
    exit_code = 15


class Unfinished(PlcError):
    """An estimate did not converge: it is withheld, not guessed."""

    code = "unfinished"
    exit_code = 16


class DatabaseUnavailable(PlcError):
    """The database is locked by another process, damaged, newer than this program, or on a full disk."""

    code = "database_unavailable"
    exit_code = 17


class DatabaseInUse(DatabaseUnavailable):
    """Another process has the database open, as a rule the running app."""

    code = "database_in_use"
