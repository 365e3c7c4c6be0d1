"""What each phase asks for before it is entered and before it is left: one table, checked by the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from plc.core.errors import NotFound
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.records import PHASES, Condition, Phase
from plc.people.school_calendar import school_today


@dataclass(frozen=True, slots=True)
class Facts:
    """What the conditions look at; counts are of rows not taken back."""

    phase: Phase
    challenge: bool
    measure: bool
    purpose: bool
    aim: bool
    baseline_seen: bool
    candidates: int
    contrasted: int
    distinguishing: int
    bright_visits: int
    typical_visits: int
    waived: bool
    tests: int
    decided: int
    last_decision: str
    running: int
    cards: int


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition: of which phase, at its entry or its exit, in words, and whether it holds."""

    phase: Phase
    side: Literal["entry", "exit"]
    key: str
    words: str
    holds: Callable[[Facts], bool]


RULES: Final[tuple[Rule, ...]] = (
    Rule("seek", "exit", "challenge", "The challenge is written down", lambda f: f.challenge),
    Rule("seek", "exit", "measure", "One primary measure is chosen, with what it is for",
         lambda f: f.measure and f.purpose),
    Rule("seek", "exit", "aim", "The aim says how much, by when, for whom", lambda f: f.aim),
    Rule("seek", "exit", "baseline", "The team has looked at its baseline", lambda f: f.baseline_seen),
    Rule("discover", "exit", "candidate", "At least one candidate practice is written as a behaviour",
         lambda f: f.candidates > 0),
    Rule("discover", "exit", "contrast", "\"Do typical classes do it too?\" is answered for each candidate",
         lambda f: 0 < f.candidates == f.contrasted),
    Rule("discover", "exit", "visits",
         "A bright-spot class and a typical class were visited, or it is said why not",
         lambda f: f.waived or (f.bright_visits > 0 and f.typical_visits > 0)),
    Rule("confirm", "entry", "distinguishing", "One candidate is left that typical classes do not do too",
         lambda f: f.distinguishing > 0),
    Rule("confirm", "exit", "test", "A test is planned, with a prediction made before its data",
         lambda f: f.tests > 0),
    Rule("confirm", "exit", "decision", "A test is decided: adopt, adapt, abandon or keep testing",
         lambda f: f.decided > 0),
    Rule("share", "entry", "settled", "The latest decision is more than \"keep testing\"",
         lambda f: f.last_decision in ("adopt", "adapt", "abandon")),
    Rule("share", "exit", "card", "The practice card is written, or the practice was set aside",
         lambda f: f.cards > 0 or f.last_decision == "abandon"),
)  # fmt: skip


def phase_conditions(
    database: Database, viewer: Viewer, inquiry_id: str, *, phase: Phase | None = None
) -> list[Condition]:
    """What has to hold before the inquiry goes on from `phase` (by default the one it is in).

    The exit conditions of the phase and the entry conditions of the next. Raises `NotFound`.
    """
    viewer.require(Permission.INQUIRY_READ)
    today = school_today(database)
    with database.read() as cursor:
        facts = read_facts(cursor, viewer, inquiry_id, today=today)
    return conditions_of(facts, phase or facts.phase)


def conditions_of(facts: Facts, phase: Phase) -> list[Condition]:
    """The exit conditions of a phase and the entry conditions of the one after it."""
    after = next_phase(phase)
    return [
        Condition(_key(rule, facts), rule.words, bool(rule.holds(facts)))
        for rule in RULES
        if (rule.phase, rule.side) in ((phase, "exit"), (after, "entry"))
    ]


def _key(rule: Rule, facts: Facts) -> str:
    """While a test runs, what leads to its decision is to follow it."""
    return "running" if rule.key in ("decision", "settled") and facts.running else rule.key


def unmet(facts: Facts, *, to: Phase) -> list[Condition]:
    """What stands between the phase the inquiry is in and a later one, in order; empty for a step back."""
    between = PHASES[PHASES.index(facts.phase) : PHASES.index(to)]
    return [one for phase in between for one in conditions_of(facts, phase) if not one.met]


def next_phase(phase: Phase) -> Phase | None:
    """The phase after this one; None after Share."""
    place = PHASES.index(phase) + 1
    return PHASES[place] if place < len(PHASES) else None


def read_facts(cursor: Cursor, viewer: Viewer, inquiry_id: str, *, today: date) -> Facts:
    """The facts of one inquiry of the viewer's teams on a school day. Raises `NotFound`."""
    rows = cursor.execute(
        load_sql("inquiry", "facts"),
        {"team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "today": today},
    ).fetchall()
    if not rows:
        raise NotFound("There is no such inquiry in your teams.", about=("inquiry", inquiry_id))
    return Facts(*rows[0])
