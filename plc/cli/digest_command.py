"""`plc digest`: the mails before today's meetings, for a nightly job or by hand."""

from __future__ import annotations

from pathlib import Path

import click

from plc.cli.terminal import db_option, exit_by_kind_of_error, json_option, open_database, print_json, say
from plc.core.viewer import LOCAL_STEWARD
from plc.settings import load_settings


@click.command()
@click.option(
    "--hours", type=click.FloatRange(0, 168), help="Send for meetings that begin within so many hours."
)
@db_option
@json_option
@exit_by_kind_of_error
def digest(*, hours: float | None, db_path: Path | None, as_json: bool) -> None:
    """Send the digests of today's meetings that are due and not sent yet.

    Without a mail server (PLC_SMTP_HOST) each becomes a file in the folder outbox beside the database. The
    running app does this by itself; the command is for when it does not run.
    """
    from plc.meetings.mail import send_due_digests

    settings = load_settings()
    if hours is not None:
        settings = settings.model_copy(update={"digest_hours_before": hours})
    with open_database(db_path, must_exist=True) as database:
        outcomes = send_due_digests(database, LOCAL_STEWARD, settings)
    for outcome in outcomes:
        if outcome.file is not None:
            say(f"{outcome.team_name}: kept as {outcome.file}")
        else:
            say(f"{outcome.team_name}: {outcome.sent} sent, {outcome.failed} not taken")
    if not outcomes:
        say("No digest is due.")
    if as_json:
        print_json(
            {
                "digests": [
                    {"team": one.team_name, "sent": one.sent, "failed": one.failed, "file": one.file}
                    for one in outcomes
                ]
            }
        )
