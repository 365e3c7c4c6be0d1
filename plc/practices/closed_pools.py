"""Whether a viewer may read a pool: not where it tells of a test whose figures are withheld from her.

A pool less the tests she can read is what the others show together. Where these are only tests whose figures
would tell her of one colleague, the pool tells it as well.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from plc.core.viewer import Viewer
from plc.database.database import Cursor
from plc.inquiry.few_teachers import tests_of_few
from plc.practices.visibility import records


@dataclass(frozen=True, slots=True)
class Withheld:
    """What is withheld from a viewer: pools, by practice, and tests of her own teams."""

    practice_ids: frozenset[str]
    own_test_ids: frozenset[str]


def withheld_from(cursor: Cursor, viewer: Viewer) -> Withheld:
    """The pools and own tests this viewer may not read, after `keep_visible_practices`."""
    rows = records(cursor, "tests_in_pools", {"team_ids": list(viewer.person_team_ids)})
    few = tests_of_few(cursor, viewer, [row["test_id"] for row in rows])
    closed: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        of_few = row["test_id"] in few
        # Her own tests that are not of few she reads, and can take out of the pool.
        if row["closed"] and (of_few or not row["own"]):
            closed[row["practice_id"]].append(of_few and (row["own"] or few[row["test_id"]]))
    return Withheld(
        practice_ids=frozenset(practice_id for practice_id, told in closed.items() if all(told)),
        own_test_ids=frozenset(row["test_id"] for row in rows if row["own"] and row["test_id"] in few),
    )
