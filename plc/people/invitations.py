"""Invitations: how a person gets an account. A data steward asks an address; its holder claims it once.

Of the code only a hash is kept. It is claimed by whoever the identity provider says holds the address it was
made for, so that a code that went astray opens nothing.
"""

from __future__ import annotations

import hashlib
import secrets
import time
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from plc.core import clock
from plc.core.errors import NotAllowed, NotFound, PlcError
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.audit import record_access
from plc.people.sign_in import Identity

CODE_LASTS: Final = timedelta(days=7)
# 192 random bits: a code is not guessed, so that attempts need no counting.
CODE_BYTES: Final = 24
# A reviewer looks for a term at most; the other roles last until they are ended.
REVIEWER_LASTS: Final = timedelta(days=183)
LONGEST_ADDRESS: Final = 254


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role with what it belongs to: a principal's school, a coach's school or team, until when."""

    role: Role
    school_id: str | None = None
    team_id: str | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that can still be claimed."""

    account_invitation_id: str
    address: str
    role: Role
    school_id: str | None
    team_id: str | None
    invited_at: datetime
    expires_at: datetime
    code_sha256: str = field(repr=False)

    def is_claimed_with(self, code: str) -> bool:
        """Whether this is the code that was made for it."""
        return self.code_sha256 == _hashed(code)


def invite(database: Database, viewer: Viewer, address: str, grant: RoleGrant) -> str:
    """Invite an address; returns the code to hand to its holder, which is kept nowhere.

    Raises `PlcError` for what is no address, and for a role without what it belongs to.
    """
    viewer.require(Permission.ACCOUNT_MANAGE)
    address = address.strip()
    if (
        not 3 <= len(address) <= LONGEST_ADDRESS
        or address.count("@") != 1
        or not address.isascii()
        or any(c.isspace() for c in address)
    ):
        raise PlcError("Write one mail address, such as name@school.org.")
    address = address.lower()
    code, now = secrets.token_urlsafe(CODE_BYTES), clock.now()
    invitation_id = str(uuid.uuid4())
    with database.write_through() as cursor:
        require_scope(cursor, grant)
        cursor.execute(
            load_sql("people", "invite_account"),
            {
                "account_invitation_id": invitation_id,
                "address": address,
                "code_sha256": _hashed(code),
                "role": str(grant.role),
                "school_id": grant.school_id,
                "team_id": grant.team_id,
                "role_until_on": grant.until_on,
                "invited_by": viewer.signature,
                "invited_at": now,
                "expires_at": now + CODE_LASTS,
            },
        ).fetchall()
        record_access(cursor, viewer, action="invite", thing=f"{grant.role}, invitation {invitation_id}")
    return code


def claim_invitation(database: Database, identity: Identity, code: str) -> str:
    """Use an invitation up and take its role; returns the account's id.

    Raises `NotAllowed` for a code that is wrong, used, taken back, out of date or made for another address:
    it is not said which.
    """
    now, claimed_by = clock.now(), str(uuid.uuid4())
    with database.write_through() as cursor:
        rows = cursor.execute(
            load_sql("people", "account_of"), {"issuer": identity.issuer, "subject_id": identity.subject_id}
        ).fetchall()
        account_id = rows[0][0] if rows else claimed_by
        claimed = cursor.execute(
            load_sql("people", "claim_invitation"),
            {
                "code_sha256": _hashed(code.strip()),
                "address": identity.address,
                "claimed_at": now,
                "claimed_by": account_id,
            },
        ).fetchall()
        if not claimed:
            raise NotAllowed(
                "This code cannot be used: it is wrong, used, out of date, or made for another address."
                " Ask your data steward for a new one."
            )
        invitation_id, role, school_id, team_id, until_on = claimed[0]
        _keep_account(cursor, identity, account_id, known=bool(rows), removed=bool(rows and rows[0][3]))
        add_role(
            cursor, account_id, RoleGrant(Role(role), school_id, team_id, until_on), given_by=invitation_id
        )
        holder = Viewer(Role(role), account_id=account_id)
        record_access(cursor, holder, action="claim", thing=f"invitation {invitation_id}")
    return str(account_id)


def list_invitations(database: Database, viewer: Viewer) -> list[OpenInvitation]:
    """The invitations that can still be claimed, by address."""
    viewer.require(Permission.ACCOUNT_MANAGE)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("people", "open_invitations"), {"now": clock.now()}).fetchall()
    return [OpenInvitation(key, address, Role(role), *others) for key, address, role, *others in rows]


def withdraw_invitation(database: Database, viewer: Viewer, account_invitation_id: str) -> None:
    """Take an invitation back. Raises `NotFound` for one that is not open."""
    viewer.require(Permission.ACCOUNT_MANAGE)
    with database.write_through() as cursor:
        withdrawn = cursor.execute(
            load_sql("people", "withdraw_invitation"),
            {"account_invitation_id": account_invitation_id, "withdrawn_at": clock.now()},
        ).fetchall()
        if not withdrawn:
            raise NotFound("This invitation is not open any more.")
        record_access(cursor, viewer, action="withdraw", thing=f"invitation {account_invitation_id}")


def add_role(cursor: Cursor, account_id: str, grant: RoleGrant, *, given_by: str) -> None:
    """Give an account a role from today, inside the caller's transaction."""
    cursor.execute(
        load_sql("people", "give_role"),
        {
            # Sorts by time, so that of roles given in the same second the earlier one comes first.
            "account_role_id": f"{time.time_ns():020d}-{uuid.uuid4().hex[:12]}",
            "account_id": account_id,
            "role": str(grant.role),
            "school_id": grant.school_id,
            "team_id": grant.team_id,
            "from_on": clock.now().date(),
            "until_on": grant.until_on,
            "given_by": given_by,
            "given_at": clock.now(),
        },
    ).fetchall()


def require_scope(cursor: Cursor, grant: RoleGrant) -> None:
    """Raise `PlcError` for a role that lacks what it belongs to, or has what it does not."""
    today = clock.now().date()
    if grant.role is Role.NOBODY:
        raise PlcError("Choose a role.")
    if grant.until_on is not None and grant.until_on < today:
        raise PlcError("Choose a date that has not passed.")
    if grant.role is Role.REVIEWER and not (grant.until_on and grant.until_on <= today + REVIEWER_LASTS):
        raise PlcError("An external reviewer looks until a date, half a year from now at the latest.")
    if grant.role is Role.PRINCIPAL and grant.school_id is None:
        raise PlcError("Choose the principal's school.")
    if grant.role is Role.COACH and grant.school_id is None and grant.team_id is None:
        raise PlcError("Choose the coach's school or team.")
    if grant.team_id is not None and grant.role is not Role.COACH:
        raise PlcError("Only a coach's role belongs to a team. Teachers join their teams themselves.")
    if grant.school_id is not None and grant.role not in (Role.PRINCIPAL, Role.COACH):
        raise PlcError("Only a principal's or a coach's role belongs to a school.")
    if grant.school_id is not None:
        known = cursor.execute(
            load_sql("people", "schools_known"), {"school_ids": [grant.school_id]}
        ).fetchall()
        if not known:
            raise NotFound("This school is not in the roster. Choose one from the list.")


def _keep_account(cursor: Cursor, identity: Identity, account_id: str, *, known: bool, removed: bool) -> None:
    if not known:
        cursor.execute(
            load_sql("people", "make_account"),
            {
                "account_id": account_id,
                "issuer": identity.issuer,
                "subject_id": identity.subject_id,
                "address": identity.address,
                "made_at": clock.now(),
            },
        ).fetchall()
    elif removed:
        cursor.execute(
            load_sql("people", "revive_account"), {"account_id": account_id, "address": identity.address}
        ).fetchall()


def _hashed(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
