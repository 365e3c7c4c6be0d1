"""The sample district served to people who sign in, each in a browser of her own."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page

from plc.core import clock
from plc.core.viewer import LOCAL_STEWARD, Role
from plc.database import Database
from plc.people import RoleGrant, invite, link_account
from plc.people.invitations import claim_invitation
from plc.people.sign_in import Identity
from tests.e2e.serving import free_port, open_page, served, window
from tests.e2e.test_sign_in import provider, sign_in, write_secrets


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in: with a role, and as which teacher of the roster."""

    subject: str
    role: Role = Role.TEACHER
    teacher_id: str | None = None
    school_id: str | None = None

    @property
    def address(self) -> str:
        """Her mail address."""
        return f"{self.subject}@school.example"


@dataclass(frozen=True, slots=True)
class Room:
    """An installation that people sign in to, and the folder of its database."""

    address: str
    folder: Path


@contextmanager
def seated(
    sample_file: Path, folder: Path, people: Sequence[Person], settings: Mapping[str, str] | None = None
) -> Iterator[Room]:
    """A copy of the sample district in `folder`, served to these people through an OpenID provider.

    `settings`: further environment variables of the server.
    """
    for beside in sample_file.parent.glob(f"{sample_file.name}*"):
        shutil.copy2(beside, folder / beside.name)
    port = free_port()
    users = [{"sub": one.subject, "email": one.address, "email_verified": True} for one in people]
    with provider(users) as provider_port:
        issuer = f"http://localhost:{provider_port}"
        _add_people(folder / "plc.duckdb", people, issuer)
        write_secrets(folder, port=port, provider_port=provider_port)
        named = {
            "PLC_SIGN_IN": "oidc",
            "PLC_ADDRESS": f"http://localhost:{port}",
            "PLC_ALLOWED_ISSUERS": json.dumps([issuer]),
            "AUTHLIB_INSECURE_TRANSPORT": "1",
        }
        given = named | dict(settings or {})
        with served(folder, sample=False, port=port, settings=given, started_in=folder) as address:
            yield Room(address, folder)


def _add_people(path: Path, people: Sequence[Person], issuer: str) -> None:
    """Accounts as a steward would make them, by invitation."""
    with Database(path) as database:
        for one in people:
            code = invite(database, LOCAL_STEWARD, one.address, RoleGrant(one.role, school_id=one.school_id))
            identity = Identity(issuer, one.subject, one.address, clock.now())
            account_id = claim_invitation(database, identity, code)
            if one.teacher_id is not None:
                link_account(database, LOCAL_STEWARD, account_id, teacher_id=one.teacher_id)


@contextmanager
def browsers(
    browser: Browser, room: Room, subjects: Sequence[str], sizes: Mapping[str, tuple[int, int]] | None = None
) -> Iterator[dict[str, Page]]:
    """These people signed in, each in a browser of her own, of a usual size unless said otherwise."""
    opened: list[BrowserContext] = []
    try:
        pages = {}
        for name in subjects:
            width, height = (sizes or {}).get(name, (1280, 900))
            context = window(browser, viewport={"width": width, "height": height})
            opened.append(context)
            pages[name] = context.new_page()
            sign_in(pages[name], room.address, name)
            open_page(pages[name], room.address)
        yield pages
    finally:
        for context in opened:
            context.close()
