"""The files and links of a card.

A file lies beside the database in `materials`, under a random name, readable by its owner alone; it leaves
only through `read_material`, which asks what the viewer may open. A link is shown as text.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from plc.core import clock
from plc.core.errors import BadFile, NotFound, PlcError
from plc.core.free_text import TITLE, kept_words
from plc.core.viewer import Permission, Role, Viewer
from plc.database import Database
from plc.database.database import Cursor, raise_data_version
from plc.database.sql import load_sql
from plc.inquiry.visible_practices import keep_visible_practices
from plc.practices.authors import require_author
from plc.practices.material_files import file_of, keep_file
from plc.practices.media import recognised
from plc.practices.unsigned import unsigned
from plc.practices.visibility import records
from plc.results.student_words import require_no_students

LONGEST_ADDRESS: Final = 2000
# A card is a few pages and a picture, not an archive.
MOST_MATERIALS: Final = 12


@dataclass(frozen=True, slots=True)
class Material:
    """A file or link of a card. `shared` False: it stays with the authors and their team."""

    material_id: str
    kind: Literal["file", "link"]
    title: str
    url: str | None
    file_name: str | None
    media_type: str | None
    byte_count: int | None
    shared: bool
    added_at: datetime


@dataclass(frozen=True, slots=True)
class MaterialFile:
    """A file on its way to a viewer who may have it."""

    file_name: str
    media_type: str
    content: bytes


def add_file(
    database: Database,
    viewer: Viewer,
    practice_id: str,
    *,
    file_name: str,
    content: bytes,
    title: str = "",
    shared: bool = True,
) -> str:
    """Add a file to the viewer's card; returns its id.

    Raises `BadFile` for a kind, size, name or content that cannot be taken, and `NamesStudent` where the
    file's name, title or text holds a student.
    """
    viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    media = recognised(file_name, content)
    unsigned(media.media_type, content)
    said = _title(title) or media.file_name
    require_no_students(
        database, {"File name": media.file_name, "Title": said, "The text in the file": media.text}
    )
    material_id = uuid.uuid4().hex
    place = file_of(database, material_id)
    row = _row(viewer, material_id, practice_id, kind="file", title=said, shared=shared) | {
        "file_name": media.file_name,
        "media_type": media.media_type,
        "byte_count": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    keep_file(place, content)
    try:
        _add(database, viewer, row)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    return material_id


def add_link(
    database: Database, viewer: Viewer, practice_id: str, *, url: str, title: str = "", shared: bool = True
) -> str:
    """Add a link (http or https) to the viewer's card; returns its id."""
    viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    address = _address(url)
    said = _title(title) or urlsplit(address).netloc
    require_no_students(database, {"Link": address, "Title": said})
    material_id = uuid.uuid4().hex
    row = _row(viewer, material_id, practice_id, kind="link", title=said, shared=shared) | {"url": address}
    _add(database, viewer, row)
    return material_id


def materials(database: Database, viewer: Viewer, practice_id: str) -> list[Material]:
    """The files and links of a card that the viewer may have."""
    if viewer.role is Role.REVIEWER:
        # A file can carry its author's name in places nobody looks at.
        return []
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = _open_materials(cursor, practice_id=practice_id)
    shown = [each.name for each in fields(Material) if each.name != "kind"]
    return [Material(kind=row["material_kind"], **{name: row[name] for name in shown}) for row in rows]


def read_material(database: Database, viewer: Viewer, material_id: str) -> MaterialFile:
    """A file the viewer may have, asked anew each time. Raises `NotFound` for any other.

    Only an author gets it with what its properties say of who made it.
    """
    viewer.require(Permission.PRACTICE_READ)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        rows = _open_materials(cursor, material_id=material_id)
    if not rows or rows[0]["material_kind"] != "file" or viewer.role is Role.REVIEWER:
        raise NotFound("This file is not open to you, or was taken away.")
    try:
        content = file_of(database, material_id).read_bytes()
    except OSError as error:
        raise NotFound("This file is missing on the server. Ask the author to add it again.") from error
    if hashlib.sha256(content).hexdigest() != rows[0]["sha256"]:
        raise BadFile("This file was changed on the server. Ask the author to add it again.")
    media_type = rows[0]["media_type"]
    return MaterialFile(
        rows[0]["file_name"], media_type, content if rows[0]["is_author"] else unsigned(media_type, content)
    )


def set_material_shared(database: Database, viewer: Viewer, material_id: str, *, shared: bool) -> None:
    """Whether a material goes along with the card or stays with the authors and their team."""
    viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.write_through() as cursor:
        keep_visible_practices(cursor, viewer)
        changed = cursor.execute(
            load_sql("practices", "set_material_shared"), {"material_id": material_id, "shared": shared}
        ).fetchall()
        if not changed:
            raise NotFound("There is no such material on a card of yours.")
        raise_data_version(cursor)


def remove_material(database: Database, viewer: Viewer, material_id: str) -> None:
    """Take a material off the viewer's card; a file is deleted."""
    viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.write_through() as cursor:
        keep_visible_practices(cursor, viewer)
        removed = cursor.execute(
            load_sql("practices", "remove_material"),
            {"material_id": material_id, "removed_at": clock.now()},
        ).fetchall()
        if not removed:
            raise NotFound("There is no such material on a card of yours.")
        raise_data_version(cursor)
    file_of(database, material_id).unlink(missing_ok=True)


def _open_materials(
    cursor: Cursor, *, practice_id: str | None = None, material_id: str | None = None
) -> list[dict[str, Any]]:
    """What the viewer may have of a card, or one material alone; `visible_practice` must be there."""
    return records(cursor, "materials", {"practice_id": practice_id, "material_id": material_id})


def _add(database: Database, viewer: Viewer, row: dict[str, Any]) -> None:
    with database.write() as cursor:
        require_author(cursor, viewer, row["practice_id"])
        if len(_open_materials(cursor, practice_id=row["practice_id"])) >= MOST_MATERIALS:
            raise PlcError(f"A card holds at most {MOST_MATERIALS} materials. Take one off first.")
        cursor.execute(load_sql("practices", "add_material"), row).fetchall()
        raise_data_version(cursor)


def _row(
    viewer: Viewer, material_id: str, practice_id: str, *, kind: str, title: str, shared: bool
) -> dict[str, Any]:
    return {
        "material_id": material_id,
        "practice_id": practice_id,
        "material_kind": kind,
        "title": title,
        "url": None,
        "file_name": None,
        "media_type": None,
        "byte_count": None,
        "sha256": None,
        "shared": shared,
        "added_by": viewer.signature,
        "added_at": clock.now(),
    }


def _address(url: str) -> str:
    address = url.strip()
    wrong = PlcError("Write the whole address of the page, beginning with https:// or http://.")
    if len(address) > LONGEST_ADDRESS or any(ord(character) <= 32 for character in address):
        raise wrong
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise wrong from error
    if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname:
        raise wrong
    if parts.username or parts.password:
        raise PlcError("Take the name and password out of the address.")
    return address


def _title(title: str) -> str:
    return " ".join(kept_words(title, "the title", most=TITLE).split())
