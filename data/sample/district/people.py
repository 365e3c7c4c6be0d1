"""Who consents to being named, and which teams agreed to look together.

Days count back from the day the sample is loaded, so that a consent is in force whenever that is.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from district.plan import TRUTHS
from district.roster import Roster

# Planted teachers who must not be listed have consented too: only the evidence keeps them off.
PLANTED_CONSENTS = {"F1": "district", "F2": "district", "F3": "district", "F4": "district"}
NO_CONSENT_YET = {"F5", "F8"}
CONSENT_SHARE, NAME_SHOWN_SHARE = 0.6, 0.85
SCOPES, SCOPE_SHARES = ("team", "school", "district"), (0.2, 0.3, 0.5)
# Post prefix of the members, name, and for how many days from its first the agreement holds.
TEAMS = (
    ("M1.maths.6", "Granite Falls, grade 6 maths", 60, 365),
    ("E2.all.5", "Birchfield, grade 5", 30, 365),
    ("M3.reading.7", "Ironwood, grade 7 reading", 500, 365),
)


def consent_table(rng: np.random.Generator, roster: Roster) -> pd.DataFrame:
    """One decision per row; the latest of a teacher counts."""
    rows = []
    for post, teacher_id in zip(roster.teachers["post"], roster.teachers["teacher_id"], strict=True):
        fixture = TRUTHS[post].fixture if post in TRUTHS else ""
        willing, scope = rng.random() < CONSENT_SHARE, rng.choice(SCOPES, p=SCOPE_SHARES)
        shown, given = rng.random() < NAME_SHOWN_SHARE, int(rng.integers(5, 90))
        withdrawn = rng.random() < 0.05
        if fixture in PLANTED_CONSENTS:
            willing, scope, shown, withdrawn = True, PLANTED_CONSENTS[fixture], True, False
        if willing and fixture not in NO_CONSENT_YET:
            rows.append((teacher_id, scope, shown, given, 365, given // 2 if withdrawn else None))
    columns = ["teacher_id", "scope", "name_shown", "given_days_ago", "valid_days", "withdrawn_days_ago"]
    table = pd.DataFrame(rows, columns=columns).sort_values("teacher_id").reset_index(drop=True)
    table.insert(0, "consent_id", [f"sample-{n:03d}" for n in range(1, len(table) + 1)])
    return table.astype({"withdrawn_days_ago": "Int64"})


def team_agreement_table(roster: Roster) -> pd.DataFrame:
    """One row per member; the last member of each team has not opened her classes; the third has run out."""
    rows = []
    for number, (prefix, name, agreed, valid) in enumerate(TEAMS, start=1):
        members = roster.teachers[roster.teachers["post"].str.startswith(prefix)]
        for place, teacher_id in enumerate(members["teacher_id"], start=1):
            opened = agreed - place if place < len(members) else None
            rows.append(
                {
                    "team_agreement_id": f"sample-team-{number}",
                    "team_name": name,
                    "agreed_days_ago": agreed,
                    "valid_days": valid,
                    "recorded_by": members["teacher_id"].iloc[0],
                    "teacher_id": teacher_id,
                    "opened_days_ago": opened,
                }
            )
    return pd.DataFrame(rows).astype({"opened_days_ago": "Int64"})
