"""What a planned test could find, said before it starts (specification C6).

The plan's classes and expected occasions are laid out without any result, the estimator of its design is
run over them, and its borrowed standard error says how large an effect must be to be found four times of
five. Typical school practices give 0.05 to 0.10 SD.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import numpy as np

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.database import Cursor
from plc.inquiry.measuring import LATE_DAYS
from plc.inquiry.test_reading import read_measures, read_test
from plc.inquiry.test_records import PracticeTest
from plc.inquiry.tested import TestedClass, borrowed_variance, planned_test
from plc.statistics.detectable_effect import detectable_effect
from plc.statistics.effect_designs import Design
from plc.statistics.effect_options import HOPELESS_ABOVE, WORTH_REPEATING, WORTHWHILE
from plc.statistics.gain_effect import difference_effect, series_effect, staggered_effect
from plc.statistics.moderated_effect import ModeratedEffect, moderated_effect
from plc.statistics.tested_sections import NEVER, BorrowedVariance, OccasionCells, TestedSections

# What typical school practices give, SD (Kraft 2020: the middle of 973 studies, less publication bias).
TYPICAL: Final = (WORTH_REPEATING, WORTHWHILE)
# Comparison classes that a proposal looks for, per class that tries it.
COMPARED_PER_CLASS: Final = 2
# Students of a class nobody has counted yet.
USUAL_CLASS: Final = 22.0
# Teams of a pool worth suggesting, this one among them.
POOLED_TEAMS: Final = 4
MORE_OCCASIONS: Final = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """A test without results: its classes, whether each tries it, and its occasions by side of the start."""

    design: Design
    classes: tuple[TestedClass, ...]
    students: float
    before: int
    after: int

    def times(self, many: int) -> Layout:
        """The same test in so many teams with classes and teachers of their own."""
        copies = [
            replace(each, teacher_id=f"{copy} {each.teacher_id}", school_id=f"{copy} {each.school_id}")
            for copy in range(many)
            for each in self.classes
        ]
        return replace(self, classes=tuple(copies))

    def longer(self, occasions: int) -> Layout:
        """The same classes measured so many times more after the start."""
        return replace(self, after=self.after + occasions)


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest effect (SD, points where known) a plan finds four times of five, and what would help.

    `helps` are changes in words with the smallest effect they would bring.
    """

    effect: float
    points: float | None
    practice_sections: int
    comparison_sections: int
    before: int
    after: int
    helps: tuple[tuple[str, float], ...]

    @property
    def hopeless(self) -> bool:
        """Whether hardly any school practice is large enough to be seen."""
        return self.effect > HOPELESS_ABOVE

    @property
    def finds_typical(self) -> bool:
        """Whether a typical practice would be seen."""
        return self.effect <= TYPICAL[1]

    @property
    def words(self) -> str:
        """What it can find, against what is typical, in two sentences."""
        points = "" if self.points is None else f" ({self.points:.3g} points)"
        found = (
            f"This plan would find an effect of about {self.effect:.2f} SD{points} or more four times of"
            f" five. Typical school practices give {TYPICAL[0]:.2f} to {TYPICAL[1]:.2f} SD."
        )
        if self.finds_typical:
            return f"{found} So a typical one would be seen."
        if self.hopeless:
            return (
                f"{found} As planned it is hopeless to tell a practice from chance by this test alone:"
                " hardly any moves results that far."
            )
        return (
            f"{found} So only an unusually large one would be seen by this test alone; a typical one will"
            " look like chance until it is tested more often."
        )


def detectable(database: Database, viewer: Viewer, test_id: str) -> Detectable | None:
    """What a saved plan could find; None where its design or classes cannot show an effect at all."""
    viewer.require(Permission.INQUIRY_READ)
    with database.read() as cursor:
        return detectable_of(cursor, viewer, read_test(cursor, viewer, test_id))


def detectable_of(cursor: Cursor, viewer: Viewer, test: PracticeTest) -> Detectable | None:
    """`detectable` inside a unit of work."""
    layout = _layout(cursor, viewer, test)
    if layout is None:
        return None
    borrowed, _ = borrowed_variance(cursor, test.subject)
    smallest = smallest_effect(layout, borrowed)
    if smallest is None:
        return None
    helps = [
        ("twice as many classes", smallest_effect(layout.times(2), borrowed)),
        (f"{MORE_OCCASIONS} more checks", smallest_effect(layout.longer(MORE_OCCASIONS), borrowed)),
        (f"pooled with {POOLED_TEAMS - 1} more teams", smallest_effect(layout.times(POOLED_TEAMS), borrowed)),
    ]
    tried = sum(each.tried for each in layout.classes)
    return Detectable(
        effect=smallest,
        points=smallest * test.points_per_sd if test.points_per_sd else None,
        practice_sections=tried,
        comparison_sections=len(layout.classes) - tried,
        before=layout.before,
        after=layout.after,
        helps=tuple((words, effect) for words, effect in helps if effect is not None and effect < smallest),
    )


def smallest_effect(layout: Layout, borrowed: BorrowedVariance) -> float | None:
    """The smallest effect (SD) that such classes and occasions find four times of five; None without any."""
    found = _estimate(layout, borrowed)
    if found is None:
        return None
    return detectable_effect(
        float(np.sqrt(found.base_variance)), found.borrowed_freedom + max(found.own_freedom, 0.0)
    )


def _estimate(layout: Layout, borrowed: BorrowedVariance) -> ModeratedEffect | None:
    """The design's estimator over classes without results: only its standard error has meaning."""
    sections, cells = _kernel_tables(layout)
    if layout.design is Design.SERIES:
        return series_effect(cells, sections, borrowed)
    if not sections.tried.any():
        return None
    if layout.design is Design.STAGGERED:
        return staggered_effect(cells, sections, borrowed, randomised=True)
    if layout.design is Design.DIFFERENCE:
        return difference_effect(cells, sections, borrowed) if layout.before else None
    return moderated_effect(cells, sections, borrowed, randomised=layout.design is Design.RANDOMISED)


def _kernel_tables(layout: Layout) -> tuple[TestedSections, OccasionCells]:
    classes = layout.classes
    size, first = len(classes), layout.before
    teachers = sorted({each.teacher_id for each in classes})
    schools = sorted({each.school_id for each in classes})
    days = sorted({each.starts_on for each in classes if each.starts_on is not None})
    starts = [
        NEVER
        if each.starts_on is None and layout.design is Design.STAGGERED
        else first + (days.index(each.starts_on) if each.starts_on in days else 0)
        for each in classes
    ]
    # A later start is later by one occasion at least, so a staggered test has one more to be seen on.
    occasions = first + max(layout.after, len(days))
    sections = TestedSections(
        tried=np.array([each.tried for each in classes], dtype=np.bool_),
        students=np.full(size, layout.students),
        school=np.array([schools.index(each.school_id) for each in classes], dtype=np.intp),
        teaching=np.array([[float(each.teacher_id == one) for one in teachers] for each in classes]),
        block=np.zeros(size, dtype=np.intp),
        starts=np.array(starts, dtype=np.intp),
    )
    cells = OccasionCells(
        section=np.repeat(np.arange(size), occasions),
        occasion=np.tile(np.arange(occasions), size),
        students=np.full(size * occasions, layout.students),
        mean=np.zeros(size * occasions),
    )
    return sections, cells


def _layout(cursor: Cursor, viewer: Viewer, test: PracticeTest) -> Layout | None:
    if test.design is Design.BEFORE_AFTER or not test.classes:
        return None
    classes = _expected_classes(test, planned_test(cursor, test.test_id).classes)
    sizes = [each.students for each in test.classes if each.students]
    measures = read_measures(cursor, viewer, test.inquiry_id, standard_id=test.standard_id)
    before = {one.taken_on for one in measures if one.kind != "baseline" and one.taken_on <= test.starts_on}
    last = test.ends_on + timedelta(days=LATE_DAYS)
    after = {
        one.taken_on
        for one in measures
        if test.starts_on < one.taken_on <= last
        and (one.name == test.measure_name if test.measure_name else one.kind == test.measure_kind)
    }
    return Layout(
        design=test.design,
        classes=classes,
        students=float(np.mean(sizes)) if sizes else USUAL_CLASS,
        before=len(before),
        after=max(len(after), 1),
    )


def _expected_classes(test: PracticeTest, classes: tuple[TestedClass, ...]) -> tuple[TestedClass, ...]:
    """The classes as they will be: half of them drawn, or as many comparisons as a proposal looks for."""
    if test.design in (Design.SERIES, Design.BEFORE_AFTER):
        return tuple(each for each in classes if each.tried)
    if test.design is Design.RANDOMISED and test.assigned_at is None:
        return tuple(replace(each, tried=place % 2 == 0) for place, each in enumerate(classes))
    if test.design is Design.STAGGERED and test.assigned_at is None:
        later = test.second_start_on or test.ends_on
        return tuple(
            replace(each, tried=True, starts_on=test.starts_on if place % 2 == 0 else later)
            for place, each in enumerate(classes)
        )
    if all(each.tried for each in classes) and test.design is not Design.STAGGERED:
        count = COMPARED_PER_CLASS * len(classes)
        others = tuple(
            TestedClass(None, f"other {place}", f"other {place}", f"other {place}", False, "", None)
            for place in range(count)
        )
        return classes + others
    return classes
