"""Teacher x standard: where within a subject a teacher's students stand out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from plc.bright_spots import steps
from plc.bright_spots.estimate import Subject
from plc.bright_spots.labels import label_of
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.steps import Columns
from plc.bright_spots.tallies import SubjectFindings
from plc.database.database import Cursor
from plc.statistics.false_discovery import flag_set, normal_probability_above
from plc.statistics.nested_standards import (
    StandardComponents,
    StandardPosteriors,
    StandardSummaries,
    fit_standard_components,
    standard_posteriors,
)
from plc.statistics.posterior import credible_interval
from plc.statistics.records import BoolArray, FloatArray, IntArray

# A standard's variance of students' deviations (SD^2) and the students it counts for, so that a standard met
# by a handful of students still has one.
USUAL_VARIANCE, USUAL_STUDENTS = 0.5, 10.0


@dataclass(frozen=True, slots=True)
class StandardSums:
    """`rows`: section_key, standard_key, students, mean_deviation, square_deviation, results; ids by key."""

    rows: Columns
    ids: dict[int, str]


def reduce_standards(cursor: Cursor) -> StandardSums:
    """Run the steps from results by standard to sections; the cursor holds what `reduce_results` left."""
    steps.name(cursor, "30_standard_mean")
    steps.keep(cursor, "31_standard_deviation")
    named = steps.read(cursor, "33_standard_name")
    ids = dict(zip(named["standard_key"].tolist(), named["standard_id"].tolist(), strict=True))
    return StandardSums(rows=steps.read(cursor, "32_standard_sum"), ids=ids)


def standard_rows(
    sums: StandardSums, found: SubjectFindings, teachers: pd.DataFrame, *, options: ScanOptions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """One row per teacher and standard, and the two variance components. Raises `Unfinished`.

    `teachers` are the subject's rows at teacher level, which bring the id and years. Both frames are empty
    for a subject without standards.
    """
    rows, keys, summaries = _summaries(sums.rows, found.subject)
    if not len(keys):
        return pd.DataFrame(), pd.DataFrame()
    fitted = (found.estimates.summaries, found.subject.exposures)
    components = fit_standard_components(summaries, *fitted)
    posteriors = standard_posteriors(summaries, *fitted, components, overall=found.estimates.posteriors)
    behind = _behind(found.subject, summaries, rows, posteriors, kinds=len(keys))
    probability = normal_probability_above(posteriors.mean, posteriors.sd, options.delta)
    probability = np.where(found.estimates.posteriors.comparable[posteriors.teacher], probability, 0.0)
    lower, upper = credible_interval(posteriors.mean, posteriors.sd, level=options.interval)
    frame = pd.DataFrame(
        {
            "teacher_key": found.subject.teacher_keys[posteriors.teacher],
            "standard": [sums.ids[key] for key in keys[posteriors.standard].tolist()],
            "students": behind.students,
            "sections": behind.sections,
            "occasions": behind.occasions,
            "effect": posteriors.mean,
            "sd": posteriors.sd,
            "lower": lower,
            "upper": upper,
            "probability": probability,
            "bright_spot": _flagged(found, posteriors.teacher, behind, probability, options),
            "deviation": posteriors.deviation,
        }
    )[behind.students > 0]
    of_teacher = ["teacher_key", "teacher_id", "subject", "years", "independent_sections"]
    # Years above peers are known of the subject, not of each standard.
    frame = frame.merge(teachers[of_teacher], on="teacher_key").assign(consistency=np.nan)
    frame["label"] = _labels(frame, taught=found.taught, options=options)
    frame = frame.drop(columns=["teacher_key", "independent_sections"])
    return frame, _component_rows(found.name, components)


@dataclass(frozen=True, slots=True)
class _Behind:
    students: IntArray
    sections: IntArray
    occasions: IntArray


def _flagged(
    found: SubjectFindings, teacher: IntArray, behind: _Behind, probability: FloatArray, options: ScanOptions
) -> BoolArray:
    """Which teacher-standards stand out, of teachers who may be flagged at all."""
    may = (
        found.eligible[teacher]
        & (behind.students >= options.min_students)
        & (np.minimum(behind.sections, found.tallies.independent[teacher]) >= options.min_sections)
    )
    return flag_set(probability, may, options.false_discovery_rate).flagged


def _summaries(rows: Columns, subject: Subject) -> tuple[Columns, IntArray, StandardSummaries]:
    """The subject's rows, the keys of its standards, and the kernel's table of them."""
    keys = subject.sections["section_key"]
    mine = np.isin(rows["section_key"], keys)
    rows = {name: values[mine] for name, values in rows.items()}
    standard_keys, standard = np.unique(rows["standard_key"], return_inverse=True)
    summaries = StandardSummaries(
        effect=rows["mean_deviation"].astype(np.float64),
        variance=_pooled_variances(rows, standard) / rows["students"],
        section=np.searchsorted(keys, rows["section_key"]),
        standard=standard,
    )
    return rows, standard_keys, summaries


def _pooled_variances(rows: Columns, standard: IntArray) -> FloatArray:
    """Variance of students' deviations around their section, pooled over sections, per row's standard."""
    square = np.bincount(standard, rows["square_deviation"])
    freedom = np.bincount(standard, rows["students"] - 1.0)
    pooled = (square + USUAL_STUDENTS * USUAL_VARIANCE) / (freedom + USUAL_STUDENTS)
    return np.asarray(pooled[standard])


def _behind(
    subject: Subject,
    summaries: StandardSummaries,
    rows: Columns,
    posteriors: StandardPosteriors,
    *,
    kinds: int,
) -> _Behind:
    """Students, sections and occasions of each teacher-standard, over sections she leads or shares."""
    row, teacher = subject.rows_of_teachers(summaries.section)
    key = teacher * max(kinds, 1) + summaries.standard[row]
    wanted = posteriors.teacher * max(kinds, 1) + posteriors.standard
    place = np.searchsorted(wanted, key)
    occasions = np.rint(rows["results"] / np.maximum(rows["students"], 1)).astype(np.int64)
    size = len(wanted)
    return _Behind(
        students=np.bincount(place, rows["students"][row], minlength=size).astype(np.int64),
        sections=np.bincount(place, minlength=size),
        occasions=np.bincount(place, occasions[row], minlength=size).astype(np.int64),
    )


def _labels(frame: pd.DataFrame, *, taught: int, options: ScanOptions) -> list[str]:
    columns = (
        "students",
        "bright_spot",
        "probability",
        "sections",
        "independent_sections",
        "years",
        "consistency",
    )
    return [
        label_of(
            enough_students=bool(students >= options.min_students),
            flagged=bool(flagged),
            probability=float(probability),
            sections=int(min(sections, independent)),
            years=int(years),
            consistency=float(consistency),
            teachers_of_subject=taught,
        )
        for students, flagged, probability, sections, independent, years, consistency in zip(
            *(frame[column].to_numpy() for column in columns), strict=True
        )
    ]


def _component_rows(subject: str, components: StandardComponents) -> pd.DataFrame:
    values = {"teacher_standard": components.teacher, "section_standard": components.section}
    return pd.DataFrame({"subject": subject, "component": values.keys(), "value": values.values()})
