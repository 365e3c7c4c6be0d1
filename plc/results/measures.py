"""What people say of an assessment: what it is for, what it cannot tell, and which versions are one test.

A *measure* is an assessment by its subject and name, whatever the grade and year. Versions of a test count
apart until someone signs, with a name and a reason, that they are comparable.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from plc.core import clock
from plc.core.errors import BadFile, Conflict, NotAllowed, NotFound
from plc.core.free_text import SENTENCES
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.people import record_access
from plc.results.student_words import shareable_words
from plc.results.uploads import sees_every_file


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
        rows = cursor.execute(load_sql("results", "measures"), {"upload_id": None}).fetchall()
    return [Measure(*row) for row in rows]


def measures_to_state(database: Database, viewer: Viewer, upload_id: str) -> list[Measure]:
    """The measures of a confirmed upload of which nobody has said what they are for."""
    viewer.require(Permission.RESULTS_UPLOAD)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("results", "measures"), {"upload_id": upload_id}).fetchall()
    return [measure for row in rows if (measure := Measure(*row)).purpose is None]


def state_purpose(database: Database, viewer: Viewer, measure: Measure) -> None:
    """Record what a measure is for; said again, it replaces what was said.

    Raises `BadFile` without a purpose, `TooLong`, and `NotFound` for no such measure.
    """
    viewer.require(Permission.RESULTS_UPLOAD)
    said = [
        _clean(database, text, field)
        for text, field in (
            (measure.purpose, "what it is for"),
            (measure.tells, "what it tells"),
            (measure.cannot_tell, "what it cannot tell"),
            (measure.given_when, "when it is given"),
            (measure.scale, "its scale"),
        )
    ]
    if said[0] is None:
        raise BadFile("Say in a sentence what the assessment is for.")
    if not any(_is(known, measure) for known in list_measures(database)):
        raise NotFound("There is no such assessment any more. Reload the page.")
    purpose, tells, cannot_tell, given_when, scale = said
    with database.write() as cursor:
        cursor.execute(
            load_sql("results", "state_purpose"),
            {
                "subject": measure.subject, "name": measure.name, "purpose": purpose, "tells": tells,
                "cannot_tell": cannot_tell, "given_when": given_when, "scale": scale,
                "stated_by": _who(viewer), "stated_at": clock.now(),
            },
        ).fetchall()  # fmt: skip


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
