"""Layouts: which column of a table is what, as someone once said it, kept under a name.

A layout holds names of columns only. What holds for one file alone (its date, its assessment) is asked anew.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from plc.core import clock
from plc.core.errors import BadFile, NotFound
from plc.core.free_text import NAME
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.results.columns import COLUMN_ANSWER, DATE_ORDER, SCORE_COLUMNS, SCORE_COLUMNS_ARE
from plc.results.formats.door import FORMAT
from plc.results.student_words import shareable_words
from plc.results.uploads import find_upload, load_plan, own_folder
from plc.results.vocabulary import plain

_STRUCTURE = (SCORE_COLUMNS, SCORE_COLUMNS_ARE, DATE_ORDER, FORMAT)


@dataclass(frozen=True, slots=True)
class Layout:
    """A named way to read a table: `answers` as `stage_upload` takes them."""

    name: str
    answers: Mapping[str, str]
    made_by: str
    made_at: datetime


def save_layout(database: Database, viewer: Viewer, upload_id: str, name: str) -> Layout:
    """Keep how a staged upload is read; a layout of that name is replaced.

    Raises `BadFile` without a name or when nothing was said of its columns, `NotFound`, `Conflict`.
    """
    viewer.require(Permission.RESULTS_UPLOAD)
    name = " ".join(shareable_words(database, name, "the layout's name", most=NAME).split())
    if not name:
        raise BadFile("Give the layout a name.")
    with database.read() as cursor:
        find_upload(cursor, upload_id, state="staged")
    plan = load_plan(own_folder(database, upload_id, viewer=viewer))
    answers = {key: value for key, value in plan.answers.items() if _is_structure(key, value)}
    if not set(answers) - {FORMAT}:
        raise BadFile("Nothing was said of this table's columns, so there is no layout to keep.")
    made_by, made_at = viewer.teacher_id or str(viewer.role), clock.now()
    with database.write() as cursor:
        cursor.execute(
            load_sql("results", "save_layout"),
            {
                "layout_id": uuid.uuid4().hex,
                "name": name,
                "header_sha256": header_sha256(match.header for match in plan.columns),
                "answers": json.dumps(answers, sort_keys=True),
                "made_by": made_by,
                "made_at": made_at,
            },
        ).fetchall()
    return Layout(name, answers, made_by, made_at)


def layouts_for(database: Database, viewer: Viewer, upload_id: str) -> list[Layout]:
    """Layouts kept for a table with the columns of this staged upload and not in use for it."""
    viewer.require(Permission.RESULTS_UPLOAD)
    plan = load_plan(own_folder(database, upload_id, viewer=viewer))
    own = header_sha256(match.header for match in plan.columns)
    return [
        layout
        for layout in _layouts(database, name=None, header=own)
        if not layout.answers.items() <= plan.answers.items()
    ]


def find_layout(database: Database, viewer: Viewer, name: str) -> Layout:
    """The layout of that name. Raises `NotFound`, which lists the names there are."""
    viewer.require(Permission.RESULTS_UPLOAD)
    if found := _layouts(database, name=name.strip(), header=None):
        return found[0]
    names = ", ".join(layout.name for layout in _layouts(database, name=None, header=None))
    raise NotFound(f"There is no layout {name}. {f'Layouts: {names}.' if names else 'None is kept so far.'}")


def header_sha256(headers: Iterable[str]) -> str:
    """What identifies a table's columns, in whatever order, spelling of case and punctuation."""
    return hashlib.sha256("\n".join(sorted(map(plain, headers))).encode()).hexdigest()


def _is_structure(key: str, value: str) -> bool:
    return key in _STRUCTURE or value.startswith(COLUMN_ANSWER)


def _layouts(database: Database, *, name: str | None, header: str | None) -> list[Layout]:
    with database.read() as cursor:
        rows = cursor.execute(
            load_sql("results", "layouts"), {"name": name, "header_sha256": header}
        ).fetchall()
    return [Layout(own, json.loads(answers), made_by, made_at) for own, answers, made_by, made_at in rows]
