"""A sample changed on its way is imported exactly, or refused with a sentence; nothing is invented."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plc.core.errors import BadFile
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import StagedUpload, stage_upload, staged_preview
from plc.results.formats.recognition import recognise
from tests.unit.results.formats.samples import SAMPLES, Prepared, Sample

WHERE = {"grade": "4", "teacher_id": "T1"}
# One of every way of reading: rows under the header, families, blocks, text above the header, long and wide.
CHANGED = {
    "2025-10-04T1030_Grades-Math_4.csv": WHERE,
    "schoology.csv": WHERE,
    "Math_4_P1.csv": WHERE,
    "scores.csv": {"grade": "4"},
    "ComboStudentAssessment.csv": {"teacher_id": "T1"},
    "diagnostic_results_math.csv": {},
    "dibels.csv": {},
    "tracker.csv": {"grade": "4"},
    "FL_FAST_PM1.csv": {"teacher_id": "T1"},
    "zipgrade.csv": WHERE,
}
Cells = list[list[str]]
COMPARED = (
    "student_id",
    "assessment",
    "standard",
    "score",
    "max_score",
    "status",
    "date",
    "grade",
    "attempt",
)


@pytest.fixture(scope="module")
def shared(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """One database for all: nothing is confirmed in it."""
    with Database(prepared.copy(None, tmp_path_factory.mktemp("shared"))) as database:
        yield database


def upload(database: Database, sample: Sample, data: bytes, folder: Path) -> StagedUpload:
    path = folder / sample.name
    path.write_bytes(data)
    staged = stage_upload(database, LOCAL_STEWARD, path, answers={**CHANGED[sample.name], **sample.answers})
    assert staged.rows_read == staged.rows_accepted + staged.rows_duplicate + staged.rows_rejected
    return staged


def as_bytes(cells: Cells, *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(cells)
    return text.getvalue().encode(encoding, errors="replace")


def rows(database: Database, staged: StagedUpload, *, verdict: str | None = None) -> list[tuple[str, ...]]:
    """What was understood, words compared as headers are; sorted."""
    frame = staged_preview(database, LOCAL_STEWARD, staged.upload_id, limit=200).fillna("")
    if verdict:
        frame = frame[frame.verdict == verdict]
    own = frame.reindex(columns=list(COMPARED), fill_value="")
    return sorted(tuple(re.sub(r"[^a-z0-9.]", "", str(cell).lower()) for cell in row) for row in own.values)


@pytest.fixture(scope="module")
def original(
    shared: Database, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[StagedUpload, list[tuple[str, ...]]]]:
    folder = tmp_path_factory.mktemp("original")
    found = {}
    for name in CHANGED:
        staged = upload(shared, SAMPLES[name], SAMPLES[name].paths[0].read_bytes(), folder)
        found[name] = (staged, rows(shared, staged))
    return found


def header_row(sample: Sample) -> int:
    """Where the header stands among the cells."""
    match = recognise([(sample.paths[0], sample.name)])
    assert match is not None
    return len(next(iter(match.files.values())).head.above)


def headers_changed(change: Callable[[str], str]) -> Callable[[Cells, int], Cells]:
    def changed(cells: Cells, header: int) -> Cells:
        return [*cells[:header], [change(cell) for cell in cells[header]], *cells[header + 1 :]]

    return changed


def snake(header: str) -> str:
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", header)
    return re.sub(r"[^A-Za-z0-9]+", "_", parted).strip("_").lower()


def shuffled(cells: Cells, header: int) -> Cells:
    width = max(len(row) for row in cells)
    order = list(range(width))
    random.Random(3).shuffle(order)
    # Lines above the header are no columns.
    return [*cells[:header], *([(*row, *[""] * width)[place] for place in order] for row in cells[header:])]


def widened(extra: list[str]) -> Callable[[Cells, int], Cells]:
    def changed(cells: Cells, header: int) -> Cells:
        under = ["free text" if name else "" for name in extra]
        width = max(len(row) for row in cells)
        return [
            [
                *row,
                *[""] * (width - len(row)),
                *(
                    extra
                    if place == header
                    else under
                    if place > header + 2 and any(row)
                    else [""] * len(extra)
                ),
            ]
            for place, row in enumerate(cells)
        ]

    return changed


EXACT: dict[str, Callable[[Cells, int], Cells]] = {
    "upper case headers": headers_changed(str.upper),
    "snake case headers": headers_changed(snake),
    "title rows": lambda cells, _: [["Export of results"], [], ["Made on", "2026-05-01"], *cells],
    "an empty last column": widened([""]),
    "five extra columns": widened([f"Extra {place}" for place in range(1, 6)]),
    "shuffled columns": shuffled,
}
# What a change takes from a format: then it must be refused, or be asked, never be read as something else.
REFUSED = {
    ("snake case headers", "2025-10-04T1030_Grades-Math_4.csv"), ("snake case headers", "schoology.csv"),
    ("shuffled columns", "FL_FAST_PM1.csv"),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGED)
@pytest.mark.parametrize("change", EXACT)
def test_a_file_whose_form_is_changed_is_read_exactly_or_refused(
    change: str,
    name: str,
    shared: Database,
    original: dict[str, tuple[StagedUpload, list[tuple[str, ...]]]],
    tmp_path: Path,
) -> None:
    sample = SAMPLES[name]
    cells = EXACT[change](sample.cells(), header_row(sample))
    if (change, name) in REFUSED:
        with pytest.raises(BadFile, match=r"\. "):
            upload(shared, sample, as_bytes(cells), tmp_path)
        return
    staged = upload(shared, sample, as_bytes(cells), tmp_path)
    assert staged.recognised == original[name][0].recognised
    assert rows(shared, staged) == original[name][1]
    assert staged.rows_rejected == original[name][0].rows_rejected


@pytest.mark.parametrize("name", list(CHANGED)[::2])
@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-16"), (";", "utf-8"), ("\t", "cp1252")])
def test_the_encoding_and_the_delimiter_do_not_matter(
    delimiter: str,
    encoding: str,
    name: str,
    shared: Database,
    original: dict[str, tuple[StagedUpload, list[tuple[str, ...]]]],
    tmp_path: Path,
) -> None:
    sample = SAMPLES[name]
    data = as_bytes(sample.cells(), delimiter=delimiter, encoding=encoding)
    staged = upload(shared, sample, data, tmp_path)
    assert rows(shared, staged) == original[name][1]
    if encoding == "cp1252" and any(
        ord(letter) > 127 for row in sample.cells() for cell in row for letter in cell
    ):
        assert "encoding_windows_1252" in {issue.code for issue in staged.issues}


@pytest.mark.parametrize("name", list(CHANGED)[1::2])
def test_doubled_rows_are_duplicates(
    name: str,
    shared: Database,
    original: dict[str, tuple[StagedUpload, list[tuple[str, ...]]]],
    tmp_path: Path,
) -> None:
    sample = SAMPLES[name]
    cells, header = sample.cells(), header_row(sample)
    doubled = [*cells, *(row for row in cells[header + 3 :])]
    staged = upload(shared, sample, as_bytes(doubled), tmp_path)
    first = original[name][0]
    assert staged.rows_accepted == first.rows_accepted
    assert staged.rows_rejected == first.rows_rejected
    assert staged.rows_duplicate == staged.rows_read - first.rows_accepted - first.rows_rejected > 0
    assert set(rows(shared, staged)) == set(original[name][1])


@pytest.mark.parametrize("name", list(CHANGED)[1::2])
def test_a_truncated_file_keeps_every_whole_row(
    name: str,
    shared: Database,
    original: dict[str, tuple[StagedUpload, list[tuple[str, ...]]]],
    tmp_path: Path,
) -> None:
    sample = SAMPLES[name]
    cells = [row for row in sample.cells() if any(row)]
    last = as_bytes([cells[-1]])
    data = as_bytes(cells)[: -len(last) + len(last) // 3]
    if as_bytes(cells)[: len(data)].count(b'"') % 2:
        with pytest.raises(BadFile, match="quotation mark"):
            upload(shared, sample, data, tmp_path)
        return
    staged = upload(shared, sample, data, tmp_path)
    whole = rows(shared, upload(shared, sample, as_bytes(cells[:-1]), tmp_path))
    found = rows(shared, staged)
    of_one_line = max(Counter(row[0] for row in original[name][1]).values())
    assert len(set(found) - set(whole)) <= of_one_line
    assert set(whole) <= set(found)


@pytest.mark.parametrize("name", CHANGED)
def test_a_formula_is_set_aside_with_its_row_and_column(
    name: str,
    shared: Database,
    original: dict[str, tuple[StagedUpload, list[tuple[str, ...]]]],
    tmp_path: Path,
) -> None:
    sample = SAMPLES[name]
    cells, header = sample.cells(), header_row(sample)
    columns = original[name][0].columns
    score = next(one.header for one in columns if one.meaning == "score")
    place = [cell.strip() for cell in cells[header]].index(score)
    # The third line under the header is a student's in every sample but one with two lines about points.
    line = header + 3
    before = cells[line][place]
    cells[line] = [*cells[line][:place], '=HYPERLINK("http://example.org")', *cells[line][place + 1 :]]
    staged = upload(shared, sample, as_bytes(cells), tmp_path)
    assert before != cells[line][place]
    problem = next(issue for issue in staged.issues if issue.code == "not_a_number")
    assert (problem.row, problem.column) == (line + 1, score)
    assert staged.rows_rejected == original[name][0].rows_rejected + 1
    assert len(set(original[name][1]) - set(rows(shared, staged, verdict="accepted"))) == 1


def test_wrapped_text_of_a_gradebook_is_unwrapped(
    shared: Database, original: dict[str, tuple[StagedUpload, list[tuple[str, ...]]]], tmp_path: Path
) -> None:
    sample = SAMPLES["2025-10-04T1030_Grades-Math_4.csv"]
    cells = sample.cells()
    column = cells[0].index("SIS User ID")
    for row in cells[3:-1]:
        row[column] = f'="{row[column]}"'
    assert rows(shared, upload(shared, sample, as_bytes(cells), tmp_path)) == original[sample.name][1]


def test_decimal_commas_are_read_where_semicolons_separate(
    shared: Database, original: dict[str, tuple[StagedUpload, list[tuple[str, ...]]]], tmp_path: Path
) -> None:
    sample = SAMPLES["2025-10-04T1030_Grades-Math_4.csv"]
    cells = [
        [re.sub(r"^(\d+)\.(\d+)$", r"\1,\2", cell.replace("1,000.00", "1000.00")) for cell in row]
        for row in sample.cells()
    ]
    found = rows(shared, upload(shared, sample, as_bytes(cells, delimiter=";"), tmp_path))
    assert found == [
        tuple(cell.replace("1000.00", "1000.00") for cell in row) for row in _plain_thousands(original)
    ]


def _plain_thousands(
    original: dict[str, tuple[StagedUpload, list[tuple[str, ...]]]],
) -> list[tuple[str, ...]]:
    return original["2025-10-04T1030_Grades-Math_4.csv"][1]


@pytest.mark.parametrize("name", CHANGED)
def test_null_bytes_are_refused(name: str, shared: Database, tmp_path: Path) -> None:
    data = bytearray(SAMPLES[name].paths[0].read_bytes())
    data[len(data) // 2] = 0
    with pytest.raises(BadFile, match="null bytes"):
        upload(shared, SAMPLES[name], bytes(data), tmp_path)


@pytest.mark.parametrize("name", ["clever.zip", "oneroster_1_2.zip", "cdf.zip"])
@pytest.mark.parametrize("trap", ["nested", "outside", "declared"])
def test_a_zip_that_sets_a_trap_is_refused(name: str, trap: str, shared: Database, tmp_path: Path) -> None:
    path = SAMPLES[name].write(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        match trap:
            case "nested":
                archive.writestr("more.zip", b"PK\x05\x06" + bytes(18))
            case "outside":
                archive.writestr("../users.csv", "sourcedId\n1\n")
            case _:
                archive.writestr("large.csv", "a\n" * 1000)
    if trap == "declared":
        data = bytearray(path.read_bytes())
        entry = data.rindex(b"PK\x01\x02")
        # The largest size that 32 bits can declare: 4 GB.
        data[entry + 24 : entry + 28] = (0xFFFFFFFE).to_bytes(4, "little")
        path.write_bytes(bytes(data))
    with pytest.raises(BadFile, match=r"\. |\.$"):
        stage_upload(shared, LOCAL_STEWARD, path)


DAMAGE = (
    "",
    "NULL",
    "=1+1",
    "-",
    "1e400",
    "nan",
    "1,5",
    "{x}",
    "$value_1",
    "'",
    '"',
    "\n",
    "Points Possible",
    "$1",
)


@pytest.mark.parametrize("seed", range(12))
def test_random_damage_is_refused_with_a_sentence_or_counted(
    seed: int, shared: Database, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    sample = SAMPLES[chance.choice(list(CHANGED))]
    cells = sample.cells()
    for _ in range(10):
        row = chance.choice([row for row in cells if row])
        row[chance.randrange(len(row))] = chance.choice(DAMAGE)
    data = bytearray(as_bytes(cells))
    if seed % 3 == 0:
        for _ in range(4):
            data[chance.randrange(len(data))] = chance.randrange(256)
    try:
        upload(shared, sample, bytes(data[: chance.randrange(len(data) // 2, len(data))]), tmp_path)
    except BadFile as refused:
        sentence = refused.message
    else:
        sentence = "Counted."
    assert sentence.endswith(".")
