"""What the tests of a card say, computed: every test on one screen, the pool, the contexts, the status.

A team decides whether its test shows its school and month (*released*); a test that is not released counts
in the pool and stands among the others without them. Where fewer than three teachers stand behind the
practice's tests, others read their figures only once every team released its result: the practice, not the
person, is what they are about.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from plc.core.disclosure import MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.errors import NotFound
from plc.core.viewer import Role, Viewer
from plc.database import Database
from plc.inquiry.effect_record import MEASURED
from plc.inquiry.few_teachers import tests_of_few
from plc.inquiry.visible_practices import keep_visible_practices
from plc.people.looks import note_look_at
from plc.practices.brought_classes import keep_brought_classes
from plc.practices.closed_pools import withheld_from
from plc.practices.evidence_records import EvidencePanel, Pooled, TestedRow
from plc.practices.evidence_rows import POOLED, RUNNING
from plc.practices.evidence_words import (
    balancing_words,
    check_words,
    conditions,
    contexts,
    is_open,
    low_starters_words,
    tier_words,
    verdict_words,
)
from plc.practices.status import LADDER, Step
from plc.practices.visibility import records

# From the strongest evidence down; what was given up stays findable, at the end.
STEPS: Final = tuple(str(step) for step in (*reversed(LADDER), Step.RETIRED))
# From two numbers, such as the mean and the spread of two tests, both tests could be worked out.
CLOSED_TO_TELL_SPREAD: Final = 3
NOT_TESTED: Final = "Nobody has tested it yet."
TOO_FEW_TEACHERS: Final = (
    "The figures are not shown yet: fewer than three teachers stand behind them, and not every team has"
    " released its result."
)
POOL_OF_FEW: Final = (
    "What the tests say together is not shown to you yet: it would tell you a colleague's own class. It is"
    " shown once more tests stand beside yours."
)


@dataclass(frozen=True, slots=True)
class _Read:
    """What is stored of one card: its evidence and note, its tests, the pool after each; `few` of its tests
    with figures the viewer may not read, `told_apart` where the pool is not for her either."""

    evidence: Mapping[str, Any]
    tests: Sequence[Mapping[str, Any]]
    so_far: Sequence[Mapping[str, Any]]
    few: Mapping[str, bool]
    told_apart: bool


def evidence_panel(database: Database, viewer: Viewer, practice_id: str) -> EvidencePanel:
    """The evidence of a card the viewer may open. Raises `NotFound` for any other."""
    panels = evidence_panels(database, viewer, practice_ids=[practice_id])
    if practice_id not in panels:
        raise NotFound("There is no such card, or it is not open to you.", about=("practice", practice_id))
    return panels[practice_id]


def evidence_panels(
    database: Database, viewer: Viewer, *, practice_ids: Collection[str]
) -> dict[str, EvidencePanel]:
    """The evidence of those of these cards that the viewer may open, by card, in one reading."""
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        asked = {"practice_ids": list(practice_ids)}
        stored = records(cursor, "evidence", asked)
        if not stored:
            return {}
        keep_brought_classes(cursor)
        tests = records(cursor, "tests_of_cards", asked | {"team_ids": list(viewer.team_ids)})
        so_far = records(cursor, "pools_so_far", asked)
        few = tests_of_few(cursor, viewer, [test["test_id"] for test in tests if test["verdict"] is not None])
        told_apart = withheld_from(cursor, viewer).practice_ids
    look = "what a practice's tests show"
    note_look_at(database, viewer, look, "practice", [row["practice_id"] for row in stored])
    note_look_at(database, viewer, look, "test", [test["test_id"] for test in tests])
    panels = {}
    for evidence in stored:
        practice_id = evidence["practice_id"]
        of_card = [test for test in tests if test["practice_id"] == practice_id]
        panels[practice_id] = _panel(
            viewer,
            _Read(
                evidence,
                of_card,
                [row for row in so_far if row["practice_id"] == practice_id],
                {test["test_id"]: few[test["test_id"]] for test in of_card if test["test_id"] in few},
                practice_id in told_apart,
            ),
        )
    return panels


def _panel(viewer: Viewer, read: _Read) -> EvidencePanel:
    evidence, few = read.evidence, read.few
    measured = [test for test in read.tests if test["verdict"] is not None]
    of_enough = figures_open(
        teachers=max((int(test["teachers_behind"]) for test in measured), default=0),
        tests=len(measured),
        open_tests=sum(
            1 for test in measured if test["released"] or (test["own"] and test["test_id"] not in few)
        ),
    )
    rows = _rows(viewer, read.tests, few, open_figures=of_enough)
    open_figures = of_enough and not read.told_apart
    withheld = "" if open_figures or not measured else POOL_OF_FEW if of_enough else TOO_FEW_TEACHERS
    closed = sum(1 for test in measured if test["place"] in (None, POOLED) and not is_open(test))
    spread = _tells_spread(closed)
    figures = evidence if open_figures else {}
    return EvidencePanel(
        step=str(evidence["step"] or Step.IDEA),
        words=withheld or str(evidence["words"] or NOT_TESTED),
        met=conditions(figures.get("met"), spread=spread),
        missing=conditions(figures.get("missing"), spread=spread),
        next_step=evidence["next_step"],
        unmeasured=int(evidence["unmeasured_tests"] or 0),
        tests=tuple(rows),
        pooled=_pooled(figures, () if any(few.values()) else read.so_far, closed=closed),
        sections=int(evidence["practice_sections"] or 0),
        schools=int(evidence["schools"] or 0),
        students=int(evidence["students"] or 0),
        tier=figures.get("tier"),
        tier_words=tier_words(figures),
        tier_missing=str(figures.get("tier_missing") or ""),
        balancing=balancing_words(measured, figures) if open_figures else "",
        contexts=contexts(figures, closed=closed),
        withheld=withheld,
        running=sum(1 for row in rows if row.running),
        ended_early=sum(1 for row in rows if row.ended_early),
        predicted_late=sum(1 for row in rows if row.predicted_late),
        note=str(evidence["note"] or ""),
        note_version=int(evidence["note_version"] or 0),
    )


def _tells_spread(closed: int) -> bool:
    """Whether it may be told how tests differ beside so many that are closed to the viewer."""
    return not 0 < closed < CLOSED_TO_TELL_SPREAD


def figures_open(*, teachers: int, tests: int, open_tests: int) -> bool:
    """Whether figures about a practice may be read by someone for whom `open_tests` of its tests are open."""
    return teachers >= MINIMUM_TEACHERS or open_tests >= tests


def _rows(
    viewer: Viewer, tests: Sequence[Mapping[str, Any]], few: Mapping[str, bool], *, open_figures: bool
) -> list[TestedRow]:
    """Released and own tests by date, the others after them without one, so that no order dates them.

    A test that is neither has no figures of its own here: it stands in the pool with others. Of `few`, tests
    of so few teachers that figures tell of one, a viewer who knows one of them reads none until its team has
    released it.
    """
    told = [test for test in tests if test["own"] or (test["released"] and viewer.role is not Role.REVIEWER)]
    untold = sorted(
        (test for test in tests if test not in told),
        # In no order of their effects where these are not told.
        key=lambda test: (not test["released"], (test["effect"] or 0.0) if test["released"] else 0.0),
    )
    rows = []
    for number, test in enumerate([*told, *untold], start=1):
        test_id = test["test_id"]
        closed = not is_open(test) or (few.get(test_id, False) and not test["released"])
        figures = (open_figures or bool(test["own"] and test_id not in few)) and not closed
        rows.append(_row(test, number=number, told=test in told, figures=figures))
    return rows


def _row(test: Mapping[str, Any], *, number: int, told: bool, figures: bool) -> TestedRow:
    running = test["verdict"] is None or test["place"] == RUNNING
    measured = figures and not running and test["verdict"] == MEASURED
    school = test["schools"] if told else None
    month = f"{test['starts_on']:%B %Y}" if told and isinstance(test["starts_on"], date) else None
    where = ", ".join(part for part in (school, month) if part) or "another team"
    return TestedRow(
        test_id=test["test_id"] if test["own"] else None,
        label=f"{'First test' if told and test['is_origin'] and number == 1 else f'Test {number}'}: {where}",
        own=bool(test["own"]),
        released=bool(test["released"]),
        running=running,
        pooled=test["place"] in (None, POOLED),
        school=school,
        month=month,
        design=test["design"],
        grade=test["grade"] if told else None,
        adaptation=test["adaptation"] if told else "",
        decision=test["decision"] if told else None,
        verdict=verdict_words(test, figures=figures),
        effect=test["effect"] if measured else None,
        lower=test["lower_bound"] if measured else None,
        upper=test["upper_bound"] if measured else None,
        students=test["students"] if measured and test["students"] >= MINIMUM_STUDENTS else None,
        practice_sections=test["practice_sections"] if measured else None,
        low_starters=low_starters_words(test) if measured else "",
        checks=check_words(test) if measured else "",
        ended_early=bool(test["ended_early"]),
        predicted_late=bool(test["predicted_late"]),
    )


def _pooled(
    evidence: Mapping[str, Any], so_far: Sequence[Mapping[str, Any]], *, closed: int
) -> Pooled | None:
    """The pool; how it grew is told of open tests alone, how tests differ not where one or two are closed."""
    if evidence.get("estimate") is None:
        return None
    if closed:
        so_far = ()
    if not _tells_spread(closed):
        evidence = {**evidence, **dict.fromkeys(("tau", "i_squared", "hksj_lower", "hksj_upper"))}
    return Pooled(
        estimate=evidence["estimate"],
        lower=evidence["lower_bound"],
        upper=evidence["upper_bound"],
        prediction_lower=evidence["prediction_lower"],
        prediction_upper=evidence["prediction_upper"],
        hksj_lower=evidence["hksj_lower"],
        hksj_upper=evidence["hksj_upper"],
        tau=evidence["tau"],
        i_squared=evidence["i_squared"],
        helped=evidence["probability_helped"],
        meaningful=evidence["probability_meaningful"],
        helps_next=evidence["probability_next"],
        so_far=tuple((row["so_far_estimate"], row["so_far_lower"], row["so_far_upper"]) for row in so_far),
    )
