"""One subject, from residual cells to a posterior for every teacher, in arrays.

`Subject` holds the sections of one subject in 0-based indices; `Estimates` what the kernel says of
them. Nothing here knows a name or an id.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from plc.bright_spots.options import LEAST_PRESENT, LEAST_SHARE, MOST_MISSING, ScanOptions
from plc.bright_spots.peers import PeerStrata, peer_strata
from plc.bright_spots.reduction import Reduction, codes
from plc.bright_spots.steps import Columns
from plc.statistics.contextual import ContextualTerm, fit_contextual_term
from plc.statistics.false_discovery import probability_above
from plc.statistics.identification import split_where_confounded
from plc.statistics.posterior import TeacherPosteriors, teacher_posteriors
from plc.statistics.records import BoolArray, Exposures, FloatArray, IntArray, SectionSummaries
from plc.statistics.section_summaries import ResidualCells, SectionEffects, summarise_sections
from plc.statistics.teacher_years import (
    RECENT_YEARS,
    YEARS_FOR_PERSISTENCE,
    consistency,
    current_effects,
    profile_persistence,
    teacher_year_posteriors,
)
from plc.statistics.variance_components import VarianceComponents, fit_variance_components


@dataclass(frozen=True, slots=True)
class Subject:
    """S sections, C cells, J teachers of one subject.

    sections   the rows of `Reduction.sections` that have a teacher, with all their columns
    cells      the rows of `Reduction.cells` of these sections; cell_section (C,) their 0-based section
    exposures  Z; `leads` marks teachers listed on the section itself who carry a real share of it
    teacher_keys (J,) the roster's keys, ascending
    """

    sections: Columns
    cells: Columns
    cell_section: IntArray
    pairs: Columns
    exposures: Exposures
    leads: BoolArray
    teacher_keys: IntArray
    students_without_teacher: int

    @property
    def led(self) -> tuple[IntArray, IntArray]:
        """Pairs of section and teacher who leads or shares it, each (P,)."""
        return self.exposures.section[self.leads], self.exposures.teacher[self.leads]

    def rows_of_teachers(self, section: IntArray) -> tuple[IntArray, IntArray]:
        """Pairs of row and teacher: each row of these sections (R,) once for each of its section."""
        led, teacher = self.led
        teachers = np.bincount(led, minlength=len(self.sections["section_key"]))
        first = np.cumsum(teachers) - teachers
        repeats = teachers[section]
        row = np.repeat(np.arange(len(section)), repeats)
        offset = np.arange(len(row)) - np.repeat(np.cumsum(repeats) - repeats, repeats)
        return row, np.asarray(teacher[np.argsort(led, kind="stable")][first[section[row]] + offset])


@dataclass(frozen=True, slots=True)
class Estimates:
    """What one subject's sections say.

    effect (S,) is y_c without the contextual part, before peers' means are taken off; peer_mean (S,)
    the expectation of the section's stratum; district and school are posteriors of J teachers,
    probability and consistency (J,) belong to the peers asked for.
    """

    section_effects: SectionEffects
    context: ContextualTerm
    strata: PeerStrata
    summaries: SectionSummaries
    peer_mean: FloatArray
    components: VarianceComponents
    posteriors: TeacherPosteriors
    district: TeacherPosteriors
    school: TeacherPosteriors
    probability: FloatArray
    consistency: FloatArray


def subject_of(reduction: Reduction, subject_key: int) -> Subject:
    """Pick one subject out of the reduction; sections nobody teaches are counted and left out."""
    keys = reduction.sections["section_key"]
    years = reduction.sections["school_year"]
    mine = reduction.sections["subject_key"] == subject_key
    # Who a teacher was longer ago than that says little of her now (specification B11).
    mine &= years > years[mine].max(initial=0) - RECENT_YEARS
    taught = np.isin(keys, reduction.exposures["section_key"])
    sections = {name: values[mine & taught] for name, values in reduction.sections.items()}
    kept = sections["section_key"]
    in_cells = np.isin(reduction.cells["section_key"], kept)
    cells = {name: values[in_cells] for name, values in reduction.cells.items()}
    in_pairs = np.isin(reduction.pairs["section_key"], kept)
    in_exposures = np.isin(reduction.exposures["section_key"], kept)
    exposed = {name: values[in_exposures] for name, values in reduction.exposures.items()}
    teacher_keys, teacher = np.unique(exposed["teacher_key"], return_inverse=True)
    weight = exposed["weight"].astype(np.float64)
    return Subject(
        sections=sections,
        cells=cells,
        cell_section=np.searchsorted(kept, cells["section_key"]),
        pairs={name: values[in_pairs] for name, values in reduction.pairs.items()},
        exposures=Exposures(
            section=np.searchsorted(kept, exposed["section_key"]),
            teacher=teacher,
            weight=weight,
            teachers=len(teacher_keys),
        ),
        leads=np.asarray(exposed["leads"].astype(np.bool_) & (weight >= LEAST_SHARE)),
        teacher_keys=teacher_keys,
        students_without_teacher=int(reduction.sections["started"][mine & ~taught].sum()),
    )


def estimate(subject: Subject, options: ScanOptions, *, context: ContextualTerm | None = None) -> Estimates:
    """Fit one subject. Raises `Unfinished` when the variance components do not settle.

    `context` is given where only some students of each section are looked at: what the company of the
    whole class adds is learnt from the whole class.
    """
    effects = summarise_residuals(subject)
    section, teacher = subject.led
    strata = peer_strata(
        grade=subject.sections["grade"],
        school_year=subject.sections["school_year"],
        section=section,
        teacher=teacher,
    )
    context = contextual_term(subject, effects, strata) if context is None else context
    summaries = summaries_of(subject, effects, strata, gamma=context.gamma)
    components = fit_components(summaries, subject.exposures)
    district = district_posteriors(summaries, subject.exposures, components)
    # The sign beside the other peers and the share of years above need no averaging over tau_u.
    plug_in = replace(components, covariance=np.zeros_like(components.covariance))
    asked = components if options.peers == "school" else plug_in
    school = teacher_posteriors(summaries, subject.exposures, asked, peers="school")
    yearly = teacher_year_posteriors(summaries, subject.exposures, plug_in)
    chosen = school if options.peers == "school" else district
    return Estimates(
        section_effects=effects,
        context=context,
        strata=strata,
        summaries=summaries,
        peer_mean=_peer_means(summaries, components),
        components=components,
        posteriors=chosen,
        district=district,
        school=school,
        probability=probability_above(chosen, options.delta),
        consistency=consistency(yearly, teachers=subject.exposures.teachers),
    )


def _lasting_years(summaries: SectionSummaries) -> bool:
    """Whether there are years enough to see effects drift: then the latest year's is what is said."""
    return len(np.unique(summaries.school_year)) >= YEARS_FOR_PERSISTENCE


def district_posteriors(
    summaries: SectionSummaries, exposures: Exposures, components: VarianceComponents
) -> TeacherPosteriors:
    """Each teacher beside the district's, now: with years enough to see drift, of the latest year."""
    if _lasting_years(summaries):
        return current_effects(summaries, exposures, components)
    return teacher_posteriors(summaries, exposures, components, peers="district")


def fit_components(
    summaries: SectionSummaries, exposures: Exposures, *, persistence: float | None = None
) -> VarianceComponents:
    """Variance components as far as the years at hand let them be told apart. Raises `Unfinished`.

    `persistence` is given where it is already known how much of a teacher-year stays.
    """
    if _lasting_years(summaries):
        if persistence is None:
            return profile_persistence(summaries, exposures).components
        return fit_variance_components(
            summaries, exposures, school_year_effects=True, persistence=persistence
        )
    several = len(np.unique(summaries.school_year)) > 1
    components = fit_variance_components(summaries, exposures, school_year_effects=several)
    return split_where_confounded(components, exposures)


def missing_shares(subject: Subject) -> FloatArray:
    """Share of each section's students without a starting point, (S,)."""
    students = subject.sections["students"].astype(np.float64)
    return np.asarray(1.0 - subject.sections["started"] / students)


def counted_cells(subject: Subject) -> BoolArray:
    """Cells that count as an occasion of the class, (C,): a version for a few of its students does not."""
    whole = subject.sections["started"][subject.cell_section]
    return np.asarray(subject.cells["students"] >= LEAST_PRESENT * whole)


def sound_sections(subject: Subject) -> BoolArray:
    """Sections whose students mostly have a starting point, (S,)."""
    return np.asarray(missing_shares(subject) <= MOST_MISSING)


def summarise_residuals(subject: Subject) -> SectionEffects:
    """The subject's cells as one effect and variance per section."""
    return summarise_sections(
        ResidualCells(
            section=subject.cell_section,
            students=subject.cells["students"].astype(np.float64),
            mean=subject.cells["mean_residual"],
            square=subject.cells["square_residual"],
            section_students=subject.pairs["students"].astype(np.float64),
            section_square=subject.pairs["sum_square"],
            section_pairs=subject.pairs["pairs"].astype(np.float64),
        )
    )


def summaries_of(
    subject: Subject, effects: SectionEffects, strata: PeerStrata, *, gamma: float
) -> SectionSummaries:
    """The kernel's table of sections; `gamma` is what a stronger class adds per SD."""
    return SectionSummaries(
        effect=effects.effect - gamma * subject.sections["section_mean"],
        variance=effects.variance,
        school=codes(subject.sections["school_key"]),
        stratum=strata.stratum,
        school_year=subject.sections["school_year"].astype(np.int64),
    )


def contextual_term(subject: Subject, effects: SectionEffects, strata: PeerStrata) -> ContextualTerm:
    """What a stronger class adds, learnt from how each teacher's own sections differ."""
    return fit_contextual_term(
        effect=effects.effect,
        variance=effects.variance,
        section_mean=subject.sections["section_mean"],
        mean_error_variance=subject.sections["mean_error_variance"],
        teacher=_lead_teacher(subject.exposures, sections=len(effects.effect)),
        stratum=strata.stratum,
        slope=float(subject.sections["slope"][0]) if len(effects.effect) else 0.0,
    )


def _lead_teacher(exposures: Exposures, *, sections: int) -> IntArray:
    """The teacher who carries most of each section, (S,); ties go to the lower key."""
    order = np.lexsort((-exposures.teacher, exposures.weight))
    lead = np.zeros(sections, dtype=np.intp)
    lead[exposures.section[order]] = exposures.teacher[order]
    return lead


def _peer_means(summaries: SectionSummaries, components: VarianceComponents) -> FloatArray:
    """What the model expects of each section's stratum: its mean, weighted by each section's precision."""
    spread = components.school + components.teacher + components.teacher_year + components.section
    weight = 1.0 / (summaries.variance + spread)
    total = np.bincount(summaries.stratum, weight)
    mean = np.bincount(summaries.stratum, weight * summaries.effect) / np.maximum(total, 1e-12)
    return np.asarray(mean[summaries.stratum])
