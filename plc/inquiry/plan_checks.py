"""What a plan must hold before it is kept, and what may no longer change once a test runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from plc.core.errors import PlcError
from plc.core.free_text import PAGE, SENTENCES, kept_words
from plc.core.two_texts import both_texts
from plc.core.viewer import Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.inquiry.test_reading import member_sections
from plc.inquiry.test_records import LOW_STARTERS, Balancing, PracticeTest, TestPlan
from plc.inquiry.tested import first_outcome_seen
from plc.inquiry.visible_practices import keep_visible_practices
from plc.statistics.effect_designs import COMPARED, Design

# A test of one school year ends within it.
LONGEST: Final = timedelta(days=366)
# How an error names the texts of a plan.
ADAPTATION: Final = "what you change of the practice"
WHY: Final = "why you predict this"


def what_is_missing(test: PracticeTest) -> list[str]:
    """What a draft still lacks, in the order in which it is asked; empty when it can start."""
    lacking = []
    if test.predicted_sd is None:
        lacking.append("Say what you predict, with a number. A test without a prediction teaches little.")
    if not test.tried:
        lacking.append("Choose which classes try it.")
    if test.design is Design.RANDOMISED and test.assigned_at is None:
        lacking.append("Draw which classes start.")
    if test.design is Design.STAGGERED and len({each.starts_on for each in test.tried}) < 2:
        lacking.append("Draw which classes start first.")
    if test.design in COMPARED - {Design.STAGGERED} and test.tried and not test.compared:
        lacking.append("Choose the classes to compare with.")
    return lacking


def check_plan(cursor: Cursor, viewer: Viewer, inquiry_id: str, plan: TestPlan) -> TestPlan:
    """The plan with its words trimmed. Raises `PlcError` with what contradicts and what to do."""
    if plan.ends_on <= plan.starts_on:
        raise PlcError("The last day must come after the first.")
    if plan.ends_on - plan.starts_on > LONGEST:
        raise PlcError("A test ends within a school year. Choose an earlier last day.")
    if (
        plan.design is Design.STAGGERED
        and plan.second_start_on is not None
        and not plan.starts_on < plan.second_start_on < plan.ends_on
    ):
        raise PlcError("The classes that wait begin after the first day and before the last.")
    own = {row[0] for row in member_sections(cursor, viewer, inquiry_id)}
    if set(plan.section_ids) - own:
        raise PlcError("Only classes of the team's own members can take part. Choose them from the list.")
    if plan.prediction is not None:
        why = kept_words(plan.prediction.words, WHY, most=SENTENCES)
        plan = replace(plan, prediction=replace(plan.prediction, words=why))
    watched = (*dict.fromkeys((Balancing(LOW_STARTERS), *plan.balancing)),)
    return replace(plan, balancing=watched, adaptation=kept_adaptation(plan.adaptation))


def texts_of(plan: TestPlan) -> dict[str, str]:
    """What a plan says in its team's own words, by what an error calls it."""
    return {WHY: plan.prediction.words if plan.prediction else "", ADAPTATION: plan.adaptation}


def kept_adaptation(words: str) -> str:
    """What a team changes of a practice, as it is kept: a whole part of a card, too. Raises `TooLong`."""
    return kept_words(words, ADAPTATION, most=PAGE)


def refuse_other_practice(cursor: Cursor, viewer: Viewer, inquiry_id: str, plan: TestPlan) -> None:
    """Raise `PlcError` unless the plan's practice is a candidate of its inquiry, in words that exist.

    A test shows the words of what it tries: without this, knowing a card's id would be enough to read it, or
    what its authors wrote before they shared it and after they closed it.
    """
    keep_visible_practices(cursor, viewer)
    rows = cursor.execute(
        load_sql("inquiry", "triable_practices"),
        {"inquiry_id": inquiry_id, "team_ids": list(viewer.team_ids)},
    ).fetchall()
    open_versions = {practice_id: range(first, last + 1) for practice_id, first, last, *_ in rows}
    if plan.practice_version not in open_versions.get(plan.practice_id, ()):
        raise PlcError("This practice is not one of the inquiry's candidates. Choose it in Discover first.")


def refuse_stale(stored: PracticeTest, plan: TestPlan, seen_version: int) -> None:
    """Raise `BothTexts` when someone wrote since `seen_version` was read."""
    if stored.version == seen_version:
        return
    raise both_texts(
        "A colleague changed this plan while you wrote. Both are shown; keep what you both mean.",
        mine=words_of(plan),
        theirs=words_of(stored.plan),
        version=stored.version,
    )


def words_of(plan: TestPlan) -> dict[str, str]:
    """A plan as texts by field, for two people to put together."""
    prediction = plan.prediction
    unit = "SD" if prediction and prediction.unit == "sd" else "points"
    return {
        "design": str(plan.design),
        "dates": f"{plan.starts_on:%-d %B %Y} to {plan.ends_on:%-d %B %Y}",
        "second start": f"{plan.second_start_on:%-d %B %Y}" if plan.second_start_on else "",
        "results expected": f"{plan.outcome_on:%-d %B %Y}" if plan.outcome_on else "",
        "measure": plan.measure_name or plan.measure_kind or "",
        "standard": plan.standard_id or "",
        "prediction": f"{prediction.amount:+g} {unit}" if prediction else "",
        "why": prediction.words if prediction else "",
        "classes": ", ".join(sorted(plan.section_ids)),
        # Those who started lowest are always watched, so nobody writes them.
        "must not get worse": ", ".join(
            sorted(one.words for one in plan.balancing if one.kind != "low starters")
        ),
        "changed": plan.adaptation,
    }


def predicts_otherwise(stored: PracticeTest, plan: TestPlan) -> bool:
    before, now = stored.plan.prediction, plan.prediction
    if (before is None) != (now is None):
        return True
    if before is None or now is None:
        return False
    same_unit = before.unit == now.unit
    known = before.amount if same_unit else stored.predicted_sd
    return known is None or abs(known - now.amount) > 1e-9 or before.words != now.words


def outcome_since_start(cursor: Cursor, viewer: Viewer, test_id: str) -> tuple[int, date | None, int]:
    """Results of the measure since the start: how many, the latest day, in how many of its classes."""
    results, latest_on, sections, _ = _outcome(cursor, viewer, test_id)
    return results, latest_on, sections


def _outcome(cursor: Cursor, viewer: Viewer, test_id: str) -> tuple[int, date | None, int, date | None]:
    results, latest_on, sections, earliest_on = cursor.execute(
        load_sql("inquiry", "outcome_results"), {"test_id": test_id, "team_ids": list(viewer.team_ids)}
    ).fetchall()[0]
    return int(results), latest_on, int(sections), earliest_on


def refuse_late_prediction(
    cursor: Cursor, viewer: Viewer, stored: PracticeTest, *, starting: bool = False
) -> None:
    results, latest_on, _, earliest_on = _outcome(cursor, viewer, stored.test_id)
    if not results or latest_on is None or earliest_on is None:
        return
    if starting and stored.predicted_at is not None and stored.predicted_at.date() <= earliest_on:
        return
    kept = f" The prediction stays {stored.prediction_line}." if stored.predicted_sd is not None else ""
    raise PlcError(
        f"Results of {latest_on:%-d %B %Y} are there already, so this would not be a prediction.{kept}"
        " Clone the test for the next cycle and predict that one."
    )


def refuse_late_changes(
    cursor: Cursor, viewer: Viewer, stored: PracticeTest, plan: TestPlan, *, today: date
) -> None:
    """Raise `PlcError` for what stands since the first day, and for a last day moved after results came."""
    if not stored.started(today):
        return
    before = stored.plan
    ground = ("practice_id", "practice_version", "design", "starts_on", "second_start_on", "measure_name")
    more = ("measure_kind", "standard_id")
    moved = [name for name in (*ground, *more) if getattr(before, name) != getattr(plan, name)]
    if moved or set(before.section_ids) != set(plan.section_ids):
        raise PlcError(
            "This test has started: its practice, classes, measure and first day stay as planned. "
            "Note what changed as an adaptation, or clone the test for the next cycle."
        )
    if set(stored.balancing) - set(plan.balancing):
        raise PlcError(
            "This test has started: what could get worse is watched to its end. Add to it, take nothing off."
        )
    # A last day chosen with results in hand could leave out an unlucky occasion, or put off a result.
    if before.ends_on != plan.ends_on and first_outcome_seen(cursor, stored.test_id) is not None:
        raise PlcError(
            f"Results were seen already, so the last day stays {before.ends_on:%-d %B %Y}. "
            "Decide to keep testing, and plan the next cycle with its own dates."
        )
