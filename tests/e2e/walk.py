"""Playing a walkthrough: its steps with clicks, seconds, budgets and pictures, and the table at the end."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Page

# People read, think and speak in a step; the machine and the presses may take this much of its time.
MACHINE_SHARE = 0.5
# Counts presses of a mouse or finger, wherever a page leads; a click made by a script is none.
COUNTING = "addEventListener('pointerdown', e => e.isTrusted && window.plcPressed && plcPressed(), true)"


@dataclass(frozen=True, slots=True)
class Played:
    """A step as it was played: presses of everybody together and seconds of machine time."""

    when: str
    name: str
    clicks: int
    most_clicks: int
    seconds: float
    most_seconds: float

    @property
    def line(self) -> str:
        """A row of the table."""
        return (
            f"| {self.when} | {self.name} | {self.clicks} of {self.most_clicks}"
            f" | {self.seconds:.1f} of {self.most_seconds:g} |"
        )


@dataclass(slots=True)
class Walk:
    """One walkthrough: its people's browsers, and what was played so far.

    `folder`: where pictures of every step and the table go; None keeps neither. `shown`: whose screens.
    """

    people: dict[str, Page]
    folder: Path | None = None
    shown: Sequence[str] = ()
    steps: list[Played] = field(default_factory=list)
    _pressed: int = 0
    _number: int = 0

    def __post_init__(self) -> None:
        for page in self.people.values():
            # A plain function: the browser's library marks what it is handed, which a bound method refuses.
            page.context.expose_function("plcPressed", lambda: self._press())
            page.context.add_init_script(COUNTING)
            page.evaluate(COUNTING)

    def _press(self) -> None:
        self._pressed += 1

    @contextmanager
    def step(
        self, when: str, name: str, *, clicks: int, seconds: float, shown: Sequence[str] = ()
    ) -> Iterator[None]:
        """Play one step: it fails with more presses than `clicks` or more than its share of `seconds`.

        `shown`: whose screens the pictures are of; the walk's own where nobody is named.
        """
        self._flush()
        pressed, began = self._pressed, time.monotonic()
        yield
        spent = time.monotonic() - began
        self._flush()
        most = round(seconds * MACHINE_SHARE, 1)
        played = Played(when, name, self._pressed - pressed, clicks, spent, most)
        self.steps.append(played)
        for person in shown or self.shown or self.people:
            self.picture(person, name)
        assert played.clicks <= clicks, f"{name}: {played.clicks} clicks, more than {clicks}"
        assert spent <= most, f"{name}: {spent:.1f} s of machine time, more than {most:g}"

    def picture(self, person: str, name: str) -> None:
        """The person's screen from top to bottom."""
        page = self.people[person]
        if self.folder is None or page.is_closed():
            return
        self._number += 1
        file = f"{self._number:03d}-{re.sub('[^a-z0-9]+', '-', name.lower()).strip('-')}-{person}.png"
        size = page.viewport_size or {"width": 1280, "height": 900}
        height = page.evaluate("document.querySelector('[data-testid=\"stMain\"]')?.scrollHeight ?? 900")
        page.set_viewport_size(
            {"width": size["width"], "height": max(size["height"], min(height + 16, 2600))}
        )
        page.wait_for_timeout(250)
        page.screenshot(path=str(self.folder / file))
        page.set_viewport_size({"width": size["width"], "height": size["height"]})

    def _flush(self) -> None:
        """Let presses that are on their way arrive."""
        for page in self.people.values():
            if not page.is_closed():
                page.evaluate("1")

    def table(self, title: str, *, since: int = 0) -> str:
        """The steps played since, as a Markdown table."""
        steps = self.steps[since:]
        clicks, seconds = sum(one.clicks for one in steps), sum(one.seconds for one in steps)
        head = ["| When | Step | Clicks | Seconds |", "|---|---|---|---|"]
        whole = f"| | All of it | {clicks} | {seconds:.0f} |"
        return "\n".join([f"### {title}", "", *head, *(one.line for one in steps), whole, ""])


def said(page: Page) -> str:
    """What the page says."""
    return page.locator('[data-testid="stMain"]').inner_text()
