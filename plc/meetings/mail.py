"""Sending digests: through the mail server of the settings, or into the folder outbox where none is set."""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path
from typing import Final

from plc.core import clock
from plc.core.errors import PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.meetings.digest import Digest, due_digests, mark_delivered, mark_sent, recipients
from plc.settings import Settings

PATIENCE_SECONDS: Final = 20
OUTBOX: Final = "outbox"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one digest: mails sent, mails that failed, and the file it was kept as, if any."""

    team_name: str
    sent: int
    failed: int
    file: Path | None


def send_due_digests(database: Database, viewer: Viewer, settings: Settings) -> list[Outcome]:
    """Send what is due and not sent yet; what a server refused is tried again at the next call.

    Raises `PlcError` when the mail server cannot be reached at all.
    """
    due = due_digests(database, viewer, address=settings.address, hours_before=settings.digest_hours_before)
    if not due:
        return []
    if settings.smtp_host is None:
        return [_keep_as_file(database, digest, settings) for digest in due]
    with _server(settings) as server:
        return [_send(database, server, digest, settings) for digest in due]


def message(digest: Digest, *, sender: str, to: str | None) -> EmailMessage:
    """The mail in text and HTML. Each goes to one address, so that nobody reads another's."""
    mail = EmailMessage()
    # A team's name may hold a line break, which a header refuses: every other team's mail would wait with it.
    mail["Subject"] = " ".join(digest.subject.split())
    mail["From"] = sender
    if to is not None:
        mail["To"] = to
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    # No out-of-office reply to a machine (RFC 3834).
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(digest.text)
    mail.add_alternative(digest.html, subtype="html")
    return mail


def _send(database: Database, server: smtplib.SMTP, digest: Digest, settings: Settings) -> Outcome:
    sent = failed = 0
    for recipient in recipients(database, digest.meeting_id):
        try:
            server.send_message(message(digest, sender=settings.smtp_from, to=recipient.address))
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused):
            failed += 1
            continue
        mark_delivered(database, digest.meeting_id, recipient.account_id)
        sent += 1
    if not failed:
        mark_sent(database, digest.meeting_id)
    return Outcome(digest.team_name, sent, failed, None)


def _keep_as_file(database: Database, digest: Digest, settings: Settings) -> Outcome:
    folder = database.folder / OUTBOX
    folder.mkdir(exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", digest.team_name.lower()).strip("-") or "team"
    path, descriptor = _new_file(folder, f"{digest.meets_on:%Y-%m-%d}-{name}")
    with os.fdopen(descriptor, "wb") as file:
        file.write(message(digest, sender=settings.smtp_from, to=None).as_bytes())
    mark_sent(database, digest.meeting_id)
    return Outcome(digest.team_name, 0, 0, path)


def _new_file(folder: Path, name: str, *, number: int = 1) -> tuple[Path, int]:
    """A file of this name, or of its next number where another team's is there already, open to write."""
    path = folder / (f"{name}.eml" if number == 1 else f"{name}-{number}.eml")
    try:
        # Names of colleagues stand in it: the file is its owner's.
        return path, os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _new_file(folder, name, number=number + 1)


@contextmanager
def _server(settings: Settings) -> Iterator[smtplib.SMTP]:
    host, port = settings.smtp_host or "", settings.smtp_port
    try:
        if settings.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                host, port, timeout=PATIENCE_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(host, port, timeout=PATIENCE_SECONDS)
        with server:
            if settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user is not None and settings.smtp_password is not None:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            yield server
    except (OSError, smtplib.SMTPException) as error:
        raise PlcError(
            f"The mail server {host}:{port} did not take the digest ({type(error).__name__})."
            " Check PLC_SMTP_HOST, PLC_SMTP_PORT, PLC_SMTP_SECURITY and the password; it is tried again."
        ) from error
