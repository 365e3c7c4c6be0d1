"""What a material may be: few kinds of files, known by their content and not by their name alone.

Office files are zip archives and are opened with limits, so that a small file cannot unfold into a large one.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Final

from plc.core.errors import BadFile

MEGABYTE: Final = 1024 * 1024
LARGEST: Final = 10 * MEGABYTE
LARGEST_FILM: Final = 20 * MEGABYTE
LONGEST_NAME: Final = 120
# A long lesson in an office file has some hundred parts; a bomb has many, or unfolds a thousandfold.
MOST_PARTS: Final = 2000
MOST_UNFOLDED: Final = 200 * MEGABYTE
# Enough of a file to find a student in it.
READ_AHEAD: Final = 2 * MEGABYTE

_OFFICE: Final = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv",
    "txt": "text/plain",
    "mp4": "video/mp4",
}
_OFFICE_PARTS: Final = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
}
_TAG: Final = re.compile(rb"<[^>]*>")
_UNSAFE_NAME: Final = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Media:
    """A file that may be kept: its name as shown, its kind, and what text it holds."""

    file_name: str
    media_type: str
    text: str


def recognised(file_name: str, content: bytes) -> Media:
    """The file if it may be a material. Raises `BadFile` saying why not and what to do."""
    name = _safe_name(file_name)
    ending = name.rpartition(".")[2].lower().replace("jpeg", "jpg")
    if ending not in MEDIA_TYPES:
        raise BadFile(
            f"Only {', '.join(MEDIA_TYPES)} files can be added. Save it as one of these, or add a link."
        )
    limit = LARGEST_FILM if ending == "mp4" else LARGEST
    if len(content) > limit:
        raise BadFile(
            f"This file is larger than {limit // MEGABYTE} MB. Make it smaller, or add a link to it."
        )
    if not content:
        raise BadFile("This file is empty.")
    if not _is_what_it_says(ending, content):
        raise BadFile(f"What is in this file is not {ending}. Save it again as {ending} and try once more.")
    return Media(name, MEDIA_TYPES[ending], _text_of(ending, content))


def _safe_name(file_name: str) -> str:
    """The name, if it is a plain one: no folders, no control or direction marks, no hidden files."""
    name = file_name.strip()
    if not name or len(name) > LONGEST_NAME or _UNSAFE_NAME.search(name) or name.startswith("."):
        raise BadFile(
            f"Rename this file: at most {LONGEST_NAME} letters, digits, spaces, dots, dashes and underscores."
        )
    return name


def _is_what_it_says(ending: str, content: bytes) -> bool:
    match ending:
        case "pdf":
            return content.startswith(b"%PDF-")
        case "png":
            return content.startswith(b"\x89PNG\r\n\x1a\n")
        case "jpg":
            return content.startswith(b"\xff\xd8\xff")
        case "mp4":
            return content[4:8] == b"ftyp"
        case "csv" | "txt":
            return b"\x00" not in content and _decoded(content) is not None
        case _:
            return _is_office(ending, content)


def _is_office(ending: str, content: bytes) -> bool:
    """A zip with the part its kind needs, no macros, and no more than a long document unfolds to."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    names = {part.filename for part in parts}
    return (
        _OFFICE_PARTS[ending] in names
        and "[Content_Types].xml" in names
        and len(parts) <= MOST_PARTS
        and sum(part.file_size for part in parts) <= MOST_UNFOLDED
        and not any("vbaproject" in name.lower() for name in names)
    )


def _text_of(ending: str, content: bytes) -> str:
    """The readable text of a file, as far as it is looked through; empty for pictures, films and PDF."""
    if ending in ("csv", "txt"):
        return _decoded(content[:READ_AHEAD]) or ""
    if ending not in _OFFICE_PARTS:
        return ""
    read, found = 0, []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.infolist():
            if not part.filename.endswith(".xml") or read >= READ_AHEAD:
                continue
            try:
                with archive.open(part) as opened:
                    xml = opened.read(READ_AHEAD - read)
            except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
                raise BadFile("This file cannot be opened. Save it again without a password.") from error
            read += len(xml)
            found.append(_TAG.sub(b" ", xml).decode("utf-8", errors="replace"))
    return " ".join(found)


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
