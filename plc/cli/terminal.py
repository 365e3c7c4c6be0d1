"""What every command shares: the database option, JSON or words, errors to exit codes, a progress bar."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from plc.core.errors import BadFile, Issue, NotFound, PlcError
from plc.core.progress import Progress, silent
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.people import flush_accesses
from plc.people.looks import note_refusal
from plc.settings import load_settings

db_option = click.option(
    "--db",
    "db_path",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The database file (default: settings, data/run/plc.duckdb).",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document on stdout.")


class CommandDatabase(Database):
    """The database of one command, whose looks and refusals are in the audit at its end."""

    def __exit__(self, *raised: object) -> None:
        try:
            for error in raised:
                if isinstance(error, PlcError):
                    note_refusal(self, LOCAL_STEWARD, error)
            flush_accesses(self, wait=True)
        finally:
            self.close()


def open_database(db_path: Path | None, *, must_exist: bool = False) -> Database:
    """The database of this run, with the memory limit of the settings.

    Raises `NotFound` where `must_exist` and there is none: a mistyped path is no empty district.
    """
    settings = load_settings()
    path = db_path or settings.db
    if must_exist and not path.exists():
        raise NotFound(
            f"There is no database {path}. Load results with plc import, or name another with --db."
        )
    database = CommandDatabase(path, memory_limit=settings.memory_limit)
    if database.log_set_aside:
        say("The last changes before a crash could not be read and were set aside. Run plc doctor.")
    return database


def say(words: str) -> None:
    """Words for the person at the terminal: stderr, so that stdout stays data."""
    click.echo(words, err=True)


def print_json(document: dict[str, Any]) -> None:
    """One document on stdout; dates and paths as text."""
    click.echo(json.dumps(document, default=str, indent=2, allow_nan=False))


def issue_record(issue: Issue) -> dict[str, Any]:
    """An issue as `--json` shows it."""
    return {
        "file": issue.file,
        "row": issue.row,
        "column": issue.column,
        "code": issue.code,
        "message": issue.message,
    }


def issue_line(issue: Issue) -> str:
    """An issue as a person reads it."""
    place = ", ".join(
        part
        for part in (
            issue.file,
            f"row {issue.row}" if issue.row is not None else "",
            f"column {issue.column}" if issue.column else "",
        )
        if part
    )
    return f"  {place}: {issue.message}"


def exit_by_kind_of_error(command: Callable[..., None]) -> Callable[..., None]:
    """Turn a `PlcError` into its words on stderr (and JSON on stdout) and its exit code."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except PlcError as error:
            issues = error.issues if isinstance(error, BadFile) else ()
            if kwargs.get("as_json"):
                document = {"error": {"code": error.code, "message": error.message}}
                print_json(
                    document | ({"issues": [issue_record(issue) for issue in issues]} if issues else {})
                )
            say(f"Error: {error.message}")
            for issue in issues:
                say(issue_line(issue))
            sys.exit(error.exit_code)

    return wrapped


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on stderr when it is a terminal, silence otherwise."""
    if not sys.stderr.isatty():
        yield silent
        return
    with click.progressbar(length=1000, file=sys.stderr, item_show_func=lambda words: words or "") as bar:
        done = 0

        def show(share: float, words: str) -> None:
            nonlocal done
            step = int(share * 1000) - done
            done += max(step, 0)
            bar.update(max(step, 0), words)

        yield show
