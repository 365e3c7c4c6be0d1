"""The table of formats in docs/formats.md, made from what the samples come to.

python -m tests.unit.results.formats.table    writes it
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from plc.database import Database
from plc.results import StagedUpload
from plc.results.formats.description import formats
from tests.unit.results.formats.samples import SAMPLES, Prepared, Sample, reasons, stage

DOCUMENT = Path(__file__).parents[4] / "docs" / "formats.md"
BEGIN, END = "<!-- table of formats: begin -->", "<!-- table of formats: end -->"
_HEADER = (
    "| Format | Sample | Lines in | Rows read | Accepted | Duplicate | Rejected, and why |\n"
    "|---|---|---:|---:|---:|---:|---|\n"
)


def stage_all(prepared: Prepared, folder: Path) -> dict[str, StagedUpload]:
    """Every sample staged in a database of its own."""
    staged: dict[str, StagedUpload] = {}
    for place, (name, sample) in enumerate(SAMPLES.items()):
        own = folder / str(place)
        with Database(prepared.copy(sample.after, own)) as database:
            files = own / "files"
            files.mkdir(exist_ok=True)
            staged[name] = stage(database, sample, files)
    return staged


def table(staged: dict[str, StagedUpload]) -> str:
    """The table as Markdown."""
    lines = [_line(SAMPLES[name], upload) for name, upload in sorted(staged.items(), key=_by_format)]
    return _HEADER + "".join(lines)


def _by_format(item: tuple[str, StagedUpload]) -> tuple[str, str]:
    return formats()[SAMPLES[item[0]].format].name, item[0]


def _line(sample: Sample, upload: StagedUpload) -> str:
    why = ", ".join(f"{count} × {problem}" for problem, count in sorted(reasons(upload).items()))
    rejected = f"{upload.rows_rejected}" + (f" ({why})" if upload.rows_rejected else "")
    cells = [formats()[sample.format].name, sample.name, sample.rows_in, upload.rows_read,
             upload.rows_accepted, upload.rows_duplicate, rejected]  # fmt: skip
    return f"| {' | '.join(str(cell) for cell in cells)} |\n"


def written() -> str:
    """The table as it stands in the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    return text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip() + "\n"


def write(staged: dict[str, StagedUpload]) -> None:
    """Put the table into the document."""
    text = DOCUMENT.read_text(encoding="utf-8")
    before, after = text[: text.index(BEGIN) + len(BEGIN)], text[text.index(END) :]
    DOCUMENT.write_text(f"{before}\n\n{table(staged)}\n{after}", encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made, tempfile.TemporaryDirectory() as used:
        write(stage_all(Prepared(Path(made)), Path(used)))
