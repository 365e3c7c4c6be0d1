"""The frames of a scan: arrays of the kernel with names, labels and notes put to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from plc.bright_spots import notes, steps
from plc.bright_spots.estimate import Estimates, counted_cells, missing_shares
from plc.bright_spots.labels import MINIMUM_TEACHERS_OF_SUBJECT, label_of
from plc.bright_spots.options import MOST_AT_CEILING, MOST_MISSING, ScanOptions
from plc.bright_spots.reduction import Reduction
from plc.bright_spots.tallies import SubjectFindings, settled
from plc.database.database import Cursor
from plc.statistics.false_discovery import flag_set
from plc.statistics.posterior import credible_interval
from plc.statistics.records import BoolArray, FloatArray

INCLUDED, WITHHELD, UNTAUGHT = "included", "estimate did not settle", "in classes without a teacher"

# Types of columns; a frame that nothing was found for keeps them.
TEXT, WHOLE, NUMBER, FLAG = "object", "int64", "float64", "bool"
_NUMBERS = "object"
_TEACHER_COLUMNS = {
    "teacher_key": WHOLE, "teacher_id": TEXT, "subject": TEXT, "students": WHOLE, "sections": WHOLE,
    "occasions": WHOLE,
    "years": WHOLE, "effect": NUMBER, "sd": NUMBER, "lower": NUMBER, "upper": NUMBER,
    "probability": NUMBER, "consistency": NUMBER, "bright_spot": FLAG, "label": TEXT, "grades": _NUMBERS,
    "school_years": _NUMBERS, "independent_sections": WHOLE, "comparison_sections": WHOLE,
    "comparison_teachers": WHOLE, "reliability": NUMBER, "own_effect": NUMBER, "mean_result": NUMBER,
    "mean_expected": NUMBER, "notes": TEXT,
}  # fmt: skip
_STANDARD_COLUMNS = {
    "teacher_id": TEXT, "subject": TEXT, "standard": TEXT, "students": WHOLE, "sections": WHOLE,
    "occasions": WHOLE, "years": WHOLE, "effect": NUMBER, "sd": NUMBER, "lower": NUMBER,
    "upper": NUMBER, "probability": NUMBER, "consistency": NUMBER, "bright_spot": FLAG, "label": TEXT,
    "deviation": NUMBER,
}  # fmt: skip
_OCCASION_COLUMNS = {
    "teacher_id": TEXT, "subject": TEXT, "section_id": TEXT, "school_year": WHOLE,
    "assessment_name": TEXT, "taken_on": "datetime64[us]", "students": WHOLE, "effect": NUMBER,
    "lower": NUMBER, "upper": NUMBER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Names:
    """Ids by key, as sorted keys and the text at the same place."""

    teacher_keys: NDArray[Any]
    teacher_ids: NDArray[Any]
    section_keys: NDArray[Any]
    section_ids: NDArray[Any]
    scale_keys: NDArray[Any]
    assessment_names: NDArray[Any]
    taken_on: NDArray[Any]

    def teachers(self, keys: NDArray[Any]) -> NDArray[Any]:
        """Teacher ids of keys."""
        return np.asarray(self.teacher_ids[np.searchsorted(self.teacher_keys, keys)], dtype=object)


def read_names(cursor: Cursor) -> Names:
    """Ids of teachers and sections, names and dates of assessments, from the tables of this scan."""
    written = steps.read(cursor, "25_name")
    occasion = steps.read(cursor, "26_occasion_name")
    teacher, section = (_by_key(written, kind) for kind in ("teacher", "section"))
    return Names(*teacher, *section, occasion["scale_key"], occasion["assessment_name"], occasion["taken_on"])


def _by_key(written: steps.Columns, kind: str) -> tuple[NDArray[Any], NDArray[Any]]:
    mine = written["kind"] == kind
    order = np.argsort(written["row_key"][mine], kind="stable")
    return written["row_key"][mine][order], written["written"][mine][order]


def empty_tables() -> dict[str, pd.DataFrame]:
    """The frames of a scan that found nothing, with their columns and types."""
    counts = {"subject": TEXT, "reason": TEXT, "students": WHOLE}
    components = {"subject": TEXT, "component": TEXT, "value": NUMBER}
    columns = {
        "teachers": _TEACHER_COLUMNS,
        "standards": _STANDARD_COLUMNS,
        "occasions": _OCCASION_COLUMNS,
        "components": components,
        "counts": counts,
    }
    return {name: empty_frame(kinds) for name, kinds in columns.items()}


def empty_frame(kinds: Mapping[str, str]) -> pd.DataFrame:
    """A frame without rows, of these columns and their types."""
    return pd.DataFrame({column: pd.Series(dtype=kind) for column, kind in kinds.items()})


def teacher_rows(found: SubjectFindings, names: Names, *, options: ScanOptions) -> pd.DataFrame:
    """One row per teacher of a subject, with label and notes."""
    subject, estimates, tallies = found.subject, found.estimates, found.tallies
    posteriors = estimates.posteriors
    flagged = flag_set(estimates.probability, found.eligible, options.false_discovery_rate).flagged
    lower, upper = credible_interval(posteriors.mean, posteriors.sd, level=options.interval)
    rows = pd.DataFrame(
        {
            "teacher_key": subject.teacher_keys,
            "teacher_id": names.teachers(subject.teacher_keys),
            "subject": found.name,
            "students": tallies.students,
            "sections": tallies.sections,
            "occasions": tallies.occasions,
            "years": tallies.years,
            "effect": posteriors.mean,
            "sd": posteriors.sd,
            "lower": lower,
            "upper": upper,
            "probability": estimates.probability,
            "consistency": estimates.consistency,
            "bright_spot": flagged,
            "label": _labels(found, flagged, options),
            "grades": tallies.grades,
            "school_years": tallies.school_years,
            "independent_sections": tallies.independent,
            "comparison_sections": tallies.comparison_sections,
            "comparison_teachers": tallies.comparison_teachers,
            "reliability": posteriors.reliability,
            "own_effect": tallies.own_effect,
            "mean_result": tallies.mean_result,
            "mean_expected": tallies.mean_expected,
            "notes": _notes(found, flagged),
        }
    )
    # A teacher only met through students who moved has no section of her own to speak of.
    return rows[tallies.students > 0].sort_values("teacher_id", ignore_index=True)


def _labels(found: SubjectFindings, flagged: BoolArray, options: ScanOptions) -> list[str]:
    estimates, tallies = found.estimates, found.tallies
    plausible = settled(estimates)
    return [
        label_of(
            enough_students=bool(tallies.students[j] >= options.min_students),
            enough_peers=bool(tallies.enough_peers[j]),
            settled=bool(plausible[j]),
            flagged=bool(flagged[j]),
            probability=float(estimates.probability[j]),
            sections=int(tallies.independent[j]),
            years=int(tallies.years[j]),
            consistency=float(estimates.consistency[j]),
            teachers_of_subject=found.taught,
        )
        for j in range(found.subject.exposures.teachers)
    ]


def _notes(found: SubjectFindings, flagged: BoolArray) -> list[str]:
    """Each teacher's notes as one text."""
    subject, estimates, tallies = found.subject, found.estimates, found.tallies
    section, teacher = subject.led
    cells = np.bincount(subject.cell_section, subject.cells["students"], minlength=len(estimates.peer_mean))
    top = np.bincount(subject.cell_section, subject.cells["at_ceiling"], minlength=len(estimates.peer_mean))
    several_years = len(np.unique(estimates.summaries.school_year)) > 1

    def concerns(sections: BoolArray) -> BoolArray:
        return np.bincount(teacher[sections[section]], minlength=subject.exposures.teachers) > 0

    conditions = {
        notes.CEILING: concerns(top > MOST_AT_CEILING * np.maximum(cells, 1)),
        notes.MISSING: concerns(missing_shares(subject) > MOST_MISSING),
        notes.DISAGREE: _disagree(estimates),
        notes.WIDER_PEERS: concerns(estimates.strata.widened),
        notes.SHARED: concerns(np.bincount(section, minlength=len(estimates.peer_mean)) > 1),
        notes.ONE_YEAR: np.full(subject.exposures.teachers, not several_years),
        notes.FEW_TEACHERS: flagged & (found.taught < MINIMUM_TEACHERS_OF_SUBJECT),
    }
    return [
        notes.joined([note for note, applies in conditions.items() if applies[j] and tallies.sections[j]])
        for j in range(subject.exposures.teachers)
    ]


def _disagree(estimates: Estimates) -> BoolArray:
    """Where peers of the district and peers of the school point in opposite directions."""
    return np.asarray(estimates.school.comparable & (estimates.district.mean * estimates.school.mean < 0))


def occasion_rows(found: SubjectFindings, names: Names, *, options: ScanOptions) -> pd.DataFrame:
    """Each cell beyond its peers' expectation, once per teacher who leads or shares the section."""
    subject, estimates = found.subject, found.estimates
    shift = estimates.context.gamma * subject.sections["section_mean"] + estimates.peer_mean
    section = subject.cell_section
    effect = subject.cells["mean_residual"] - shift[section]
    lower, upper = credible_interval(
        effect, np.sqrt(estimates.section_effects.cell_variance), level=options.interval
    )
    counted = np.flatnonzero(counted_cells(subject))
    row, teacher = subject.rows_of_teachers(section[counted])
    cell = counted[row]
    scale = np.searchsorted(names.scale_keys, subject.cells["scale_key"])[cell]
    where = np.searchsorted(names.section_keys, subject.sections["section_key"])[section[cell]]
    return pd.DataFrame(
        {
            "teacher_id": names.teachers(subject.teacher_keys)[teacher],
            "subject": found.name,
            "section_id": names.section_ids[where],
            "school_year": subject.sections["school_year"][section[cell]].astype(np.int64),
            "assessment_name": names.assessment_names[scale],
            "taken_on": names.taken_on[scale],
            "students": subject.cells["students"][cell].astype(np.int64),
            "effect": effect[cell],
            "lower": lower[cell],
            "upper": upper[cell],
        }
    ).astype({"taken_on": "datetime64[us]"})


def component_rows(found: SubjectFindings) -> pd.DataFrame:
    """Variance components (SD^2) and the contextual coefficient of a subject; none without a section.

    Beside them how many teachers have several classes, whom the coefficient and the parts were learnt from.
    """
    estimates = found.estimates
    components, effects = estimates.components, estimates.section_effects
    values = {
        "school": components.school,
        "teacher": components.teacher,
        "teacher_year": components.teacher_year,
        "section": components.section,
        "occasion": effects.occasion_variance,
        "student": effects.student_variance,
        "error": effects.error_variance,
        "contextual_coefficient": estimates.context.gamma,
        "teachers_with_several_classes": float(estimates.context.teachers),
    } | _component_errors(found)
    rows = pd.DataFrame({"subject": found.name, "component": values.keys(), "value": values.values()})
    # Without a section the fit returns its prior, which nobody estimated.
    return rows if len(estimates.peer_mean) else rows.iloc[:0]


def _component_errors(found: SubjectFindings) -> dict[str, float]:
    """Standard errors (SD^2) of the variance between sections, all components together, and of occasion's.

    A measured effect borrows the variances and must know how surely they are known. One that was not
    estimated is left out: nobody knows its error.
    """
    effects, covariance = found.estimates.section_effects, found.estimates.components.covariance
    errors = {"between_error": float(np.sqrt(max(covariance.sum(), 0.0)))}
    freedom = len(effects.cell_variance) - len(effects.effect)
    if freedom > 0:
        roster = effects.student_variance * effects.variance_factor
        students = found.subject.pairs["students"].astype(np.float64)
        of_cell = effects.cell_variance - (roster / np.maximum(students, 1.0))[found.subject.cell_section]
        errors["occasion_error"] = float(np.sqrt(2.0 / freedom) * of_cell.mean())
    return {name: error for name, error in errors.items() if error > 0.0}


def count_rows(
    reduction: Reduction, subject_key: int, *, untaught: int = 0, withheld: bool = False
) -> pd.DataFrame:
    """Students of a subject by what became of them."""
    mine = reduction.left_out["subject_key"] == subject_key
    reasons = reduction.left_out["reason"][mine].astype(object)
    students = reduction.left_out["students"][mine].astype(np.int64)
    if withheld:
        reasons = np.where(reasons == INCLUDED, WITHHELD, reasons)
    if untaught:
        reasons, students = np.append(reasons, UNTAUGHT), np.append(students, untaught)
    return pd.DataFrame({"subject": reduction.subjects[subject_key], "reason": reasons, "students": students})


def expected_rate(teachers: pd.DataFrame) -> float:
    """Expected share of false flags among all flagged teachers; 0 when nobody is flagged."""
    probability: FloatArray = teachers.loc[teachers["bright_spot"], "probability"].to_numpy(dtype=np.float64)
    return float(1.0 - probability.mean()) if len(probability) else 0.0
