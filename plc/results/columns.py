"""From a file's headers to the columns of a shape.

Headers are compared in lower case without punctuation. What is not recognised is listed, never guessed;
columns that name a student are left out before any value is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from plc.core.errors import BadFile
from plc.results.issues import file_note, problem_words
from plc.results.records import ColumnMatch
from plc.results.tables import TableShape
from plc.results.vocabulary import plain
from plc.results.words import readable

# `--set student_id=column:Pupil No` reads a column under another header.
COLUMN_ANSWER = "column:"
# `--set score_columns=math,reading --set score_columns_are=subject` reads a wide file.
SCORE_COLUMNS, SCORE_COLUMNS_ARE = "score_columns", "score_columns_are"
UNPIVOTED = ("assessment", "subject", "standard")
# Between names of score columns; a line break where a name itself has a comma.
SCORE_SEPARATORS = (",", "\n")
# `--set date_order=day` reads 3/4/2026 as the third of April.
DATE_ORDER = "date_order"

_STUDENT_NAME = re.compile(
    r"^(student|pupil|learner|child)?(s)?(first|last|middle|full|given|family|preferred|sur|legal|nick)?"
    r"(name)(first|last|middle|suffix|lastfirst|firstlast)?$"
    r"|^(student|pupil|learner|child)$"
    r"|^(student|pupil|learner)?(firstname|lastname|surname|fname|lname|namefirst|namelast)$"
    r"|^(student|pupil)s?(email|emailaddress|username|login)$|^(email|emailaddress|username|password|dob|birthdate|dateofbirth|ssn)$"
)


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """Which position of a source holds what. `scores` is empty unless the file is wide."""

    positions: Mapping[str, int]
    groups: Mapping[str, int]
    constants: Mapping[str, str]
    scores: tuple[tuple[str, int], ...]
    scores_are: str | None
    matches: tuple[ColumnMatch, ...]

    def gives(self, column: str) -> bool:
        """Whether the file or an answer gives this column."""
        return column in self.positions or column in self.constants or column == self.scores_are


def header_words(shape: TableShape) -> dict[str, str]:
    """Every normalised header this shape knows, to its column; a column's own name wins over a synonym."""
    own = {plain(column.name): column.name for column in shape.columns}
    others = {synonym: column.name for column in shape.columns for synonym in column.synonyms}
    return others | own


def is_student_name(header: str, shape: TableShape) -> bool:
    """Whether a header holds a student's name or sign-in, which is never read."""
    word = plain(header)
    return word not in header_words(shape) and _STUDENT_NAME.match(word) is not None


def match_columns(
    shape: TableShape, headers: Sequence[str], answers: Mapping[str, str], *, file: str
) -> ColumnPlan:
    """Match headers to the shape's columns; an answer wins over the file.

    Raises `BadFile` for an answer that names no column of the shape, no header of the file, or a value that
    no row could hold.
    """
    constants, chosen = _read_answers(shape, headers, answers, file=file)
    wide = _score_columns(headers, answers, file=file)
    taken = {position for _, position in wide}
    words = header_words(shape)
    own = {plain(column.name) for column in shape.columns}
    positions = dict(chosen)
    # A column's own name beats a synonym wherever it stands.
    for exact in (True, False):
        for position, header in enumerate(headers):
            name = words.get(plain(header))
            usable = name is not None and position not in taken and position not in positions.values()
            if (
                name
                and usable
                and (plain(header) in own) == exact
                and name not in positions
                and name not in constants
            ):
                positions[name] = position
    groups = {
        _group_name(header): position
        for position, header in reversed(list(enumerate(headers)))
        if shape.groups and plain(header).startswith("group") and len(plain(header)) > len("group")
        and position not in positions.values() and position not in taken
    }  # fmt: skip
    are = answers.get(SCORE_COLUMNS_ARE, "subject").strip().lower() if wide else None
    meanings = {place: name for name, place in positions.items()}
    meanings |= {place: f"group_{name}" for name, place in groups.items()} | dict.fromkeys(taken, "score")
    matches = tuple(
        ColumnMatch(file, header, meaning, "" if meaning else _why_unused(header, shape, constants))
        for place, header in enumerate(headers)
        for meaning in (meanings.get(place),)
    )
    return ColumnPlan(positions, groups, constants, wide, are, matches)


def _read_answers(
    shape: TableShape, headers: Sequence[str], answers: Mapping[str, str], *, file: str
) -> tuple[dict[str, str], dict[str, int]]:
    """The answered columns: constants by name, and positions picked by header."""
    names = {plain(column.name): column.name for column in shape.columns}
    constants: dict[str, str] = {}
    chosen: dict[str, int] = {}
    for key, value in answers.items():
        if key in (SCORE_COLUMNS, SCORE_COLUMNS_ARE, DATE_ORDER):
            continue
        if not value.strip():
            continue
        name = names.get(plain(key))
        if name is None:
            raise BadFile(f"There is no column {key} to answer. Known columns: {', '.join(names.values())}.")
        if value.startswith(COLUMN_ANSWER):
            chosen[name] = _position(headers, value.removeprefix(COLUMN_ANSWER), file=file)
        else:
            constants[name] = value.strip()
    kinds = {column.name: column.reads for column in shape.columns}
    wrong = [name for name, value in constants.items() if not readable(kinds[name], value)]
    if wrong:
        issues = [
            file_note(file, f"unknown_{kinds[name]}", _wrong_answer(name, kinds), name) for name in wrong
        ]
        raise BadFile(" ".join(issue.message for issue in issues), issues)
    return constants, chosen


def _wrong_answer(name: str, kinds: Mapping[str, str]) -> str:
    return f"The answer for {name} holds for no row. {problem_words(name, f'unknown_{kinds[name]}')}"


def _score_columns(
    headers: Sequence[str], answers: Mapping[str, str], *, file: str
) -> tuple[tuple[str, int], ...]:
    if not answers.get(SCORE_COLUMNS, "").strip():
        return ()
    if answers.get(SCORE_COLUMNS_ARE, "subject").strip().lower() not in UNPIVOTED:
        raise BadFile(f"{SCORE_COLUMNS_ARE} must be one of {', '.join(UNPIVOTED)}.")
    positions = [_position(headers, name, file=file) for name in score_names(answers[SCORE_COLUMNS])]
    return tuple((headers[position].strip(), position) for position in dict.fromkeys(positions))


def score_names(text: str) -> list[str]:
    """The column names in an answer to `score_columns`."""
    comma, line_break = SCORE_SEPARATORS
    return [name.strip() for name in text.split(line_break if line_break in text else comma) if name.strip()]


def _position(headers: Sequence[str], header: str, *, file: str) -> int:
    stripped = [other.strip() for other in headers]
    if header.strip() in stripped:
        return stripped.index(header.strip())
    words = [plain(other) for other in headers]
    if plain(header) and plain(header) in words:
        return words.index(plain(header))
    raise BadFile(f"{file} has no column {header.strip()}. Its columns: {', '.join(filter(None, stripped))}.")


def _group_name(header: str) -> str:
    name = re.sub(r"[^a-z0-9]+", "_", header.strip().lower()).strip("_")
    return name.removeprefix("group").strip("_")


def _why_unused(header: str, shape: TableShape, constants: Mapping[str, str]) -> str:
    if is_student_name(header, shape):
        return "left out unread: names a student"
    answered = header_words(shape).get(plain(header)) in constants
    return "answered for the whole file instead" if answered else "not used"
