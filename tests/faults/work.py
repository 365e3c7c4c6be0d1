"""Work that can be killed at any moment, and what must hold when the database is opened again.

Whoever works writes to a journal before a piece of work and after it returned: what has a second line was
confirmed; what has only the first may be there whole or not at all.
"""

from __future__ import annotations

import json
import os
import sys
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from plc.bright_spots import latest_scan, scan_and_store
from plc.core import clock
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.inquiry import InquiryWording, edit_inquiry, inquiry, open_inquiry
from plc.meetings import NoteKind, meeting, notes, send_note, start_meeting
from plc.people import give_consent, own_consents, verify_audit
from plc.practices import (
    CardWording,
    add_file,
    card,
    edit_card,
    materials,
    read_material,
    remove_material,
    write_card,
)
from plc.practices.material_files import remove_stray_files
from plc.practices.wording import checked
from plc.results import confirm_upload, list_uploads, remove_leftovers, stage_upload, undo_upload

TEAM = "sample-team-1"
MEMBER = Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=(TEAM,))
ROWS = 3000
KINDS = ("upload", "inquiry", "card", "consent", "note", "scan")
SUBJECT = "Mathematics"


@dataclass(frozen=True, slots=True)
class Place:
    """A database, its journal, and what there is to work on."""

    database: Path
    inquiry_id: str
    meeting_id: str
    practice_id: str

    @property
    def words(self) -> tuple[str, str, str, str]:
        """The place as words of a command."""
        return str(self.database), self.inquiry_id, self.meeting_id, self.practice_id

    @property
    def journal(self) -> Path:
        return self.database.with_suffix(".journal")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the journal: a piece of work begun or done, by its number."""

    kind: str
    number: int
    done: bool


def prepare(path: Path) -> Place:
    """An inquiry, a running meeting and a card in the sample district."""
    with Database(path) as database:
        inquiry_id = open_inquiry(database, MEMBER, team_id=TEAM, wording=_wording(0))
        meeting_id = start_meeting(database, MEMBER, TEAM)
        practice_id = write_card(database, MEMBER, _card_wording(0), team_id=TEAM)
    return Place(path, inquiry_id, meeting_id, practice_id)


def journal(place: Place) -> list[Entry]:
    """What was written to the journal so far."""
    if not place.journal.exists():
        return []
    whole = place.journal.read_text(encoding="utf-8").rpartition("\n")[0]
    return [Entry(*json.loads(line)) for line in whole.splitlines()]


def work(place: Place, kind: str) -> None:
    """Do one kind of work again and again, until killed."""
    number = sum(1 for entry in journal(place) if not entry.done)
    written = os.open(place.journal, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with Database(place.database) as database:
        while True:
            number += 1
            piece = _PIECES[kind]
            os.write(written, f"{json.dumps([kind, number, False])}\n".encode())
            piece(database, place, number)
            os.write(written, f"{json.dumps([kind, number, True])}\n".encode())


def _wording(number: int) -> InquiryWording:
    return InquiryWording(
        title=f"Words {number}", challenge=f"Words {number} " * 50, subject=SUBJECT, school_year=2026
    )


def _card_wording(number: int) -> CardWording:
    return CardWording(title=f"Words {number}", steps=f"Words {number} " * 50)


def _upload(database: Database, place: Place, number: int) -> None:
    path = place.database.parent / f"kill-{number}.csv"
    head = (
        "student_id,teacher_id,section_id,school_id,grade,subject,school_year,assessment,date,score,max_score"
    )
    rows = (
        f"K{row},TK,SK,M1,6,{SUBJECT},2026,Kill {number},2026-02-01,{(row + number) % 100},100"
        for row in range(ROWS)
    )
    path.write_text("\n".join((head, *rows)), encoding="utf-8")
    staged = stage_upload(database, LOCAL_STEWARD, path)
    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
    # Every third is taken back at once, so that undoing is killed too.
    if number % 3 == 0:
        undo_upload(database, LOCAL_STEWARD, staged.upload_id)


def _inquiry(database: Database, place: Place, number: int) -> None:
    now = inquiry(database, MEMBER, place.inquiry_id)
    edit_inquiry(database, MEMBER, place.inquiry_id, _wording(number), seen_version=now.version)


def _card(database: Database, place: Place, number: int) -> None:
    now = card(database, MEMBER, place.practice_id)
    edit_card(database, MEMBER, place.practice_id, _card_wording(number), seen_version=now.version)
    # The file of the time before makes room.
    for before in materials(database, MEMBER, place.practice_id):
        remove_material(database, MEMBER, before.material_id)
    add_file(database, MEMBER, place.practice_id, file_name="steps.txt", content=_file_words(number))


def _file_words(number: int) -> bytes:
    return f"Words {number}\n".encode() * 10_000


def _until(number: int) -> date:
    return clock.now().date() + timedelta(days=number)


def _consent(database: Database, place: Place, number: int) -> None:
    give_consent(database, MEMBER, scope="school", until_on=_until(number))


def _note_id(number: int) -> str:
    return uuid.UUID(int=number).hex


def _note(database: Database, place: Place, number: int) -> None:
    step = meeting(database, MEMBER, place.meeting_id).steps[0].step_key
    send_note(
        database, MEMBER, place.meeting_id, note_id=_note_id(number), step_key=step,
        kind=NoteKind.DISCUSSION, words=f"Note {number}",
    )  # fmt: skip


def _scan(database: Database, place: Place, number: int) -> None:
    scan_and_store(database, LOCAL_STEWARD)


_PIECES: dict[str, Callable[[Database, Place, int], None]] = {
    "upload": _upload,
    "inquiry": _inquiry,
    "card": _card,
    "consent": _consent,
    "note": _note,
    "scan": _scan,
}


def findings(place: Place) -> list[str]:
    """What is wrong after a kill, in sentences; empty when every promise held. Opens the database anew."""
    entries = journal(place)
    with Database(place.database) as database:
        remove_leftovers(database)
        remove_stray_files(database, older_than=0.0)
        wrong = [
            *_wrong_uploads(database, entries),
            *_wrong_words(database, place, entries),
            *_wrong_cards(database, place, entries),
            *_wrong_scans(database),
        ]
        if database.log_set_aside:
            wrong.append("The log was taken for a damaged one.")
        audit = verify_audit(database, LOCAL_STEWARD)
        if not audit.whole:
            wrong.append(f"The audit is not whole: {audit.words}")
    return wrong


def _numbers(entries: list[Entry], kind: str) -> tuple[set[int], set[int]]:
    """Work of a kind that was done, and that was begun and may have been done."""
    done = {entry.number for entry in entries if entry.kind == kind and entry.done}
    return done, {entry.number for entry in entries if entry.kind == kind} - done


def _wrong_uploads(database: Database, entries: list[Entry]) -> Iterator[str]:
    done, begun = _numbers(entries, "upload")
    with database.read() as cursor:
        counted = cursor.execute(
            "select name, count(*) from result join assessment using (assessment_key)"
            " where name like 'Kill %' group by name"
        ).fetchall()
    rows = Counter({int(name.split()[1]): int(count) for name, count in counted})
    for number in sorted(done):
        expected = 0 if number % 3 == 0 else ROWS
        if rows[number] != expected:
            yield f"Upload {number} was confirmed and holds {rows[number]} of {expected} rows."
    for number in sorted(rows):
        if rows[number] != ROWS or number not in done | begun:
            yield f"Upload {number} holds {rows[number]} of {ROWS} rows."
    uploads = list_uploads(database, LOCAL_STEWARD)
    confirmed = [upload for upload in uploads if upload.state == "confirmed" and upload.file[:5] == "kill-"]
    if len(confirmed) != len(rows):
        yield f"{len(confirmed)} uploads say that they are confirmed, and {len(rows)} are there."
    staged = {upload.upload_id for upload in uploads if upload.state == "staged"}
    if left := {folder.name for folder in database.uploads.iterdir()} - staged:
        yield f"{len(left)} folders belong to no staged upload."


def _wrong_words(database: Database, place: Place, entries: list[Entry]) -> Iterator[str]:
    done, begun = _numbers(entries, "inquiry")
    said = inquiry(database, MEMBER, place.inquiry_id).wording
    number = int(said.title.split()[1])
    if replace(_wording(number), challenge=said.challenge) != said or said.challenge.split()[1] != str(
        number
    ):
        yield "An inquiry's wording is one half this and one half that."
    if number not in done | begun | {0} or number < max(done, default=0):
        yield f"The inquiry says {number}, and {max(done, default=0)} was confirmed."

    done, begun = _numbers(entries, "consent")
    held = [consent for consent in own_consents(database, MEMBER) if consent.scope == "school"]
    days = {consent.until_on for consent in held}
    if len(held) > 1 or (done and not held):
        yield f"{len(held)} consents are in force for one scope."
    if done and not days <= {_until(number) for number in {max(done)} | {n for n in begun if n > max(done)}}:
        yield "Another consent is in force than the last one given."

    done, begun = _numbers(entries, "note")
    present = Counter(note.note_id.replace("-", "") for note in notes(database, MEMBER, place.meeting_id))
    if lost := [number for number in done if present[_note_id(number)] != 1]:
        yield f"{len(lost)} notes were sent and are not there once."


def _wrong_cards(database: Database, place: Place, entries: list[Entry]) -> Iterator[str]:
    done, begun = _numbers(entries, "card")
    said = card(database, MEMBER, place.practice_id).wording
    number = int(said.title.split()[1])
    if said != checked(_card_wording(number)):
        yield "A card is one half this and one half that."
    if number not in done | begun | {0} or number < max(done, default=0):
        yield f"The card says {number}, and {max(done, default=0)} was confirmed."
    held = materials(database, MEMBER, place.practice_id)
    possible = {_file_words(number) for number in {max(done, default=0), *begun}}
    if any(read_material(database, MEMBER, each.material_id).content not in possible for each in held):
        yield "A file of the card is not the one that was added."
    if len(held) > 1 or (done and max(done) == number and not held):
        yield f"The card holds {len(held)} files."
    if {each.material_id for each in held} != {
        path.name for path in (database.folder / "materials").glob("*")
    }:
        yield "Files lie beside the database that no card holds."


def _wrong_scans(database: Database) -> Iterator[str]:
    with database.read() as cursor:
        halves = cursor.execute(
            "select (select count(*) from scan where scan_key not in (select scan_key from scan_finding)),"
            " (select count(*) from scan_finding where scan_key not in (select scan_key from scan))"
        ).fetchall()[0]
    if halves != (0, 0):
        yield f"{halves[0]} scans have no findings, and {halves[1]} findings belong to no scan."
    if latest_scan(database, LOCAL_STEWARD) is None:
        yield "There is no scan."


if __name__ == "__main__":
    database, inquiry_id, meeting_id, practice_id, kind = sys.argv[1:]
    work(Place(Path(database), inquiry_id, meeting_id, practice_id), kind)
