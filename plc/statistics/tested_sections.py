"""What a test is made of, for the kernel: its sections, their occasions, and what the district lends them.

A *cell* is one section on one occasion; its mean is of results beyond what starting points predict (SD). A
section's *gain* is its mean after the start less `carry` times its mean before: 1 compares each section
with itself, 0 forgets what came before, and in between lies what of a class's standing lasts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from plc.statistics.records import BoolArray, FloatArray, IntArray

# A section that never starts, and the comparison of a staggered test.
NEVER = 1_000_000


@dataclass(frozen=True, slots=True)
class TestedSections:
    """G sections of a test.

    tried     (G,)   whether it tries the practice
    students  (G,)   different students compared, n_c
    school    (G,)   0-based
    teaching  (G, J) who teaches it, rows sum to 1
    block     (G,)   0-based; sections assigned within one block (all one block where there were none)
    starts    (G,)   index of its first occasion after the start; a comparison section of a test with one
                     start takes that of the test, one of a staggered test that never starts `NEVER`
    """

    __test__ = False

    tried: BoolArray
    students: FloatArray
    school: IntArray
    teaching: FloatArray
    block: IntArray
    starts: IntArray

    def __len__(self) -> int:
        return len(self.tried)


@dataclass(frozen=True, slots=True)
class OccasionCells:
    """C cells: section, occasion by date (C,) 0-based, students n_ca, mean result beyond expectation."""

    section: IntArray
    occasion: IntArray
    students: FloatArray
    mean: FloatArray


@dataclass(frozen=True, slots=True)
class BorrowedVariance:
    """Variances (SD^2) that the district's latest scan lends, and how surely it knows them.

    between_error and occasion_error are standard errors of school + teacher + teacher_year + section and of
    occasion (inf: stated, not estimated). scan_key 0: no scan, the weak defaults below.
    """

    school: float
    teacher: float
    teacher_year: float
    section: float
    occasion: float
    student: float
    error: float
    between_error: float
    occasion_error: float
    scan_key: int = 0

    @property
    def between(self) -> float:
        """Variance between sections that lasts all year."""
        return self.school + self.teacher + self.teacher_year + self.section

    def scaled(self, factor: float) -> BorrowedVariance:
        """The same with the spread between sections and occasions multiplied by factor^2."""
        square = factor**2
        return BorrowedVariance(
            school=self.school * square,
            teacher=self.teacher * square,
            teacher_year=self.teacher_year * square,
            section=self.section * square,
            occasion=self.occasion * square,
            student=self.student,
            error=self.error,
            between_error=self.between_error * square,
            occasion_error=self.occasion_error * square,
            scan_key=self.scan_key,
        )


# Where no scan has run: what district studies report (teacher .11, school .07; class shock .09), with
# errors that make them count as little as anything borrowed can.
USUAL_VARIANCE = BorrowedVariance(
    school=0.07**2,
    teacher=0.11**2,
    teacher_year=0.05**2,
    section=0.09**2,
    occasion=0.045**2,
    student=0.57**2,
    error=0.44**2,
    between_error=float("inf"),
    occasion_error=float("inf"),
)


@dataclass(frozen=True, slots=True)
class SectionGains:
    """One number per section that has all it needs: `place` (g,) indexes the test's sections.

    value (g,) gain, noise (g,) variance of what does not last, before_noise (g,) that of the mean before
    alone; occasion_part (g,) the share of noise that comes from the occasion variance.
    """

    place: IntArray
    value: FloatArray
    noise: FloatArray
    occasion_part: FloatArray
    before: FloatArray
    before_noise: FloatArray
    carry: float


def sampling_variance(
    students: FloatArray, section_students: FloatArray, borrowed: BorrowedVariance
) -> FloatArray:
    """q_ca: what a cell's mean varies by because of who sat it; the second term is its roster's changes."""
    roster = np.maximum(1.0 / students - 1.0 / section_students, 0.0)
    return np.asarray(borrowed.error / students + borrowed.student * roster)


def occasion_means(
    cells: OccasionCells, sections: TestedSections, borrowed: BorrowedVariance, chosen: BoolArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Each section's weighted mean over chosen cells, its variance, the occasion part of it; nan: no cell."""
    q = sampling_variance(cells.students, sections.students[cells.section], borrowed)
    weight = np.where(chosen, 1.0 / (borrowed.occasion + q), 0.0)
    size = len(sections)
    total = np.bincount(cells.section, weight, minlength=size)
    square = np.bincount(cells.section, weight**2, minlength=size)
    some = total > 0
    divisor = np.where(some, total, 1.0)
    mean = np.bincount(cells.section, weight * cells.mean, minlength=size) / divisor
    nothing = np.where(some, 0.0, np.nan)
    return mean + nothing, 1.0 / divisor + nothing, borrowed.occasion * square / divisor**2 + nothing


def section_gains(
    cells: OccasionCells,
    sections: TestedSections,
    borrowed: BorrowedVariance,
    *,
    carry: float | None,
    after: BoolArray | None = None,
    before: BoolArray | None = None,
) -> SectionGains:
    """Each section's mean after its start less `carry` times that before.

    `after` and `before` (C,) choose the cells; by default those from the section's own start on and those
    earlier. `carry` None takes the share of a class's standing that lasts, from the borrowed variances,
    where every section has an occasion before, and 0 otherwise. With a carry of 1 sections without one are
    left out.
    """
    started = cells.occasion >= sections.starts[cells.section]
    after = started if after is None else after
    before = ~started if before is None else before
    mean_after, noise_after, occasion_after = occasion_means(cells, sections, borrowed, after)
    mean_before, noise_before, occasion_before = occasion_means(cells, sections, borrowed, before)
    usable = ~np.isnan(mean_after)
    if carry is None:
        carry = lasting_share(noise_before[usable], sections.students[usable], borrowed)
    if carry > 0:
        usable &= ~np.isnan(mean_before)
    place = np.flatnonzero(usable)
    earlier = np.nan_to_num(mean_before[place])
    return SectionGains(
        place=place,
        value=mean_after[place] - carry * earlier,
        noise=noise_after[place] + carry**2 * np.nan_to_num(noise_before[place]),
        occasion_part=occasion_after[place] + carry**2 * np.nan_to_num(occasion_before[place]),
        before=mean_before[place],
        before_noise=noise_before[place],
        carry=carry,
    )


def lasting_share(before_noise: FloatArray, students: FloatArray, borrowed: BorrowedVariance) -> float:
    """How much of a section's standing before is there again after; 0 without an occasion before.

    One share for all sections, because a share that differed between arms would carry the arms' difference.
    """
    if not len(before_noise) or np.any(np.isnan(before_noise)):
        return 0.0
    lasting = borrowed.between + borrowed.student * float(np.mean(1.0 / students))
    return float(lasting / (lasting + before_noise.mean()))


def gain_covariance(
    gains: SectionGains, sections: TestedSections, borrowed: BorrowedVariance
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Covariance (g, g) of the gains, and its parts from the variance between sections and of occasions."""
    place, left = gains.place, (1.0 - gains.carry) ** 2
    Z = sections.teaching[place]
    same_school = sections.school[place][:, None] == sections.school[place][None, :]
    between = borrowed.school * same_school + (borrowed.teacher + borrowed.teacher_year) * (Z @ Z.T)
    between = left * (between + borrowed.section * np.eye(len(place)))
    roster = left * borrowed.student / sections.students[place]
    whole = between + np.diag(roster + gains.noise)
    return whole, between, np.diag(gains.occasion_part)
