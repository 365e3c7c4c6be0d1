"""How was this number made? Every number of a measured effect, opened: who counts, steps, checks, priors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
import streamlit as st

from plc.charts import signed
from plc.charts.picture import interval_words
from plc.inquiry.effect_record import CheckRow, MeasuredEffect
from plc.inquiry.effect_words import share
from plc.inquiry.estimating import Arms
from plc.inquiry.test_records import PracticeTest
from plc.ui import menu, text

WHO, STEPS, CHECKS, PRIORS = "Who counts", "The steps", "Other ways to count", "What was known before"
VIEWS: Final = (STEPS, WHO, CHECKS, PRIORS)

_COUNTED: Final = (
    ("planned", "classes planned"),
    ("classes", "classes with results"),
    ("teachers", "teachers"),
    ("there", "students there at the start"),
    ("stayed", "of them with a result after"),
    ("compared", "students compared"),
    ("without_start", "left out: no starting point"),
    ("joined", "left out: joined after the start"),
)

NO_SPREAD: Final = (
    "Not told here: it rests on how far these classes stand apart, which beside the difference would tell of"
    " single colleagues. It is told where six teachers whose results you do not know stand behind a test."
)


def draw(effect: MeasuredEffect, test: PracticeTest) -> None:
    """Closed until asked; one part at a time."""
    opened = st.expander(
        "How was this number made?", icon=":material/functions:", key="result.opened", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        view = st.segmented_control(
            "Show", VIEWS, default=STEPS, required=True, label_visibility="collapsed", key="result.view"
        )
        if view == WHO:
            _draw_who(effect)
        elif view == STEPS:
            _draw_steps(effect, test)
        elif view == CHECKS:
            _draw_checks(effect)
        else:
            _draw_priors(effect)
        st.page_link(menu.METHODS, label="The method in plain words", icon=":material/functions:")


def _draw_steps(effect: MeasuredEffect, test: PracticeTest) -> None:
    made = effect.ingredients
    before = [one for one in effect.occasions if not one.after]
    after = [one for one in effect.occasions if one.after]
    st.markdown(
        f"Each student's result is taken beyond what her starting point predicts; a class gets the mean of"
        f" its students on {_named(after)} after the start"
        + (f" and, times {made.get('carry', 0.0):.2f}, on {_named(before)} before it." if before else ".")
        + " Classes that tried it are then compared with the others, each weighed by how sure its mean is."
    )
    _table(_number_rows(effect, test), ("Number", "Value", "What it is"), "The numbers behind the effect")


def _number_rows(effect: MeasuredEffect, test: PracticeTest) -> list[tuple[str, str, str]]:
    """Every number behind the effect, with its value and what it is."""
    made = effect.ingredients
    return [
        (
            "Difference, this test alone",
            f"{_number(effect.effect)} SD",
            "classes that tried it less the others",
        ),
        ("Standard error", f"{_plain(effect.standard_error)} SD", "how far chance alone would move it"),
        ("Degrees of freedom", _plain(effect.df, 1), "how much stands behind that error"),
        ("90 % interval, this test alone", _interval(effect.lower, effect.upper), "no prior knowledge in it"),
        ("Best estimate", f"{_number(effect.posterior_mean)} SD", "with what is typical of school practices"),
        (
            "90 % range of it",
            _interval(effect.posterior_lower, effect.posterior_upper),
            "the range in the sentence",
        ),
        ("One SD in points", _plain(effect.points, 1), "of the measure, over everyone who sat it"),
        ("Best estimate in points", _plain(effect.effect_points, 2), "the two above, multiplied"),
        ("Carried over from before", _plain(made.get("carry")), "0: only after counts; 1: the change counts"),
        (
            "Borrowed from the district",
            _plain(made.get("borrowed_freedom"), 1),
            "degrees of freedom of its variance",
        ),
        (
            "These classes' own spread",
            _plain(made.get("own_ratio")),
            "times what the district's variance expects",
        ),
        ("Prediction", test.prediction_line, f"written {_day(test)}"),
    ]


def _draw_who(effect: MeasuredEffect) -> None:
    if effect.practice is not None and effect.comparison is not None:
        rows = [
            (words.capitalize(), str(_count(effect.practice, name)), str(_count(effect.comparison, name)))
            for name, words in _COUNTED
        ]
        _table(rows, ("Who", "Tried it", "Compared"), "Who counts on either side")
    if effect.baseline_difference is not None:
        st.markdown(
            f"At the start those who tried it stood {signed(effect.baseline_difference)} SD from the others:"
            f" {effect.baseline_verdict}. Up to 0.05 counts as alike, up to 0.25 as alike once adjusted for"
            " (WWC Handbook 5.0)."
        )
    if effect.attrition_verdict is not None:
        bias = (
            ""
            if effect.attrition_bias is None
            else f" It could move the effect by {effect.attrition_bias:.2f} SD."
        )
        st.markdown(f"Students lost on the way: {effect.attrition_verdict}.{bias}")
    _table(
        [
            (
                text.plain(one.assessment_name),
                f"{one.taken_on}, {'after' if one.after else 'before'} the start",
                f"{one.points:.1f}",
            )
            for one in effect.occasions
        ],
        ("Assessment", "Taken on", "Points in one SD"),
        "The assessments that count",
    )


def _draw_checks(effect: MeasuredEffect) -> None:
    rows = [
        (
            "As shown: the district's variance borrowed",
            *_check(effect.effect, effect.standard_error, effect.df, effect.p),
        )
    ]
    for name, row in (
        ("These classes alone (t-test)", effect.internal),
        ("Cluster-robust (CR2, Satterthwaite)", effect.robust),
    ):
        rows.append((name, *_check_row(row)))
    if effect.df is None:
        text.aside(NO_SPREAD)
        rows = rows[:1]
    _table(rows, ("How", "Effect (SD)", "Error, df, p"), "The same effect, counted in other ways")
    if effect.permutation is not None:
        st.markdown(f"Drawing the classes again in every possible way: p = {effect.permutation:.3f}.")
    if effect.robust is None and effect.df is not None:
        text.aside("Cluster-robust errors need six classes; below that they mislead.")
    if effect.pre_trend is not None:
        st.markdown(
            f"Before the start the two sides drifted apart by {effect.pre_trend:+.1f} standard errors;"
            " beyond about 2 either way one would look closer."
        )
    if effect.hedges_g is not None:
        error = "" if effect.hedges_g_error is None else f" (error {effect.hedges_g_error:.2f})"
        st.markdown(
            f"An effect size by the WWC's rules for whole classes: Hedges g {signed(effect.hedges_g)}{error}."
        )


def _draw_priors(effect: MeasuredEffect) -> None:
    if not effect.sensitivity:
        text.aside(NO_SPREAD)
        return
    st.markdown(
        "One small test is read together with what is known of school practices. The less a test can tell,"
        " the more that matters: here is the same test under other beliefs."
    )
    rows = [
        (
            row.prior.capitalize()
            + ("" if row.prior_sd is None else f": {row.prior_mean:.2f}, give or take {row.prior_sd:.2f}"),
            f"{signed(row.mean)} ({interval_words(row.lower, row.upper)})",
            share(row.helped),
        )
        for row in effect.sensitivity
    ]
    _table(
        rows,
        ("Known before (SD)", "Best estimate, 90 % range", "Chance it helped"),
        "The same test under other priors",
    )


def _table(rows: Sequence[tuple[str, ...]], columns: tuple[str, ...], alt: str) -> None:
    text.table(pd.DataFrame(list(rows), columns=list(columns)), hide_index=True, border="horizontal", alt=alt)


def _check(effect: float | None, error: float | None, df: float | None, p: float | None) -> tuple[str, str]:
    words = (_plain(error), _plain(df, 1), "" if p is None else f"{p:.2f}")
    return _number(effect), ", ".join(word for word in words if word)


def _check_row(row: CheckRow | None) -> tuple[str, str]:
    return ("too few classes", "") if row is None else _check(row.effect, row.standard_error, row.df, row.p)


def _count(arm: Arms, name: str) -> int:
    return int(getattr(arm, name))


def _named(occasions: Sequence[object]) -> str:
    return "1 assessment" if len(occasions) == 1 else f"{len(occasions)} assessments"


def _number(value: float | None) -> str:
    return "" if value is None else signed(value)


def _plain(value: float | None, digits: int = 2) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _interval(lower: float | None, upper: float | None) -> str:
    return "" if lower is None or upper is None else interval_words(lower, upper)


def _day(test: PracticeTest) -> str:
    return "before its data" if test.predicted_at is None else f"on {test.predicted_at:%-d %B %Y}"
