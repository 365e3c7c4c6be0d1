"""What people took back since a copy was made stays taken back when it is put in the place of the database.

Consents to be named and results opened to colleagues: what does not stand in the present file does not stand
in the restored one either, also where it was never there: to be asked again is better than to be shown. All
else that people took back stands again, and who restores is told so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from plc.core import clock
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql

_CONSENT = ("consent_id",)
_OPENING = ("team_agreement_id", "teacher_id", "reader_teacher_id")


@dataclass(frozen=True, slots=True)
class Standing:
    """The consents in force, and whose result is open to whom by which agreement."""

    consents: Sequence[tuple[str, ...]]
    openings: Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many consents ended, and how many teachers' open results closed to one colleague or more."""

    consents: int
    results: int


def read_standing(database: Database) -> Standing:
    """What people let others see in this file."""
    with database.read() as cursor:
        return Standing(
            cursor.execute(load_sql("stewardship", "consents_in_force")).fetchall(),
            cursor.execute(load_sql("stewardship", "results_open")).fetchall(),
        )


def take_back_again(database: Database, standing: Standing) -> TakenBack:
    """End and close in this file what does not stand any more."""
    open_here = read_standing(database).openings
    closed = {teacher for _, teacher, _ in set(open_here) - set(standing.openings)}
    with database.write_through() as cursor:
        _supply(cursor, standing.consents, _CONSENT)
        ended = cursor.execute(
            load_sql("stewardship", "end_consents_taken_back"), {"today": clock.now().date()}
        ).fetchall()
        _supply(cursor, standing.openings, _OPENING)
        cursor.execute(load_sql("stewardship", "close_results_taken_back")).fetchall()
        cursor.unregister("supplied")
        cursor.execute(load_sql("stewardship", "unmark_results_closed")).fetchall()
        if ended or closed:
            raise_data_version(cursor)
    return TakenBack(len(ended), len(closed))


def _supply(cursor: Cursor, rows: Sequence[tuple[str, ...]], columns: Sequence[str]) -> None:
    cursor.register("supplied", pd.DataFrame(rows, columns=list(columns)).astype("string"))
