"""Computes what all tests of each practice say together and keeps it, so that a library page only reads.

Computed whole from the stored effects of tests, whenever one was measured anew, decided on or withdrawn;
nobody edits it. Tests by the same teachers count once, abandoned tests count like any other, and the classes
in which a practice was found never do.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from plc.core import clock
from plc.core.progress import Progress, silent
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.school_calendar import school_today
from plc.practices.evidence_rows import practices_with_tests
from plc.practices.practice_pool import PracticeFindings, practice_findings
from plc.practices.tests_beside import FIGURES, tests_beside
from plc.practices.thresholds import thresholds

_SAY_EVERY: Final = 50
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
    with database.read() as cursor:
        practices = practices_with_tests(cursor, practice_ids)
    rows, beside = [], []
    for number, practice in enumerate(practices):
        if number % _SAY_EVERY == 0:
            progress(
                number / len(practices), f"Pooling the tests of practice {number + 1} of {len(practices)}"
            )
        findings = practice_findings(practice, rules, today=today)
        rows.append(_row(findings) | {"data_version": version, "computed_at": clock.now()})
        beside.append(tests_beside(findings))
    with database.write() as cursor:
        asked = {"everything": practice_ids is None, "practice_ids": list(practice_ids or ())}
        for table in ("practice_evidence", "practice_evidence_test"):
            cursor.execute(load_sql("practices", f"forget_{table}"), asked).fetchall()
        if rows:
            evidence = pd.DataFrame(rows).astype(_WHOLE | dict.fromkeys(_FIGURES, "float64"))
            _insert(cursor, "record_practice_evidence", evidence)
            _insert(cursor, "record_practice_evidence_test", _together(beside))
    progress(1.0, "Done")
    return len(practices)


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
    return {
        "practice_id": findings.practice_id,
        "step": str(status.step),
        "words": status.words,
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
