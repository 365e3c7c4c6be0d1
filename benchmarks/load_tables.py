"""Clicks of `benchmarks.load` in tables: all of them, by stretch of time, and by page."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from plc.core import clock

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Click:
    """A page asked for, when, and the seconds until its script had finished."""

    page: str
    at: datetime
    seconds: float


@dataclass(slots=True)
class Moments:
    """When people began, a file was sent, left in the inbox, confirmed, scanned, and people went (UTC)."""

    began: datetime
    sent: datetime | None = None
    left: datetime | None = None
    confirmed: datetime | None = None
    scanned: datetime | None = None
    ended: datetime | None = None

    def stretches(self) -> list[tuple[str, datetime, datetime]]:
        """The time before the file came, while it was taken in and scanned, and after."""
        ended = self.ended or clock.now()
        sent = self.sent or ended
        scanned = self.scanned or ended
        stretches = [
            ("before the upload", self.began, sent),
            ("upload and scan", sent, scanned),
            ("after", scanned, ended),
        ]
        return [stretch for stretch in stretches if stretch[1] < stretch[2]]


@dataclass(slots=True)
class Usage:
    """Processor seconds used so far by the server, with what it started, and by this program, over time."""

    noted: list[tuple[datetime, float, float]] = field(default_factory=list)
    server: int | None = None

    def note(self) -> None:
        """Look now."""
        if self.server is None:
            self.server = _serving()
        mine = processor_seconds(os.getpid())
        theirs = processor_seconds(self.server) if self.server is not None else 0.0
        self.noted.append((clock.now(), theirs, mine))

    def between(self, start: datetime, end: datetime) -> tuple[float, float]:
        """Seconds of the server and of this program from one moment to another."""
        inside = [noted for noted in self.noted if start <= noted[0] <= end]
        if len(inside) < 2:
            return 0.0, 0.0
        return inside[-1][1] - inside[0][1], inside[-1][2] - inside[0][2]


def processor_seconds(process: int) -> float:
    """User and system seconds of a process and of its children that have ended."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS


def _serving() -> int | None:
    """The process that serves, among those this one started."""
    children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="utf-8").split()
    for child in children:
        command = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        if b"serve" in command:
            return int(child)
    return None


def late_of(clicks: Sequence[Click]) -> float:
    """The 95th percentile of the seconds."""
    waits = sorted(click.seconds for click in clicks)
    return waits[int(0.95 * (len(waits) - 1))]


def _milliseconds(clicks: Sequence[Click]) -> dict[str, str]:
    waits = sorted(click.seconds for click in clicks)
    return {
        "clicks": f"{len(waits):,}",
        "median (ms)": f"{1000 * waits[len(waits) // 2]:.0f}",
        "95th percentile (ms)": f"{1000 * late_of(clicks):.0f}",
        "longest (ms)": f"{1000 * waits[-1]:.0f}",
    }


def summary_table(
    clicks: Sequence[Click], moments: Moments, counts: Mapping[str, str], *, load: float
) -> str:
    """Everything in one line."""

    def seconds(start: datetime | None, end: datetime | None) -> str:
        return "not finished" if start is None or end is None else f"{(end - start).total_seconds():.0f}"

    lasted = {"seconds": seconds(moments.began, moments.ended)}
    background = {
        "upload (s)": seconds(moments.left, moments.confirmed),
        "scan (s)": seconds(moments.confirmed, moments.scanned),
        "load of the machine before": f"{load:.1f}",
    }
    return _table([{**counts, **lasted, **_milliseconds(clicks), **background}])


def stretch_table(clicks: Sequence[Click], moments: Moments, usage: Usage) -> str:
    """Before, during and after the upload, with the processor's time of the server per click."""
    rows = []
    for name, start, end in moments.stretches():
        inside = [click for click in clicks if start <= click.at < end]
        if not inside:
            continue
        server, driver = usage.between(start, end)
        lasted = (end - start).total_seconds()
        rows.append(
            {
                "stretch": name,
                "seconds": f"{lasted:.0f}",
                **_milliseconds(inside),
                "server (processor s)": f"{server:.1f}",
                "server (processor ms a click)": f"{1000 * server / len(inside):.0f}",
                "driver (processor s)": f"{driver:.1f}",
                "both, of one processor": f"{(server + driver) / lasted:.0%}",
            }
        )
    return _table(rows)


def page_table(clicks: Sequence[Click]) -> str:
    """Page by page, the slowest first."""
    of_page: dict[str, list[Click]] = defaultdict(list)
    for click in clicks:
        of_page[click.page or "start"].append(click)
    ordered = sorted(of_page, key=lambda page: -late_of(of_page[page]))
    return _table({"page": page, **_milliseconds(of_page[page])} for page in ordered)


def _table(rows: Iterable[Mapping[str, str]]) -> str:
    """A Markdown table."""
    listed = list(rows)
    lines = [list(row.values()) for row in listed]
    head = [list(listed[0]), ["---"] * len(listed[0])]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (*head, *lines)) + "\n"
