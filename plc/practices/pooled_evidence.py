"""Computes what all tests of each practice say together and keeps it, so that a library page only reads.

Computed whole from the stored effects of tests, whenever one was measured anew, decided on or withdrawn;
nobody edits it. Tests by the same teachers count once, abandoned tests count like any other, and the classes
in which a practice was found never do.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

import pandas as pd

from plc.core import clock
from plc.core.errors import Conflict
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.school_calendar import school_today
from plc.practices.evidence_rows import POOLED, PracticeTests, places, practices_with_tests
from plc.practices.practice_pool import PracticeFindings, practice_findings
from plc.practices.shared_tests import (
    SharedValue,
    as_shared,
    behind_of,
    figures_of,
    next_values,
    values_of,
)
from plc.practices.status import Step
from plc.practices.tests_beside import FIGURES, tests_beside
from plc.practices.thresholds import Thresholds, thresholds

_SAY_EVERY: Final = 50
# Two at once are rare and short; more than a few in a row is something else.
_TRIES: Final = 5
HELD_BACK_WORDS: Final = (
    "Tested. What the tests show counts here once three teachers of other teams stand behind them, or the"
    " teams let everyone read their result."
)
_WHOLE: Final = {"teams": "Int32", "unmeasured_tests": "Int32", "left_out_tests": "Int32", "tier": "Int16"}
_FIGURES: Final = (
    "estimate", "standard_error", "lower_bound", "upper_bound", "prediction_lower", "prediction_upper",
    "hksj_lower", "hksj_upper", "tau", "i_squared", "probability_helped", "probability_meaningful",
    "probability_next",
)  # fmt: skip


def refresh_evidence(
    database: Database,
    viewer: Viewer,
    *,
    practice_ids: Sequence[str] | None = None,
    due_only: bool = False,
    progress: Progress = silent,
) -> int:
    """Compute the evidence of these practices, or of all, in one transaction; how many there were.

    To be called whenever tests were measured or withdrawn; with `due_only` whenever time has passed or a team
    has decided, for the practices of which a test's planned end or a decision has come since.
    """
    viewer.require(Permission.EFFECT_MEASURE)
    today, rules, version = school_today(database), thresholds(), database.data_version()
    if due_only:
        with database.read() as cursor:
            found = cursor.execute(load_sql("practices", "evidence_due"), {"today": today}).fetchall()
        practice_ids = [practice_id for (practice_id,) in found]
        if not practice_ids:
            return 0
    asked = {"everything": practice_ids is None, "practice_ids": list(practice_ids or ())}
    for _ in range(_TRIES):
        with database.read() as cursor:
            practices = practices_with_tests(cursor, practice_ids)
            before = cursor.execute(load_sql("practices", "shared_tests"), asked).fetchall()
            released = {row[0] for row in cursor.execute(load_sql("practices", "released_tests")).fetchall()}
        pooled = _pool(practices, values_of(before), released, rules, today=today, progress=progress)
        with database.write() as cursor:
            # What was shown once is never forgotten, also where somebody else pooled in between.
            if cursor.execute(load_sql("practices", "shared_tests"), asked).fetchall() == before:
                _record(cursor, asked, pooled, version)
                progress(1.0, "Done")
                return len(practices)
    raise Conflict("These practices were pooled by somebody else at the same time. Try again in a moment.")


def _pool(
    practices: Sequence[PracticeTests], values: Mapping[str, list[SharedValue]], released: Collection[str],
    rules: Thresholds, *, today: date, progress: Progress,
) -> list[tuple[PracticeFindings, list[SharedValue]]]:  # fmt: skip
    """What the tests of each practice say, and which values of them its pool then holds."""
    pooled = []
    for number, practice in enumerate(practices):
        if number % _SAY_EVERY == 0:
            progress(
                number / len(practices), f"Pooling the tests of practice {number + 1} of {len(practices)}"
            )
        over = places(practice.tests, rules, today=today) == POOLED
        shared = next_values(
            values.get(practice.practice_id, []), figures_of(practice, over), released=released,
            behind=behind_of(practice),
        )  # fmt: skip
        frozen, chosen = as_shared(practice, shared)
        pooled.append((practice_findings(frozen, rules, today=today, shared=chosen), shared))
    return pooled


def _record(
    cursor: Cursor, asked: Mapping[str, object], pooled: Sequence[tuple[PracticeFindings, list[SharedValue]]],
    version: int,
) -> None:  # fmt: skip
    for table in ("practice_evidence", "practice_evidence_test", "practice_shared_test"):
        cursor.execute(load_sql("practices", f"forget_{table}"), dict(asked)).fetchall()
    if not pooled:
        return
    told = {"data_version": version, "computed_at": clock.now()}
    evidence = pd.DataFrame([_row(findings) | told for findings, _ in pooled])
    evidence = evidence.astype(_WHOLE | dict.fromkeys(_FIGURES, "float64"))
    _insert(cursor, "record_practice_evidence", evidence)
    _insert(
        cursor, "record_practice_evidence_test", _together([tests_beside(findings) for findings, _ in pooled])
    )
    values = [{"practice_id": found.practice_id, **asdict(one)} for found, shared in pooled for one in shared]
    if values:
        _insert(cursor, "record_practice_shared_test", pd.DataFrame(values))


def _insert(cursor: Cursor, statement: str, rows: pd.DataFrame) -> None:
    cursor.register("supplied", rows)
    cursor.execute(load_sql("practices", statement)).fetchall()
    cursor.unregister("supplied")


def _together(parts: Sequence[dict[str, list[Any]]]) -> pd.DataFrame:
    """Columns of every practice one below the other; what a practice lacks is null."""
    names = ("practice_id", "test_id", "place", "test_order", "team_number", *FIGURES)
    columns = {
        name: [value for part in parts for value in part.get(name, [None] * len(part["test_id"]))]
        for name in names
    }
    return pd.DataFrame(columns).astype({"team_number": "Int32"} | dict.fromkeys(FIGURES, "float64"))


def _row(findings: PracticeFindings) -> dict[str, Any]:
    status, tier, evidence = findings.status, findings.tier, findings.evidence
    waits = findings.held_back > 0 and status.step is Step.IDEA
    return {
        "practice_id": findings.practice_id,
        "step": str(Step.TESTED_ONCE if waits else status.step),
        "words": HELD_BACK_WORDS if waits else status.words,
        "met": "\n".join(status.met),
        "missing": "\n".join(status.missing),
        "next_step": str(status.next_step) if status.next_step else None,
        "tests": evidence.tests,
        "teams": evidence.teams,
        "unmeasured_tests": findings.unmeasured,
        "left_out_tests": findings.left_out,
        "practice_sections": evidence.practice_sections,
        "schools": evidence.schools,
        "teachers": evidence.teachers,
        "students": findings.students,
        **_figures(findings),
        "tier": tier.number,
        "tier_words": tier.words,
        "tier_reason": tier.reason,
        "tier_missing": "\n".join(tier.missing),
        "balancing_harm": evidence.tests_with_harm > 0,
        "contexts": json.dumps(findings.contexts),
    }


def _figures(findings: PracticeFindings) -> dict[str, float | None]:
    """Every figure of the pool; None where there is none to tell."""
    figures: dict[str, float | None] = dict.fromkeys(_FIGURES)
    posterior, robust = findings.pool.posterior, findings.pool.robust
    if posterior is not None:
        figures |= {
            "estimate": posterior.mean,
            "standard_error": posterior.sd,
            "lower_bound": posterior.lower,
            "upper_bound": posterior.upper,
            "prediction_lower": posterior.next_lower,
            "prediction_upper": posterior.next_upper,
            "tau": posterior.tau,
            "probability_helped": posterior.positive,
            "probability_meaningful": posterior.meaningful,
            "probability_next": posterior.next_positive,
        }
    if robust is not None:
        figures |= {"hksj_lower": robust.lower, "hksj_upper": robust.upper, "i_squared": robust.i_squared}
    return figures
