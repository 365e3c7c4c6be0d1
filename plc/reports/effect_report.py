"""The measured effect of a test on paper, for the team that ran it."""

from __future__ import annotations

from datetime import date

import pandas as pd

from plc.charts import signed
from plc.core.errors import NotFound
from plc.core.viewer import Viewer
from plc.database import Database
from plc.inquiry.balancing_effects import LOW_STARTERS, BalancingResult
from plc.inquiry.effect_record import MeasuredEffect
from plc.inquiry.effect_words import changed_sentence
from plc.inquiry.measured_effect import stored_effect
from plc.people.school_calendar import school_today
from plc.reports.report import Report, Section, table_of
from plc.reports.typesetting import Table


def effect_report(database: Database, viewer: Viewer, test_id: str) -> Report:
    """What a test of the viewer's team showed.

    Raises `NotAllowed` for another team's test and `NotFound` before its first measurement.
    """
    effect = stored_effect(database, viewer, test_id)
    if effect is None:
        raise NotFound("This test has not been measured yet. Upload the results it waits for.")
    return Report(
        title="What our test showed",
        subtitle=effect.label,
        sections=(
            Section("In one sentence", paragraphs=(effect.sentence, *_changed(effect))),
            Section("Beside the prediction", tables=_result(effect)),
            Section("Did anything get worse?", tables=_balancing(effect)),
            Section("How much the starting opinion matters", tables=_sensitivity(effect)),
            Section("What this cannot show", points=effect.limits),
        ),
        footnotes=(
            "The best estimate combines this test with what is typical of school practices; the test alone"
            " stands beside it. Differences are in standard deviations of students' results.",
        ),
        made_on=school_today(database),
    )


def _changed(effect: MeasuredEffect) -> tuple[str, ...]:
    if effect.changed_since is None:
        return ()
    return (changed_sentence(date.fromisoformat(effect.changed_since)),)


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{signed(low)} to {signed(high)}"


def _result(effect: MeasuredEffect) -> tuple[Table, ...]:
    if effect.posterior_mean is None or effect.effect is None:
        return ()
    rows = [
        ("We predicted", signed(effect.predicted_sd), ""),
        (
            "Best estimate",
            signed(effect.posterior_mean),
            _range(effect.posterior_lower, effect.posterior_upper),
        ),
        ("This test alone", signed(effect.effect), _range(effect.lower, effect.upper)),
    ]
    return (table_of("Differences in student SD", pd.DataFrame(rows, columns=["", "Effect", "90 % range"])),)


def _balancing(effect: MeasuredEffect) -> tuple[Table, ...]:
    rows = [
        (
            _what(result),
            signed(result.effect),
            _range(result.lower, result.upper),
            "warns" if result.warns else "",
        )
        for result in effect.balancing
        if result.effect is not None
    ]
    columns = ["Who or what", "Difference", "90 % range", ""]
    return (table_of("Balancing measures", pd.DataFrame(rows, columns=columns)),) if rows else ()


def _what(result: BalancingResult) -> str:
    if result.kind == LOW_STARTERS:
        return "Students who started lowest"
    return f"{result.kind.capitalize()} {result.target}"


def _sensitivity(effect: MeasuredEffect) -> tuple[Table, ...]:
    rows = [
        (row.prior, signed(row.mean), _range(row.lower, row.upper), f"{row.helped:.0%}")
        for row in effect.sensitivity
    ]
    columns = ["Starting from", "Estimate", "90 % range", "Chance it helped"]
    return (
        (table_of("The same test under other opinions", pd.DataFrame(rows, columns=columns)),) if rows else ()
    )
