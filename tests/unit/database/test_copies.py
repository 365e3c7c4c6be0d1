"""Copies of a live database are whole, and a file written anew holds nothing that was deleted."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from plc.core.errors import DatabaseUnavailable
from plc.database import Database, copies, readers
from plc.database.database import raise_data_version

MARK = "Pseudonym-that-must-go-0123456789"


def write_rows(database: Database, rows: int, text: str = "row") -> None:
    with database.write() as cursor:
        cursor.execute("create table if not exists kept (word varchar)").fetchall()
        cursor.execute(
            "insert into kept select $text || md5(range::varchar) from range($rows)",
            {"text": text, "rows": rows},
        ).fetchall()


def count(database: Database) -> int:
    with database.read() as cursor:
        return int(cursor.execute("select count(*) from kept").fetchall()[0][0])


def test_a_copy_made_while_others_write_is_one_moment_and_opens(database: Database) -> None:
    write_rows(database, 100)
    stop = threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            write_rows(database, 100)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        copied = [database.folder / "snapshots" / f"{number}.duckdb" for number in range(3)]
        for path in copied:
            database.copy_to(path)
    finally:
        stop.set()
        writer.join()
    for path in copied:
        with Database(path) as copy:
            assert count(copy) % 100 == 0


def test_a_copy_holds_what_is_still_in_the_log_and_every_view(database: Database) -> None:
    write_rows(database, 7)
    path = database.folder / "snapshots" / "copy.duckdb"
    database.copy_to(path)
    with Database(path) as copy, copy.read() as cursor:
        assert count(copy) == 7
        assert cursor.execute("select count(*) from result").fetchall() == [(0,)]
        copied = cursor.execute(
            "select view_name from duckdb_views() where not internal order by 1"
        ).fetchall()
        keys = cursor.execute("select count(*) from duckdb_constraints()").fetchall()
    with database.read() as cursor:
        assert (
            copied
            == cursor.execute("select view_name from duckdb_views() where not internal order by 1").fetchall()
        )
        # The source has one table more constraint-wise only if the copy lost one.
        assert keys == cursor.execute("select count(*) from duckdb_constraints()").fetchall()


def test_a_deleted_word_is_in_the_file_until_it_is_written_anew(database: Database) -> None:
    with database.write() as cursor:
        cursor.execute("create table kept (word varchar)").fetchall()
        cursor.execute("insert into kept values ($mark)", {"mark": MARK}).fetchall()
    write_rows(database, 5000)
    database.checkpoint()
    with database.write() as cursor:
        cursor.execute("delete from kept where word = $mark", {"mark": MARK}).fetchall()
    database.checkpoint()
    assert MARK.encode() in database.path.read_bytes()
    database.rewrite()
    assert MARK.encode() not in database.path.read_bytes()
    assert count(database) == 5000
    write_rows(database, 1)
    assert count(database) == 5001


def test_writing_anew_waits_for_readers_and_holds_new_ones_off(database: Database) -> None:
    write_rows(database, 10)
    began, end = threading.Event(), threading.Event()
    seen: list[int] = []

    def read_slowly() -> None:
        with database.read() as cursor:
            began.set()
            end.wait(10)
            seen.append(len(cursor.execute("select * from kept").fetchall()))

    reader = threading.Thread(target=read_slowly)
    reader.start()
    began.wait(10)
    rewriter = threading.Thread(target=database.rewrite)
    rewriter.start()
    rewriter.join(0.3)
    assert rewriter.is_alive()
    end.set()
    reader.join()
    rewriter.join(10)
    assert not rewriter.is_alive()
    assert seen == [10]
    assert count(database) == 10


def test_a_reader_who_never_ends_leaves_the_file_as_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(readers, "PATIENCE_SECONDS", 0.1)
    write_rows(database, 3)
    with database.read():
        errors: list[Exception] = []

        def rewrite() -> None:
            try:
                database.rewrite()
            except DatabaseUnavailable as error:
                errors.append(error)

        other = threading.Thread(target=rewrite)
        other.start()
        other.join()
        assert "still reading" in str(errors[0])
    assert count(database) == 3


def test_a_copy_that_fails_leaves_no_part_and_the_file_as_it_was(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rows(database, 3)

    def refuse(new: Path, old: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(copies, "replace_file", refuse)
    with pytest.raises(DatabaseUnavailable, match="is full"):
        database.rewrite()
    assert count(database) == 3
    assert [path.name for path in (database.folder / "snapshots").iterdir()] == []
    with database.write() as cursor:
        raise_data_version(cursor)
