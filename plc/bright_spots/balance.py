"""A teacher's own balance: what her students gained by where they started, and whether to look first.

Read by the teacher alone, by her id. Whether to warn is worked out here from two probabilities, so that no
such mark is ever stored.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from plc.bright_spots.labels import SHOWN_BY_CONSENT, WORTH_A_LOOK
from plc.bright_spots.student_groups import THIRDS
from plc.core.disclosure import MINIMUM_STUDENTS
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.statistics.balancing import look_first

_GROUP_COLUMNS: Final = ("student_group", "students", "sections", "effect", "lower", "upper", "label")
EXCEEDS_LOWEST: Final = "This also holds for the students who started lowest."


@dataclass(frozen=True, slots=True)
class Balance:
    """One subject of one teacher, for her eyes.

    words          the balance in one or two plain sentences
    exceeds_lowest whether those who started lowest stand out among such students elsewhere
    look_first     whether the students who started lowest did worse than expected and than her others
    thirds         a row per starting third: student_group, students, sections, effect, lower, upper, label;
                   effects are in student SD, null where there are too few students
    groups         the same of named student groups with enough students
    students, others, difference, lower, upper   those who started lowest against the rest; None where there
                   are too few on a side
    """

    words: str
    exceeds_lowest: bool = False
    look_first: bool = False
    thirds: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(_GROUP_COLUMNS)))
    groups: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(_GROUP_COLUMNS)))
    students: int | None = None
    others: int | None = None
    difference: float | None = None
    lower: float | None = None
    upper: float | None = None


def own_balances(cursor: Cursor, *, teacher_id: str, labels: dict[str, str]) -> dict[str, Balance]:
    """The balance of each subject of a teacher's own; `labels` are her results', by subject.

    The caller has made sure that the viewer is this teacher. Empty after a scan without groups.
    """
    parameters = {"teacher_id": teacher_id}
    groups = cursor.execute(load_sql("bright_spots", "own_opportunity"), parameters).df()
    groups = groups.rename(columns={"lower_bound": "lower", "upper_bound": "upper"})
    gaps = cursor.execute(load_sql("bright_spots", "own_balancing"), parameters).df()
    of_subject = {row["subject"]: row for row in gaps.to_dict("records")}
    return {
        str(subject): _balance(
            part,
            of_subject.get(subject),
            shared=labels.get(str(subject), "") in (*SHOWN_BY_CONSENT, WORTH_A_LOOK),
        )
        for subject, part in groups.groupby("subject", sort=False)
    }


def _balance(groups: pd.DataFrame, gap: dict[Hashable, Any] | None, *, shared: bool) -> Balance:
    order = list(THIRDS.values())
    is_third = groups["student_group"].isin(order)
    thirds = groups[is_third].sort_values("student_group", key=lambda names: names.map(order.index))
    exceeds = bool(thirds["label"].isin(SHOWN_BY_CONSENT).any())
    thirds = thirds[list(_GROUP_COLUMNS)].reset_index(drop=True)
    named = groups.loc[~is_third, list(_GROUP_COLUMNS)].reset_index(drop=True)
    if gap is None:
        return Balance(
            words="Whether this holds for the students who started lowest cannot be told yet: that needs"
            f" {MINIMUM_STUDENTS} of them and {MINIMUM_STUDENTS} others.",
            exceeds_lowest=exceeds,
            thirds=thirds,
            groups=named,
        )
    warn = bool(look_first(np.array([gap["below"]]), np.array([gap["behind"]]))[0])
    lower, upper = float(gap["lower_bound"]), float(gap["upper_bound"])
    return Balance(
        words=balance_words(lower, upper, look_first=warn, shared=shared),
        exceeds_lowest=exceeds,
        look_first=warn,
        students=int(gap["students"]),
        others=int(gap["others"]),
        difference=float(gap["difference"]),
        lower=lower,
        upper=upper,
        thirds=thirds,
        groups=named,
    )


def balance_words(lower: float, upper: float, *, look_first: bool, shared: bool) -> str:
    """What the difference of those who started lowest from the others means; `lower` to `upper` its range.

    `shared` says whether there is something to share, so that the warning comes before it.
    """
    if look_first:
        opening = "Look before you share: students" if shared else "Worth knowing: students"
        return (
            f"{opening} who started lowest did worse than expected, and gained less than your other students."
            " Look at what these lessons ask of them first. Other explanations are possible."
        )
    if upper < 0.0:
        return (
            "Students who started lowest gained less than your other students, though it is not clear that"
            " they gained less than such students do elsewhere."
        )
    if lower > 0.0:
        return "Students who started lowest gained more than your other students."
    return "As far as the data tell, students who started lowest gained about as much as your other students."
