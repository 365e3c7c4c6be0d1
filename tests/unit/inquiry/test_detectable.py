"""What a plan could find is said before it starts, and what would help."""

from __future__ import annotations

import numpy as np
import pytest

from plc.database import Database
from plc.inquiry.detectable import Detectable, Layout, detectable, smallest_effect
from plc.inquiry.test_plans import plan_test
from plc.inquiry.tested import TestedClass
from plc.statistics.detectable_effect import multiplier
from plc.statistics.effect_designs import Design
from plc.statistics.nearest_classes import nearest_classes
from plc.statistics.tested_sections import USUAL_VARIANCE, BorrowedVariance
from tests.unit.inquiry.planned import ANA, OWN_CLASSES, RUNNING, new_inquiry, plan


def layout(sections: int, *, design: Design = Design.RANDOMISED, before: int = 0, after: int = 1) -> Layout:
    classes = tuple(
        TestedClass(None, f"c{place}", f"t{place}", f"s{place}", place % 2 == 0, "", None)
        for place in range(sections)
    )
    return Layout(design, classes, 23.0, before, after)


def test_the_smallest_effect_is_the_borrowed_error_times_the_multiplier() -> None:
    """Specification C2 and C6 by hand: unrelated classes, one occasion, v = between + within."""
    borrowed = BorrowedVariance(0.0, 0.0, 0.0, 0.01, 0.0, 0.18, 0.18, float("inf"), float("inf"))
    # v of a class: section variance and (student + error) / n; two arms of three classes.
    variance = (0.01 + 0.36 / 23) * (1 / 3 + 1 / 3)
    # Nothing estimated: 6 borrowed degrees of freedom and 4 of the classes' own.
    assert smallest_effect(layout(6), borrowed) == pytest.approx(multiplier(10) * np.sqrt(variance), rel=1e-6)


def test_more_classes_more_checks_and_more_teams_find_less() -> None:
    small = smallest_effect(layout(4, before=2), USUAL_VARIANCE)
    assert small is not None
    for helped in (layout(8, before=2), layout(4, before=2, after=3), layout(4, before=2).times(4)):
        better = smallest_effect(helped, USUAL_VARIANCE)
        assert better is not None
        assert better < small


def test_designs_that_lack_what_they_need_find_nothing() -> None:
    assert smallest_effect(layout(4, design=Design.SERIES, before=2), USUAL_VARIANCE) is None
    assert smallest_effect(layout(4, design=Design.DIFFERENCE, before=0), USUAL_VARIANCE) is None
    assert smallest_effect(layout(4, design=Design.SERIES, before=4, after=3), USUAL_VARIANCE) is not None


def test_a_hopeless_plan_is_called_hopeless_beside_what_is_typical() -> None:
    hopeless = Detectable(0.62, 4.3, 1, 1, 0, 1, ())
    assert "hopeless" in hopeless.words
    assert "0.62 SD (4.3 points)" in hopeless.words
    assert "0.05 to 0.10 SD" in hopeless.words
    assert "hopeless" not in Detectable(0.3, None, 4, 8, 2, 1, ()).words
    assert "would be seen" in Detectable(0.09, None, 40, 80, 2, 1, ()).words


def test_a_saved_plan_says_what_it_could_find_with_the_districts_own_variance(sample: Database) -> None:
    found = detectable(sample, ANA, RUNNING)
    assert found is not None
    assert (found.practice_sections, found.comparison_sections, found.before) == (4, 8, 5)
    assert 0.15 < found.effect < 0.40
    assert found.points == pytest.approx(found.effect * 6.89, rel=0.01)
    assert [words for words, _ in found.helps][-1].startswith("pooled with")
    assert all(effect < found.effect for _, effect in found.helps)


def test_two_classes_drawn_from_are_less_than_six(sample: Database) -> None:
    inquiry_id = new_inquiry(sample)
    few, many = (
        detectable(
            sample,
            ANA,
            plan_test(sample, ANA, inquiry_id, plan(Design.RANDOMISED, section_ids=OWN_CLASSES[:count])),
        )
        for count in (2, 6)
    )
    assert few is not None
    assert many is not None
    assert few.effect > many.effect
    assert detectable(sample, ANA, plan_test(sample, ANA, inquiry_id, plan(Design.BEFORE_AFTER))) is None


def test_the_nearest_classes_are_found_for_all_together() -> None:
    tried = np.array([[0.0, 0.0], [1.0, 0.0]])
    others = np.array([[0.9, 0.0], [1.1, 0.0], [-0.1, 0.0], [0.2, 0.0], [5.0, 0.0]])
    first, second = nearest_classes(tried, others, each=2)
    assert (first.tolist(), second.tolist()) == ([2, 3], [0, 1])


def test_a_class_is_compared_with_once_only_and_everyone_gets_one_first() -> None:
    tried = np.array([[0.0], [0.1], [0.2]])
    found = nearest_classes(tried, np.array([[0.0], [0.1], [0.3], [0.4]]), each=2)
    taken = np.concatenate(found)
    assert len(taken) == len(set(taken.tolist())) == 4
    assert all(len(places) >= 1 for places in found)
    assert nearest_classes(tried, np.empty((0, 1)), each=2)[0].tolist() == []


def test_what_is_not_known_of_a_class_counts_as_no_difference() -> None:
    found = nearest_classes(np.array([[0.0, np.nan]]), np.array([[2.0, 0.1], [0.1, np.nan]]), each=1)
    assert found[0].tolist() == [1]
