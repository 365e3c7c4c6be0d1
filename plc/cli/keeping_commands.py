"""Commands of a data steward: releases, copies, purges, one student's data, the key of student ids.

Each needs the database to itself, so the app must stand still, except for `snapshot --list`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import click

from plc.cli.terminal import (
    db_option,
    exit_by_kind_of_error,
    json_option,
    open_database,
    print_json,
    progress_bar,
    say,
)
from plc.core.errors import PlcError
from plc.core.school_year import school_year_words
from plc.core.viewer import LOCAL_STEWARD
from plc.people.audit_reading import audit_held
from plc.settings import load_settings
from plc.stewardship.audit_keeping import purge_old_audit
from plc.stewardship.keys import change_key
from plc.stewardship.purging import held_years, purge_school_year
from plc.stewardship.releasing import release_now
from plc.stewardship.snapshots import restore_snapshot, snapshot_folder, snapshots_in, take_snapshot
from plc.stewardship.students import erase_student, export_student
from plc.stewardship.taken_back import TakenBack
from plc.stewardship.teachers import remove_teacher

yes_option = click.option("--yes", is_flag=True, help="Do not ask.")


def _for_good(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a command that takes a person out: why, and whether to ask first."""
    options = (
        click.option("--reason", required=True, help="Why, for the record; no name and no id."),
        yes_option,
        db_option,
        json_option,
        exit_by_kind_of_error,
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@db_option
@json_option
@exit_by_kind_of_error
def release(*, db_path: Path | None, as_json: bool) -> None:
    """Release figures that cross teams and schools now, as far as enough students and teachers changed."""
    with open_database(db_path, must_exist=True) as database:
        outcomes = release_now(database, LOCAL_STEWARD)
    if as_json:
        counts = ("made", "fresh", "kept", "hidden")
        print_json(
            {
                kind: outcome and {name: getattr(outcome, name) for name in counts}
                for kind, outcome in outcomes.items()
            }
        )
        return
    for kind, outcome in outcomes.items():
        if outcome is None:
            click.echo(f"{kind}: nothing to release yet")
        elif not outcome.made:
            click.echo(f"{kind}: too little changed to say anything new")
        else:
            click.echo(f"{kind}: {outcome.fresh} new, {outcome.kept} as before, {outcome.hidden} hidden")


@click.command()
@click.option("--list", "only_list", is_flag=True, help="List the copies there are; the app may be running.")
@db_option
@json_option
@exit_by_kind_of_error
def snapshot(*, only_list: bool, db_path: Path | None, as_json: bool) -> None:
    """Copy the whole database into the folder snapshots beside it. The keys are not in it."""
    settings = load_settings()
    if not only_list:
        with open_database(db_path, must_exist=True) as database:
            take_snapshot(database, LOCAL_STEWARD, keep=settings.snapshots_kept)
    found = snapshots_in(snapshot_folder(db_path or settings.db))
    if as_json:
        print_json({"snapshots": [{"file": s.path, "made_at": s.made_at, "bytes": s.size} for s in found]})
        return
    for made in found:
        click.echo(f"{made.made_at:%Y-%m-%d %H:%M} UTC  {made.size / 2**20:8.1f} MB  {made.path}")
    if not found:
        say("There are no copies yet.")


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@db_option
@json_option
@exit_by_kind_of_error
def restore(*, path: Path, db_path: Path | None, as_json: bool) -> None:
    """Put the copy PATH in the place of the database, which is kept aside. Stop the app first."""
    restored = restore_snapshot(db_path or load_settings().db, path)
    ended = restored.taken_back
    words = (
        f"{path.name} is the database now. What was there before is {restored.kept}.\n{_ended_words(ended)}"
        "\nLook again at all else that ended since: cards and tests no longer shared, teams that people left,"
        " roles and accounts, and erased students."
    )
    counted = asdict(ended) if ended else None
    _tell({"restored": path, "kept": restored.kept, "taken_back": counted}, words, as_json=as_json)


def _ended_words(ended: TakenBack | None) -> str:
    if ended is None:
        return (
            "What was there before could not be read: every name and result that was open when the copy was"
            " made is open again. Ask whose they are before you start the app."
        )
    if not (ended.consents or ended.results):
        return "No name and no result had been taken back since the copy was made."
    consents = "1 consent" if ended.consents == 1 else f"{ended.consents} consents"
    teachers = "1 teacher" if ended.results == 1 else f"{ended.results} teachers"
    return (
        f"These had been taken back since the copy was made, so they are ended again: {consents} to be named;"
        f" results of {teachers}, which are closed to one colleague or more."
    )


@click.command()
@click.option("--school-year", type=int, help="The year to delete (2026 is 2025-26); none lists those held.")
@click.option(
    "--audit", "only_audit", is_flag=True, help="Delete audit entries older than three years instead."
)
@yes_option
@db_option
@json_option
@exit_by_kind_of_error
def purge(
    *, school_year: int | None, only_audit: bool, yes: bool, db_path: Path | None, as_json: bool
) -> None:
    """Delete a school year: results, classes, assessments, and students of whom nothing is left. For good."""
    if only_audit:
        _purge_audit(db_path, yes=yes, as_json=as_json)
        return
    with open_database(db_path, must_exist=True) as database, progress_bar() as progress:
        if school_year is None:
            years = held_years(database, LOCAL_STEWARD)
            if as_json:
                print_json(
                    {"school_years": [{"school_year": y.school_year, "results": y.results} for y in years]}
                )
                return
            for year in years:
                words = school_year_words(year.school_year)
                click.echo(f"{words}: {year.results:,} results of {year.students:,} students")
            return
        _ask(f"Delete {school_year_words(school_year)} and every older copy of the database?", yes=yes)
        purged = purge_school_year(database, LOCAL_STEWARD, school_year, progress=progress)
    words = f"{purged.rows:,} rows are gone, and {purged.students:,} students of whom nothing was left."
    _tell({"rows": purged.rows, "students": purged.students}, words, as_json=as_json)


def _purge_audit(db_path: Path | None, *, yes: bool, as_json: bool) -> None:
    with open_database(db_path, must_exist=True) as database:
        held = audit_held(database, LOCAL_STEWARD)
        if held.due:
            _ask(f"Delete {held.due:,} audit entries older than three years?", yes=yes)
        gone = purge_old_audit(database, LOCAL_STEWARD)
    words = f"{gone:,} entries are gone; the audit says so itself. plc doctor verifies the rest."
    _tell({"entries": gone}, words, as_json=as_json)


@click.group()
def student() -> None:
    """One student's data: hand it out, or erase it."""


@student.command("export")
@click.argument("student_id")
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="A file to write.")
@db_option
@exit_by_kind_of_error
def export(*, student_id: str, target: Path | None, db_path: Path | None) -> None:
    """Print everything held about the student with this id, as one JSON document."""
    with open_database(db_path, must_exist=True) as database:
        document = export_student(database, LOCAL_STEWARD, student_id)
    text = json.dumps(document, default=str, indent=2, ensure_ascii=False)
    if target is None:
        click.echo(text)
        return
    with target.open("x", encoding="utf-8") as file:
        target.chmod(0o600)
        file.write(text + "\n")
    say(f"Written to {target}, readable by you alone. Delete it once it was handed over.")


@student.command("erase")
@click.argument("student_id")
@_for_good
def erase(*, student_id: str, reason: str, yes: bool, db_path: Path | None, as_json: bool) -> None:
    """Erase everything about the student with this id, in results, copies and what came of them. For good."""
    with open_database(db_path, must_exist=True) as database, progress_bar() as progress:
        _ask("Erase this student, and every older copy of the database?", yes=yes)
        erased = erase_student(database, LOCAL_STEWARD, student_id, reason=reason, progress=progress)
    words = (
        f"{erased.rows:,} rows are gone, with {erased.files} waiting files and {erased.snapshots} copies."
        " Copies you made elsewhere are yours to delete."
    )
    _tell(asdict(erased), words, as_json=as_json)


@click.group()
def teacher() -> None:
    """A teacher who left."""


@teacher.command("remove")
@click.argument("teacher_id")
@_for_good
def remove(*, teacher_id: str, reason: str, yes: bool, db_path: Path | None, as_json: bool) -> None:
    """Take the teacher with this id out of all but the roster; what she wrote for teams stays, unsigned."""
    with open_database(db_path, must_exist=True) as database, progress_bar() as progress:
        _ask("Remove this teacher, and every older copy of the database?", yes=yes)
        removal = remove_teacher(database, LOCAL_STEWARD, teacher_id, reason=reason, progress=progress)
    words = (
        f"{removal.deleted:,} rows are gone, {removal.replaced:,} lead to nobody now, and"
        f" {removal.snapshots} copies are deleted."
    )
    _tell(asdict(removal), words, as_json=as_json)


@click.group()
def key() -> None:
    """The key under which student ids are hidden."""


@key.command("rotate")
@db_option
@json_option
@exit_by_kind_of_error
def rotate(*, db_path: Path | None, as_json: bool) -> None:
    """Put every student id under a new key. A crash in the middle loses none."""
    with open_database(db_path, must_exist=True) as database, progress_bar() as progress:
        hidden = change_key(database, LOCAL_STEWARD, keep=load_settings().snapshots_kept, progress=progress)
    words = (
        f"{hidden:,} pseudonyms are under the new key. Older copies, which needed the old one, are exchanged"
        " for a fresh one."
    )
    _tell({"pseudonyms": hidden}, words, as_json=as_json)


def _tell(counts: dict[str, Any], words: str, *, as_json: bool) -> None:
    """What was done: for a script on stdout, and for whoever sits there in words."""
    if as_json:
        print_json(counts)
    say(words)


def _ask(question: str, *, yes: bool) -> None:
    if yes:
        return
    if not sys.stdin.isatty():
        raise PlcError("Nobody is here to confirm. Add --yes.")
    if not click.confirm(question, err=True):
        raise PlcError("Nothing was changed.")


KEEPING: Final[tuple[click.Command, ...]] = (release, snapshot, restore, purge, student, teacher, key)
