"""Every refusal is in the audit: as many entries as attempts, and those it concerns read of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import click
import pytest
from click.testing import CliRunner

from plc.cli.terminal import exit_by_kind_of_error, open_database
from plc.core.errors import NotAllowed
from plc.core.permissions import PERMISSIONS, Role
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry import inquiry
from plc.meetings import meeting
from plc.people import flush_accesses, own_audit, refused_attempts, team
from plc.practices import card
from plc.ui import alerts, runtime
from tests.conftest import copy_installation
from tests.security.attempts import Attempts
from tests.security.needs import NEEDS
from tests.security.test_other_scopes import IDS, MEMBER, VICTIM
from tests.security.test_reads import last_entry
from tests.security.use_cases import made_up_arguments, use_cases

FOUND: Final = use_cases()
OUTSIDER: Final = Viewer(Role.FACILITATOR, teacher_id="T155", team_ids=("sample-team-3",))


@pytest.fixture(scope="module")
def district(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with Database(copy_installation(sample_file, tmp_path_factory.mktemp("refusals"))) as database:
        yield database


@pytest.fixture
def looking(district: Database, monkeypatch: pytest.MonkeyPatch) -> list[Viewer]:
    """Pages of this database; the one viewer in the list is who looks at them."""
    who = [Viewer()]
    monkeypatch.setattr(runtime, "database", lambda: district)
    monkeypatch.setattr(runtime, "viewer", lambda: who[0])
    monkeypatch.setattr(alerts.st, "error", lambda *_, **__: None)
    return who


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.NOBODY])
def test_a_use_case_refused_on_a_page_is_one_entry(
    district: Database, looking: list[Viewer], attempts: Attempts, role: Role
) -> None:
    before, tried = last_entry(district), 0
    for name in sorted(set(NEEDS) & set(FOUND)):
        if not PERMISSIONS[role].isdisjoint(NEEDS[name]):
            continue
        looking[0] = Viewer(role, teacher_id="T155", account_id=f"{role} {name}")
        positional, named = made_up_arguments(FOUND[name])
        with alerts.shown():
            FOUND[name](district, looking[0], *positional, **named)
        tried += 1
    assert last_entry(district) - before == tried
    assert tried >= 10
    attempts.refused(tried)


@pytest.mark.parametrize(
    ("what", "reach"),
    [
        ("something of a team", lambda database, viewer: team(database, viewer, VICTIM)),
        ("an inquiry of a team", lambda database, viewer: inquiry(database, viewer, IDS["inquiry_id"])),
        ("a meeting of a team", lambda database, viewer: meeting(database, viewer, IDS["meeting_id"])),
        ("a practice card", lambda database, viewer: card(database, viewer, "P3")),
    ],
)
def test_who_guesses_an_id_is_refused_and_those_it_concerns_read_of_it(
    district: Database, looking: list[Viewer], what: str, reach: object
) -> None:
    looking[0] = replace(OUTSIDER, account_id=f"guesses {what}")
    before = {look.happened_at for look in own_audit(district, MEMBER) if look.thing == what}
    with alerts.shown():
        reach(district, looking[0])  # type: ignore[operator]
    flush_accesses(district, wait=True)
    found = [look for look in own_audit(district, MEMBER) if look.thing == what]
    assert [(look.role, look.refused) for look in found if look.happened_at not in before] == [
        ("facilitator", True)
    ]


def test_what_a_command_is_refused_is_kept_too(sample_file: Path, tmp_path: Path) -> None:
    path = copy_installation(sample_file, tmp_path)

    @click.command()
    @exit_by_kind_of_error
    def refused() -> None:
        with open_database(path):
            raise NotAllowed("A steward cannot do this (made up).")

    assert CliRunner().invoke(refused).exit_code == NotAllowed.exit_code
    with Database(path) as database:
        kept = refused_attempts(database, Viewer(Role.STEWARD))
    assert ("A steward cannot do this (made up).", 1) in {(each.thing, each.attempts) for each in kept}
