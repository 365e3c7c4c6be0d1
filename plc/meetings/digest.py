"""The digest before a meeting: when and where, what was promised last, and a link.

It is readable without signing in. It holds nothing of students and nothing the team keeps to itself: no
observation, figure or decision, and its link names no meeting, team or person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from html import escape
from typing import Final

from plc.core import clock
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.meetings.protocols import usual_protocol
from plc.people.school_calendar import school_today

# A meeting without a time gets its digest with the day's first mail.
MORNING: Final = time(7, 0)
PATH: Final = "/meeting"
_STYLE: Final = "font-family:Georgia,serif;max-width:36em;margin:0 auto;color:#1d2729;line-height:1.5"


@dataclass(frozen=True, slots=True)
class Promise:
    """An open commitment: who, what, until when; `late` after its day."""

    owner_name: str
    what: str
    due_on: date
    late: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """A mail before one meeting, in plain text and HTML."""

    meeting_id: str
    team_name: str
    meets_on: date
    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member's account that has not got this digest yet."""

    account_id: str
    address: str


def due_digests(database: Database, viewer: Viewer, *, address: str, hours_before: float) -> list[Digest]:
    """The digests to send now: meetings of today that begin within these hours, each once.

    Only the steward's command and the server's own clock ask for it.
    """
    viewer.require(Permission.ACCOUNT_MANAGE)
    today = school_today(database)
    with database.read() as cursor:
        due = cursor.execute(
            load_sql("meetings", "due_digests"), {"first_on": today, "last_on": today}
        ).fetchall()
        return [
            written(
                meeting_id,
                team_name,
                meets_on=meets_on,
                meets_at=meets_at,
                minutes=sum(step.minutes for step in usual_protocol(key).steps),
                promises=[
                    Promise(name, what, due_on, due_on < today)
                    for name, what, due_on in cursor.execute(
                        load_sql("meetings", "digest_commitments"), {"team_id": team_id}
                    ).fetchall()
                ],
                link=address.rstrip("/") + PATH,
            )
            for meeting_id, team_id, team_name, meets_on, meets_at, key in due
            if is_time(meets_at, clock.time_of_day(), hours_before=hours_before)
        ]


def is_time(meets_at: str | None, now: time, *, hours_before: float) -> bool:
    """Whether a digest for this time of day goes out at `now`."""
    if meets_at is None:
        return now >= MORNING
    begins = datetime.combine(date(2000, 1, 2), time.fromisoformat(meets_at))
    return begins - timedelta(hours=hours_before) <= datetime.combine(begins.date(), now)


def recipients(database: Database, meeting_id: str) -> list[Recipient]:
    """Who still gets the digest of a meeting: members with an account, today."""
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("meetings", "digest_recipients"),
            {"meeting_id": meeting_id, "today": clock.now().date()},
        ).fetchall()
    return [Recipient(*row) for row in rows]


def mark_delivered(database: Database, meeting_id: str, account_id: str) -> None:
    """This account has its digest."""
    with database.write() as cursor:
        cursor.execute(
            load_sql("meetings", "mark_digest_delivered"),
            {"meeting_id": meeting_id, "account_id": account_id, "sent_at": clock.now()},
        ).fetchall()


def mark_sent(database: Database, meeting_id: str) -> None:
    """The digest of a meeting is out."""
    with database.write() as cursor:
        cursor.execute(
            load_sql("meetings", "mark_digest_sent"), {"meeting_id": meeting_id, "sent_at": clock.now()}
        ).fetchall()


def written(
    meeting_id: str,
    team_name: str,
    *,
    meets_on: date,
    meets_at: str | None,
    minutes: int,
    promises: list[Promise],
    link: str,
) -> Digest:
    """The words of one digest."""
    when = f"{meets_on:%A %-d %B}" + (f", {meets_at}" if meets_at else "")
    lines = [f"{one.owner_name}: {one.what} (by {one.due_on:%-d %B})" for one in promises]
    opening = "What we said we would do:" if lines else "Nothing is open from last time."
    closing = "Bring what became of it in one line each. Dropping something is fine."
    text = [team_name, f"{when}, {minutes} minutes", "", opening, *(f"- {line}" for line in lines)]
    text += ["", closing] if lines else []
    text += ["", f"Open the meeting: {link}", "", "This mail holds nothing about students."]
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(team_name)}</title></head>"
        f'<body style="{_STYLE}"><h1 style="font-size:1.4em">{escape(team_name)}</h1>'
        f"<p><strong>{escape(when)}</strong>, {minutes} minutes</p><p>{escape(opening)}</p>"
        + (f"<ul>{items}</ul><p>{escape(closing)}</p>" if lines else "")
        + f'<p><a href="{escape(link)}" style="color:#0b6b62">Open the meeting</a></p>'
        '<p style="color:#55636a">This mail holds nothing about students.</p></body></html>'
    )
    return Digest(meeting_id, team_name, meets_on, f"{team_name}: {when}", "\n".join(text) + "\n", html)
