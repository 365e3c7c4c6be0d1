"""Starting thirds beside each other: the picture of one teacher's three, and the balancing check.

*Balancing*: whether the students who started lowest gained less than her other students, relative to
the same difference elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from plc.bright_spots.estimate import (
    Estimates,
    Subject,
    district_posteriors,
    fit_components,
    summarise_residuals,
)
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.reduction import codes
from plc.bright_spots.student_groups import HIGHEST, MIDDLE, GroupSums, members_of, seats_of
from plc.bright_spots.tables import FLAG, NUMBER, TEXT, WHOLE, empty_frame
from plc.bright_spots.tallies import SubjectFindings, Tallies
from plc.statistics.balancing import LAG, PartEffects, difference, look_first, probability_below, together
from plc.statistics.posterior import TeacherPosteriors, credible_interval, teacher_posteriors
from plc.statistics.records import BoolArray, FloatArray, IntArray, SectionSummaries
from plc.statistics.section_summaries import SectionEffects
from plc.statistics.variance_components import VarianceComponents

BALANCING_COLUMNS: Final = {
    "teacher_id": TEXT, "subject": TEXT, "students": WHOLE, "others": WHOLE, "effect": NUMBER,
    "difference": NUMBER, "lower": NUMBER, "upper": NUMBER, "below": NUMBER, "behind": NUMBER,
    "look_first": FLAG,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Third:
    """A third that is not scanned for bright spots: its subject, effects and counts (J,)."""

    key: int
    subject: Subject
    effects: SectionEffects
    students: IntArray
    sections: IntArray


def other_thirds(
    sums: GroupSums, found: SubjectFindings, subject_key: int, options: ScanOptions
) -> list[Third]:
    """The middle and the highest third of one subject, as far as it has such students."""
    thirds = []
    for key in (MIDDLE, HIGHEST):
        subject = members_of(found.subject, sums, key)
        if not len(subject.sections["section_key"]):
            continue
        seats = seats_of(sums, subject_key, key)
        _, teacher = subject.led
        students = np.zeros(len(subject.teacher_keys), dtype=np.intp)
        known = np.isin(seats["teacher_key"], subject.teacher_keys)
        students[np.searchsorted(subject.teacher_keys, seats["teacher_key"][known])] = seats["students"][
            known
        ]
        thirds.append(
            Third(
                key=key,
                subject=subject,
                effects=summarise_residuals(subject),
                students=students,
                sections=np.bincount(teacher, minlength=len(students)),
            )
        )
    return thirds


def third_rows(found: SubjectFindings, third: Third, group: str, options: ScanOptions) -> pd.DataFrame:
    """Effects of a third, for the picture beside those who started lowest.

    Nobody is flagged for it, and how much teachers differ is taken from the scan of all students, which
    knows it better.
    """
    of_sections = np.isin(
        found.subject.sections["section_key"], third.subject.sections["section_key"], assume_unique=True
    )
    whole = found.estimates
    summaries = SectionSummaries(
        effect=third.effects.effect - whole.context.gamma * third.subject.sections["section_mean"],
        variance=third.effects.variance,
        school=codes(third.subject.sections["school_key"]),
        stratum=codes(whole.summaries.stratum[of_sections]),
        school_year=whole.summaries.school_year[of_sections],
    )
    components = replace(whole.components, covariance=np.zeros_like(whole.components.covariance))
    posteriors = _posteriors(summaries, third.subject, components, options)
    size = len(third.students)
    return group_rows(
        found.subject, group, third.students, third.sections,
        **posterior_columns(posteriors, options), probability=np.full(size, np.nan),
        bright_spot=np.zeros(size, dtype=np.bool_), label=[""] * size,
    )  # fmt: skip


def balancing_rows(
    found: SubjectFindings,
    lowest: tuple[Subject, Estimates, Tallies],
    others: list[Third],
    *,
    options: ScanOptions,
) -> pd.DataFrame:
    """For each teacher with enough students on both sides: those who started lowest against the others."""
    subject, estimates, tallies = lowest
    found_gap = _gap(found, subject, estimates.section_effects, others, options=options)
    if found_gap is None:
        return empty_frame(BALANCING_COLUMNS)
    gap, taught = found_gap
    students, remaining = tallies.students, np.sum([third.students for third in others], axis=0)
    below, behind = probability_below(estimates.posteriors, 0.0), probability_below(gap, -LAG)
    enough = (
        (students >= options.min_students) & (remaining >= options.min_students) & gap.comparable & taught
    )
    lower, upper = credible_interval(gap.mean, gap.sd, level=options.interval)
    rows = pd.DataFrame(
        {
            "teacher_key": found.subject.teacher_keys,
            "students": students,
            "others": remaining,
            "effect": estimates.posteriors.mean,
            "difference": gap.mean,
            "lower": lower,
            "upper": upper,
            "below": below,
            "behind": behind,
            "look_first": look_first(below, behind),
        }
    )
    kept: pd.DataFrame = rows[enough].reset_index(drop=True)
    return kept


def _gap(
    found: SubjectFindings,
    subject: Subject,
    effects: SectionEffects,
    others: list[Third],
    *,
    options: ScanOptions,
) -> tuple[TeacherPosteriors, BoolArray] | None:
    """Each teacher's difference between her lowest third and the others, and who has a section with both.

    Its variance components are its own: how much teachers differ in it says nothing of how much they differ
    on the whole. None where no section has students of both.
    """
    if not others:
        return None
    every = found.subject.sections["section_key"]
    rest = together([_part(every, third.subject, third.effects) for third in others])
    effect, variance, both = difference(_part(every, subject, effects), rest)
    here = both[np.searchsorted(every, subject.sections["section_key"])]
    if not here.any():
        return None
    compared = _sections(subject, here)
    whole = found.estimates.summaries
    summaries = SectionSummaries(
        effect=effect[both],
        variance=variance[both],
        school=codes(whole.school[both]),
        stratum=codes(whole.stratum[both]),
        school_year=whole.school_year[both],
    )
    components = fit_components(summaries, compared.exposures)
    taught = np.bincount(compared.exposures.teacher, minlength=compared.exposures.teachers) > 0
    return _posteriors(summaries, compared, components, options), np.asarray(taught)


def _posteriors(
    summaries: SectionSummaries, subject: Subject, components: VarianceComponents, options: ScanOptions
) -> TeacherPosteriors:
    if options.peers == "school":
        return teacher_posteriors(summaries, subject.exposures, components, peers="school")
    return district_posteriors(summaries, subject.exposures, components)


def _part(every: IntArray, subject: Subject, effects: SectionEffects) -> PartEffects:
    """A group's section effects at their places among all sections of the subject."""
    place = np.searchsorted(every, subject.sections["section_key"])
    spread = {name: np.zeros(len(every)) for name in ("effect", "variance", "students")}
    spread["effect"][place] = effects.effect
    spread["variance"][place] = effects.variance
    spread["students"][place] = subject.pairs["students"]
    return PartEffects(**spread)


def _sections(subject: Subject, kept: BoolArray) -> Subject:
    """The subject with some of its sections only, as far as exposures go."""
    place = np.cumsum(kept) - 1
    taught = kept[subject.exposures.section]
    exposures = replace(
        subject.exposures,
        section=place[subject.exposures.section[taught]],
        teacher=subject.exposures.teacher[taught],
        weight=subject.exposures.weight[taught],
    )
    return replace(subject, exposures=exposures, leads=subject.leads[taught])


def posterior_columns(posteriors: TeacherPosteriors, options: ScanOptions) -> dict[str, FloatArray]:
    """effect, sd, lower and upper of each teacher (J,), SD; NaN for one without peers to compare with."""
    lower, upper = credible_interval(posteriors.mean, posteriors.sd, level=options.interval)
    figures = {"effect": posteriors.mean, "sd": posteriors.sd, "lower": lower, "upper": upper}
    return {name: np.where(posteriors.comparable, values, np.nan) for name, values in figures.items()}


def group_rows(
    subject: Subject, group: str, students: IntArray, sections: IntArray, **columns: object
) -> pd.DataFrame:
    """A row for each teacher who has students and a section of the group: counts and `columns`."""
    rows = pd.DataFrame(
        {
            "teacher_key": subject.teacher_keys,
            "group": group,
            "students": students.astype(np.int64),
            "sections": sections.astype(np.int64),
        }
        | columns
    )
    return rows[(students > 0) & (sections > 0)]
