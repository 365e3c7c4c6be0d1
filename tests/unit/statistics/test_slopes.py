from __future__ import annotations

import numpy as np
import pytest

from plc.statistics.slopes import PSEUDO_STUDENTS, SlopeMoments, fit_slopes, within_section_products


def moments_of(
    x: list[np.ndarray],
    y: list[np.ndarray],
    *,
    ceiling: list[np.ndarray] | None = None,
    means: list[float] | None = None,
    grade: list[int] | None = None,
) -> SlopeMoments:
    marks = ceiling or [np.zeros(len(section)) for section in x]
    return SlopeMoments(
        powers=np.array([[(s**p).sum() for p in range(7)] for s in x]),
        y=np.array([s.sum() for s in y]),
        powers_y=np.array([[(s**p * t).sum() for p in range(4)] for s, t in zip(x, y, strict=True)]),
        ceiling=np.array([k.sum() for k in marks]),
        ceiling_y=np.array([(k * t).sum() for k, t in zip(marks, y, strict=True)]),
        ceiling_x=np.array([[(k * s**p).sum() for p in (1, 2, 3)] for k, s in zip(marks, x, strict=True)]),
        section_mean=np.array(means or [s.mean() for s in x]),
        grade=np.array(grade or [0] * len(x)),
    )


def classes(sections: int, students: int = 25, seed: int = 1) -> tuple[list[np.ndarray], np.random.Generator]:
    rng = np.random.default_rng(seed)
    return [rng.normal(0.5 * rng.standard_normal(), 1.0, students) for _ in range(sections)], rng


def test_moments_give_the_slopes_of_a_regression_with_section_dummies() -> None:
    x, rng = classes(20)
    y = [0.6 * s + 0.1 * s**2 + rng.standard_normal() + 0.3 * rng.standard_normal(len(s)) for s in x]
    demeaned = np.vstack(
        [np.column_stack([s, s**2, s**3]) - [np.mean(s), np.mean(s**2), np.mean(s**3)] for s in x]
    )
    target = np.concatenate([t - t.mean() for t in y])
    expected = np.linalg.lstsq(demeaned, target)[0]
    np.testing.assert_allclose(fit_slopes(moments_of(x, y)).pooled[:3], expected, atol=1e-9)


def test_a_teachers_effect_leaves_the_slopes_alone() -> None:
    x, rng = classes(20)
    y = [0.6 * s + 0.3 * rng.standard_normal(len(s)) for s in x]
    shifted = [t + 5.0 * i for i, t in enumerate(y)]
    np.testing.assert_allclose(
        fit_slopes(moments_of(x, y)).pooled, fit_slopes(moments_of(x, shifted)).pooled, atol=1e-8
    )


def test_each_grade_is_pulled_to_the_subject_as_by_200_students() -> None:
    x, _ = classes(40)
    slope = [0.4 if i < 20 else 0.8 for i in range(40)]
    y = [b * s for b, s in zip(slope, x, strict=True)]
    slopes = fit_slopes(moments_of(x, y, grade=[0] * 20 + [1] * 20))
    students = 20 * 25
    share = PSEUDO_STUDENTS / (PSEUDO_STUDENTS + students)
    assert slopes.by_grade[0, 0] == pytest.approx(0.4 + 0.2 * share, abs=0.02)
    assert slopes.by_grade[1, 0] == pytest.approx(0.8 - 0.2 * share, abs=0.02)


def test_the_ceiling_gets_its_own_terms_when_more_than_two_in_a_hundred_reach_it() -> None:
    x, rng = classes(40)
    marks = [(s > 1.2).astype(float) for s in x]
    y = [
        0.6 * s + 0.5 * k + 0.2 * k * s.mean() + 0.1 * rng.standard_normal(len(s))
        for s, k in zip(x, marks, strict=True)
    ]
    slopes = fit_slopes(moments_of(x, y, ceiling=marks))
    assert slopes.with_ceiling
    assert slopes.pooled[3] == pytest.approx(0.5, abs=0.05)
    assert slopes.pooled[4] == pytest.approx(0.2, abs=0.05)
    rare = [np.zeros(len(s)) for s in x]
    rare[0][0] = 1.0
    assert not fit_slopes(moments_of(x, y, ceiling=rare)).with_ceiling


@pytest.mark.parametrize(("sections", "students", "terms"), [(1, 8, 0), (3, 12, 1), (20, 25, 3)])
def test_few_students_allow_few_terms(sections: int, students: int, terms: int) -> None:
    x, _ = classes(sections, students)
    pooled = fit_slopes(moments_of(x, [0.7 * s + 0.05 * s**2 for s in x])).pooled
    assert np.count_nonzero(pooled) == terms


def test_starting_points_that_are_all_alike_predict_nothing() -> None:
    x = [np.full(30, 0.3) for _ in range(20)]
    y = [np.random.default_rng(1).standard_normal(30) for _ in range(20)]
    np.testing.assert_allclose(fit_slopes(moments_of(x, y)).pooled, 0.0, atol=1e-6)


def test_products_are_those_of_deviations_from_the_section() -> None:
    x, rng = classes(3, students=7)
    y = [rng.standard_normal(7) for _ in x]
    cross, target = within_section_products(moments_of(x, y))
    for c, (s, t) in enumerate(zip(x, y, strict=True)):
        basis = np.column_stack([s, s**2, s**3])
        basis = basis - basis.mean(axis=0)
        np.testing.assert_allclose(cross[c, :3, :3], basis.T @ basis, atol=1e-9)
        np.testing.assert_allclose(target[c, :3], basis.T @ (t - t.mean()), atol=1e-9)
