"""Takes out of a file what names its author where nobody looks: an office file's properties, a photo's data.

What a reader sees stays as it is. A PDF or a film cannot be cleaned without writing it anew.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from typing import Final

from plc.core.errors import BadFile

CANNOT_BE_CLEANED: Final = ("application/pdf", "video/mp4")
# Chunks of a picture that draw it (PNG, third edition, 11.2 and 11.3); all others are about it.
_PNG_DRAWN: Final = frozenset(
    (
        b"IHDR",
        b"PLTE",
        b"IDAT",
        b"IEND",
        b"tRNS",
        b"gAMA",
        b"cHRM",
        b"sRGB",
        b"sBIT",
        b"bKGD",
        b"pHYs",
        b"acTL",
        b"fcTL",
        b"fdAT",
    )
)
# JFIF, the colour profile and Adobe's colour transform are needed to draw it (ITU-T T.81, table B.1).
_JPG_KEPT: Final = frozenset((0xE0, 0xE2, 0xEE))
_ORIENTATION: Final = 0x0112
_PROPERTIES: Final = {
    "docProps/core.xml": b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
    b'metadata/core-properties"/>',
    "docProps/app.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"/>',
    "docProps/custom.xml": b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'custom-properties"/>',
}
# Who wrote a comment or a tracked change, and the folder a workbook was saved in.
_SIGNED: Final = re.compile(
    rb'(\s(?:\w+:)?(?:author|initials|userId|providerId|displayName|lastModifiedBy|userName)=)("[^"]*"|\'[^\']*\')'
)
_SIGNED_CELL: Final = re.compile(rb"(<(?:\w+:)?author>)[^<]*(</)")
_SAVED_IN: Final = re.compile(rb"<x15ac:absPath[^>]*/>")
_NAMED: Final = re.compile(rb'(\sname=)("[^"]*"|\'[^\']*\')')
_BROKEN: Final = (IndexError, ValueError, struct.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
_AUTHOR_LISTS: Final = ("ppt/commentAuthors.xml", "ppt/authors.xml")


def unsigned(media_type: str, content: bytes) -> bytes:
    """The file without its author's name in its properties; one of `CANNOT_BE_CLEANED` as it is.

    Raises `BadFile` for a file that is broken.
    """
    try:
        if media_type == "image/png":
            return _png(content)
        if media_type == "image/jpeg":
            return _jpg(content)
        if "openxmlformats" in media_type:
            return _office(content)
    except _BROKEN as error:
        raise BadFile("This file cannot be opened. Save it again without a password.") from error
    return content


def _office(content: bytes) -> bytes:
    cleaned = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(cleaned, "w") as after:
        for part in before.infolist():
            entry = zipfile.ZipInfo(part.filename)
            entry.compress_type = zipfile.ZIP_DEFLATED
            after.writestr(entry, _part(part.filename, before.read(part)))
    return cleaned.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name in _PROPERTIES:
        return _PROPERTIES[name]
    lower = name.lower()
    if lower.endswith((".jpg", ".jpeg")) and content.startswith(b"\xff\xd8\xff"):
        return _jpg(content)
    if lower.endswith(".png") and content.startswith(b"\x89PNG"):
        return _png(content)
    if not lower.endswith(".xml"):
        return content
    content = _SAVED_IN.sub(b"", _SIGNED_CELL.sub(rb"\1\2", _SIGNED.sub(rb'\1""', content)))
    return _NAMED.sub(rb'\1""', content) if name in _AUTHOR_LISTS else content


def _png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if kind in _PNG_DRAWN:
            kept.append(content[at:end])
        if kind == b"IEND":
            break
        at = end
    return b"".join(kept)


def _jpg(content: bytes) -> bytes:
    """Segments that draw the picture, and which way up it is."""
    kept, at, turned = [content[:2]], 2, b""
    while at + 4 <= len(content):
        if content[at] != 0xFF:
            raise ValueError("a segment begins with FF")
        marker = content[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker == 0xD9:
            break
        end = at + 2 + struct.unpack(">H", content[at + 2 : at + 4])[0]
        if marker == 0xE1:
            turned = turned or _way_up(content[at + 4 : end])
        if marker == 0xDA:
            end = _end_of_scan(content, end)
        if marker in _JPG_KEPT or not (0xE0 <= marker <= 0xEF or marker == 0xFE):
            kept.append(content[at:end])
        at = end
    return b"".join([kept[0], turned, *kept[1:], b"\xff\xd9"])


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the coded picture ends: at a marker that is neither a stuffed FF nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            return len(content)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _way_up(exif: bytes) -> bytes:
    """A segment that says which way up a photo is and nothing else; empty where its camera did not say."""
    if not exif.startswith(b"Exif\0\0"):
        return b""
    tiff = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return b""
    (at,) = struct.unpack(order + "I", tiff[4:8])
    (entries,) = struct.unpack(order + "H", tiff[at : at + 2])
    for entry in range(at + 2, at + 2 + 12 * entries, 12):
        tag, _, _, value = struct.unpack(order + "HHIH", tiff[entry : entry + 10])
        if tag == _ORIENTATION:
            said = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
            return b"\xff\xe1" + struct.pack(">H", len(said) + 8) + b"Exif\0\0" + said
    return b""
