"""Commands for whoever sets up sign-in: the first data steward is invited from the command line."""

from __future__ import annotations

from pathlib import Path

import click

from plc.cli.terminal import db_option, exit_by_kind_of_error, json_option, open_database, print_json, say
from plc.core.viewer import LOCAL_STEWARD, Role
from plc.people import RoleGrant, invite, list_accounts
from plc.people.invitations import CODE_LASTS
from plc.settings import load_settings


@click.group()
def steward() -> None:
    """Data stewards, who invite everybody else in the app."""


@steward.command("invite")
@click.argument("address")
@db_option
@json_option
@exit_by_kind_of_error
def invite_steward(*, address: str, db_path: Path | None, as_json: bool) -> None:
    """Invite ADDRESS as a data steward; prints a code that works once, for that address, within 7 days."""
    with open_database(db_path) as database:
        code = invite(database, LOCAL_STEWARD, address, RoleGrant(Role.STEWARD))
    page = f"{load_settings().address.rstrip('/')}/who"
    if as_json:
        print_json({"code": code, "page": page, "days": CODE_LASTS.days})
    else:
        click.echo(code)
    say(f"Shown only now. The holder of {address} opens {page}, signs in and enters this code.")


@steward.command("list")
@db_option
@json_option
@exit_by_kind_of_error
def list_stewards(*, db_path: Path | None, as_json: bool) -> None:
    """Print the addresses of the data stewards."""
    with open_database(db_path, must_exist=True) as database:
        found = list_accounts(database, LOCAL_STEWARD, role=Role.STEWARD)
    addresses = [account.address for account in found.accounts]
    if as_json:
        print_json({"stewards": addresses})
        return
    for address in addresses:
        click.echo(address)
