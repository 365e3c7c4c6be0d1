"""Whom a teacher is compared with, as linear combinations of the model's effects.

A contrast has one row per teacher: her own effect, her school's, less those of her peers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from plc.core.errors import TooSmall
from plc.statistics.design import (
    SCHOOL,
    TEACHER,
    Teaching,
    independent_columns,
    several,
    stratum_dummies,
)
from plc.statistics.records import BoolArray, FloatArray, IntArray, SectionSummaries

# A comparison with fewer colleagues in the school would point at one of them (specification B2).
MINIMUM_SCHOOL_PEERS = 3
# Schools a school is compared with when similar ones are asked for (specification B2).
NEAREST_SCHOOLS = 20


@dataclass(frozen=True, slots=True)
class Contrast:
    """J linear combinations of effects.

    loadings         per term a matrix (J, columns of the term)
    outside          (J,) True where a teacher has no section, so that her school is unknown
    comparable       (J,) False where there is no peer group
    school           (J,) home school, -1 without sections
    peers_in_school  (J,) other teachers of that school
    """

    loadings: Mapping[str, sparse.csr_array]
    outside: BoolArray
    comparable: BoolArray
    school: IntArray
    peers_in_school: IntArray


def district_contrast(summaries: SectionSummaries, teaching: Teaching) -> Contrast:
    """u_j + her schools' effects in the shares in which she teaches there."""
    share, school, peers = home_schools(summaries, teaching)
    loadings = {TEACHER: sparse.eye_array(teaching.teachers, format="csr")}
    two_schools = several(summaries.school)
    if two_schools:
        loadings[SCHOOL] = share
    return Contrast(
        loadings=loadings,
        outside=(school < 0) & two_schools,
        comparable=np.ones(teaching.teachers, dtype=np.bool_),
        school=school,
        peers_in_school=peers,
    )


def school_contrast(summaries: SectionSummaries, teaching: Teaching) -> Contrast:
    """u_j (1 + 1/(J-1)) - sum u / (J-1) over the J teachers of her home school; 3 or more peers."""
    _, school, peers = home_schools(summaries, teaching)
    comparable = peers >= MINIMUM_SCHOOL_PEERS
    order = np.argsort(school, kind="stable")
    order = order[comparable[order]]
    size = peers[order] + 1
    starts = np.searchsorted(school[order], school[order])
    row = np.repeat(order, size)
    offset = np.arange(row.size) - np.repeat(np.cumsum(size) - size, size)
    column = order[np.repeat(starts, size) + offset]
    value = np.where(row == column, 1.0, -1.0 / np.repeat(size - 1, size))
    alone = np.flatnonzero(~comparable)
    shape = (teaching.teachers, teaching.teachers)
    loadings = sparse.csr_array(
        (
            np.concatenate([value, np.ones(alone.size)]),
            (np.concatenate([row, alone]), np.concatenate([column, alone])),
        ),
        shape=shape,
    )
    outside = np.zeros(teaching.teachers, dtype=np.bool_)
    return Contrast({TEACHER: loadings}, outside, comparable, school, peers)


def similar_contrast(
    summaries: SectionSummaries, teaching: Teaching, school_covariates: FloatArray | None
) -> Contrast:
    """District contrast less the mean effect of the 20 schools nearest to the home school.

    Distance: Mahalanobis on the covariates of the schools that occur, the school itself left out.
    """
    values = _checked(summaries, school_covariates, spare=2)
    present = np.unique(summaries.school)
    centred = values[present] - values[present].mean(axis=0)
    metric = np.linalg.pinv(centred.T @ centred / (present.size - 1), hermitian=True)
    gap = centred[:, None, :] - centred[None, :, :]
    distance = np.einsum("abk,kl,abl->ab", gap, metric, gap)
    np.fill_diagonal(distance, np.inf)
    count = min(NEAREST_SCHOOLS, present.size - 1)
    nearest = present[np.argsort(distance, axis=1, kind="stable")[:, :count]]
    district = district_contrast(summaries, teaching)
    row = np.flatnonzero(district.school >= 0)
    column = nearest[np.searchsorted(present, district.school[row])]
    peers = sparse.csr_array(
        (np.full(column.size, 1.0 / count), (np.repeat(row, count), column.reshape(-1))),
        shape=district.loadings[SCHOOL].shape,
    )
    loadings = {
        TEACHER: district.loadings[TEACHER],
        SCHOOL: sparse.csr_array(district.loadings[SCHOOL] - peers),
    }
    return Contrast(
        loadings, district.outside, district.school >= 0, district.school, district.peers_in_school
    )


def similar_covariates(summaries: SectionSummaries, school_covariates: FloatArray | None) -> FloatArray:
    """Standardised school covariates per section (S, k), without columns the strata already hold."""
    values = _checked(summaries, school_covariates, spare=3)
    present = np.unique(summaries.school)
    spread = values[present].std(axis=0)
    scaled = (values - values[present].mean(axis=0)) / np.where(spread > 0, spread, 1.0)
    rows = scaled[summaries.school]
    strata = stratum_dummies(summaries.stratum)
    size = np.asarray(strata.sum(axis=0)).reshape(-1)
    within = rows - strata @ ((strata.T @ rows) / size[:, None])
    within[np.abs(within) < 1e-12] = 0.0
    return np.asarray(rows[:, independent_columns(within)])


def _checked(summaries: SectionSummaries, covariates: FloatArray | None, *, spare: int) -> FloatArray:
    if covariates is None or not np.all(np.isfinite(covariates)):
        raise ValueError("Similar schools need finite covariates for every school.")
    values = np.asarray(covariates, dtype=np.float64)
    # Not reshape(-1): a subject whose students have no starting point yet has no school at all.
    values = values[:, None] if values.ndim == 1 else values
    if np.unique(summaries.school).size < values.shape[1] + spare:
        raise TooSmall("There are too few schools to compare with similar ones.")
    return values


def home_schools(
    summaries: SectionSummaries, teaching: Teaching
) -> tuple[sparse.csr_array, IntArray, IntArray]:
    """Share of each teacher's sections by school (J, schools), home school and number of peers there."""
    schools = int(summaries.school.max()) + 1 if len(summaries) else 1
    weight = sparse.csr_array(
        (teaching.weight, (teaching.teacher, summaries.school[teaching.section])),
        shape=(teaching.teachers, schools),
    )
    weight.sum_duplicates()
    total = np.asarray(weight.sum(axis=1)).reshape(-1)
    share = sparse.csr_array(sparse.diags_array(1.0 / np.where(total > 0, total, 1.0)) @ weight)
    school = np.full(teaching.teachers, -1)
    entries = sparse.coo_array(share)
    row, column = entries.coords
    # Last write wins: entries ordered so that each teacher's largest share, lowest index, comes last.
    order = np.lexsort((-column, np.round(entries.data, 9)))
    school[row[order]] = column[order]
    size = np.bincount(school[school >= 0], minlength=schools)
    peers = np.where(school >= 0, size[np.maximum(school, 0)] - 1, 0)
    return share, school, peers
