"""What came is copied once, hashed on the way, into the folder of its upload: one file or several tables."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plc.core.errors import BadFile
from plc.results.archives import check_archive, is_workbook, unpack_tables
from plc.results.bundle import bundle_tables
from plc.results.formats.door import recognised_files

_CHUNK = 1024**2
# What a results file is kept as; a bundle's tables keep their own names.
_ONE_FILE = "file"
# Results wait here with student ids in them.
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Received:
    """The copy of what came. `sha256` is of the bytes of a file, or of the hashes of a folder's tables."""

    file: str
    sha256: str
    paths: tuple[Path, ...]

    @property
    def tables(self) -> dict[str, Path]:
        """The tables of a bundle; none for a single results file. Raises `BadFile` for unrelated files."""
        if self.paths[0].name == _ONE_FILE:
            return {}
        tables = bundle_tables(self.paths)
        if len(self.paths) > 1 and not tables:
            raise BadFile(f"{self.file} holds several files that are no bundle. Load them one by one.")
        return tables


def receive(came: Path | bytes, folder: Path, *, name: str) -> Received:
    """Copy a file (or its bytes), a folder's tables or a zip's tables into `folder`, for their owner only.

    Raises `BadFile` when there is none.
    """
    received = _receive(came, folder, name=name)
    for kept in received.paths:
        kept.chmod(OWNER_ONLY)
    return received


def _receive(came: Path | bytes, folder: Path, *, name: str) -> Received:
    if isinstance(came, Path) and came.is_dir():
        return _receive_folder(came, folder, name=name)
    if isinstance(came, Path) and not came.is_file():
        raise BadFile(f"{came} does not exist. Check the path.")
    if not (came.stat().st_size if isinstance(came, Path) else came):
        raise BadFile(f"{name} is empty (0 bytes). Export it again and check that it holds rows.")
    target = folder / _ONE_FILE
    sha256 = copy_file(came, target)
    with target.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if zipped and not is_workbook(check_archive(target, name=name)):
        return _receive_zip(target, folder, name=name, sha256=sha256)
    return Received(name, sha256, (target,))


def copy_file(came: Path | bytes, target: Path) -> str:
    """Copy a file, or write what came as bytes, and return the SHA-256 of its bytes."""
    digest = hashlib.sha256()
    target.touch(mode=OWNER_ONLY, exist_ok=False)
    with came.open("rb") if isinstance(came, Path) else io.BytesIO(came) as source, target.open("wb") as copy:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            copy.write(chunk)
    return digest.hexdigest()


def _receive_folder(path: Path, folder: Path, *, name: str) -> Received:
    found = tuple(sorted(entry for entry in path.iterdir() if entry.is_file()))
    kept: Mapping[Path, str] | None = recognised_files(found)
    if not kept:
        tables = bundle_tables(found)
        if not tables:
            raise BadFile(f"{name} holds no table of a bundle, such as results.csv and assessments.csv.")
        if set(tables) == {"results"}:
            return _receive(tables["results"], folder, name=f"{name}/{tables['results'].name}")
        kept = {entry: _table_file(table, entry) for table, entry in sorted(tables.items())}
    hashes = {own: copy_file(entry, folder / own) for entry, own in kept.items()}
    together = "\n".join(f"{own} {sha256}" for own, sha256 in hashes.items())
    return Received(
        name, hashlib.sha256(together.encode()).hexdigest(), tuple(folder / own for own in hashes)
    )


def _receive_zip(target: Path, folder: Path, *, name: str, sha256: str) -> Received:
    unpacked = unpack_tables(target, folder, name=name)
    target.unlink()
    if not unpacked:
        raise BadFile(f"{name} holds no table. Zip CSV, XLSX or Parquet files.")
    if known := recognised_files(unpacked):
        # Files of the set that no one reads (demographics) are not kept either.
        for entry in set(unpacked) - set(known):
            entry.unlink()
        return Received(name, sha256, tuple(entry.rename(folder / own) for entry, own in known.items()))
    tables = bundle_tables(tuple(unpacked))
    if len(unpacked) > 1 and len(tables) < 2:
        raise BadFile(f"{name} holds several files that are no bundle. Load them one by one.")
    if not tables or set(tables) == {"results"}:
        return Received(name, sha256, (unpacked[0].rename(target),))
    return Received(
        name,
        sha256,
        tuple(entry.rename(folder / _table_file(table, entry)) for table, entry in sorted(tables.items())),
    )


def _table_file(table: str, path: Path) -> str:
    """The name under which a bundle's table is kept: SQL would read `results[1].csv` as a pattern."""
    return table + path.suffix.lower()
