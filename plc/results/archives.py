"""Zip files and workbooks are opened only within limits, so that a small file cannot become a huge one."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path, PurePosixPath

from plc.core.errors import BadFile

# A district's yearly export has tens of tables and stays under 1 GB; text compresses up to about 20 to 1,
# long runs of one value up to 100 to 1, while DEFLATE bombs reach 1,000 to 1.
MAXIMUM_ENTRIES = 1_000
MAXIMUM_BYTES = 2 * 1024**3
MAXIMUM_RATIO = 200
# Below this size a high ratio does no harm.
RATIO_MATTERS_FROM_BYTES = 10 * 1024**2
# File systems keep names of up to 255 bytes.
LONGEST_NAME_BYTES = 255
_CHUNK = 1024**2
_ARCHIVES = {".zip", ".gz", ".7z", ".rar", ".tar", ".bz2", ".xz"}
_TABLES = {".csv", ".tsv", ".txt", ".text", ".parquet", ".xlsx"}


def check_archive(path: Path, *, name: str) -> list[zipfile.ZipInfo]:
    """The entries of a zip file within the limits. Raises `BadFile` beyond them or when it is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise BadFile(f"{name} is a damaged zip file. Download or save it again.") from error
    if len(entries) > MAXIMUM_ENTRIES:
        raise BadFile(f"{name} holds more than {MAXIMUM_ENTRIES:,} files. Zip only the tables to load.")
    if sum(entry.file_size for entry in entries) > MAXIMUM_BYTES:
        raise BadFile(_too_large_words(name))
    for entry in entries:
        large = entry.file_size > RATIO_MATTERS_FROM_BYTES
        if large and entry.file_size > MAXIMUM_RATIO * max(entry.compress_size, 1):
            raise BadFile(f"{name} unpacks to far more than a table would. Load the unpacked tables instead.")
        if entry.flag_bits & 1:
            raise BadFile(f"{name} is protected by a password. Save it without one and load it again.")
    return entries


def is_workbook(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether a zip file is an XLSX workbook."""
    return any(entry.filename == "xl/workbook.xml" for entry in entries)


def unpack_tables(path: Path, folder: Path, *, name: str) -> list[Path]:
    """Unpack the tables of a zip file flat into `folder` and return their paths.

    Raises `BadFile` for names that leave the folder, links, zips within the zip, or more bytes than declared.
    """
    unpacked: list[Path] = []
    budget = MAXIMUM_BYTES
    for entry in check_archive(path, name=name):
        inner = PurePosixPath(entry.filename.replace("\\", "/"))
        if entry.is_dir() or _is_clutter(inner):
            continue
        if inner.is_absolute() or ".." in inner.parts or ":" in entry.filename or "\0" in entry.filename:
            raise BadFile(f"{name} holds a file name that points outside the zip. Zip the tables again.")
        if len(inner.name.encode()) > LONGEST_NAME_BYTES:
            raise BadFile(f"{name} holds a file whose name is too long to keep. Shorten it and zip it again.")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise BadFile(f"{name} holds a link instead of a file. Zip the tables themselves.")
        if inner.suffix.lower() in _ARCHIVES:
            raise BadFile(f"{name} holds another zip file. Unpack it and zip only the tables.")
        if inner.suffix.lower() not in _TABLES:
            continue
        target = folder / inner.name
        if target.exists():
            raise BadFile(f"{name} holds two files named {inner.name}. Keep one of them.")
        budget -= _unpack(path, entry, target, name=name, budget=budget)
        unpacked.append(target)
    return unpacked


def _unpack(path: Path, entry: zipfile.ZipInfo, target: Path, *, name: str, budget: int) -> int:
    written = 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as source, target.open("xb") as file:
            while chunk := source.read(_CHUNK):
                written += len(chunk)
                if written > min(budget, entry.file_size):
                    raise BadFile(_too_large_words(name))
                file.write(chunk)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise BadFile(f"{name} is a damaged zip file. Download or save it again.") from error
    except Exception as error:  # zlib.error, lzma.LZMAError: damaged streams
        if isinstance(error, BadFile):
            raise
        raise BadFile(f"{name} is a damaged zip file. Download or save it again.") from error
    return written


def _is_clutter(inner: PurePosixPath) -> bool:
    return inner.parts[:1] == ("__MACOSX",) or inner.name.startswith(".")


def _too_large_words(name: str) -> str:
    return f"{name} unpacks to more than {MAXIMUM_BYTES // 1024**3} GB. Load its tables one by one."
