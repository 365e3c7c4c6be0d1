"""Decide: adopt, adapt, abandon or keep testing, with a reason; and the next cycle in the same step.

What is abandoned stays findable and counts against nobody. One test's decision is the team's own: whether a
practice is confirmed is computed elsewhere, from every test of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from plc.core import clock
from plc.core.errors import Conflict, PlcError
from plc.core.free_text import PAGE, SENTENCES
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.candidates import read_practice, write_practice_version
from plc.inquiry.plan_checks import WHY, check_plan
from plc.inquiry.test_reading import hold_spreads, inquiry_id_of, read_test
from plc.inquiry.test_records import PracticeTest, Prediction, TestState
from plc.inquiry.test_writing import (
    add_test,
    inquiry_of_test,
    new_test_id,
    school_moment,
    set_state,
)
from plc.people.school_calendar import school_today
from plc.results.student_words import require_no_students, shareable_words

Decision = Literal["adopt", "adapt", "abandon", "keep testing"]
Part = Literal["steps", "core_parts", "adaptable_parts", "when_to_use", "minutes"]
# What each decision needs, as the screen says it.
DECISIONS: Final[dict[Decision, str]] = {
    "adopt": "We do it from now on. Say who, where and how you will notice if it stops helping.",
    "adapt": "We change one part of it and predict anew. Choose the part and write what it says from now on.",
    "abandon": "We stop. Say what you learned: it stays findable and counts against nobody.",
    "keep testing": "We cannot tell yet. Say what one more cycle would show, and predict it.",
}
PARTS: Final[dict[Part, str]] = {
    "steps": "The steps",
    "core_parts": "The core part",
    "adaptable_parts": "The adaptable part",
    "when_to_use": "When to use it",
    "minutes": "The minutes it takes",
}
# A team's own yes is not yet a confirmation: so many other measured tests make it more than its own word.
REPLICATIONS_NEEDED: Final = 2
NOT_YET_CONFIRMED: Final = "adopted by us; not yet confirmed"
_NOTHING_CHANGES: Final = "This part says the same as before. Write what changes."


@dataclass(frozen=True, slots=True)
class NextPlan:
    """The next cycle of a test: a new prediction on new dates; for "adapt", the one part that changes."""

    prediction: Prediction
    starts_on: date
    ends_on: date
    part: Part | None = None
    words: str = ""
    outcome_on: date | None = None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision found again. `replications` counts other measured tests of the practice."""

    test_id: str
    inquiry_id: str
    inquiry_title: str
    practice_id: str
    title: str
    decision: Decision
    reason: str
    decided_by: str
    decided_on: date
    next_test_id: str | None
    replications: int

    @property
    def words(self) -> str:
        """`adopted by us; not yet confirmed` while too few other tests stand behind it."""
        if self.decision == "adopt" and self.replications < REPLICATIONS_NEEDED:
            return NOT_YET_CONFIRMED
        return {
            "adopt": "adopted", "adapt": "adapted", "abandon": "abandoned", "keep testing": "kept testing",
        }[self.decision]  # fmt: skip


def decide(
    database: Database,
    viewer: Viewer,
    test_id: str,
    *,
    decision: Decision,
    reason: str,
    next_plan: NextPlan | None = None,
) -> str | None:
    """Write down the decision on a test; returns the id of the next cycle's draft, if one begins.

    "adapt" needs a next plan that changes one part: it makes a new version of a card that is the team's to
    change (`own_card.sql`), while of a card of others what changed stands with the next test. "keep testing"
    may bring a plan, of the practice with what was changed of it. All in one transaction. Raises `PlcError`
    naming what is missing, `NotFound` outside her teams.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    reason = shareable_words(database, reason, "the reason", most=SENTENCES)
    next_plan = None if next_plan is None else _said(database, next_plan)
    _check(decision, reason, next_plan)
    if next_plan is not None:
        hold_spreads(database, viewer, inquiry_id_of(database, viewer, test_id))
    today = school_today(database)
    next_test_id: str | None = None
    with database.write_through() as cursor:
        stored = read_test(cursor, viewer, test_id)
        if stored.state not in ("planned", "decided"):
            raise PlcError("Only a test that was planned can be decided. Start it, or withdraw the draft.")
        if next_plan is not None:
            next_test_id = _next_cycle(
                cursor, viewer, stored, next_plan, predicted_at=school_moment(database)
            )
        cursor.execute(
            load_sql("inquiry", "add_decision"),
            {
                "team_ids": list(viewer.team_ids), "test_id": test_id, "decision": decision,
                "reason": reason, "by": viewer.signature, "on": today, "at": clock.now(),
                "next_test_id": next_test_id,
            },
        ).fetchall()  # fmt: skip
        _settle(cursor, viewer, stored, state="planned" if decision == "keep testing" else "decided")
        raise_data_version(cursor)
    return next_test_id


def list_decisions(
    database: Database,
    viewer: Viewer,
    *,
    inquiry_id: str | None = None,
    decision: Decision | None = None,
    words: str | None = None,
    most: int = 50,
) -> list[DecisionRow]:
    """What the viewer's teams decided, the latest first; abandoned ones are as findable as adopted ones."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "decisions"),
            {
                "team_ids": list(viewer.team_ids), "inquiry_id": inquiry_id, "decision": decision,
                "words": (words or "").strip() or None, "most": most,
            },
        ).fetchall()  # fmt: skip
    return [DecisionRow(*row) for row in rows]


def replications(database: Database, viewer: Viewer, test: PracticeTest) -> int:
    """How many other tests of the practice were measured, in any team."""
    viewer.require_team(Permission.INQUIRY_READ, test.team_id)
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("inquiry", "replications"),
            {"practice_id": test.practice_id, "test_id": test.test_id},
        ).fetchall()
    return int(rows[0][0])


def _check(decision: Decision, reason: str, next_plan: NextPlan | None) -> None:
    if decision not in DECISIONS:
        raise PlcError("Choose adopt, adapt, abandon or keep testing.")
    if not reason:
        raise PlcError("Give the reason in a sentence: next year's team will ask.")
    if decision == "adapt" and (next_plan is None or next_plan.part is None or not next_plan.words.strip()):
        raise PlcError("Say which one part changes and what it says from now on, and predict the next cycle.")
    if decision == "keep testing" and next_plan is not None and next_plan.part is not None:
        raise PlcError("To change a part of the practice, choose adapt: then its next version is tested.")
    if next_plan is not None and not next_plan.prediction.amount:
        raise PlcError("Predict the next cycle with a number, so that it can surprise you.")
    if decision in ("adopt", "abandon") and next_plan is not None:
        raise PlcError("A next cycle begins with adapt or keep testing.")


def _said(database: Database, plan: NextPlan) -> NextPlan:
    """The plan with its words as they are kept. Raises `TooLong` and `NamesStudent`."""
    changed = shareable_words(database, plan.words, "what the changed part says", most=PAGE)
    require_no_students(database, {WHY: plan.prediction.words})
    return replace(plan, words=changed)


def _settle(cursor: Cursor, viewer: Viewer, stored: PracticeTest, *, state: TestState) -> None:
    """Put the test into the state that its decision leaves it in."""
    if stored.state == state:
        return
    set_state(cursor, viewer, stored, state=state)
    if read_test(cursor, viewer, stored.test_id).state != state:
        raise Conflict("A colleague changed this test at the same moment. Reload and decide again.")


def _next_cycle(
    cursor: Cursor, viewer: Viewer, stored: PracticeTest, plan: NextPlan, *, predicted_at: datetime
) -> str:
    """The draft of the next cycle, of the practice as it says from now on."""
    version, adaptation = stored.practice_version, stored.adaptation
    if plan.part is not None:
        version, adaptation = _adapted(cursor, viewer, stored, plan, plan.part)
    inquiry = inquiry_of_test(cursor, viewer, stored.inquiry_id)
    before = stored.plan
    coming = replace(
        before,
        practice_version=version,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        second_start_on=None,
        outcome_on=plan.outcome_on,
        prediction=plan.prediction,
        # One assessment is over; the next cycle is measured by those of its kind that are still to come.
        measure_name=None,
        measure_kind=before.measure_kind or "common",
        adaptation=adaptation,
    )
    next_test_id = new_test_id()
    add_test(
        cursor,
        viewer,
        inquiry,
        check_plan(cursor, viewer, inquiry.inquiry_id, coming),
        test_id=next_test_id,
        state="draft",
        signed_by=viewer.signature,
        at=clock.now(),
        predicted_at=predicted_at,
        origin_test_id=stored.test_id,
    )
    return next_test_id


def _adapted(
    cursor: Cursor, viewer: Viewer, stored: PracticeTest, plan: NextPlan, part: Part
) -> tuple[int, str]:
    """What the next cycle tries, with one part changed: a version of the card, and words kept with the test.

    A card of the team gets its next version. A card of others stays what its authors wrote: one line of the
    test says what the part says instead, and those of other parts stay.
    """
    text = read_practice(cursor, viewer, stored.practice_id)
    words: str | float = plan.words
    if part == "minutes":
        try:
            words = float(plan.words)
        except ValueError as error:
            raise PlcError("Write the minutes as a number.") from error
    as_written = getattr(text, part) == words
    if not _is_own_card(cursor, stored):
        said, name = stored.adaptation.splitlines(), f"{PARTS[part]}: "
        lines = [line for line in said if not line.startswith(name)]
        if not as_written:
            lines.append(name + " ".join(plan.words.split()))
        if set(lines) == set(said):
            raise PlcError(_NOTHING_CHANGES)
        return stored.practice_version, "\n".join(lines)
    if as_written:
        raise PlcError(_NOTHING_CHANGES)
    changed = replace(text, version=text.version + 1, **{part: words})  # type: ignore[arg-type]
    if not write_practice_version(cursor, viewer, changed):
        raise Conflict("A colleague changed this card at the same moment. Reload and decide again.")
    return changed.version, ""


def _is_own_card(cursor: Cursor, stored: PracticeTest) -> bool:
    """Whether the team of a test may change its card. After `read_practice`, which says what it may read."""
    rows = cursor.execute(
        load_sql("inquiry", "own_card"),
        {"practice_id": stored.practice_id, "team_id": stored.team_id},
    ).fetchall()
    return bool(rows)
