"""Writing a test's plan: a draft first, so that nothing is lost, then a dated plan whose prediction stands.

A plan may be changed until its first day; its prediction until the first result of its measure is there.
After that only what the team changed of the practice, and the last day, are still written. Pages read plans
as they are; only a test that starts or goes changes what others remember.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from plc.core import clock
from plc.core.errors import Conflict, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.detectable import detectable_of
from plc.inquiry.plan_checks import (
    ADAPTATION,
    check_plan,
    kept_adaptation,
    predicts_otherwise,
    refuse_late_changes,
    refuse_late_prediction,
    refuse_other_practice,
    refuse_stale,
    texts_of,
    what_is_missing,
)
from plc.inquiry.test_reading import hold_spreads, inquiry_id_of, read_test
from plc.inquiry.test_records import PracticeTest, TestPlan
from plc.inquiry.test_writing import (
    add_test,
    inquiry_of_test,
    new_test_id,
    plan_parameters,
    school_moment,
    set_state,
    write_balancing,
    write_classes,
)
from plc.inquiry.tested import first_outcome_seen
from plc.people.school_calendar import school_today
from plc.results.student_words import require_no_students


def plan_test(database: Database, viewer: Viewer, inquiry_id: str, plan: TestPlan) -> str:
    """Save a new plan as a draft and return its id.

    Raises `NotFound` outside the viewer's teams and `PlcError` for a plan that contradicts itself.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    require_no_students(database, texts_of(plan))
    hold_spreads(database, viewer, inquiry_id)
    with database.write() as cursor:
        inquiry = inquiry_of_test(cursor, viewer, inquiry_id)
        checked = check_plan(cursor, viewer, inquiry_id, plan)
        refuse_other_practice(cursor, viewer, inquiry_id, checked)
        test_id = new_test_id()
        add_test(
            cursor,
            viewer,
            inquiry,
            checked,
            test_id=test_id,
            state="draft",
            signed_by=viewer.signature,
            at=clock.now(),
            predicted_at=school_moment(database),
        )
    return test_id


def edit_test(
    database: Database, viewer: Viewer, test_id: str, plan: TestPlan, *, seen_version: int
) -> PracticeTest:
    """Write a plan anew over the version that was seen; returns it as stored.

    Raises `Conflict` with both texts when a colleague wrote in between, and `PlcError` when the prediction
    changes after results are there, or the plan's ground after its first day.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    today = school_today(database)
    require_no_students(database, texts_of(plan))
    hold_spreads(database, viewer, inquiry_id_of(database, viewer, test_id))
    with database.write() as cursor:
        stored = read_test(cursor, viewer, test_id)
        refuse_stale(stored, plan, seen_version)
        inquiry = inquiry_of_test(cursor, viewer, stored.inquiry_id)
        checked = check_plan(cursor, viewer, stored.inquiry_id, plan)
        refuse_late_changes(cursor, viewer, stored, checked, today=today)
        tried = (stored.practice_id, stored.practice_version)
        if tried != (checked.practice_id, checked.practice_version):
            refuse_other_practice(cursor, viewer, stored.inquiry_id, checked)
        parameters = plan_parameters(cursor, viewer, inquiry, checked, predicted_at=school_moment(database))
        if predicts_otherwise(stored, checked):
            refuse_late_prediction(cursor, viewer, stored)
        else:
            parameters |= _prediction_kept(stored, parameters)
        written = cursor.execute(
            load_sql("inquiry", "rewrite_test"),
            parameters
            | {"test_id": test_id, "team_ids": list(viewer.team_ids), "seen_version": seen_version},
        ).fetchall()
        if not written:
            raise Conflict("This test is decided or withdrawn. Clone it for the next cycle.")
        write_classes(cursor, viewer, stored, checked, today=today)
        write_balancing(cursor, test_id, checked)
        changed = read_test(cursor, viewer, test_id)
        if changed.state == "planned" and not stored.started(today):
            # Its dates, classes or measure may now be ones whose results were there before the prediction.
            refuse_late_prediction(cursor, viewer, changed, starting=True)
        return changed


def _prediction_kept(stored: PracticeTest, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """What a point was worth when the prediction was made stays with it."""
    return {
        "predicted_at": stored.predicted_at,
        "points_per_sd": stored.points_per_sd or parameters["points_per_sd"],
        "predicted_points": stored.predicted_points,
        "predicted_sd": stored.predicted_sd,
    }


def start_test(database: Database, viewer: Viewer, test_id: str, *, seen_version: int) -> PracticeTest:
    """Make a draft the plan that stands; refuses one that lacks what a test needs.

    The smallest effect it could find is kept with it.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    with database.write() as cursor:
        stored = read_test(cursor, viewer, test_id)
        if stored.version != seen_version:
            raise Conflict("A colleague changed this plan. Look at it once more, then start it.")
        lacking = what_is_missing(stored)
        if lacking:
            raise PlcError(lacking[0])
        refuse_late_prediction(cursor, viewer, stored, starting=True)
        found = detectable_of(cursor, viewer, stored)
        set_state(cursor, viewer, stored, state="planned", smallest=found.effect if found else None)
        raise_data_version(cursor)
        return read_test(cursor, viewer, test_id)


def withdraw_test(database: Database, viewer: Viewer, test_id: str, *, seen_version: int) -> None:
    """Take a test off the list before it is decided; `restore_test` brings it back."""
    viewer.require(Permission.INQUIRY_EDIT)
    with database.write() as cursor:
        stored = read_test(cursor, viewer, test_id)
        if stored.state not in ("draft", "planned"):
            raise PlcError("This test is decided. An abandoned test stays findable: it is learning.")
        if stored.version != seen_version:
            raise Conflict("A colleague changed this test. Look at it once more.")
        if stored.state == "planned" and first_outcome_seen(cursor, test_id) is not None:
            raise PlcError(
                "Results of this test were seen, so it is decided and not taken back: abandon it, and say"
                " what you learned. It counts against nobody."
            )
        set_state(cursor, viewer, stored, state="withdrawn")
        raise_data_version(cursor)


def restore_test(database: Database, viewer: Viewer, test_id: str) -> None:
    """Bring a withdrawn test back: one that had begun as it stood, any other as a draft."""
    viewer.require(Permission.INQUIRY_EDIT)
    today = school_today(database)
    with database.write() as cursor:
        stored = read_test(cursor, viewer, test_id)
        if stored.state != "withdrawn":
            raise PlcError("This test is not withdrawn.")
        # Only a plan that was started keeps the smallest effect it could find. As a draft its classes and
        # its measure could be chosen anew after its first day.
        begun = stored.smallest_detectable is not None and stored.starts_on <= today
        set_state(cursor, viewer, stored, state="planned" if begun else "draft")
        raise_data_version(cursor)


def note_adaptation(
    database: Database, viewer: Viewer, test_id: str, words: str, *, seen_version: int
) -> PracticeTest:
    """Keep what the team changed of the practice as text on the test.

    Raises `Conflict` with both texts when a colleague wrote in between.
    """
    viewer.require(Permission.INQUIRY_EDIT)
    words = kept_adaptation(words)
    require_no_students(database, {ADAPTATION: words})
    with database.write() as cursor:
        stored = read_test(cursor, viewer, test_id)
        refuse_stale(stored, replace(stored.plan, adaptation=words), seen_version)
        cursor.execute(
            load_sql("inquiry", "note_adaptation"),
            {
                "test_id": test_id,
                "team_ids": list(viewer.team_ids),
                "seen_version": seen_version,
                "adaptation": words,
            },
        ).fetchall()
        return read_test(cursor, viewer, test_id)
