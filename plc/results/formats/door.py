"""Where an upload meets the formats: keep the files of a recognised set, translate what is recognised."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from plc.core.progress import Progress
from plc.database.database import Cursor
from plc.results.columns import SCORE_COLUMNS
from plc.results.formats.recognition import recognise
from plc.results.formats.translation import Translation, translate
from plc.results.pseudonyms import Pseudonyms

# `--set format=canvas_gradebook` asks for a format, `--set format=none` for none, `--set format=by_hand` for
# a table none of whose columns needs to be known.
FORMAT, NO_FORMAT, BY_HAND = "format", "none", "by_hand"
# How the one file of an upload is kept; the files of a set keep their own names.
_ONE_FILE = "file"


def recognised_files(paths: Sequence[Path]) -> dict[Path, str]:
    """The files of a recognised set, each with a name that SQL takes as it is; empty if there is none."""
    match = recognise([(path, path.name) for path in paths])
    files = sorted({found.path for found in match.files.values()}) if match else []
    return {path: re.sub(r"[^A-Za-z0-9_.-]+", "_", path.name) for path in files}


def translate_upload(
    cursor: Cursor,
    paths: Sequence[Path],
    answers: Mapping[str, str],
    pseudonyms: Pseudonyms,
    *,
    file: str,
    progress: Progress,
) -> Translation | None:
    """The upload in the shape of every import, if its format is recognised (or asked for).

    Raises `BadFile` when it is not the format asked for, or cannot be read.
    """
    asked = answers.get(FORMAT, "").strip().lower()
    if asked in (NO_FORMAT, BY_HAND) or (not asked and answers.get(SCORE_COLUMNS)):
        return None
    named = [(path, file if path.name == _ONE_FILE else path.name) for path in paths]
    match = recognise(named, only=asked or None)
    if match is None:
        return None
    rest = {key: value for key, value in answers.items() if key != FORMAT}
    folder = paths[0].parent.parent / "reading"
    return translate(cursor, match, rest, pseudonyms, folder, file=file, progress=progress)
