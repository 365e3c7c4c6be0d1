"""The commands: import, scan, demo, serve, doctor; those of a data steward have a file of their own."""

from __future__ import annotations

import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pandas as pd

from plc.bright_spots import ScanOptions, headline_of
from plc.bright_spots import scan as scan_results
from plc.cli.digest_command import digest
from plc.cli.keeping_commands import KEEPING
from plc.cli.steward_commands import steward
from plc.cli.terminal import (
    db_option,
    exit_by_kind_of_error,
    issue_line,
    json_option,
    open_database,
    print_json,
    progress_bar,
    say,
)
from plc.cli.upload_words import ISSUES_SHOWN, Unanswered, refused_record, say_counts, upload_record
from plc.core.disclosure import MINIMUM_TEACHERS, teachers_shown
from plc.core.errors import BadFile, DatabaseInUse, PlcError
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.database.private_files import keep_new_files_private
from plc.practices.renewing import renew
from plc.results import UploadSummary, confirm_upload, discard_upload, find_layout, stage_upload
from plc.results.inbox import Manifest, drop_into_inbox
from plc.settings import load_settings


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="plc", prog_name="plc")
def main() -> None:
    """Find bright spots in classroom results."""
    keep_new_files_private()


main.add_command(steward)
for command in KEEPING:
    main.add_command(command)
main.add_command(digest)


def counted_bright_spots(teachers: pd.DataFrame) -> list[dict[str, Any]]:
    """How many teachers stand behind bright spots, by subject and label; None for fewer than three."""
    flagged = teachers[teachers["bright_spot"].astype(bool)]
    counts = flagged.groupby(["subject", "label"])["teacher_id"].nunique().reset_index()
    return [
        {
            "subject": row["subject"],
            "label": row["label"],
            "teachers": teachers_shown(int(row["teacher_id"])),
        }
        for row in counts.to_dict("records")
    ]


def _answers(_: click.Context, __: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = [value.partition("=") for value in values]
    if wrong := [column for column, equals, _ in pairs if not equals]:
        raise click.BadParameter(f"write it as COLUMN=VALUE, not {wrong[0]!r}")
    return {column.strip(): value.strip() for column, _, value in pairs}


@main.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Confirm without asking.")
@click.option("--dry-run", is_flag=True, help="Check and report; write no results.")
@click.option("--set", "answers", multiple=True, callback=_answers, metavar="COLUMN=VALUE",
              help="A value the file does not carry, for every row. Repeatable.")  # fmt: skip
@click.option("--layout", metavar="NAME", help="Read the columns as a layout kept in the app says.")
@db_option
@json_option
@exit_by_kind_of_error
def import_results(
    *,
    paths: tuple[Path, ...],
    yes: bool,
    dry_run: bool,
    answers: Mapping[str, str],
    layout: str | None,
    db_path: Path | None,
    as_json: bool,
) -> None:
    """Stage, check and confirm results files, or bundles (a folder or zip of tables)."""
    if not (yes or dry_run or sys.stdin.isatty()):
        raise BadFile("Nobody is here to confirm. Add --yes to import, or --dry-run to only check.")
    documents: list[dict[str, Any]] = []
    exit_code = 0
    try:
        database = open_database(db_path)
    except DatabaseInUse:
        if dry_run:
            raise
        manifest = Manifest(answers, layout, confirm=yes, despite_warnings=yes)
        _leave_in_inbox(db_path, paths, manifest, as_json=as_json)
        return
    with database:
        if layout is not None:
            answers = {**find_layout(database, LOCAL_STEWARD, layout).answers, **answers}
        for path in paths:
            try:
                summary = _import_one(database, path, answers=answers, yes=yes, dry_run=dry_run)
                documents.append(upload_record(summary))
            except PlcError as error:
                exit_code = exit_code or error.exit_code
                issues = error.issues if isinstance(error, BadFile) else ()
                say(f"{path.name}: {error.message}")
                for issue in issues[:ISSUES_SHOWN]:
                    say(issue_line(issue))
                documents.append(refused_record(path, error))
    if as_json:
        print_json({"uploads": documents})
    sys.exit(exit_code)


def _leave_in_inbox(
    db_path: Path | None, paths: tuple[Path, ...], manifest: Manifest, *, as_json: bool
) -> None:
    """The app has the database open: leave the files where it takes them in by itself."""
    database_path = db_path or load_settings().db
    left = [drop_into_inbox(database_path, path, manifest) for path in paths]
    for path, target in zip(paths, left, strict=True):
        then = "takes it in" if manifest.confirm else "stages it for someone to confirm"
        say(f"{path.name}: the app has the database open, so the file is in its inbox as {target.name}.")
        say(f"  The app {then} within seconds; its page Inbox says what became of it.")
    if as_json:
        print_json({"uploads": [{"file": path.name, "state": "in_inbox"} for path in paths]})


def _import_one(
    database: Database, path: Path, *, answers: Mapping[str, str], yes: bool, dry_run: bool
) -> UploadSummary:
    with progress_bar() as progress:
        staged = stage_upload(database, LOCAL_STEWARD, path, answers=answers, progress=progress)
    say(f"{staged.file}: {staged.recognised}")
    say_counts(staged)
    for words in staged.warnings:
        say(f"  Look: {words}")
    if staged.missing_answers:
        discard_upload(database, LOCAL_STEWARD, staged.upload_id)
        raise Unanswered(staged)
    if dry_run or not (yes or click.confirm("Confirm?", err=True)):
        discard_upload(database, LOCAL_STEWARD, staged.upload_id)
        say("Nothing was written.")
        return staged
    try:
        with progress_bar() as progress:
            confirmed = confirm_upload(database, LOCAL_STEWARD, staged.upload_id, progress=progress)
    except PlcError:
        # Nobody is coming back to a refused file of the command line, and it holds ids.
        discard_upload(database, LOCAL_STEWARD, staged.upload_id)
        raise
    say(f"Confirmed. To undo: open Uploads in the app; upload {confirmed.upload_id}.")
    return confirmed


@main.command()
@click.option("--subject", help="One subject only.")
@click.option("--grade", "grades", type=int, multiple=True, help="These grades only. Repeatable.")
@click.option(
    "--school-year", "school_years", type=int, multiple=True, help="These years only (2026 is 2025-26)."
)
@click.option("--peers", type=click.Choice(["district", "school"]), default="district", show_default=True)
@click.option(
    "--delta",
    type=click.FloatRange(0.05, 0.5),
    default=0.10,
    show_default=True,
    help="An effect worth learning from, in student SD.",
)
@click.option("--false-discovery-rate", type=click.FloatRange(0.01, 0.2), default=0.10, show_default=True)
@click.option("--interval", type=click.FloatRange(0.5, 0.99), default=0.90, show_default=True)
@click.option("--min-students", type=click.IntRange(min=10), default=10, show_default=True)
@click.option("--min-sections", type=click.IntRange(min=2), default=2, show_default=True)
@click.option("--standards/--no-standards", default=True, show_default=True, help="Also scan by standard.")
@db_option
@json_option
@exit_by_kind_of_error
def scan(*, db_path: Path | None, as_json: bool, **choices: Any) -> None:
    """Scan for bright spots and print how many there are; a scan of everything is what the pages show."""
    lists = {name: choices[name] or None for name in ("grades", "school_years")}
    options = ScanOptions(**choices | lists)
    narrowed = any((options.subject, options.grades, options.school_years))
    with open_database(db_path, must_exist=True) as database, progress_bar() as progress:
        if narrowed:
            found = scan_results(database, options, progress=progress)
            headline = f"{headline_of(found)} Pages keep the last full scan."
        else:
            stored = renew(database, LOCAL_STEWARD, options, progress=progress)
            found, headline = stored.scan, stored.headline
    # Counts only: from ids with effects teachers could be ordered, and nobody has asked them.
    spots = counted_bright_spots(found.teachers)
    if as_json:
        print_json(
            {
                "bright_spots": spots,
                "expected_false_discovery_rate": found.expected_false_discovery_rate,
                "components": found.components.to_dict("records"),
                "counts": found.counts.to_dict("records"),
                "withheld": list(found.withheld),
            }
        )
    for spot in spots if not as_json else ():
        teachers = spot["teachers"] or f"fewer than {MINIMUM_TEACHERS}"
        click.echo(f"{spot['subject']}: {teachers} teachers, {spot['label']}")
    say(headline)


@main.command()
@click.option("--if-empty", is_flag=True, help="Only when the database holds no results yet.")
@db_option
@json_option
@exit_by_kind_of_error
def demo(*, if_empty: bool, db_path: Path | None, as_json: bool) -> None:
    """Load the sample district and scan it."""
    from plc.sample import load_sample, sample_headline

    with open_database(db_path) as database, progress_bar() as progress:
        if if_empty and (headline := sample_headline(database)):
            words = headline
        else:
            words = load_sample(database, progress=progress)
    if as_json:
        print_json({"found": words})
    else:
        click.echo(words)


@main.command()
@click.option("--port", type=int, help="The port to listen on (default: settings, 8501).")
@db_option
@json_option
@exit_by_kind_of_error
def serve(*, port: int | None, db_path: Path | None, as_json: bool) -> None:
    """Serve the app on this computer only."""
    # Streamlit says of each cached function that it is not running yet: of no use to whoever starts the app.
    logging.getLogger("streamlit.runtime.caching.cache_data_api").addFilter(
        lambda record: not record.getMessage().startswith("No runtime found")
    )
    from plc.server import serve_app

    settings = load_settings()
    address = f"http://localhost:{port or settings.port}"
    if as_json:
        print_json({"address": address, "db": db_path or settings.db})
    say(f"Open {address}   (Ctrl+C stops it)")
    serve_app(db_path or settings.db, port=port or settings.port)


@main.command()
@db_option
@json_option
@exit_by_kind_of_error
def doctor(*, db_path: Path | None, as_json: bool) -> None:
    """Check the database and the installation; exit 1 when something is wrong."""
    from plc.results.doctor import examine

    with open_database(db_path, must_exist=True) as database:
        checks = examine(database)
    if as_json:
        print_json(
            {"checks": [{"check": check.name, "ok": check.ok, "words": check.words} for check in checks]}
        )
    else:
        for check in checks:
            click.echo(f"{'ok   ' if check.ok else 'WRONG'}  {check.name}: {check.words}")
    sys.exit(0 if all(check.ok for check in checks) else 1)
