"""What the command line says of an upload: counts and problems as words, or as records for `--json`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from plc.cli.terminal import issue_line, issue_record, say
from plc.core.errors import BadFile, PlcError
from plc.results import StagedUpload, UploadSummary

# What differs from row to row, so that no one answer gives it: only a column can.
IN_EVERY_ROW = ("student_id", "score")
# Issues printed as words; `--json` gives them all.
ISSUES_SHOWN = 20


class Unanswered(BadFile):
    """A file that lacks answers, with what was found in it."""

    def __init__(self, staged: StagedUpload) -> None:
        missing = staged.missing_answers
        words = f"Neither the file nor the roster says: {', '.join(missing)}."
        if any(name not in IN_EVERY_ROW for name in missing):
            words += " Add --set COLUMN=VALUE for each."
        if renamed := [f"--set {name}=column:HEADER" for name in missing if name in IN_EVERY_ROW]:
            unused = [match for match in staged.columns if match.meaning is None and match.note == "not used"]
            headers = ", ".join(match.header.strip() for match in unused)
            words += f" For a column under another header, add {' '.join(renamed)}."
            words += f" Headers not used: {headers}." if headers else ""
        super().__init__(words, staged.issues)
        self.staged = staged


def say_counts(summary: UploadSummary) -> None:
    """An upload's counts and first problems, as words."""
    say(
        f"  {summary.rows_read:,} rows read: {summary.rows_accepted:,} accepted"
        f" ({summary.rows_superseded:,} of them correct earlier values),"
        f" {summary.rows_duplicate:,} already there, {summary.rows_rejected:,} rejected"
    )
    for issue in summary.issues[:ISSUES_SHOWN]:
        say(issue_line(issue))
    if len(summary.issues) > ISSUES_SHOWN:
        say(f"  ... and {len(summary.issues) - ISSUES_SHOWN:,} more; --json lists them all.")


def upload_record(summary: UploadSummary) -> dict[str, Any]:
    """An upload as `--json` shows it."""
    return {
        "upload_id": summary.upload_id,
        "format": summary.format,
        "file": summary.file,
        "state": summary.state,
        "rows_read": summary.rows_read,
        "rows_accepted": summary.rows_accepted,
        "rows_duplicate": summary.rows_duplicate,
        "rows_superseded": summary.rows_superseded,
        "rows_rejected": summary.rows_rejected,
        "issues": [issue_record(issue) for issue in summary.issues],
    }


def refused_record(path: Path, error: PlcError) -> dict[str, Any]:
    """A refused file as `--json` shows it, with what was found before it was refused."""
    whole_file = {
        "file": path.name,
        "row": None,
        "column": None,
        "code": error.code,
        "message": error.message,
    }
    issues = [issue_record(issue) for issue in error.issues] if isinstance(error, BadFile) else []
    counted = ("rows_read", "rows_accepted", "rows_duplicate", "rows_superseded", "rows_rejected")
    counts = {name: getattr(error.staged, name) if isinstance(error, Unanswered) else 0 for name in counted}
    return {
        "upload_id": None,
        "format": None,
        "file": path.name,
        "state": "refused",
        **counts,
        "issues": [whole_file, *issues],
    }
