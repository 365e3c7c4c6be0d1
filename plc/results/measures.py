"""What people say of an assessment: what it is for, what it cannot tell, and which versions are one test.

A *measure* is an assessment by its subject and name, whatever the grade and year. Versions of a test count
apart until someone signs, with a name and a reason, that they are comparable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from plc.core import clock
from plc.core.errors import BadFile, Conflict, NotAllowed, NotFound
from plc.core.free_text import SENTENCES
from plc.core.two_texts import changes_of
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people import record_access
from plc.results.student_words import shareable_words
from plc.results.uploads import sees_every_file

# What is said of a measure, as an error names it.
SAID: Final = {
    "purpose": "what it is for",
    "tells": "what it tells",
    "cannot_tell": "what it cannot tell",
    "given_when": "when it is given",
    "scale": "its scale",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure and what is said of it; `purpose` None is a measure nobody has said anything of."""

    subject: str
    name: str
    purpose: str | None = None
    tells: str | None = None
    cannot_tell: str | None = None
    given_when: str | None = None
    scale: str | None = None
    stated_by: str | None = None
    stated_at: datetime | None = None

    @property
    def version(self) -> int:
        """Grows with each time somebody says it: when, in microseconds; 0 where nobody has."""
        return 0 if self.stated_at is None else round(self.stated_at.timestamp() * 1_000_000)


@dataclass(frozen=True, slots=True)
class Comparability:
    """Who signed that a version is the same test as another, and why."""

    subject: str
    version_name: str
    main_name: str
    reason: str
    signed_by: str
    signed_at: datetime


def list_measures(database: Database) -> list[Measure]:
    """Every measure with results, with what is said of it; a bundle's own purpose counts as said."""
    with database.read() as cursor:
        return _measures(cursor)


def measures_to_state(database: Database, viewer: Viewer, upload_id: str) -> list[Measure]:
    """The measures of a confirmed upload of which nobody has said what they are for."""
    viewer.require(Permission.RESULTS_UPLOAD)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("results", "measures"), {"upload_id": upload_id}).fetchall()
    return [measure for row in rows if (measure := Measure(*row)).purpose is None]


def state_purpose(
    database: Database, viewer: Viewer, measure: Measure, *, began: Measure | None = None
) -> None:
    """Record what a measure is for; said again, it replaces what was said.

    `began` is what was said when the words were begun: what somebody said since in other fields stays, and
    `BothTexts` holds both texts of those that both changed. Without it everything is replaced. Raises
    `BadFile` without a purpose, `TooLong`, and `NotFound` for no such measure.
    """
    viewer.require(Permission.RESULTS_UPLOAD)
    said: dict[str, object] = {
        name: _clean(database, getattr(measure, name), field) for name, field in SAID.items()
    }
    if said["purpose"] is None:
        raise BadFile("Say in a sentence what the assessment is for.")
    with database.write() as cursor:
        known = next((one for one in _measures(cursor) if _is(one, measure)), None)
        if known is None:
            raise NotFound("There is no such assessment any more. Reload the page.")
        if began is not None:
            said = _said(known) | changes_of(
                said,
                _said(began),
                theirs=_said(known),
                version=known.version,
                message="A colleague said what this assessment is for while you wrote.",
            )
        cursor.execute(
            load_sql("results", "state_purpose"),
            {
                "subject": measure.subject, "name": measure.name, **said,
                "stated_by": _who(viewer), "stated_at": clock.now(),
            },
        ).fetchall()  # fmt: skip


def _said(measure: Measure) -> dict[str, object]:
    return {name: getattr(measure, name) for name in SAID}


def _measures(cursor: Cursor) -> list[Measure]:
    rows = cursor.execute(load_sql("results", "measures"), {"upload_id": None}).fetchall()
    return [Measure(*row) for row in rows]


def list_comparable(database: Database) -> list[Comparability]:
    """What is signed and not withdrawn."""
    with database.read() as cursor:
        rows = cursor.execute(load_sql("results", "comparable_signed")).fetchall()
    return [Comparability(*row) for row in rows]


def sign_comparable(
    database: Database, viewer: Viewer, *, subject: str, version: str, main: str, reason: str, signed_by: str
) -> None:
    """Sign that `version` is the same test as `main`: from the next scan on their results count together.

    Raises `BadFile` without a name and a reason, `Conflict` when they cannot be pooled, and `NotAllowed`
    unless she may say what everybody's figures follow from.
    """
    require_signer(viewer)
    why, who = _clean(database, reason, "the reason"), _clean(database, signed_by, "your name")
    if why is None or who is None:
        raise BadFile("Sign with your name and say why the two are comparable.")
    signed = [one for one in list_comparable(database) if one.subject == subject]
    if version == main:
        raise Conflict("Choose two different assessments.")
    if any(version in (one.version_name, one.main_name) or main == one.version_name for one in signed):
        raise Conflict("One of the two is signed already as a version of another. Withdraw that first.")
    with database.write() as cursor:
        cursor.execute(
            load_sql("results", "sign_comparable"),
            {
                "subject": subject, "version_name": version, "main_name": main, "reason": why,
                "signed_by": who, "signed_at": clock.now(),
            },
        ).fetchall()  # fmt: skip
        pooled = cursor.execute(
            load_sql("results", "pooled_versions"), {"subject": subject, "version_name": version}
        ).fetchall()
        if not pooled:
            raise Conflict(
                "The two share no grade and school year in which both have the same kind and the same number "
                "of points, so their scores cannot count together."
            )
        record_access(cursor, viewer, action="sign", thing="two versions of a test are comparable")
        raise_data_version(cursor)


def withdraw_comparable(database: Database, viewer: Viewer, *, subject: str, version: str) -> None:
    """Take a signature back: from the next scan on the version counts apart again. Raises `NotFound`."""
    require_signer(viewer)
    if not any((one.subject, one.version_name) == (subject, version) for one in list_comparable(database)):
        raise NotFound("Nothing is signed for this assessment.")
    with database.write() as cursor:
        cursor.execute(
            load_sql("results", "withdraw_comparable"),
            {
                "subject": subject,
                "version_name": version,
                "withdrawn_by": _who(viewer),
                "withdrawn_at": clock.now(),
            },
        ).fetchall()
        raise_data_version(cursor)


def may_sign(viewer: Viewer) -> bool:
    """Whether she may say which versions of a test count as one: where people sign in, a steward's to say."""
    return viewer.may(Permission.RESULTS_UPLOAD) and sees_every_file(viewer)


def require_signer(viewer: Viewer) -> None:
    """Raise `NotAllowed` for anybody else: a made-up version would weigh on everybody's figures."""
    viewer.require(Permission.RESULTS_UPLOAD)
    if not sees_every_file(viewer):
        raise NotAllowed("A data steward signs that two versions are one test. Ask yours, and say why.")


def _is(one: Measure, other: Measure) -> bool:
    return (one.subject, one.name) == (other.subject, other.name)


def _who(viewer: Viewer) -> str:
    return viewer.teacher_id or str(viewer.role)


def _clean(database: Database, text: str | None, field: str) -> str | None:
    return " ".join(shareable_words(database, text or "", field, most=SENTENCES).split()) or None
