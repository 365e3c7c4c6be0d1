"""The scan for the students who started lowest and for named student groups; and the balancing check.

*Opportunity* rows say what a teacher's students of one group gained, beside students of the same group
elsewhere. *Balancing* rows say whether those who started lowest gained less than her other students.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from plc.bright_spots.estimate import Estimates, estimate
from plc.bright_spots.labels import label_of
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.starting_thirds import (
    BALANCING_COLUMNS,
    balancing_rows,
    group_rows,
    other_thirds,
    posterior_columns,
    third_rows,
)
from plc.bright_spots.student_groups import LOWEST, GroupSums, members_of, seats_of
from plc.bright_spots.tables import FLAG, NUMBER, TEXT, WHOLE, Names, empty_frame
from plc.bright_spots.tallies import SubjectFindings, Tallies, eligible, tally
from plc.core.errors import Unfinished
from plc.statistics.false_discovery import flag_set

OPPORTUNITY_COLUMNS: Final = {
    "teacher_id": TEXT, "subject": TEXT, "group": TEXT, "students": WHOLE, "sections": WHOLE,
    "effect": NUMBER, "sd": NUMBER, "lower": NUMBER, "upper": NUMBER, "probability": NUMBER,
    "bright_spot": FLAG, "label": TEXT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SubjectOpportunity:
    """One subject's rows, and a sentence per group whose estimate did not settle."""

    opportunity: pd.DataFrame
    balancing: pd.DataFrame
    withheld: tuple[str, ...] = ()


def empty_opportunity() -> dict[str, pd.DataFrame]:
    """The frames of a scan without groups, with their columns and types."""
    tables = {"opportunity": OPPORTUNITY_COLUMNS, "balancing": BALANCING_COLUMNS}
    return {name: empty_frame(kinds) for name, kinds in tables.items()}


def opportunity(
    sums: GroupSums, found: SubjectFindings, subject_key: int, *, names: Names, options: ScanOptions
) -> SubjectOpportunity:
    """Every group's rows of one subject, and its balancing rows."""
    frames, withheld = [], []
    balancing = empty_opportunity()["balancing"]
    for group_key in (LOWEST, *sums.of_subject.get(subject_key, ())):
        subject = members_of(found.subject, sums, group_key)
        if not len(subject.sections["section_key"]):
            continue
        try:
            estimates = estimate(subject, options, context=found.estimates.context)
            tallies = tally(subject, estimates, seats_of(sums, subject_key, group_key), options)
            frames.append(_scanned_rows(found, estimates, tallies, sums.names[group_key], options=options))
            if group_key == LOWEST:
                others = other_thirds(sums, found, subject_key, options)
                frames += [third_rows(found, third, sums.names[third.key], options) for third in others]
                balancing = balancing_rows(found, (subject, estimates, tallies), others, options=options)
        except Unfinished:
            withheld.append(
                f"{found.name}, {sums.names[group_key]}: the estimate did not settle, so nothing is said."
            )
    rows = pd.concat(frames, ignore_index=True) if frames else empty_opportunity()["opportunity"]
    for frame in (rows, balancing):
        if "teacher_key" in frame:
            frame["teacher_id"] = names.teachers(frame["teacher_key"].to_numpy())
            frame["subject"] = found.name
    return SubjectOpportunity(
        opportunity=rows[list(OPPORTUNITY_COLUMNS)],
        balancing=balancing[list(BALANCING_COLUMNS)],
        withheld=tuple(withheld),
    )


def _scanned_rows(
    found: SubjectFindings, estimates: Estimates, tallies: Tallies, group: str, *, options: ScanOptions
) -> pd.DataFrame:
    """A group's own scan: who is flagged among her peers, at the scan's false discovery rate."""
    may = eligible(tallies, estimates, options) & (found.tallies.students >= options.min_students)
    flagged = flag_set(estimates.probability, may, options.false_discovery_rate).flagged
    taught = int(np.count_nonzero(tallies.sections > 0))
    counted = (tallies.students, tallies.independent, tallies.years, tallies.enough_peers)
    labels = [
        label_of(
            enough_students=students >= options.min_students,
            enough_peers=peers,
            flagged=bright,
            probability=probability,
            sections=sections,
            years=years,
            consistency=steadiness,
            teachers_of_subject=taught,
        )
        for students, sections, years, peers, bright, probability, steadiness in zip(
            *(
                values.tolist()
                for values in (*counted, flagged, estimates.probability, estimates.consistency)
            ),
            strict=True,
        )
    ]
    figures = posterior_columns(estimates.posteriors, options)
    return group_rows(
        found.subject, group, tallies.students, tallies.sections,
        **figures, probability=estimates.probability, bright_spot=flagged, label=labels,
    )  # fmt: skip
