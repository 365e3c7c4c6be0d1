"""The commands of a data steward, and that each command says whose permission it needs."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from plc.cli import main
from plc.core.permissions import PERMISSIONS, Permission, Role
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.people import list_accounts, list_invitations

# What each command does as the data steward who holds the database file; None needs no permission.
NEEDS: dict[str, Permission | None] = {
    "import": Permission.RESULTS_UPLOAD,
    "scan": Permission.SCAN_RUN,
    "demo": Permission.RESULTS_UPLOAD,
    "serve": None,
    "doctor": Permission.AUDIT_VERIFY,
    "steward invite": Permission.ACCOUNT_MANAGE,
    "steward list": Permission.ACCOUNT_MANAGE,
    "digest": Permission.ACCOUNT_MANAGE,
    "snapshot": Permission.RETENTION_MANAGE,
    "restore": Permission.RETENTION_MANAGE,
    "release": Permission.RETENTION_MANAGE,
    "purge": Permission.RETENTION_MANAGE,
    "student export": Permission.RETENTION_MANAGE,
    "student erase": Permission.RETENTION_MANAGE,
    "teacher remove": Permission.RETENTION_MANAGE,
    "key rotate": Permission.RETENTION_MANAGE,
}


def commands(group: click.Group, before: str = "") -> set[str]:
    found: set[str] = set()
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            found |= commands(command, f"{before}{name} ")
        else:
            found.add(f"{before}{name}")
    return found


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--db", str(tmp_path / "plc.duckdb")])


def test_every_command_does_what_a_data_steward_may() -> None:
    unknown = commands(main) - set(NEEDS)
    assert not unknown, "say in NEEDS which permission these need"
    for permission in filter(None, NEEDS.values()):
        assert permission in PERMISSIONS[Role.STEWARD]


def test_the_first_steward_is_invited_with_a_code_shown_once(tmp_path: Path) -> None:
    outcome = run(tmp_path, "steward", "invite", "Head@School.Example")
    assert outcome.exit_code == 0, outcome.stderr
    code = outcome.stdout.strip()
    assert len(code) == 32
    assert "localhost:8501/who" in outcome.stderr
    with Database(tmp_path / "plc.duckdb") as database:
        (invitation,) = list_invitations(database, LOCAL_STEWARD)
        assert (invitation.address, invitation.role) == ("head@school.example", Role.STEWARD)
        assert list_accounts(database, LOCAL_STEWARD).total == 0
        with database.read() as cursor:
            (entry,) = cursor.execute("select actor_id, action, thing from audit_entry").fetchall()
    assert entry[:2] == ("steward", "invite")
    assert "head" not in entry[2]
    assert code.encode() not in (tmp_path / "plc.duckdb").read_bytes()


def test_a_code_comes_as_json_too_and_no_address_is_no_invitation(tmp_path: Path) -> None:
    document = json.loads(run(tmp_path, "steward", "invite", "head@school.example", "--json").stdout)
    assert set(document) == {"code", "page", "days"}
    assert run(tmp_path, "steward", "invite", "nobody").exit_code == 10
    assert json.loads(run(tmp_path, "steward", "list", "--json").stdout) == {"stewards": []}


@pytest.mark.parametrize("tampering", ["update audit_entry set action = 'x'", "delete from audit_entry"])
def test_the_doctor_notices_a_changed_audit(tmp_path: Path, tampering: str) -> None:
    run(tmp_path, "steward", "invite", "head@school.example")
    assert "ok     audit" in run(tmp_path, "doctor").stdout
    with Database(tmp_path / "plc.duckdb") as database, database.write() as cursor:
        cursor.execute(tampering).fetchall()
    outcome = run(tmp_path, "doctor")
    assert outcome.exit_code == 1
    assert "WRONG  audit" in outcome.stdout
