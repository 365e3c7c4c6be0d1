"""Frozen releases: the only way figures that cross a team or a school are shown.

A *kind* of figure is released at most once a month by itself. A release works out every cell anew, but shows
a new figure only where it, together with every figure ever shown, says nothing of too few students or
teachers; elsewhere the figure shown before stays, or none. docs/privacy.md has the guarantee.

The room that owns a kind leaves temporary tables on the cursor: `proposed_unit` (whole, unit, student_key,
contribution), what each student in each school year adds to which whole; `proposed_place` (frame, dimension,
unit, cell), the cells they are in; `proposed_teacher` (whole, unit, teacher_key); and `proposed_whole`
(whole, frame), which wholes share their cells.
"""

from __future__ import annotations

import json
import secrets
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import pandas as pd

from plc.core import clock
from plc.core.disclosure import Floor
from plc.core.viewer import Permission, Viewer
from plc.database.database import Cursor
from plc.database.sql import load_sql
from plc.people.figure_audit import NEVER, Atom, Shown, Stay, too_few, withdrawn
from plc.people.release_records import WHOLE, CellKey, Kind, Outcome, Proposal, Release, ShownCell

_STEPS: Final = ("01_symbol", "02_place", "03_path", "04_teaching")
_KEPT: Final = ("units", "places", "teachers")


def read_release(cursor: Cursor, kind: str) -> Release | None:
    """The latest release of a kind, for the room that owns it."""
    rows = cursor.execute(load_sql("people", "release_latest"), {"kind": kind}).fetchall()
    if not rows:
        return None
    _, generation, period, released_at, data_version, context = rows[0]
    cells = {
        (table, cell): ShownCell(table, cell, label, json.loads(figure) if figure else None, made_in, made_at)
        for table, cell, label, made_in, figure, made_at in cursor.execute(
            load_sql("people", "release_cells"), {"kind": kind}
        ).fetchall()
    }
    return Release(kind, generation, period, released_at, data_version, json.loads(context), cells)


def period_of(moment: datetime) -> str:
    """The month of a moment, as 2026-05."""
    return f"{moment:%Y-%m}"


def is_due(cursor: Cursor, kind: Kind) -> bool:
    """Whether the kind was never released, or not yet this month while results changed."""
    latest = read_release(cursor, kind.name)
    if latest is None:
        return True
    return _data_version(cursor) != latest.data_version and period_of(clock.now()) > latest.period


def release(cursor: Cursor, viewer: Viewer, kind: Kind, proposal: Proposal) -> Outcome:
    """Release what may be shown anew, inside the caller's transaction.

    Raises `NotAllowed` unless the viewer may run scans: the same people start both.
    """
    viewer.require(Permission.SCAN_RUN)
    latest = read_release(cursor, kind.name)
    generation = latest.generation + 1 if latest else 1
    known = {"kind": kind.name, "generation": generation, "never": NEVER, "secret": _secret(cursor)}
    for step in _STEPS:
        _run(cursor, f"release_{step}", **known)
    shown = cursor.execute(load_sql("people", "release_published"), {"kind": kind.name}).fetchall()
    fresh, few = _fresh(cursor, kind, proposal, shown, generation)
    gone = {key for key in few if latest is not None and latest.figure(*key) is not None}
    rows = _cell_rows(proposal, latest, fresh, gone, generation)
    outcome = Outcome(
        made=bool(fresh or gone) or latest is None,
        fresh=len(fresh),
        kept=sum(row["made_in"] is not None and row["made_in"] < generation for row in rows),
        hidden=sum(row["figure"] is None for row in rows),
    )
    if outcome.made:
        _record(cursor, viewer, kind.name, generation, proposal)
        cursor.register("supplied", pd.DataFrame(rows).astype({"made_in": "Int32"}))
        _run(cursor, "record_release_cells", kind=kind.name, generation=generation)
        cursor.unregister("supplied")
        for table in _KEPT:
            _run(cursor, f"release_forget_{table}", kind=kind.name)
            _run(cursor, f"release_keep_{table}", kind=kind.name, never=NEVER)
    return outcome


def keep_beside(cursor: Cursor, latest: Release | None, kept: Mapping[str, Any]) -> None:
    """Keep in the context of the latest release what its room works out oftener than it is released."""
    if latest is not None and any(latest.context.get(name) != value for name, value in kept.items()):
        context = json.dumps({**latest.context, **kept})
        _run(
            cursor, "record_release_context", kind=latest.kind, generation=latest.generation, context=context
        )


def forget_releases(cursor: Cursor) -> None:
    """Forget every release: of made-up people, when the sample district goes. Never of real ones, whose
    figures readers have seen and can still subtract."""
    for table in (
        "figure_release", "figure_cell", "figure_unit", "figure_place", "figure_teacher", "figure_key"
    ):  # fmt: skip
        cursor.execute(f"delete from {table}").fetchall()  # noqa: S608
    cursor.execute("delete from own_catch_up").fetchall()


def _fresh(
    cursor: Cursor, kind: Kind, proposal: Proposal, shown: Sequence[tuple[str, str, int]], generation: int
) -> tuple[set[CellKey], set[CellKey]]:
    """The cells and wholes to show anew: changed, and safe beside everything ever shown; and those to show no
    more: of too few people by themselves."""
    last = {(table, cell): made for table, cell, made in shown}
    by_whole = _atoms(cursor, kind.floor)
    fresh: set[CellKey] = set()
    few: set[CellKey] = set()
    for whole, figure in proposal.wholes.items():
        atoms = by_whole.get(whole, [])
        tables = {table.name: table for table in proposal.tables if table.whole == whole}
        figures = [
            Shown(table, tables[table].dimension, cell, made, for_all=tables[table].for_all)
            if table in tables
            else Shown(table, None, cell, made)
            for table, cell, made in shown
            if table in tables or table == whole
        ]
        candidates = [
            Shown(name, tables[name].dimension, cell, generation, fresh=True, for_all=tables[name].for_all)
            for name, cell in proposal.cells
            if name in tables
        ]
        if figure is not None:
            candidates.append(Shown(whole, None, WHOLE, generation, fresh=True))
        candidates = [
            candidate
            for candidate in candidates
            if _is_changed(candidate, last.get((candidate.table, candidate.cell)), atoms)
        ]
        standing = [one for one in figures if last.get((one.table, one.cell)) == one.generation]
        of_few = too_few(standing, atoms, kind.floor, readers_teach=kind.readers_teach)
        few |= {(one.table, one.cell) for one in of_few}
        if candidates:
            gone = withdrawn([*figures, *candidates], atoms, kind.floor, readers_teach=kind.readers_teach)
            fresh |= {(c.table, c.cell) for c in candidates if c not in gone}
    return fresh, few - fresh


def _is_changed(figure: Shown, made_in: int | None, atoms: Sequence[Atom]) -> bool:
    """Whether a figure was never shown, or anyone's part in it is another than when it was."""
    if made_in is None:
        return True

    def counted(atom: Atom, generation: int) -> bool:
        if figure.dimension is None:
            return atom.holds(generation)
        return atom.is_in(figure.dimension, figure.cell, generation)

    return any(counted(atom, made_in) != counted(atom, figure.generation) for atom in atoms)


def _atoms(cursor: Cursor, floor: Floor) -> dict[str, list[Atom]]:
    """The atoms of every whole; those of few people with their members."""
    strict = replace(floor, own_known=True)
    sizes = cursor.execute(load_sql("people", "release_05_sizes"), {"taking": strict.all_teachers - 1}).df()
    found: dict[str, list[Atom]] = defaultdict(list)
    by_number: dict[int, Atom] = {}
    few = []
    for number, row in enumerate(sizes.to_dict("records")):
        atom = Atom(
            stays=_stays(str(row["path"])),
            students=int(row["students"]),
            teachers=int(row["teachers"]),
            most_known=int(row["most_known"]),
            most_together=int(row["most_together"]),
        )
        found[str(row["whole"])].append(atom)
        if not atom.is_enough(strict):
            by_number[number] = atom
            few.append(number)
    cursor.register("few", sizes.loc[few, ["whole", "path"]].assign(number=few))
    members = cursor.execute(load_sql("people", "release_06_members")).fetchall()
    cursor.unregister("few")
    for number, student, teacher, taught in members:
        atom = by_number[number]
        if teacher:
            atom.known_to[student].add(teacher)
        atom.taught.add((student, teacher if taught else 0))
    return found


def _stays(path: str) -> tuple[Stay, ...]:
    parted = (stay.split("\x1f") for stay in path.split("\x1e") if stay)
    return tuple(Stay(dimension, cell, int(begins), int(ends)) for dimension, cell, begins, ends in parted)


def _cell_rows(
    proposal: Proposal, latest: Release | None, fresh: set[CellKey], gone: set[CellKey], generation: int
) -> list[dict[str, Any]]:
    """The rows of `figure_cell`: new where fresh, as before where shown before, else empty."""
    proposed = dict(proposal.cells) | {
        (whole, WHOLE): figure for whole, figure in proposal.wholes.items() if figure is not None
    }
    rows = []
    for key, figure in proposed.items():
        before = latest.cells.get(key) if latest else None
        kept = before if before is not None and before.figure is not None and key not in gone else None
        if key in fresh:
            made_in: int | None = generation
            stored: str | None = json.dumps(figure)
        elif kept is not None:
            made_in, stored = kept.made_in, json.dumps(kept.figure)
        else:
            made_in, stored = None, None
        rows.append(
            {
                "table_name": key[0],
                "cell": key[1],
                "label": proposal.labels.get(key, key[1]),
                "made_in": made_in,
                "figure": stored,
            }
        )
    return rows


def _record(cursor: Cursor, viewer: Viewer, kind: str, generation: int, proposal: Proposal) -> None:
    now = clock.now()
    _run(
        cursor,
        "record_release",
        release_id=str(uuid.uuid4()),
        kind=kind,
        generation=generation,
        period=period_of(now),
        released_at=now,
        released_by=viewer.signature,
        data_version=_data_version(cursor),
        context=json.dumps(proposal.context),
    )


def _secret(cursor: Cursor) -> str:
    """The key under which values that are gone are remembered, made with the first release."""
    sql = "select secret from figure_key"
    rows = cursor.execute(sql).fetchall()
    if not rows:
        cursor.execute(
            "insert into figure_key (secret) values ($secret)", {"secret": secrets.token_hex(32)}
        ).fetchall()
        rows = cursor.execute(sql).fetchall()
    return str(rows[0][0])


def _data_version(cursor: Cursor) -> int:
    return int(cursor.execute("select version from data_version").fetchall()[0][0])


def _run(cursor: Cursor, statement: str, **parameters: object) -> None:
    sql = load_sql("people", statement)
    bound = {name: value for name, value in parameters.items() if f"${name}" in sql}
    cursor.execute(sql, bound or None).fetchall()
