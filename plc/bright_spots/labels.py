"""The words a result may carry, and what each needs: the one table of thresholds for labels."""

from __future__ import annotations

from plc.bright_spots.options import MINIMUM_PROBABILITY

NOT_ENOUGH = "not enough students to tell"
TOO_FEW_TEACHERS = "too few teachers to compare with"
NOT_SETTLED = "did not settle"
OWN_RESULT = ""
WORTH_A_LOOK = "worth a look"
EARLY_SIGNAL = "early signal"
BRIGHT_SPOT = "bright spot"
CONSISTENT = "consistent bright spot"

# Of a subject as a whole and so of each of its standards.
UNCOMPARED = (TOO_FEW_TEACHERS, NOT_SETTLED)
# Results without a figure: it would say too little, too much of one or two colleagues, or what cannot be.
UNTOLD = (NOT_ENOUGH, *UNCOMPARED)

# Labels others may see, with consent.
SHOWN_BY_CONSENT = (EARLY_SIGNAL, BRIGHT_SPOT, CONSISTENT)

# Fewer teachers of a subject than this, and about 13 % of flags are false where 10 % are stated.
MINIMUM_TEACHERS_OF_SUBJECT = 60
CONSISTENT_SECTIONS, CONSISTENT_YEARS, CONSISTENT_INDEX = 3, 2, 0.8


def label_of(
    *,
    enough_students: bool,
    enough_peers: bool = True,
    settled: bool = True,
    flagged: bool,
    probability: float,
    sections: int,
    years: int,
    consistency: float,
    teachers_of_subject: int,
) -> str:
    """The label of one result.

    `enough_peers` is whether enough others gave the same tests that her figure tells none of theirs,
    `settled` whether her effect is one that a teacher can have.
    `sections` are sections of different students; `consistency` the expected share of years above
    peers, NaN where unknown.
    """
    if not enough_students:
        return NOT_ENOUGH
    if not enough_peers:
        return TOO_FEW_TEACHERS
    if not settled:
        return NOT_SETTLED
    if flagged:
        if teachers_of_subject < MINIMUM_TEACHERS_OF_SUBJECT:
            return EARLY_SIGNAL
        lasting = sections >= CONSISTENT_SECTIONS or years >= CONSISTENT_YEARS
        return CONSISTENT if lasting and consistency >= CONSISTENT_INDEX else BRIGHT_SPOT
    if sections == 1 and probability >= MINIMUM_PROBABILITY:
        return WORTH_A_LOOK
    return OWN_RESULT
