"""The samples of every format, ready to upload, and what the description says of each."""

from __future__ import annotations

import csv
import io
import shutil
import tomllib
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import StagedUpload, confirm_upload, stage_upload

FIXTURES = Path(__file__).parents[3] / "fixtures" / "formats"


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: its files, the name it is uploaded under, what is loaded and answered before."""

    format: str
    files: tuple[str, ...]
    name: str
    after: str | None = None
    answers: dict[str, str] = field(default_factory=dict)

    @property
    def paths(self) -> list[Path]:
        """Its files, in the order of the description."""
        return [path for pattern in self.files for path in sorted(FIXTURES.glob(pattern))]

    def write(self, folder: Path) -> Path:
        """The file to upload: the one there is, or a zip of several."""
        target = folder / self.name
        if len(self.paths) == 1:
            shutil.copy(self.paths[0], target)
        else:
            with zipfile.ZipFile(target, "w") as archive:
                for path in self.paths:
                    archive.write(path, path.name)
        return target

    def cells(self) -> list[list[str]]:
        """The rows of its first file."""
        text = _text(self.paths[0])
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter))

    @property
    def delimiter(self) -> str:
        """What separates the cells of its first file."""
        head = _text(self.paths[0])[:4000]
        return max("\t^,", key=head.count)

    @property
    def rows_in(self) -> int:
        """Lines that hold anything in all of its files, headers included."""
        return sum(
            any(cell.strip() for cell in row)
            for path in self.paths
            for row in csv.reader(io.StringIO(_text(path), newline=""), delimiter=self.delimiter)
        )


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def read_samples() -> dict[str, Sample]:
    """Every sample by its name."""
    given = tomllib.loads((FIXTURES / "samples.toml").read_text(encoding="utf-8"))["sample"]
    found = [Sample(one["format"], tuple(one["files"]), one["name"], one.get("after"), one.get("answers", {}))
             for one in given]  # fmt: skip
    return {sample.name: sample for sample in found}


SAMPLES = read_samples()


class Prepared:
    """Database files in which a sample is loaded, each made once and copied for every use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def copy(self, after: str | None, target: Path) -> Path:
        """A database file of one's own with the sample `after` (and what it builds upon) loaded."""
        made = self._made(after)
        target.mkdir(parents=True, exist_ok=True)
        for entry in made.iterdir():
            if entry.is_file():
                shutil.copy(entry, target / entry.name)
        return target / "plc.duckdb"

    def _made(self, after: str | None) -> Path:
        made = self._folder / (after or "empty")
        if not made.exists():
            path = self.copy(SAMPLES[after].after, made) if after else made / "plc.duckdb"
            made.mkdir(exist_ok=True)
            with Database(path) as database:
                if after:
                    uploads = made / "files"
                    uploads.mkdir()
                    staged = stage(database, SAMPLES[after], uploads)
                    confirm_upload(database, LOCAL_STEWARD, staged.upload_id)
        return made


def stage(database: Database, sample: Sample, folder: Path, **answers: str) -> StagedUpload:
    """Stage a sample under its name."""
    own = folder / f"upload-{len(list(folder.iterdir()))}"
    own.mkdir()
    return stage_upload(database, LOCAL_STEWARD, sample.write(own), answers={**sample.answers, **answers})


def reasons(staged: StagedUpload) -> Counter[str]:
    """Problems of rows by the header of the user's file and what is wrong."""
    return Counter(f"{issue.column}: {issue.code}" for issue in staged.issues if issue.row is not None)
