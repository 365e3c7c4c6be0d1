"""A tab that stays open after its person is gone: what its download buttons still make when they are pressed.

Such a button is drawn with a function that is run at the press, when no page runs and nothing of the shell
looks who is there.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, Final

import pytest
from streamlit.runtime.media_file_manager import MediaFileManager

from plc.core import clock
from plc.core.errors import NotAllowed
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.people import (
    Identity,
    RoleGrant,
    claim_invitation,
    end_sign_in,
    invite,
    link_account,
    remove_account,
)
from plc.settings import load_settings
from plc.ui import downloads, identity, menu, runtime, session
from tests.pages.conftest import App
from tests.security.attempts import Attempts

Make = Callable[[], bytes]
ISSUER: Final = "https://login.school.example"
# Who draws which pages.
SEATS: Final = {
    (Role.TEACHER, "T049", ()): (menu.MY_CLASSES, menu.RESULT, menu.RECORDS, menu.PRACTICE),
    (Role.PRINCIPAL, None, ("M1",)): (menu.SCHOOL_MONTH,),
}  # fmt: skip


@pytest.fixture
def buttons(monkeypatch: pytest.MonkeyPatch) -> list[Make]:
    """What the buttons drawn so far make at a press."""
    drawn: list[Make] = []

    def add(self: object, make: Make, *_: object, **__: object) -> str:
        drawn.append(make)
        return f"file-{len(drawn)}"

    monkeypatch.setattr(MediaFileManager, "add_deferred", add)
    return drawn


def pressed(make: Make) -> bytes | None:
    try:
        return make()
    except NotAllowed:
        return None


def draw(app: App, page: str) -> None:
    at = app.start()
    at.session_state[session.PRACTICE_CHOSEN] = "P1"
    with app.open().read() as cursor:
        at.session_state[session.RECORD_CHOSEN] = cursor.execute(
            "select max(meeting_id) from meeting where team_id = 'sample-team-1' and ended_at is not null"
        ).fetchall()[0][0]
    at.switch_page(page).run()
    assert not at.exception


def test_no_button_of_a_tab_left_open_makes_a_file_for_the_next_seat(
    sample: App, attempts: Attempts, buttons: list[Make]
) -> None:
    for (role, teacher_id, school_ids), pages in SEATS.items():
        for page in pages:
            sample.sit(role, teacher_id=teacher_id, school_ids=school_ids)
            buttons.clear()
            draw(sample, page)
            assert buttons, page
            assert pressed(buttons[0]), page
            sample.sit(Role.TEACHER, teacher_id="T108")
            for make in buttons:
                attempts.judge(pressed(make), f"a button of {page}")


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """An installation that people sign in to, and what the provider said while the page ran."""
    monkeypatch.setenv("PLC_SIGN_IN", "oidc")
    monkeypatch.setenv("PLC_ALLOWED_ISSUERS", f'["{ISSUER}"]')
    load_settings.cache_clear()
    said = {
        "iss": ISSUER, "sub": "ada", "email": "ada@school.example", "email_verified": True,
        "iat": int(datetime.now(UTC).timestamp()), "is_logged_in": True,
    }  # fmt: skip
    monkeypatch.setattr(identity, "st", SimpleNamespace(user=SimpleNamespace(to_dict=lambda: dict(said))))
    return said


@pytest.mark.parametrize("gone", ["removed", "signed out", "linked to nobody", "away too long"])
def test_who_left_takes_nothing_from_the_tab_she_left_open(
    sample: App,
    attempts: Attempts,
    signed_in: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    gone: str,
) -> None:
    database = sample.open()
    ada = Identity(
        ISSUER,
        "ada",
        "ada@school.example",
        datetime.fromtimestamp(signed_in["iat"], UTC).replace(tzinfo=None),
    )
    account_id = claim_invitation(
        database, ada, invite(database, LOCAL_STEWARD, ada.address, RoleGrant(Role.TEACHER))
    )
    link_account(database, LOCAL_STEWARD, account_id, teacher_id="T049")
    viewer = runtime.viewer()
    make = downloads.at_press(viewer, lambda: b"her classes")
    # No page runs at a press, so the provider's words are not at hand then.
    signed_in.clear()
    assert pressed(make) == b"her classes"
    leave(database, viewer, ada, gone, monkeypatch)
    attempts.judge(pressed(make), gone)


def leave(
    database: Database, viewer: Viewer, ada: Identity, gone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert viewer.account_id is not None
    if gone == "removed":
        remove_account(database, LOCAL_STEWARD, viewer.account_id)
    elif gone == "signed out":
        end_sign_in(database, viewer, ada)
    elif gone == "linked to nobody":
        link_account(database, LOCAL_STEWARD, viewer.account_id, teacher_id=None)
    else:
        later = clock.now() + identity.rules(load_settings()).session * 2
        monkeypatch.setattr(clock, "now", lambda: later)
