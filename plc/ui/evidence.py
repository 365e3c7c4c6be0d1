"""What stands behind a teacher's own figure, for her: other peers, every step it is made of, the funnel.

And what a look says of itself, for everyone: whether the past foretold the latest year, and how many
flags hold when what had to be assumed is assumed otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from plc.bright_spots import Finding
from plc.bright_spots.own_evidence import PEERS_WORDS, Overlap, OwnEvidence
from plc.bright_spots.prediction import (
    WHAT_IT_CANNOT_SHOW,
    Prediction,
    earlier_words,
    prediction_words,
    start_words,
    warning_words,
)
from plc.bright_spots.sensitivity import (
    HIGHER_DELTA,
    LESS_RELIABLE,
    LOWER_DELTA,
    MORE_RELIABLE,
    NO_CONTEXT,
)
from plc.charts import funnel_picture, signed
from plc.core.disclosure import teachers_shown
from plc.ui import menu, pictures, text

BESIDE: Final = {
    "district": "teachers of the whole district",
    "school": "teachers of the same school",
    "similar": "schools whose students start at the same level",
}
VARIANT_WORDS: Final = {
    NO_CONTEXT: "a class does nothing to its members",
    LESS_RELIABLE: "starting points are measured a little worse",
    MORE_RELIABLE: "starting points are measured a little better",
    LOWER_DELTA: "effects count from 0.05 SD on",
    HIGHER_DELTA: "effects count from 0.15 SD on",
}
FUNNEL_WORDS: Final = (
    "The fewer students, the further luck alone carries a class: that is why the grey bands open to the left."
    " They hold the middle half and nine in ten of all teachers; between the dashed lines lies what chance"
    " alone would give. Nobody else is drawn."
)


def ask_peers(finding: Finding, own: OwnEvidence | None, *, key: str) -> Finding:
    """The same finding beside the peers that she chooses."""
    if own is None or len(own.contrasts) < 2:
        return finding
    chosen = st.segmented_control(
        "Compared with",
        list(own.contrasts),
        default=own.asked if own.asked in own.contrasts else None,
        format_func=PEERS_WORDS.__getitem__,
        required=True,
        key=f"{key}.peers",
    )
    if chosen is None or chosen == own.asked:
        return finding
    contrast = own.contrasts[chosen]
    return replace(
        finding,
        effect=contrast.effect,
        lower=contrast.lower,
        upper=contrast.upper,
        probability=contrast.probability,
        comparison=BESIDE[chosen],
    )


def draw_said(own: OwnEvidence) -> None:
    """Whether her classes agree, and whether groups of peers do."""
    for words in (own.agreement, own.disagreement):
        if words:
            text.aside(f":material/info: {words}")


def draw_ingredients(own: OwnEvidence, finding: Finding, *, key: str) -> None:
    """The figure beside the peers of the look, step by step, as sums that can be checked."""
    beside = own.contrasts.get(own.asked)
    effect = finding.effect if beside is None else beside.effect
    probability = finding.probability if beside is None else beside.probability
    with st.expander("How this number was made", icon=":material/functions:", key=f"{key}.made"):
        steps = [
            ("Where these students ended, against all who took the tests", own.mean_result),
            ("less where students with their starting points end", _less(own.mean_expected)),
            ("less what the company of such classmates does", _less(own.context)),
            ("less where peers of the same course stand", _less(own.peer_mean)),
            ("leaves, before allowing for luck", own.own_effect),
            ("which luck alone would move by about", own.own_error),
            ("The effect that remains once luck is allowed for", effect),
        ]
        rows = [(words, f"{signed(number)} SD") for words, number in steps if number is not None]
        rows += [
            (words, f"{share:.0%}")
            for words, share in (
                ("How much of the difference the amount of data supports", finding.reliability),
                ("Chance that the effect is above 0.10 SD", probability),
                ("How often the years agree", finding.consistency),
            )
            if share is not None
        ]
        rows += [
            ("Students with a starting point", f"{finding.students:,}"),
            ("Classes of different students, occasions, school years",
             f"{finding.sections}, {finding.occasions}, {finding.years}"),
        ]  # fmt: skip
        text.table(
            pd.DataFrame(rows, columns=["What", "How much"]),
            border="horizontal",
            hide_header=True,
            alt="The steps from results to the effect",
        )
        text.aside("What the steps leave over comes from students who missed an assessment.")
        _draw_variants(own)
        st.page_link(menu.METHODS, label="The method in plain words", icon=":material/functions:")


def draw_funnel(findings: Sequence[Finding], bands: Mapping[str, pd.DataFrame], *, key: str) -> None:
    """The findings one may read among all teachers, a picture per subject, drawn when opened."""
    by_subject: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.own_effect is not None and finding.students and finding.subject in bands:
            by_subject.setdefault(finding.subject, []).append(finding)
    if not by_subject:
        return
    among = st.expander(
        "Among all teachers", icon=":material/filter_alt:", key=f"{key}.funnel", on_change="rerun"
    )
    if not among.open:
        return
    with among:
        st.markdown(FUNNEL_WORDS)
        for subject, found in sorted(by_subject.items()):
            points = pd.DataFrame(
                {
                    "name": [finding.teacher_name or "Me" for finding in found],
                    "students": [finding.students for finding in found],
                    "effect": [finding.own_effect for finding in found],
                }
            )
            if len(by_subject) > 1:
                st.markdown(f"**{text.plain(subject.capitalize())}**")
            pictures.draw(funnel_picture, points, bands[subject], key=f"{key}.funnel.{subject}")


def draw_checks(predictions: Sequence[Prediction], overlaps: Sequence[Overlap]) -> None:
    """What the look says of itself, with the plain caution of what that cannot show."""
    for check in predictions:
        said = [prediction_words(check), warning_words(check), start_words(check), earlier_words(check)]
        st.markdown(
            f"**{text.plain(check.subject.capitalize())}.** {' '.join(words for words in said if words)}"
        )
    if any(check.slope is not None for check in predictions):
        st.markdown(WHAT_IT_CANNOT_SHOW)
    told = [overlap for overlap in overlaps if teachers_shown(overlap.flagged) is not None]
    if told:
        st.markdown("**If what had to be assumed is assumed otherwise**, so many of the names stay:")
        text.table(
            pd.DataFrame(
                {
                    "Subject": [overlap.subject.capitalize() for overlap in told],
                    "Assumed otherwise": [VARIANT_WORDS[overlap.variant] for overlap in told],
                    "Names": [overlap.flagged for overlap in told],
                    "Stay": [overlap.staying for overlap in told],
                }
            ),
            border="horizontal",
            alt="How many names stay under each other assumption",
        )


def _draw_variants(own: OwnEvidence) -> None:
    """The chance under each other assumption, of a figure others may see."""
    if not own.variants:
        return
    st.markdown(f"**{own.robustness}** The chance that the effect counts, if it is assumed instead that:")
    text.table(
        pd.DataFrame(
            {
                "Assumed otherwise": [VARIANT_WORDS[name] for name in own.variants],
                "Chance": [
                    "did not settle" if chance is None else f"{chance:.0%}"
                    for chance in own.variants.values()
                ],
            }
        ),
        border="horizontal",
        alt="The chance under each other assumption",
    )


def _less(number: float | None) -> float | None:
    return None if number is None else -number
