"""Whom a class is compared with: classes of the same grade, subject and year, or wider where those are few.

A *peer stratum* is the set of sections whose mean counts as expectation. With fewer than five
teachers it would take away much of what it measures, so it is widened: first with the small strata
of its grade band, then with the band, then with all grades of the subject.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plc.bright_spots.options import MINIMUM_STRATUM_TEACHERS
from plc.statistics.records import BoolArray, IntArray

# Lowest grade of each band: early and elementary, middle, high.
BAND_STARTS = (6, 9)
_NO_BAND = 0


@dataclass(frozen=True, slots=True)
class PeerStrata:
    """`stratum` (S,) 0-based; `teachers` per stratum; `widened` (S,) whether the section left its grade."""

    stratum: IntArray
    teachers: IntArray
    widened: BoolArray


def peer_strata(
    *, grade: IntArray, school_year: IntArray, section: IntArray, teacher: IntArray
) -> PeerStrata:
    """Strata of S sections. `section` and `teacher` pair sections with those who carry them (any length)."""
    band = np.searchsorted(BAND_STARTS, grade, side="right")
    key = _codes(grade, school_year)
    first = key.copy()
    for wider in (band, np.full(len(grade), _NO_BAND)):
        count = _teachers_per_stratum(key, section, teacher)
        small = count[key] < MINIMUM_STRATUM_TEACHERS
        if not small.any():
            break
        key = _merge_small(key, small, _codes(wider, school_year), section=section, teacher=teacher)
    _, stratum = np.unique(key, return_inverse=True)
    # A section is compared outside its grade when its stratum now holds more than one grade and year.
    distinct = np.unique(np.column_stack([stratum, first]), axis=0)
    grades_inside = np.bincount(distinct[:, 0]) if len(distinct) else np.zeros(0, dtype=np.intp)
    return PeerStrata(
        stratum=stratum,
        teachers=_teachers_per_stratum(stratum, section, teacher),
        widened=np.asarray(grades_inside[stratum] > 1) if len(stratum) else np.zeros(0, dtype=np.bool_),
    )


def _merge_small(
    key: IntArray, small: BoolArray, wider: IntArray, *, section: IntArray, teacher: IntArray
) -> NDArray[np.intp]:
    """Join the small strata inside each wider group; where they are still too few, join the whole group."""
    merged = np.asarray(key, dtype=np.intp).copy()
    fresh = int(merged.max()) + 1
    for group in np.unique(wider[small]):
        together = small & (wider == group)
        if len(np.unique(teacher[together[section]])) < MINIMUM_STRATUM_TEACHERS:
            together = wider == group
        merged[together] = fresh
        fresh += 1
    return merged


def _teachers_per_stratum(stratum: IntArray, section: IntArray, teacher: IntArray) -> NDArray[np.intp]:
    pairs = np.unique(np.column_stack([stratum[section], teacher]), axis=0)
    size = int(stratum.max()) + 1 if len(stratum) else 0
    return np.bincount(pairs[:, 0], minlength=size) if len(pairs) else np.zeros(size, dtype=np.intp)


def _codes(first: IntArray, second: IntArray) -> NDArray[np.intp]:
    if len(first) == 0:
        return np.zeros(0, dtype=np.intp)
    return np.asarray(
        np.unique(np.column_stack([first, second]), axis=0, return_inverse=True)[1], dtype=np.intp
    ).ravel()
