"""A checkpoint that is cut short costs nothing, however much of the file it had written."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plc.core.errors import DatabaseUnavailable
from plc.database import Database
from plc.database.checkpoints import HEADER_BYTES, LONG_LOG_BYTES, DatabaseFile, kept_file
from plc.database.database import raise_data_version

BLOCK = 256 * 1024


def headers(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(HEADER_BYTES)


def rows_of(database: Database) -> list[tuple[int, int]]:
    with database.read() as cursor:
        return cursor.execute("select count(*), count(distinct standard_id) from standard_version").fetchall()


def add_standards(database: Database, begin: int, end: int) -> None:
    with database.write() as cursor:
        cursor.execute(
            f"insert into standard_version select i, md5(i::varchar), 1, null from range({begin}, {end}) r(i)"
        ).fetchall()
        raise_data_version(cursor)


@pytest.fixture
def cut_short(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file whose checkpoint wrote everything but the header that would have made it count."""
    path, log, aside = tmp_path / "plc.duckdb", tmp_path / "plc.duckdb.wal", tmp_path / "aside"
    aside.mkdir()
    with Database(path) as database:
        add_standards(database, 0, 2000)
        database.checkpoint()
        # More than once, so that metadata lie in blocks that are partly free.
        add_standards(database, 2000, 2100)
        database.checkpoint()
        add_standards(database, 2100, 2200)
        before = headers(path)
        shutil.copyfile(log, aside / log.name)
        unlink = Path.unlink
        with monkeypatch.context() as patch:
            patch.setattr(Path, "unlink", lambda place, **_: shutil.copyfile(place, aside / place.name))
            database.checkpoint()
        unlink(kept_file(path))
        assert headers(path) != before
    shutil.move(aside / log.name, log)
    shutil.move(aside / kept_file(path).name, kept_file(path))
    with path.open("r+b") as opened:
        opened.write(before)
    (tmp_path / "plc.duckdb.commits").unlink()
    return path


def tear_metadata(path: Path) -> None:
    """Only the beginning of each block that was written in place has reached the disk."""
    kept = kept_file(path).read_bytes()[8 + 32 + HEADER_BYTES + 8 :]
    for begin in range(0, len(kept), 8 + BLOCK):
        number = int.from_bytes(kept[begin : begin + 8], "big")
        block = kept[begin + 8 : begin + 8 + BLOCK]
        with path.open("r+b") as opened:
            opened.seek(HEADER_BYTES + number * BLOCK)
            # The checksum is of the new block, the rest of it still that of the old one.
            opened.write(bytes([block[0] ^ 0xFF]))


def test_a_half_written_metadata_block_is_put_back_and_the_log_replayed(cut_short: Path) -> None:
    tear_metadata(cut_short)
    with Database(cut_short) as database:
        assert rows_of(database) == [(2200, 2200)]
        assert database.data_version() == 3
        assert not database.log_set_aside
    assert not kept_file(cut_short).exists()


def test_without_what_was_kept_the_same_file_never_opens_again(cut_short: Path) -> None:
    tear_metadata(cut_short)
    kept_file(cut_short).unlink()
    log = cut_short.with_name(cut_short.name + ".wal").read_bytes()
    with pytest.raises(DatabaseUnavailable, match="is damaged and cannot be read"):
        Database(cut_short)
    assert cut_short.with_name(cut_short.name + ".wal").read_bytes() == log


def test_a_checkpoint_that_wrote_its_blocks_whole_but_not_its_header_is_undone(cut_short: Path) -> None:
    with Database(cut_short) as database:
        assert rows_of(database) == [(2200, 2200)]


def test_what_was_kept_half_is_not_put_back(cut_short: Path) -> None:
    kept = kept_file(cut_short)
    kept.write_bytes(kept.read_bytes()[:-1])
    before = cut_short.read_bytes()
    DatabaseFile(cut_short).begin()
    assert cut_short.read_bytes() == before


def test_what_was_kept_for_a_checkpoint_that_ended_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "plc.duckdb"
    with Database(path) as database, database.read() as cursor:
        add_standards(database, 0, 100)
        file = DatabaseFile(path)
        file._keep(cursor)
        kept = kept_file(path).read_bytes()
        database.checkpoint()
    kept_file(path).write_bytes(kept)
    before = path.read_bytes()
    file.begin()
    file.end()
    assert path.read_bytes() == before
    assert not kept_file(path).exists()


def test_duckdb_begins_no_checkpoint_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plc.duckdb"
    Database(path).close()
    before = headers(path)
    monkeypatch.setattr(DatabaseFile, "fold_in", lambda self, cursor: None)
    with Database(path) as database:
        # More than DuckDB's own threshold of 16 MiB.
        for begin in range(0, 600_000, 100_000):
            add_standards(database, begin, begin + 100_000)
    assert path.with_name("plc.duckdb.wal").stat().st_size > LONG_LOG_BYTES
    assert headers(path) == before
    with Database(path) as database:
        assert rows_of(database) == [(600_000, 600_000)]
    assert headers(path) == before


def test_a_long_log_is_folded_in(tmp_path: Path) -> None:
    path = tmp_path / "plc.duckdb"
    with Database(path) as database:
        for begin in range(0, 600_000, 100_000):
            add_standards(database, begin, begin + 100_000)
        log = path.with_name("plc.duckdb.wal")
        assert not log.exists() or log.stat().st_size < LONG_LOG_BYTES


def test_another_process_stays_locked_out_after_a_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "plc.duckdb"
    opens = f"from plc.database import Database\nDatabase({str(path)!r})"
    with Database(path) as database:
        with database.write_through() as cursor:
            raise_data_version(cursor)
        elsewhere = subprocess.run([sys.executable, "-c", opens], check=False, capture_output=True)
    assert b"is open in another process" in elsewhere.stderr
