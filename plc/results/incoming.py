"""What came, read as what it is: an export of a known program, a bundle of tables, or a results file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plc.core.errors import BadFile
from plc.core.progress import Progress
from plc.database.database import Cursor
from plc.results.bundle import read_bundle
from plc.results.claims import refuse_roster
from plc.results.formats.aliases import merge_aliases
from plc.results.formats.door import BY_HAND, FORMAT, translate_upload
from plc.results.formats.translation import Translation
from plc.results.mapping import find_any_table, write_examples
from plc.results.pseudonyms import Pseudonyms
from plc.results.reading import Source
from plc.results.receiving import Received
from plc.results.results_file import Reading, read_results_file, recognise_results
from plc.results.source_text import find_source


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came, checked and merged. `recognised` says in words what it was taken for."""

    reading: Reading
    recognised: str
    is_bundle: bool
    translation: Translation | None

    @property
    def format(self) -> str:
        """What an upload's record calls it: its kind, and the key of the program that exported it."""
        kind = "bundle" if self.is_bundle else "results_file"
        return f"{kind} {self.translation.match.format.key}" if self.translation else kind


def read_incoming(
    cursor: Cursor,
    received: Received,
    answers: dict[str, str],
    pseudonyms: Pseudonyms,
    *,
    changes: Path,
    uploader: str | None,
    progress: Progress,
) -> Incoming:
    """Read and merge what came; examples of columns that nobody named yet go into `changes`.

    Raises `BadFile` for what is no table, for a roster of somebody who may load none, and where rows went
    missing.
    """
    translation = translate_upload(
        cursor, received.paths, answers, pseudonyms, file=received.file, progress=progress
    )
    tables = translation.tables if translation else received.tables
    if tables:
        refuse_roster(uploader, received.file)
    plain_answers = {key: value for key, value in answers.items() if key != FORMAT}
    if translation:
        reading = translation.read(cursor, pseudonyms, progress=progress)
        recognised = translation.match.words
    elif tables:
        reading = read_bundle(cursor, tables, plain_answers, pseudonyms, progress=progress)
        recognised = f"A bundle of {len(tables)} tables: {', '.join(sorted(tables))}"
    else:
        source = _find_source(cursor, received, answers, plain_answers)
        reading = read_results_file(cursor, source, plain_answers, pseudonyms, progress=progress)
        recognised = "A results file: one row per student and assessment"
        if reading.missing_answers:
            write_examples(cursor, changes, source, pseudonyms)
    if not reading.counts.add_up:
        raise BadFile(f"Some rows of {received.file} could not be accounted for, so nothing was taken in.")
    merge_aliases(cursor, translation, pseudonyms)
    return Incoming(reading, recognised, bool(tables), translation)


def _find_source(
    cursor: Cursor, received: Received, answers: Mapping[str, str], plain_answers: Mapping[str, str]
) -> Source:
    path, file = received.paths[0], received.file
    if answers.get(FORMAT) == BY_HAND:
        return find_any_table(cursor, path, file=file)
    return find_source(cursor, path, lambda headers: recognise_results(headers, plain_answers), file=file)
