"""What stands behind each teacher's figure: students, sections, occasions, years, and her comparison set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from plc.bright_spots.estimate import Estimates, Subject, counted_cells, estimate, sound_sections, subject_of
from plc.bright_spots.options import MINIMUM_STRATUM_TEACHERS, MOST_EFFECT, ScanOptions
from plc.bright_spots.peers import PeerStrata
from plc.bright_spots.reduction import Reduction
from plc.bright_spots.steps import Columns
from plc.core.disclosure import MINIMUM_TEACHERS
from plc.statistics.peers import MINIMUM_SCHOOL_PEERS
from plc.statistics.records import BoolArray, FloatArray, IntArray

# Teachers behind a mean, or behind the takers of a test, of whom three others are left when a teacher takes
# her own classes away: with fewer, her figure would tell a colleague's.
LEAST_TEACHERS: Final = MINIMUM_TEACHERS + 1


@dataclass(frozen=True, slots=True)
class Tallies:
    """One entry per teacher (J,).

    students     different students with a starting point in her sections
    sections     her sections, and `independent` of them: of different students
    sound        her sections whose students mostly have a starting point
    occasions    her cells; years: school years
    grades, school_years  tuples of whole numbers
    comparison_sections, comparison_teachers  others in her peer strata (or school)
    enough_peers whether three others stand behind every mean and every test she is compared by
    own_effect   mean of her sections beyond peers' expectation before shrinkage; NaN without sections
    mean_result, mean_expected  of her sections, SD: where they stand and where their starting points put them
    """

    students: IntArray
    sections: IntArray
    independent: IntArray
    sound: IntArray
    occasions: IntArray
    years: IntArray
    grades: list[tuple[int, ...]]
    school_years: list[tuple[int, ...]]
    comparison_sections: IntArray
    comparison_teachers: IntArray
    enough_peers: BoolArray
    widest_stratum: IntArray
    own_effect: FloatArray
    mean_result: FloatArray
    mean_expected: FloatArray


@dataclass(frozen=True, slots=True)
class SubjectFindings:
    """Everything known of one subject: its name, arrays, estimates and what stands behind them.

    eligible (J,) says who may be flagged; `taught` counts teachers with sections of their own.
    """

    name: str
    subject: Subject
    estimates: Estimates
    tallies: Tallies
    eligible: BoolArray
    taught: int


def find(reduction: Reduction, subject_key: int, options: ScanOptions) -> SubjectFindings:
    """Estimate one subject and count what stands behind each figure. Raises `Unfinished`."""
    subject = subject_of(reduction, subject_key)
    estimates = estimate(subject, options)
    of_subject = reduction.seats["subject_key"] == subject_key
    seats = {name: values[of_subject] for name, values in reduction.seats.items()}
    tallies = tally(subject, estimates, seats, options)
    return SubjectFindings(
        name=reduction.subjects[subject_key],
        subject=subject,
        estimates=estimates,
        tallies=tallies,
        eligible=eligible(tallies, estimates, options),
        taught=int(np.count_nonzero(tallies.sections > 0)),
    )


def tally(subject: Subject, estimates: Estimates, seats: Columns, options: ScanOptions) -> Tallies:
    """Count per teacher over the sections she leads or shares."""
    size = subject.exposures.teachers
    section, teacher = subject.led
    weight = subject.exposures.weight[subject.leads]
    students, taken = _students(subject, seats)
    sections = np.bincount(teacher, minlength=size)
    overlap = np.where(taken > 0, students / np.maximum(taken, 1), 1.0)
    occasions = subject.cell_section[counted_cells(subject)]
    cells = np.bincount(occasions, minlength=len(subject.sections["section_key"]))
    precision = weight / (estimates.summaries.variance[section] + estimates.components.section)
    grades = _sets(teacher, subject.sections["grade"][section], size)
    years = _sets(teacher, subject.sections["school_year"][section], size)
    others = _comparison(estimates, section, teacher, sections, size=size, options=options)
    beyond = (estimates.summaries.effect - estimates.peer_mean)[section]
    strata = estimates.strata
    return Tallies(
        students=students,
        sections=sections,
        independent=np.rint(sections * overlap).astype(np.intp),
        sound=np.bincount(teacher[sound_sections(subject)[section]], minlength=size),
        occasions=np.bincount(teacher, cells[section], minlength=size).astype(np.intp),
        years=np.array([len(found) for found in years], dtype=np.intp),
        grades=grades,
        school_years=years,
        comparison_sections=others[0],
        comparison_teachers=others[1],
        enough_peers=enough_peers(subject, strata),
        widest_stratum=_largest(teacher, strata.teachers[strata.stratum[section]], size),
        own_effect=_mean(teacher, beyond, precision, size),
        mean_result=_mean(teacher, subject.sections["mean_result"][section], precision, size),
        mean_expected=_mean(teacher, subject.sections["mean_expected"][section], precision, size),
    )


def eligible(tallies: Tallies, estimates: Estimates, options: ScanOptions) -> BoolArray:
    """Who may be flagged at all (specification B9); the set rule then asks for P >= 0.75."""
    enough = (
        (tallies.students >= options.min_students)
        & (tallies.independent >= options.min_sections)
        & (tallies.sound >= 1)
        & tallies.enough_peers
        & settled(estimates)
    )
    if options.peers == "school":
        return np.asarray(enough & (estimates.posteriors.peers_in_school >= MINIMUM_SCHOOL_PEERS))
    return np.asarray(enough & (tallies.widest_stratum >= MINIMUM_STRATUM_TEACHERS))


def settled(estimates: Estimates) -> BoolArray:
    """Whose effect is one that a teacher can have, (J,)."""
    return np.asarray(np.abs(estimates.posteriors.mean) <= MOST_EFFECT)


def enough_peers(subject: Subject, strata: PeerStrata) -> BoolArray:
    """Whether every stratum and every test of each teacher has enough others behind it, (J,).

    Results are centred on all who took a test and compared with a stratum's mean; either mean, less her own
    classes, would be the figure of one or two colleagues.
    """
    section, teacher = subject.led
    fewest = np.full(subject.exposures.teachers, np.inf)
    np.minimum.at(fewest, teacher, strata.teachers[strata.stratum[section]])
    led = csr_matrix(
        (np.ones(len(section)), (section, teacher)),
        shape=(len(subject.sections["section_key"]), subject.exposures.teachers),
    )
    _, scale = np.unique(subject.cells["scale_key"], return_inverse=True)
    scales = int(scale.max(initial=-1)) + 1
    given = (
        csr_matrix((np.ones(len(scale)), (scale, subject.cell_section)), shape=(scales, led.shape[0])) @ led
    )
    by_scale = given.tocoo()
    takers = np.bincount(by_scale.row, minlength=scales)
    np.minimum.at(fewest, by_scale.col, takers[by_scale.row])
    return np.asarray(fewest >= LEAST_TEACHERS)


def _students(subject: Subject, seats: Columns) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Different students, and students counted once per section, by teacher."""
    place = np.searchsorted(seats["teacher_key"], subject.teacher_keys)
    inside = np.minimum(place, max(len(seats["teacher_key"]) - 1, 0))
    if len(seats["teacher_key"]) == 0:
        none = np.zeros(len(subject.teacher_keys), dtype=np.intp)
        return none, none
    found = seats["teacher_key"][inside] == subject.teacher_keys
    return (
        np.where(found, seats["students"][inside], 0).astype(np.intp),
        np.where(found, seats["seats"][inside], 0).astype(np.intp),
    )


def _comparison(
    estimates: Estimates,
    section: IntArray,
    teacher: IntArray,
    own_sections: IntArray,
    *,
    size: int,
    options: ScanOptions,
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Other sections and other teachers in the strata (or schools) where a teacher has sections."""
    group = estimates.summaries.school if options.peers == "school" else estimates.strata.stratum
    groups = _sets(teacher, group[section], size)
    teachers_of = {int(g): np.unique(teacher[group[section] == g]) for g in np.unique(group[section])}
    sections_of = np.bincount(group, minlength=int(group.max()) + 1 if len(group) else 0)
    counted: dict[tuple[int, ...], tuple[int, int]] = {}
    for found in set(groups):
        members = [teachers_of[g] for g in found]
        together = len(np.unique(np.concatenate(members))) if members else 0
        counted[found] = (int(sections_of[list(found)].sum()), together)
    sections = np.array([counted[found][0] for found in groups], dtype=np.intp) - own_sections
    teachers = np.array([counted[found][1] for found in groups], dtype=np.intp) - (own_sections > 0)
    return np.maximum(sections, 0), np.maximum(teachers, 0)


def _sets(teacher: IntArray, values: IntArray, size: int) -> list[tuple[int, ...]]:
    """The distinct values of each teacher, ascending."""
    found: list[list[int]] = [[] for _ in range(size)]
    if len(teacher):
        for j, value in np.unique(np.column_stack([teacher, values]), axis=0).tolist():
            found[j].append(value)
    return [tuple(values) for values in found]


def _largest(teacher: IntArray, values: IntArray, size: int) -> NDArray[np.intp]:
    largest = np.zeros(size, dtype=np.intp)
    np.maximum.at(largest, teacher, values.astype(np.intp))
    return largest


def _mean(teacher: IntArray, values: FloatArray, weight: FloatArray, size: int) -> FloatArray:
    total = np.bincount(teacher, weight, minlength=size)
    mean = np.bincount(teacher, weight * values, minlength=size) / np.where(total > 0, total, 1.0)
    return np.asarray(np.where(total > 0, mean, np.nan))
