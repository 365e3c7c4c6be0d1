"""Files and links of a card: what may be one, who may have it, and nothing of a student in it."""

from __future__ import annotations

import io
import os
import stat
import struct
import time
import zipfile
import zlib

import pytest

from plc.core.errors import BadFile, NotAllowed, NotFound, PlcError
from plc.core.viewer import Viewer
from plc.database import Database
from plc.practices import (
    NamesStudent,
    add_file,
    add_link,
    materials,
    read_material,
    remove_material,
    set_material_shared,
    share_card,
    withdraw_card,
    write_card,
)
from plc.practices.material_files import STRAY_SECONDS, remove_stray_files
from plc.practices.materials import MOST_MATERIALS
from plc.practices.media import LARGEST, recognised
from plc.practices.replication import _take
from plc.practices.unsigned import unsigned
from plc.results import student_words
from tests.unit.practices.library_district import (
    ADA,
    BEN,
    DAN,
    LEADER,
    NEXT_MONTH,
    REVIEWER,
    SORT,
    STUDENT,
    add_test,
    shared,
)

PDF = b"%PDF-1.7 exit tickets"


def chunk(kind: bytes, said: bytes = b"") -> bytes:
    return struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))


def segment(marker: int, said: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(said) + 2) + said


def exif(said: bytes) -> bytes:
    """Camera data: turned by 90 degrees (6), and a name behind it."""
    return b"Exif\0\0" + struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0) + said


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", b"0" * 13) + chunk(b"IEND")
JPG = b"\xff\xd8" + segment(0xE0, b"JFIF") + segment(0xDA, b"0") + b"picture\xff\x00\xff\xd9"
FILM = b"\x00\x00\x00\x18ftypmp42" + b"0" * 20


def office(kind: str = "word/document.xml", text: str = "Sort the tickets", **further: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(kind, f"<w:t>{text}</w:t>")
        for name, content in further.items():
            archive.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    """What is in a file: the parts of an office file, else all of it."""
    if not content.startswith(b"PK"):
        return {"": content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("board.png", PNG[:33] + chunk(b"tEXt", b"Author\0Ms Ada") + PNG[33:] + b"Ms Ada"),
        (
            "board.jpg",
            JPG[:2] + segment(0xE1, exif(b"Ms Ada")) + segment(0xFE, b"Ms Ada") + JPG[2:] + b"Ms Ada",
        ),
        (
            "plan.docx",
            office(
                "word/document.xml",
                "Sort",
                **{
                    "docProps/core.xml": b"<dc:creator>Ms Ada</dc:creator>",
                    "docProps/app.xml": b"<Company>Ms Ada</Company>",
                    "docProps/custom.xml": b"<vt:lpwstr>Ms Ada</vt:lpwstr>",
                    "word/comments.xml": b'<w:comment w:author="Ms Ada" w:initials="Ms Ada"/>',
                    "word/people.xml": b'<w15:person w15:author="Ms Ada"/>',
                    "word/media/photo.jpg": JPG[:2] + segment(0xE1, b"Ms Ada") + JPG[2:],
                },
            ),
        ),
        (
            "plan.pptx",
            office(
                "ppt/presentation.xml", "Slides", **{"ppt/commentAuthors.xml": b'<p:cmAuthor name="Ms Ada"/>'}
            ),
        ),
        (
            "sheet.xlsx",
            office(
                "xl/workbook.xml",
                "Sheet",
                **{
                    "xl/comments1.xml": b"<authors><author>Ms Ada</author></authors>",
                    "xl/persons/person.xml": b'<person displayName="Ms Ada" userId="Ms Ada"/>',
                },
            ),
        ),
    ],
)
def test_what_a_file_notes_of_who_made_it_does_not_leave(
    district: Database, name: str, content: bytes
) -> None:
    practice_id = shared(district)
    material_id = add_file(district, ADA, practice_id, file_name=name, content=content)
    for viewer in (BEN, DAN, LEADER):
        assert b"Ms Ada" not in b"".join(parts(read_material(district, viewer, material_id).content).values())
    assert read_material(district, ADA, material_id).content == content


def test_a_photo_stays_the_way_up_it_was_taken() -> None:
    cleaned = unsigned("image/jpeg", JPG[:2] + segment(0xE1, exif(b"Ms Ada")) + JPG[2:])
    assert cleaned == JPG[:2] + segment(0xE1, exif(b"")) + JPG[2:]


@pytest.mark.parametrize(("name", "content"), [("a.pdf", PDF), ("a.mp4", FILM)])
def test_what_can_carry_her_name_inside_waits_until_every_author_shows_hers(
    district: Database, name: str, content: bytes
) -> None:
    practice_id = shared(district)
    material_id = add_file(district, ADA, practice_id, file_name=name, content=content)
    assert ids(district, BEN, practice_id) == {material_id}
    for viewer in (DAN, LEADER):
        assert ids(district, viewer, practice_id) == set()
        with pytest.raises(NotFound):
            read_material(district, viewer, material_id)
    share_card(district, ADA, practice_id, scope="district", name_shown="name", until_on=NEXT_MONTH)
    assert read_material(district, DAN, material_id).content == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tickets.pdf", PDF),
        ("board.PNG", PNG),
        ("board.jpeg", JPG),
        ("plan.docx", office()),
        ("plan.pptx", office("ppt/presentation.xml")),
        ("sheet.xlsx", office("xl/workbook.xml")),
        ("list.csv", b"question,pile\nWhat is 3x?,middle\n"),
        ("words.txt", "Größe".encode("cp1252")),
        ("lesson.mp4", FILM),
    ],
)
def test_a_colleague_gets_the_file_as_it_was_given(district: Database, name: str, content: bytes) -> None:
    practice_id = shared(district, name_shown="name")
    material_id = add_file(district, ADA, practice_id, file_name=name, content=content)
    for viewer in (ADA, BEN, DAN, LEADER):
        file = read_material(district, viewer, material_id)
        assert file.file_name == name
        assert parts(file.content) == parts(content)
    place = district.folder / "materials" / material_id
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [path.name for path in place.parent.iterdir()] == [material_id]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.exe", b"MZ"),
        ("page.html", b"<script>"),
        ("picture.svg", b"<svg onload='x'/>"),
        ("archive.zip", office()),
        ("tickets.pdf", b"MZ not a pdf"),
        ("board.png", PDF),
        ("plan.docx", b"PK\x03\x04 broken"),
        ("plan.docx", office("xl/workbook.xml")),
        ("plan.docx", office(word__vbaProject_bin=b"x", word__vbaProject=b"x")),
        ("words.txt", b"a\x00b"),
        ("empty.pdf", b""),
        ("large.pdf", b"%PDF-" + b"0" * LARGEST),
        ("../../etc/passwd.txt", b"x"),
        ("..\\up.txt", b"x"),
        ("/etc/cron.txt", b"x"),
        (".hidden.txt", b"x"),
        ("evil\x00.txt", b"x"),
        ("gpj.\u202etxt", b"x"),
        ("n" * 200 + ".txt", b"x"),
    ],
)
def test_what_is_not_a_material_is_refused_and_leaves_nothing(
    district: Database, name: str, content: bytes
) -> None:
    practice_id = write_card(district, ADA, SORT)
    with pytest.raises(BadFile):
        add_file(district, ADA, practice_id, file_name=name, content=content)
    assert materials(district, ADA, practice_id) == []
    assert not (district.folder / "materials").exists()


def test_a_small_file_that_unfolds_into_a_large_one_is_refused() -> None:
    bomb = office(word__media=b"0" * (201 * 1024 * 1024))
    assert len(bomb) < LARGEST
    with pytest.raises(BadFile):
        recognised("plan.docx", bomb)


def test_a_student_in_a_file_name_is_refused_without_being_repeated(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(student_words, "known_student_names", lambda _: frozenset({("jamie", "quill")}))
    practice_id = write_card(district, ADA, SORT)
    for name in ("ticket Jamie Quill.pdf", "quill_jamie_ticket.pdf", f"{STUDENT}.pdf", f"t_{STUDENT}_1.pdf"):
        with pytest.raises(NamesStudent) as caught:
            add_file(district, ADA, practice_id, file_name=name, content=PDF)
        assert "File name" in caught.value.message
        assert "uill" not in caught.value.message
        assert STUDENT not in caught.value.message
    assert materials(district, ADA, practice_id) == []
    assert not (district.folder / "materials").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("tickets.csv", f"student,pile\n{STUDENT},middle\n".encode()),
        ("tickets.docx", office(text=f"Pile of {STUDENT}")),
        ("tickets.xlsx", office("xl/workbook.xml", xl__sharedStrings_xml=b"", text=STUDENT)),
    ],
)
def test_a_student_in_the_text_of_a_file_is_refused(district: Database, name: str, content: bytes) -> None:
    practice_id = write_card(district, ADA, SORT)
    with pytest.raises(NamesStudent, match="The text in the file"):
        add_file(district, ADA, practice_id, file_name=name, content=content)


@pytest.mark.parametrize("between", ["\u200b", "\u2060", "\u00ad", "\ufeff"])
def test_a_sign_that_nobody_sees_hides_no_student(district: Database, between: str) -> None:
    practice_id = write_card(district, ADA, SORT)
    wide = STUDENT.translate({ord("0") + digit: 0xFF10 + digit for digit in range(10)})
    for written in (between.join(STUDENT), wide):
        with pytest.raises(NamesStudent, match="Title"):
            add_link(district, ADA, practice_id, url="https://example.org/work", title=f"By {written}")


def test_a_name_that_a_teacher_keeps_of_her_students_is_refused_in_a_file_name(
    district: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice_id = write_card(district, ADA, SORT)
    monkeypatch.setattr(student_words, "every_kept_name", lambda _: frozenset({"Quill, Jamie", "Ada"}))
    with pytest.raises(NamesStudent, match="File name"):
        add_file(district, ADA, practice_id, file_name="ticket jamie quill.pdf", content=PDF)
    assert add_file(district, ADA, practice_id, file_name="Ada.pdf", content=PDF)


def test_a_link_in_place_of_a_file_is_not_followed_out_of_the_folder(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT)
    material_id = add_file(district, ADA, practice_id, file_name="ticket.pdf", content=PDF)
    place = district.folder / "materials" / material_id
    place.unlink()
    place.symlink_to("/etc/hostname")
    with pytest.raises((BadFile, NotFound)) as caught:
        read_material(district, ADA, material_id)
    assert "/etc" not in str(caught.value)


def test_a_student_in_a_link_or_title_is_refused(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT)
    with pytest.raises(NamesStudent, match="Link"):
        add_link(district, ADA, practice_id, url=f"https://example.org/work/{STUDENT}")
    with pytest.raises(NamesStudent, match="Title"):
        add_link(district, ADA, practice_id, url="https://example.org/work", title=f"By {STUDENT}")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "//example.org",
        "example.org",
        "https://",
        "https://localhost/x",
        "https://user:secret@example.org/x",
        "https://example.org/a b",
        "https://example.org/\nx",
        "https://" + "e" * 3000 + ".org",
    ],
)
def test_only_whole_web_addresses_are_links(district: Database, url: str) -> None:
    practice_id = write_card(district, ADA, SORT)
    with pytest.raises(PlcError):
        add_link(district, ADA, practice_id, url=url)
    add_link(district, ADA, practice_id, url="https://example.org/tickets?x=1#a")
    assert [material.title for material in materials(district, ADA, practice_id)] == ["example.org"]


def ids(database: Database, viewer: Viewer, practice_id: str) -> set[str]:
    return {material.material_id for material in materials(database, viewer, practice_id)}


def test_a_material_kept_in_the_team_stays_there(district: Database) -> None:
    practice_id = shared(district, name_shown="name")
    open_id = add_file(district, ADA, practice_id, file_name="a.pdf", content=PDF)
    kept_id = add_file(district, ADA, practice_id, file_name="b.pdf", content=PDF, shared=False)
    assert ids(district, BEN, practice_id) == {open_id, kept_id}
    assert ids(district, DAN, practice_id) == {open_id}
    with pytest.raises(NotFound):
        read_material(district, DAN, kept_id)
    set_material_shared(district, ADA, kept_id, shared=True)
    assert read_material(district, DAN, kept_id).content == PDF


def test_a_file_is_asked_for_anew_each_time(district: Database) -> None:
    practice_id = shared(district, name_shown="name")
    material_id = add_file(district, ADA, practice_id, file_name="a.pdf", content=PDF)
    _take(district, DAN, practice_id, "team-2")
    add_test(district, practice_id, "t1", team_id="team-2", teachers=("T4",))
    assert read_material(district, DAN, material_id).content == PDF
    withdraw_card(district, ADA, practice_id, keep_card=False)
    for viewer in (BEN, DAN, LEADER, REVIEWER):
        with pytest.raises(NotFound):
            read_material(district, viewer, material_id)
    for guess in ("../plc.duckdb", "x", material_id.upper(), "0" * 32):
        with pytest.raises(NotFound):
            read_material(district, ADA, guess)


def test_a_reviewer_gets_no_file(district: Database) -> None:
    practice_id = shared(district, scope="network")
    material_id = add_file(district, ADA, practice_id, file_name="a.pdf", content=PDF)
    assert materials(district, REVIEWER, practice_id) == []
    with pytest.raises(NotFound):
        read_material(district, REVIEWER, material_id)


def test_only_an_author_adds_and_takes_off_and_the_file_goes_too(district: Database) -> None:
    practice_id = shared(district)
    material_id = add_file(district, ADA, practice_id, file_name="a.pdf", content=PDF)
    for viewer in (BEN, DAN):
        with pytest.raises(NotAllowed):
            add_file(district, viewer, practice_id, file_name="b.pdf", content=PDF)
        with pytest.raises(NotFound):
            remove_material(district, viewer, material_id)
        with pytest.raises(NotFound):
            set_material_shared(district, viewer, material_id, shared=False)
    assert len(list((district.folder / "materials").iterdir())) == 1
    remove_material(district, ADA, material_id)
    assert list((district.folder / "materials").iterdir()) == []
    with pytest.raises(NotFound):
        read_material(district, ADA, material_id)


def test_a_file_changed_on_the_disk_is_not_handed_out(district: Database) -> None:
    practice_id = shared(district)
    material_id = add_file(district, ADA, practice_id, file_name="a.pdf", content=PDF)
    (district.folder / "materials" / material_id).write_bytes(b"%PDF- something else")
    with pytest.raises(BadFile, match="changed on the server"):
        read_material(district, BEN, material_id)


def test_a_card_is_no_archive(district: Database) -> None:
    practice_id = write_card(district, ADA, SORT)
    for number in range(MOST_MATERIALS):
        add_link(district, ADA, practice_id, url=f"https://example.org/{number}")
    with pytest.raises(PlcError, match="at most"):
        add_file(district, ADA, practice_id, file_name="a.pdf", content=PDF)
    assert list((district.folder / "materials").iterdir()) == []


def test_a_file_that_no_card_holds_is_deleted_after_a_week_and_one_that_is_held_stays(
    district: Database,
) -> None:
    material_id = add_file(district, ADA, shared(district), file_name="board.png", content=PNG)
    folder = district.folder / "materials"
    stray = folder / ("0" * 32)
    stray.write_bytes(PNG)
    assert remove_stray_files(district) == 0
    long_ago = time.time() - STRAY_SECONDS - 60
    for place in folder.iterdir():
        os.utime(place, (long_ago, long_ago))
    assert remove_stray_files(district) == 1
    assert [place.name for place in folder.iterdir()] == [material_id]
