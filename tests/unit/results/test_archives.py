"""Zip files within limits, and a refusal in words beyond them."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from plc.core.errors import BadFile
from plc.database import Database
from plc.results import archives
from tests.unit.results.files import counts, load, results, row, stage


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


FILE = results(row("01", 5)).encode()


def test_a_zip_of_one_results_file_is_that_file(database: Database, tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", **{"export/grades.csv": FILE, "__MACOSX/._grades.csv": b"x", "readme.md": b"x"}
    )
    assert counts(load(database, path)) == (1, 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"../evil.csv": FILE}, "outside the zip"),
        ({"/etc/evil.csv": FILE}, "outside the zip"),
        ({"..\\evil.csv": FILE}, "outside the zip"),
        ({"C:\\evil.csv": FILE}, "outside the zip"),
        ({"inner.zip": b"PK"}, "another zip"),
        ({"a/results.csv": FILE, "b/results.csv": FILE}, "two files named"),
        ({"readme.md": b"hello"}, "holds no table"),
        ({"one.csv": FILE, "two.csv": FILE}, "several files that are no bundle"),
        ({"bomb.csv": b"0" * 300_000_000}, "unpacks to far more"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_zip_that_is_no_table_or_a_danger_is_refused(
    database: Database, tmp_path: Path, files: dict[str, bytes], says: str
) -> None:
    with pytest.raises(BadFile, match=says):
        stage(database, zipped(tmp_path / "a.zip", **files))
    assert not list(database.uploads.iterdir())


def test_a_declared_size_of_ten_gigabytes_is_refused_unread(database: Database, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"results.csv": FILE})
    content = bytearray(path.read_bytes())
    # Field 24 of a central directory entry: the uncompressed size; 4 GB is the most it can say.
    struct.pack_into("<L", content, content.rindex(b"PK\x01\x02") + 24, 0xFFFFFFFE)
    path.write_bytes(bytes(content))
    with pytest.raises(BadFile, match="unpacks to more than 2 GB"):
        stage(database, path)


def test_a_zip_that_declares_too_little_is_refused(database: Database, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"results.csv": FILE * 50})
    content = bytearray(path.read_bytes())
    struct.pack_into("<L", content, content.rindex(b"PK\x01\x02") + 24, 10)
    path.write_bytes(bytes(content))
    with pytest.raises(BadFile):
        stage(database, path)


def test_too_many_entries_are_refused(database: Database, tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "a.zip", **{f"{number}.csv": b"" for number in range(archives.MAXIMUM_ENTRIES + 1)}
    )
    with pytest.raises(BadFile, match="holds more than 1,000 files"):
        stage(database, path)


def test_a_truncated_zip_is_refused(database: Database, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"results.csv": FILE})
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(BadFile, match="damaged"):
        stage(database, path)


def test_a_zip_whose_data_is_damaged_is_refused(database: Database, tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", **{"results.csv": FILE * 50})
    content = bytearray(path.read_bytes())
    content[60:80] = b"\xff" * 20
    path.write_bytes(bytes(content))
    with pytest.raises(BadFile, match="damaged"):
        stage(database, path)
