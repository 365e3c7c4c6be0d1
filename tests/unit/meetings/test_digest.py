"""The mail before a meeting, through a real mail server or into a file; and what a principal reads."""

from __future__ import annotations

import email
import email.policy
import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import time
from email.message import EmailMessage
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from pydantic import SecretStr

from plc.core import clock
from plc.core.errors import NotAllowed, PlcError
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.meetings import (
    end_meeting,
    make_commitment,
    plan_meeting,
    record_decision,
    reveal,
    start_meeting,
)
from plc.meetings.digest import Digest, is_time
from plc.meetings.mail import message, send_due_digests
from plc.priorities import ask_barrier
from plc.schools import month_at_a_glance
from plc.settings import Settings
from tests.unit.meetings.conftest import ANA, BEN, OTHER_TEAM, PRINCIPAL, STRANGER, TEAM, TODAY, write


class Kept(Message):
    """A mail server's box."""

    def __init__(self) -> None:
        super().__init__(EmailMessage)  # type: ignore[arg-type]
        self.mails: list[EmailMessage] = []

    def handle_message(self, message: EmailMessage) -> None:  # type: ignore[override]
        self.mails.append(email.message_from_bytes(message.as_bytes(), policy=email.policy.default))


@pytest.fixture
def server() -> Iterator[tuple[Kept, int]]:
    """A mail server on loopback, in a thread of its own."""
    box = Kept()
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture
def promised(team: Database) -> Database:
    """A meeting of last week with a commitment and an observation, and one planned for today."""
    held = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    make_commitment(team, ANA, held, owner_teacher_id="T2", what="Bring <exit> tickets", due_on=TODAY)
    write(team, BEN, held, "Six students left item 4 empty")
    reveal(team, ANA, held, step_key="see")
    end_meeting(team, ANA, held)
    plan_meeting(team, ANA, TEAM, meets_on=TODAY, meets_at="00:00", protocol_key="confirm")
    return team


def with_accounts(database: Database) -> None:
    with database.write() as cursor:
        for teacher_id in ("T1", "T2", "T9"):
            cursor.execute(
                "insert into account (account_id, issuer, subject_id, address, teacher_id, made_at)"
                " values ('a-' || $t, 'https://idp', $t, lower($t) || '@school.example', $t, $now)",
                {"t": teacher_id, "now": clock.now()},
            ).fetchall()


def through(port: int) -> Settings:
    return Settings(
        smtp_host="127.0.0.1", smtp_port=port, smtp_security="none", smtp_from="plc@school.example"
    )


def test_the_digest_goes_to_each_member_once_through_a_mail_server(
    promised: Database, server: tuple[Kept, int]
) -> None:
    box, port = server
    with_accounts(promised)
    (outcome,) = send_due_digests(promised, LOCAL_STEWARD, through(port))
    assert (outcome.sent, outcome.failed) == (2, 0)
    assert sorted(str(mail["To"]) for mail in box.mails) == ["t1@school.example", "t2@school.example"]
    assert send_due_digests(promised, LOCAL_STEWARD, through(port)) == []


def test_the_digest_reads_in_text_and_html_without_an_account(
    promised: Database, server: tuple[Kept, int]
) -> None:
    box, port = server
    with_accounts(promised)
    send_due_digests(promised, LOCAL_STEWARD, through(port))
    text = box.mails[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    html = box.mails[0].get_body(("html",)).get_content()  # type: ignore[union-attr]
    assert "Ben: Bring <exit> tickets" in text
    assert "http://localhost:8501/meeting" in text
    assert "Bring &lt;exit&gt; tickets" in html
    for part in (text, html):
        assert "item 4" not in part
        assert "team-a" not in part.replace("Grade 6 team-a", "")


def test_without_a_mail_server_it_is_kept_as_a_file_for_its_owner(promised: Database) -> None:
    (outcome,) = send_due_digests(promised, LOCAL_STEWARD, Settings())
    assert outcome.file is not None
    assert outcome.file.parent == promised.folder / "outbox"
    assert outcome.file.stat().st_mode & 0o077 == 0
    kept = email.message_from_bytes(outcome.file.read_bytes(), policy=email.policy.default)
    assert "Bring <exit> tickets" in kept.get_body(("plain",)).get_content()  # type: ignore[union-attr]


def test_a_mail_server_that_is_away_is_said_in_words_and_tried_again(promised: Database) -> None:
    with_accounts(promised)
    settings = Settings(smtp_host="127.0.0.1", smtp_port=1, smtp_password=SecretStr("hidden"))
    with pytest.raises(PlcError, match="PLC_SMTP_HOST") as refused:
        send_due_digests(promised, LOCAL_STEWARD, settings)
    assert "hidden" not in refused.value.message
    assert len(send_due_digests(promised, LOCAL_STEWARD, Settings())) == 1


def test_only_the_server_itself_sends_digests(promised: Database) -> None:
    with pytest.raises(NotAllowed):
        send_due_digests(promised, ANA, Settings())


@pytest.mark.parametrize(
    ("meets_at", "now", "due"),
    [
        ("14:30", time(12, 29), False),
        ("14:30", time(12, 30), True),
        ("14:30", time(15, 0), True),
        ("01:00", time(0, 0), True),
        (None, time(6, 59), False),
        (None, time(7, 0), True),
    ],
)
def test_it_goes_out_two_hours_before(meets_at: str | None, now: time, due: bool) -> None:
    assert is_time(meets_at, now, hours_before=2) is due


def test_a_principal_reads_that_the_team_met_its_kind_of_decision_and_no_words(team: Database) -> None:
    held = start_meeting(team, ANA, TEAM, protocol_key="confirm")
    write(team, BEN, held, "A secret observation")
    record_decision(team, ANA, held, decision="adapt", words="A secret reason")
    ask_barrier(
        team, ANA, TEAM, kind="time", words="No cover", removable_by="principal", due_on=TODAY,
        meeting_id=held,
    )  # fmt: skip
    end_meeting(team, ANA, held)
    met, silent = month_at_a_glance(team, PRINCIPAL, month=TODAY).rows
    assert (met.met_on, met.meetings, met.decisions, met.open_barriers) == (TODAY, 1, (("adapt", 1),), 1)
    assert (silent.met_on, silent.meetings, silent.decisions) == (None, 0, ())
    everything = repr([met, silent])
    for hidden in ("secret", "Ana", "Ben", "T1", "T2"):
        assert hidden not in everything
    with pytest.raises(NotAllowed):
        month_at_a_glance(team, ANA, month=TODAY)


def test_the_file_of_a_digest_names_no_id(promised: Database) -> None:
    (outcome,) = send_due_digests(promised, LOCAL_STEWARD, Settings())
    assert isinstance(outcome.file, Path)
    assert outcome.file.name == f"{TODAY:%Y-%m-%d}-grade-6-team-a.eml"


def test_two_teams_of_one_name_that_meet_on_one_day_have_a_file_each(promised: Database) -> None:
    plan_meeting(promised, STRANGER, OTHER_TEAM, meets_on=TODAY, meets_at="00:00", protocol_key="confirm")
    with promised.write() as cursor:
        cursor.execute("update team set team_name = 'Μαθηματικά'").fetchall()
    files = {outcome.file for outcome in send_due_digests(promised, LOCAL_STEWARD, Settings())}
    assert {file.name for file in files if file} == {
        f"{TODAY:%Y-%m-%d}-team.eml",
        f"{TODAY:%Y-%m-%d}-team-2.eml",
    }
    assert sum(b"Bring <exit> tickets" in file.read_bytes() for file in files if file) == 1


def test_a_line_break_in_a_teams_name_keeps_no_mail_from_going_out() -> None:
    digest = Digest(
        "m", "Grade 6\nmaths", clock.now().date(), "Grade 6\nmaths\u2028meets", "text", "<p>text</p>"
    )
    assert message(digest, sender="plc@school.org", to="a@school.org")["Subject"] == "Grade 6 maths meets"
