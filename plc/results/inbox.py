"""The inbox: a folder beside the database whose files the running app takes in, so that a nightly job or a
second process never needs the database itself.

`inbox/results.csv` may have a manifest `inbox/results.csv.json` beside it: `{"layout": NAME, "answers":
{COLUMN: VALUE}, "confirm": true, "despite_warnings": true}`. Without `confirm` the upload waits for someone
in the app. A file is taken once it has stopped changing, logged, and moved to `inbox/done` or
`inbox/refused`, where it is deleted after a week.
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from plc.core import clock
from plc.core.errors import BadFile, PlcError
from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.database.sql import load_sql
from plc.results.confirm import confirm_upload
from plc.results.layouts import find_layout
from plc.results.records import StagedUpload
from plc.results.staging import stage_upload
from plc.results.uploads import discard_upload, sees_every_file

DONE, REFUSED = "done", "refused"
# Files taken hold student ids, so they do not lie about for ever; the undo they may serve needs a week.
KEPT_FOR: Final = timedelta(days=7)
LOGGED: Final = 200
_MANIFEST: Final = ".json"
_FOR_OTHERS: Final = "Its name, and what is said of it, are for a data steward."
_KNOWN: Final = {"layout", "answers", "confirm", "despite_warnings"}

Signature = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a file of the inbox is to be taken."""

    answers: Mapping[str, str] = field(default_factory=dict)
    layout: str | None = None
    confirm: bool = False
    despite_warnings: bool = False


@dataclass(frozen=True, slots=True)
class InboxEntry:
    """One file taken from the inbox. `outcome` is confirmed, unchanged, waits or refused; counts are None
    for a file that was refused."""

    file_name: str
    taken_at: datetime
    outcome: str
    words: str
    upload_id: str | None
    rows_read: int | None
    rows_accepted: int | None
    rows_duplicate: int | None
    rows_rejected: int | None


@dataclass(slots=True)
class Inbox:
    """The inbox of one database, as one process watches it."""

    database: Database
    viewer: Viewer
    _seen: dict[str, Signature] = field(default_factory=dict)
    _stuck: set[tuple[str, Signature]] = field(default_factory=set)

    @property
    def folder(self) -> Path:
        """Where files are dropped."""
        return inbox_folder(self.database.path)

    def take(self) -> list[str]:
        """Take in every file that has not changed since the last look; return what became of each."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        _forget_old(self.folder)
        found = {path.name: _signature(path) for path in sorted(self.folder.iterdir()) if _is_result(path)}
        settled = [
            name
            for name, signature in found.items()
            if self._seen.get(name) == signature and (name, signature) not in self._stuck
        ]
        self._seen = found
        outcomes = []
        for name in settled:
            outcomes.append(self._take_one(self.folder / name))
            if (self.folder / name).exists():
                # It could not be moved: taking it again and again would fill the log.
                self._stuck.add((name, found[name]))
        return outcomes

    def _take_one(self, path: Path) -> str:
        manifest = path.with_name(path.name + _MANIFEST)
        upload_id, outcome = None, "refused"
        try:
            wishes = read_manifest(manifest)
            outcome, upload_id, words = self._load(path, wishes)
        except PlcError as error:
            words = error.message
        with self.database.write() as cursor:
            cursor.execute(
                load_sql("results", "log_inbox"),
                {
                    "entry_id": uuid.uuid4().hex, "file_name": path.name, "taken_at": clock.now(),
                    "outcome": outcome, "upload_id": upload_id, "words": words,
                },
            ).fetchall()  # fmt: skip
        _move(path, manifest, self.folder / (REFUSED if outcome == "refused" else DONE))
        return outcome

    def _load(self, path: Path, wishes: Manifest) -> tuple[str, str, str]:
        layout = find_layout(self.database, self.viewer, wishes.layout).answers if wishes.layout else {}
        staged = stage_upload(
            self.database, self.viewer, path, file_name=path.name, answers={**layout, **wishes.answers}
        )
        if staged.already_loaded and not staged.missing_answers:
            discard_upload(self.database, self.viewer, staged.upload_id)
            return "unchanged", staged.upload_id, "Everything in this file was here already."
        if reason := _why_it_waits(staged, wishes):
            return "waits", staged.upload_id, reason
        confirm_upload(self.database, self.viewer, staged.upload_id)
        return "confirmed", staged.upload_id, " ".join(staged.warnings) or "Taken in as the manifest says."


def inbox_folder(database_path: Path) -> Path:
    """The inbox of the database at this path, also for a process that cannot open it."""
    return database_path.resolve().parent / "inbox"


def drop_into_inbox(database_path: Path, path: Path, manifest: Manifest) -> Path:
    """Copy a file or folder and its manifest into the inbox, whole or not at all. Raises `BadFile`."""
    if not path.exists():
        raise BadFile(f"{path} does not exist. Check the path.")
    folder = inbox_folder(database_path)
    folder.mkdir(mode=0o700, exist_ok=True)
    target = folder / _free_name(folder, path.name)
    hidden = folder / f".{uuid.uuid4().hex}"
    if path.is_dir():
        shutil.copytree(path, hidden)
    else:
        shutil.copyfile(path, hidden)
    wishes = {name: getattr(manifest, name) for name in sorted(_KNOWN)}
    written = folder / f".{uuid.uuid4().hex}"
    written.write_text(json.dumps(wishes | {"answers": dict(manifest.answers)}), encoding="utf-8")
    written.replace(target.with_name(target.name + _MANIFEST))
    hidden.replace(target)
    return target


def read_manifest(path: Path) -> Manifest:
    """The manifest of a file; none is one without wishes. Raises `BadFile` when it cannot be understood."""
    if not path.exists():
        return Manifest()
    try:
        given: Any = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise BadFile(f"{path.name} is no JSON. Correct it and drop the file again.") from error
    answers = given.get("answers") or {} if isinstance(given, dict) else None
    if not isinstance(given, dict) or not isinstance(answers, dict) or set(given) - _KNOWN:
        raise BadFile(f"{path.name} may hold {', '.join(sorted(_KNOWN))} and nothing else.")
    layout = given.get("layout")
    if layout is not None and not isinstance(layout, str):
        raise BadFile(f"{path.name}: layout must be the name of a layout.")
    return Manifest(
        {str(key): str(value) for key, value in answers.items()},
        layout,
        given.get("confirm") is True,
        given.get("despite_warnings") is True,
    )


def inbox_log(database: Database, viewer: Viewer) -> list[InboxEntry]:
    """What came through the inbox, the latest first.

    A file's name may hold a student's, and what is said of it may repeat the name: both are for who may open
    every file. Others read of which day it is.
    """
    viewer.require(Permission.UPLOADS_READ)
    with database.read() as cursor:
        rows = cursor.execute(load_sql("results", "inbox_log"), {"listed": LOGGED}).fetchall()
    entries = [InboxEntry(*row) for row in rows]
    if sees_every_file(viewer):
        return entries
    return [
        replace(entry, file_name=f"File of {entry.taken_at:%-d %B %Y}", words=_FOR_OTHERS)
        for entry in entries
    ]


def _why_it_waits(staged: StagedUpload, wishes: Manifest) -> str | None:
    if staged.missing_answers:
        missing = ", ".join(staged.missing_answers)
        return f"Neither the file nor the roster says: {missing}. Answer it in the app."
    if not wishes.confirm:
        return "It waits for someone to confirm it."
    if staged.warnings and not wishes.despite_warnings:
        return f"Not confirmed without a look. {' '.join(staged.warnings)}"
    return None if staged.rows_accepted else "No row of it can be taken in. Look at its problems in the app."


def _is_result(path: Path) -> bool:
    if path.name.startswith(".") or path.is_symlink() or path.name in (DONE, REFUSED):
        return False
    if path.is_dir():
        # A link within a folder could lead to any file that the app may read.
        return not any(entry.is_symlink() for entry in path.rglob("*"))
    return path.is_file() and path.suffix != _MANIFEST


def _signature(path: Path) -> Signature:
    """What changes while a file or folder is still being written."""
    files = [path] if path.is_file() else sorted(entry for entry in path.rglob("*") if entry.is_file())
    manifest = path.with_name(path.name + _MANIFEST)
    signed = []
    for entry in [*files, *([manifest] if manifest.exists() else [])]:
        state = entry.stat()
        signed.append((str(entry), state.st_size, state.st_mtime_ns))
    return tuple(signed)


def _free_name(folder: Path, name: str) -> str:
    return name if not (folder / name).exists() else f"{uuid.uuid4().hex[:8]}-{name}"


def _move(path: Path, manifest: Path, folder: Path) -> None:
    """Out of the way; what cannot be moved stays and is not taken again by this process."""
    try:
        folder.mkdir(exist_ok=True)
        stamp = f"{clock.now():%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:4]}"
        path.replace(folder / f"{stamp}-{path.name}")
        (folder / f"{stamp}-{path.name}").touch()
        if manifest.exists():
            manifest.replace(folder / f"{stamp}-{manifest.name}")
    except OSError:
        return


def _forget_old(folder: Path) -> None:
    oldest = (datetime.now() - KEPT_FOR).timestamp()
    for kept in (folder / DONE, folder / REFUSED):
        for entry in kept.iterdir() if kept.is_dir() else ():
            if entry.stat().st_mtime < oldest:
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
