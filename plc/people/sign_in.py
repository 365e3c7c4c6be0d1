"""Who signed in: from what an identity provider says to the viewer, worked out anew on every request.

An *identity* is what the provider says of a person: issuer, subject, address. A *standing* is what that
identity may do here now. Nothing of it is remembered between requests but the row of the sign-in, so that a
removed person, an ended role or a sign-out holds at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from plc.core import clock
from plc.core.errors import NotAllowed
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.audit import record_access

# Google says by `hd` whether an address is of an organisation; its other accounts can carry any address.
GOOGLE: Final = "https://accounts.google.com"
# Clocks of two computers agree within this.
CLOCKS_DIFFER: Final = timedelta(minutes=5)
# Who has one of these roles reads of other teachers what it allows, also while she looks as a teacher.
LEADING: Final = frozenset({Role.PRINCIPAL, Role.DISTRICT_LEADER})
# A sign-in in use is noted at most this often.
NOTED_EVERY: Final = timedelta(seconds=60)

State = Literal["signed out", "stranger", "no role", "in"]


@dataclass(frozen=True, slots=True)
class SignInRules:
    """Whom this installation lets in.

    allowed_issuers    the providers, each by its issuer address; others are refused
    hosted_domains     domains an address must belong to; empty for any
    verifying_issuers  providers whose every address is verified though they do not say so, such as one
                       organisation's own directory
    session, idle      a sign-in ends so long after it, or so long after it was last used
    """

    allowed_issuers: tuple[str, ...]
    hosted_domains: tuple[str, ...] = ()
    verifying_issuers: tuple[str, ...] = ()
    session: timedelta = timedelta(hours=12)
    idle: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as her provider knows her; `signed_in_at` is UTC."""

    issuer: str
    subject_id: str
    address: str
    signed_in_at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What an identity may do now: the viewer, and the roles to choose from."""

    state: State
    viewer: Viewer = field(default_factory=Viewer)
    roles: tuple[Role, ...] = ()
    address: str = ""


def read_identity(claims: Mapping[str, object], rules: SignInRules) -> Identity:
    """The identity in a provider's claims. Raises `NotAllowed` for one that these rules do not let in."""
    issuer, subject, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not isinstance(issuer, str) or issuer not in rules.allowed_issuers:
        raise NotAllowed("This sign-in comes from a provider that is not accepted here. Use your school's.")
    if not isinstance(subject, str) or not subject or not isinstance(issued, int | float):
        raise NotAllowed("The provider did not say who you are. Ask a data steward to check its settings.")
    trusted = issuer in rules.verifying_issuers
    address = claims.get("email") or (claims.get("preferred_username") if trusted else None)
    if not isinstance(address, str) or "@" not in address:
        raise NotAllowed("The provider gave no mail address. Ask a data steward to check its settings.")
    if claims.get("email_verified") is not True and not trusted:
        raise NotAllowed(
            "Your provider has not verified your mail address. Verify it there, then sign in again."
        )
    address = plain_address(address)
    if rules.hosted_domains and _domain(claims, issuer, address) not in rules.hosted_domains:
        raise NotAllowed("This address is not of your organisation. Sign in with the one of your school.")
    signed_in_at = datetime.fromtimestamp(float(issued), UTC).replace(tzinfo=None, microsecond=0)
    now = clock.now()
    if signed_in_at > now + CLOCKS_DIFFER:
        raise NotAllowed(
            "The provider's clock and this server's differ. Ask a data steward to set the clock."
        )
    if now - signed_in_at > rules.session:
        raise NotAllowed("You signed in a while ago. Sign in again.")
    return Identity(issuer, subject, address, signed_in_at)


def plain_address(address: str) -> str:
    """A mail address as it is compared, in small letters. Raises `NotAllowed` for one with other letters.

    Letters beyond ASCII are not folded into others: of two addresses that look alike each has its own holder.
    """
    said = address.strip()
    if not said.isascii() or said.count("@") != 1:
        raise NotAllowed(
            "Only mail addresses of plain letters, with one @, are accepted here. Ask for such a one."
        )
    return said.lower()


def _domain(claims: Mapping[str, object], issuer: str, address: str) -> str:
    """The organisation of an address; Google's `hd` says it of its own accounts, and of nobody else's."""
    if issuer != GOOGLE:
        return address.rpartition("@")[2]
    hosted = claims.get("hd")
    return hosted.lower() if isinstance(hosted, str) else ""


def standing(database: Database, identity: Identity, rules: SignInRules) -> Standing:
    """What this identity may do now, from the database. Raises `NotAllowed` for a sign-in that has ended."""
    today = clock.now().date()
    with database.read() as cursor:
        accounts = cursor.execute(
            load_sql("people", "account_of"),
            {"issuer": identity.issuer, "subject_id": identity.subject_id},
        ).fetchall()
        if not accounts or accounts[0][3] is not None:
            return Standing("stranger", address=identity.address)
        account_id, teacher_id, looks_as, _ = accounts[0]
        seen_at = _seen_at(cursor, account_id, identity, rules)
        scopes = cursor.execute(
            load_sql("people", "roles_in_force"), {"account_id": account_id, "today": today}
        ).fetchall()
        roles = tuple(dict.fromkeys(Role(role) for role, _, _ in scopes))
        if roles:
            role = Role(looks_as) if looks_as in roles else roles[0]
            viewer = _viewer(cursor, role, scopes, account_id=account_id, teacher_id=teacher_id)
    if not roles:
        return Standing("no role", address=identity.address)
    _note_use(database, viewer, identity, seen_at=seen_at)
    return Standing("in", viewer, roles, identity.address)


def look_as(database: Database, viewer: Viewer, role: Role, *, roles: Sequence[Role]) -> None:
    """Look with another of her roles. Raises `NotAllowed` for one she does not have."""
    if viewer.account_id is None or role not in roles:
        raise NotAllowed("You do not have this role. A data steward gives roles.")
    with database.write_through() as cursor:
        cursor.execute(
            load_sql("people", "look_as"), {"account_id": viewer.account_id, "looks_as": str(role)}
        ).fetchall()
        record_access(cursor, replace(viewer, role=role), action="look as", thing=str(role))


def end_sign_in(database: Database, viewer: Viewer, identity: Identity) -> None:
    """End this sign-in here, so that a copy of its cookie opens nothing either."""
    if viewer.account_id is None:
        return
    of_it = {"account_id": viewer.account_id, "signed_in_at": identity.signed_in_at}
    now = clock.now()
    with database.write_through() as cursor:
        if not cursor.execute(load_sql("people", "session_of"), of_it).fetchall():
            cursor.execute(load_sql("people", "start_session"), of_it | {"seen_at": now}).fetchall()
        cursor.execute(load_sql("people", "end_session"), of_it | {"ended_at": now}).fetchall()
        record_access(cursor, viewer, action="sign out", thing="account")


def teams_of(cursor: Cursor, teacher_id: str | None) -> tuple[str, ...]:
    """The open teams a teacher is a member of today."""
    if teacher_id is None:
        return ()
    rows = cursor.execute(
        load_sql("people", "member_teams"), {"teacher_id": teacher_id, "today": clock.now().date()}
    ).fetchall()
    return tuple(team_id for (team_id,) in rows)


def coached_teams(cursor: Cursor, *, team_ids: Sequence[str], school_ids: Sequence[str]) -> tuple[str, ...]:
    """The open teams a coach may look into: those named, and those of her schools."""
    rows = cursor.execute(
        load_sql("people", "coached_teams"), {"team_ids": list(team_ids), "school_ids": list(school_ids)}
    ).fetchall()
    return tuple(team_id for (team_id,) in rows)


def _viewer(
    cursor: Cursor,
    role: Role,
    scopes: Sequence[tuple[str, str | None, str | None]],
    *,
    account_id: str,
    teacher_id: str | None,
) -> Viewer:
    """The seat of one of her roles, with what she knows from the others."""
    own = teams_of(cursor, teacher_id)
    coached: tuple[str, ...] = ()
    if any(named == Role.COACH for named, _, _ in scopes):
        coached = coached_teams(
            cursor,
            team_ids=[team for named, _, team in scopes if named == Role.COACH and team],
            school_ids=[school for named, school, _ in scopes if named == Role.COACH and school],
        )
    seat = Viewer(
        role,
        account_id=account_id,
        leads=any(named in LEADING for named, _, _ in scopes),
        also_teacher_id=teacher_id,
        also_team_ids=tuple(sorted({*own, *coached})),
    )
    if seat.teaches:
        return replace(seat, teacher_id=teacher_id, team_ids=own)
    if role is Role.COACH:
        return replace(seat, team_ids=coached)
    if role is Role.PRINCIPAL:
        schools = {school for named, school, _ in scopes if named == role and school}
        return replace(seat, school_ids=tuple(sorted(schools)))
    return seat


def _seen_at(cursor: Cursor, account_id: str, identity: Identity, rules: SignInRules) -> datetime | None:
    """When this sign-in was last used; None for a new one. Raises `NotAllowed` for one that has ended."""
    rows = cursor.execute(
        load_sql("people", "session_of"),
        {"account_id": account_id, "signed_in_at": identity.signed_in_at},
    ).fetchall()
    if not rows:
        return None
    seen_at, ended_at = rows[0]
    if ended_at is not None:
        raise NotAllowed("You signed out, or were signed out. Sign in again.")
    if clock.now() - seen_at > rules.idle:
        raise NotAllowed("You were away for a while. Sign in again.")
    assert isinstance(seen_at, datetime)  # noqa: S101 -- for the type checker; the column is a timestamp
    return seen_at


def _note_use(database: Database, viewer: Viewer, identity: Identity, *, seen_at: datetime | None) -> None:
    """Note a new sign-in and, now and then, its use; while a long write is under way a later page does it."""
    now = clock.now()
    of_it = {"account_id": viewer.account_id, "signed_in_at": identity.signed_in_at, "seen_at": now}

    def start(cursor: Cursor) -> None:
        cursor.execute(load_sql("people", "start_session"), of_it).fetchall()
        record_access(cursor, viewer, action="sign in", thing="account")

    def touch(cursor: Cursor) -> None:
        cursor.execute(load_sql("people", "touch_session"), of_it).fetchall()

    if seen_at is None:
        database.write_if_free(start)
    elif now - seen_at >= NOTED_EVERY:
        database.write_if_free(touch)
