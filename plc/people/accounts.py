"""What a data steward does with accounts: look up, say which teacher one is, give and end roles, remove."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from plc.core import clock
from plc.core.errors import Conflict, NotAllowed, NotFound
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.people.audit import record_access
from plc.people.invitations import RoleGrant, add_role, require_scope
from plc.people.looks import note_look

ACCOUNTS_A_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role of an account that has not ended."""

    account_role_id: str
    role: Role
    school_id: str | None
    team_id: str | None
    from_on: date
    until_on: date | None


@dataclass(frozen=True, slots=True)
class Account:
    """A person who signs in, as a steward sees her."""

    account_id: str
    address: str
    issuer: str
    teacher_id: str | None
    made_at: datetime
    roles: tuple[HeldRole, ...]


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One page of accounts, by address, and how many there are in all."""

    accounts: tuple[Account, ...]
    total: int


def list_accounts(
    database: Database, viewer: Viewer, *, search: str = "", role: Role | None = None, page: int = 0
) -> AccountPage:
    """Accounts whose address holds the search, of a role if one is given; 25 a page, from page 0."""
    viewer.require(Permission.ACCOUNT_MANAGE)
    today = clock.now().date()
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("people", "accounts"),
            {
                "search": search.strip().casefold() or None,
                "role": None if role is None else str(role),
                "limit": ACCOUNTS_A_PAGE,
                "offset": max(page, 0) * ACCOUNTS_A_PAGE,
                "today": today,
            },
        ).fetchall()
        held = _held_roles(cursor, [row[0] for row in rows], today)
    accounts = tuple(
        Account(account_id, address, issuer, teacher_id, made_at, tuple(held.get(account_id, ())))
        for account_id, address, issuer, teacher_id, made_at, _ in rows
    )
    note_look(database, viewer, "account", [account.teacher_id for account in accounts])
    return AccountPage(accounts, total=int(rows[0][5]) if rows else 0)


def link_account(database: Database, viewer: Viewer, account_id: str, *, teacher_id: str | None) -> None:
    """Say which teacher of the roster an account is; None takes it back.

    What the account showed of the teacher it was until now ends, and she reads of both on *Who looked*.
    Raises `NotAllowed` for the viewer's own account, `NotFound` for an unknown account or teacher,
    `Conflict` where the teacher has another account.
    """
    viewer.require(Permission.ACCOUNT_MANAGE)
    if teacher_id is not None and account_id == viewer.account_id:
        raise NotAllowed(
            "Which teacher you are is for another data steward to say: whoever it is reads that teacher's own"
            " results. Ask one, or invite one first."
        )
    with database.write_through() as cursor:
        if teacher_id is not None:
            of_her = {"teacher_id": teacher_id}
            if not cursor.execute(load_sql("people", "teacher_known"), of_her).fetchall():
                raise NotFound("This teacher is not in the roster. Choose a name from the list.")
            linked = {
                row[0] for row in cursor.execute(load_sql("people", "linked_accounts"), of_her).fetchall()
            }
            if linked - {account_id}:
                raise Conflict("Another account is this teacher already. Take that link back first.")
        former = [one for one in _left_without_account(cursor, account_id) if one != teacher_id]
        changed = cursor.execute(
            load_sql("people", "link_account"), {"account_id": account_id, "teacher_id": teacher_id}
        ).fetchall()
        if not changed:
            raise NotFound("This account was removed.")
        for one in former:
            _end_what_she_shows(cursor, one)
            # Whoever had the account may have opened her result in her stead.
            cursor.execute(load_sql("people", "forget_own_openings"), {"teacher_id": one}).fetchall()
            _tell(cursor, viewer, "unlink account", account_id, one)
        if teacher_id is not None or not former:
            _tell(cursor, viewer, "link account" if teacher_id else "unlink account", account_id, teacher_id)
        raise_data_version(cursor)


def give_role(database: Database, viewer: Viewer, account_id: str, grant: RoleGrant) -> None:
    """Give an account one more role."""
    viewer.require(Permission.ACCOUNT_MANAGE)
    with database.write_through() as cursor:
        require_scope(cursor, grant)
        add_role(cursor, account_id, grant, given_by=viewer.signature)
        record_access(cursor, viewer, action="give role", thing=f"{grant.role}, account {account_id}")


def end_role(database: Database, viewer: Viewer, account_role_id: str) -> None:
    """End a role; it holds from the next request. Raises `Conflict` for the last data steward's.

    With the last role she teaches in, her name is shown nowhere any more: she could not take it back.
    """
    viewer.require(Permission.ACCOUNT_MANAGE)
    today = clock.now().date()
    with database.write_through() as cursor:
        ended = cursor.execute(
            load_sql("people", "end_role"), {"account_role_id": account_role_id, "ended_at": clock.now()}
        ).fetchall()
        if not ended:
            raise NotFound("This role has ended.")
        if ended[0][1] == Role.STEWARD:
            _require_a_steward(cursor)
        account_id, role = ended[0]
        shut_out = cursor.execute(
            load_sql("people", "shut_out_teacher"), {"account_id": account_id, "today": today}
        ).fetchall()
        for (teacher_id,) in shut_out:
            _end_what_she_shows(cursor, teacher_id)
            raise_data_version(cursor)
        record_access(cursor, viewer, action="end role", thing=f"{role}, account {account_id}")


def remove_account(database: Database, viewer: Viewer, account_id: str) -> None:
    """Remove a person: her roles, her link and every sign-in end with the next request.

    Her name is shown nowhere any more: consent ends, her result is closed to her teams, and her practice
    cards keep their evidence. Raises `Conflict` for the last data steward.
    """
    viewer.require(Permission.ACCOUNT_MANAGE)
    with database.write_through() as cursor:
        now = clock.now()
        leaving = _left_without_account(cursor, account_id)
        for teacher_id in leaving:
            _end_what_she_shows(cursor, teacher_id)
        removed = cursor.execute(
            load_sql("people", "remove_account"), {"account_id": account_id, "removed_at": now}
        ).fetchall()
        if not removed:
            raise NotFound("This account was removed already.")
        for statement in ("end_roles", "end_sessions"):
            cursor.execute(
                load_sql("people", statement), {"account_id": account_id, "ended_at": now}
            ).fetchall()
        if viewer.account_id is not None:
            _require_a_steward(cursor)
        _tell(cursor, viewer, "remove", account_id, leaving[0] if leaving else None)
        raise_data_version(cursor)


def _left_without_account(cursor: Cursor, account_id: str) -> list[str]:
    """The teacher whom nobody is signed in as once this account is not; none where another account is she."""
    rows = cursor.execute(load_sql("people", "leaving_teacher"), {"account_id": account_id}).fetchall()
    return [teacher_id for (teacher_id,) in rows]


def _end_what_she_shows(cursor: Cursor, teacher_id: str) -> None:
    """Take her name off everything that shows it: nobody is left to take it back."""
    of_her = {"teacher_id": teacher_id}
    for statement in ("hide_name_on_cards", "close_every_opening"):
        cursor.execute(load_sql("people", statement), of_her).fetchall()
    today = clock.now().date()
    cursor.execute(load_sql("people", "withdraw_consents"), of_her | {"today": today}).fetchall()


def _tell(cursor: Cursor, viewer: Viewer, action: str, account_id: str, teacher_id: str | None) -> None:
    """Note what became of an account where the teacher it was, or is, reads of it."""
    record_access(cursor, viewer, action=action, thing=f"account {account_id}", subject_teacher_id=teacher_id)


def _require_a_steward(cursor: Cursor) -> None:
    """Roll back what would leave nobody to invite anybody."""
    left = cursor.execute(load_sql("people", "stewards_in_force"), {"today": clock.now().date()}).fetchall()
    if not left:
        raise Conflict("This is the last data steward. Make somebody else one first.")


def _held_roles(cursor: Cursor, account_ids: list[str], today: date) -> dict[str, list[HeldRole]]:
    rows = cursor.execute(
        load_sql("people", "roles_of_accounts"), {"account_ids": account_ids, "today": today}
    ).fetchall()
    held: dict[str, list[HeldRole]] = {}
    for account_id, role_id, role, school_id, team_id, from_on, until_on in rows:
        held.setdefault(account_id, []).append(
            HeldRole(role_id, Role(role), school_id, team_id, from_on, until_on)
        )
    return held
