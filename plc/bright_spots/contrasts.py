"""One teacher's figure beside three groups of peers: the district, her school, and schools like hers.

Sorting of students between schools cannot be told from what schools do, so the district's contrast and
the school's are kept together and their disagreement is said (specification B2). Schools like hers are
those whose students start where hers do: expectation follows the schools' mean starting point.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from plc.bright_spots.estimate import Estimates, Subject
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.tallies import SubjectFindings
from plc.core.disclosure import LOWEST_MINIMUM, MINIMUM_STUDENTS, MINIMUM_TEACHERS
from plc.core.errors import TooSmall
from plc.statistics.false_discovery import probability_above
from plc.statistics.posterior import TeacherPosteriors, credible_interval, teacher_posteriors
from plc.statistics.records import BoolArray, FloatArray, IntArray

DISTRICT: Final = "district"
SCHOOL: Final = "school"
SIMILAR: Final = "similar"
PEERS: Final = (DISTRICT, SCHOOL, SIMILAR)


def contrast_rows(found: SubjectFindings, *, options: ScanOptions) -> pd.DataFrame:
    """One row per teacher and group of peers she can be compared with.

    Columns: teacher_key, peers, effect, lower, upper, probability, peers_in_school. The groups that the
    scan was not asked for stand at the estimated components, without averaging over tau_u.
    """
    estimates = found.estimates
    by_peers = {DISTRICT: estimates.district, SCHOOL: estimates.school}
    similar = _similar_posteriors(found.subject, estimates)
    if similar is not None:
        by_peers[SIMILAR] = similar
    frames = []
    for peers, posteriors in by_peers.items():
        lower, upper = credible_interval(posteriors.mean, posteriors.sd, level=options.interval)
        rows = pd.DataFrame(
            {
                "teacher_key": found.subject.teacher_keys,
                "subject": found.name,
                "peers": peers,
                "effect": posteriors.mean,
                "lower": lower,
                "upper": upper,
                "probability": probability_above(posteriors, options.delta),
                "peers_in_school": posteriors.peers_in_school,
            }
        )
        shown = posteriors.comparable & (posteriors.school >= 0)
        if peers == SCHOOL:
            shown &= _with_enough_colleagues(found.subject, posteriors.school)
        frames.append(rows[shown])
    return pd.concat(frames, ignore_index=True)


def _with_enough_colleagues(subject: Subject, school: IntArray) -> BoolArray:
    """Whether three colleagues at her school or more teach there still, apart from her and each other, (J,).

    A class that she teaches too is no colleague's, and of those who teach a class together one counts, who
    teaches with fewest others. Nor may one's or two's students be nearly all of theirs (`nobody_dominates`).
    """
    section, teacher = _fewest_colleagues_first(subject)
    years, students = subject.sections["school_year"][section], subject.sections["started"][section]
    enough = np.zeros(len(school), dtype=np.bool_)
    for one in np.unique(school[school >= 0]):
        members = np.flatnonzero(school == one)
        if len(members) <= MINIMUM_TEACHERS:
            continue
        here = np.isin(teacher, members)
        classes, whose, size, still = section[here], teacher[here], students[here], years[here] == years.max()
        for reader in members:
            apart = still & ~np.isin(classes, classes[whose == reader])
            once = apart & ~np.isin(whose, _beside_another(classes, whose, among=whose[apart]))
            most = np.sort(np.bincount(whose[once], size[once]))[::-1]
            enough[reader] = (
                np.count_nonzero(most) >= MINIMUM_TEACHERS
                and most[1:].sum() >= MINIMUM_STUDENTS
                and most[MINIMUM_TEACHERS - 1 :].sum() >= LOWEST_MINIMUM
            )
    return enough


def _fewest_colleagues_first(subject: Subject) -> tuple[IntArray, IntArray]:
    """The pairs of section and teacher who leads or shares it, who teaches with fewest others first."""
    led = pd.DataFrame(dict(zip(("section", "teacher"), subject.led, strict=True)))
    together = led.merge(led, on="section").groupby("teacher_x")["teacher_y"].nunique()
    led = led.iloc[np.lexsort((led["teacher"], together[led["teacher"]]))]
    return led["section"].to_numpy(), led["teacher"].to_numpy()


def _beside_another(section: IntArray, teacher: IntArray, *, among: IntArray) -> IntArray:
    """Who of `among` teaches a class together with another of them who stands before her."""
    found = np.isin(teacher, among)
    _, first, of = np.unique(section[found], return_index=True, return_inverse=True)
    return np.asarray(teacher[found][teacher[found] != teacher[found][first][of]])


def _similar_posteriors(subject: Subject, estimates: Estimates) -> TeacherPosteriors | None:
    """Beside schools that start at the same level; None where there are too few schools."""
    components = estimates.components
    try:
        return teacher_posteriors(
            estimates.summaries,
            subject.exposures,
            replace(components, covariance=np.zeros_like(components.covariance)),
            peers="similar",
            school_covariates=_school_starts(subject, estimates),
        )
    except TooSmall:
        return None


def _school_starts(subject: Subject, estimates: Estimates) -> FloatArray:
    """Mean starting point of each school's students, SD, (schools, 1)."""
    school = estimates.summaries.school
    students = subject.sections["started"].astype(np.float64)
    total = np.bincount(school, students * subject.sections["section_mean"])
    return np.asarray(total / np.maximum(np.bincount(school, students), 1e-12))[:, None]


def disagreement_words(effects: dict[str, float]) -> str:
    """A sentence where the groups of peers point in opposite directions; empty where they agree."""
    above = [_WITH_PEERS[peers] for peers in PEERS if effects.get(peers, 0.0) > 0.0]
    below = [_WITH_PEERS[peers] for peers in PEERS if effects.get(peers, 0.0) < 0.0]
    if not above or not below:
        return ""
    return (
        f"Above what is expected beside {' and '.join(above)}, below it beside {' and '.join(below)}: what "
        "the school does and what these classes do cannot be told apart here."
    )


_WITH_PEERS: Final = {
    DISTRICT: "the district",
    SCHOOL: "colleagues of the same school",
    SIMILAR: "schools like this one",
}
