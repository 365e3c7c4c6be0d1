"""The attacks of a random run: each draws whom to be, what to say and where, and counts what came of it."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import numpy as np
import pandas as pd

from plc.core.errors import PlcError
from plc.core.free_text import PAGE
from plc.core.viewer import LOCAL_STEWARD, Viewer
from plc.database import Database
from plc.people.release_records import Release
from plc.people.releases import read_release
from plc.practices.media import recognised
from plc.results import stage_upload
from plc.ui.downloads import csv_bytes
from plc.ui.text import ACTIVE, plain, unmarked
from tests.security.arguments import arguments_for
from tests.security.attempts import Attempts
from tests.security.looking import holds_number, holds_text
from tests.security.poison import ATTACK
from tests.security.test_hostile_words import FORMULAS, PATHS, SQL, TABLE
from tests.security.test_injection import formulas
from tests.security.test_other_scopes import (
    FOUND,
    IDS,
    MARK,
    MEMBERS,
    OUTSIDERS,
    WORDS,
    of_team,
    rows_of_team,
)
from tests.security.test_sums import SAME_STUDENTS, Whole, every_whole, known, learnt, merged, shown_to

# Words an attacker types where ids, names or texts are asked for.
HOSTILE: Final = (
    *SQL,
    *FORMULAS,
    *PATHS,
    ATTACK,
    "x" * 100_000,
    "\u202e\u200b",
    "",
    "\0",
    "T049",
    "sample-team-1",
)


@dataclass(slots=True)
class District:
    """A marked copy of the sample district, and what must not leave it."""

    database: Database
    folder: Path
    figures: frozenset[float]
    release: Release
    wholes: list[Whole]
    before: dict[str, str]
    uploads: int = 0


@contextmanager
def district(source: Path, folder: Path) -> Iterator[District]:
    """A copy of a database with a mark in every word of one team."""
    path = folder / "plc.duckdb"
    for each in (source, *source.parent.glob("*.key")):
        shutil.copy2(each, folder / each.name)
    with Database(path) as database:
        with database.write() as cursor:
            for table, columns in WORDS.items():
                sets = ", ".join(f"{column} = '{MARK} ' || {column}" for column in columns)
                cursor.execute(f"update {table} set {sets} where {of_team(table)}").fetchall()
        with database.read() as cursor:
            rows = cursor.execute(
                "select effect, own_effect, lower_bound, upper_bound, probability from scan_finding"
                f" where teacher_id in {MEMBERS}"
            ).fetchall()
            release = read_release(cursor, "catch_up")
        assert release is not None
        numbers = {round(float(cell), 9) for row in rows for cell in row if cell is not None}
        figures = frozenset(number for number in numbers if number != round(number, 2))
        yield District(database, folder, figures, release, every_whole(database), rows_of_team(database))


def _answer(attacked: District, viewer: Viewer, name: str, ids: dict[str, object], words: str) -> Any:
    try:
        return FOUND[name](attacked.database, viewer, **arguments_for(FOUND[name], ids, words=words))
    except PlcError as error:
        return [error.message]
    except Exception as error:
        return [str(error)] if "Parser Error" in str(error) else None


def other_scopes(attacked: District, draw: Random, attempts: Attempts) -> None:
    """An outsider calls a use case with ids of the team, some guessed right and some hostile."""
    who, viewer = draw.choice(list(OUTSIDERS.items()))
    name = draw.choice(sorted(FOUND))
    ids = {key: (value if draw.random() < 0.7 else draw.choice(HOSTILE)) for key, value in IDS.items()}
    answer = _answer(attacked, viewer, name, ids, draw.choice(HOSTILE))
    harm = [
        *holds_text(answer, MARK),
        *holds_number(answer, attacked.figures),
        *holds_text(answer, "Parser Error"),
    ]
    attempts.judge(harm, f"{name} by {who}")


def rows_of_others(attacked: District, draw: Random, attempts: Attempts) -> None:
    """Several calls of outsiders in a row change no row of the team."""
    for _ in range(20):
        other_scopes(attacked, draw, attempts)
    after = rows_of_team(attacked.database)
    changed = [table for table, fingerprint in after.items() if fingerprint != attacked.before[table]]
    attempts.judge(changed, "rows of the team")


def texts_kept(attacked: District, draw: Random, attempts: Attempts) -> None:
    """A hostile text given to a use case is kept within its limit or refused."""
    name = draw.choice(sorted(FOUND))
    _answer(
        attacked, draw.choice([LOCAL_STEWARD, *OUTSIDERS.values()]), name, dict(IDS), draw.choice(HOSTILE)
    )
    with attacked.database.read() as cursor:
        rows = cursor.execute(
            "select max(length(what)) from commitment union all select max(length(title)) from inquiry"
            " union all select max(length(words)) from barrier"
            " union all select max(length(reason)) from test_decision"
            " union all select max(length(prediction_words)) from practice_test"
        ).fetchall()
    attempts.judge([length for (length,) in rows if (length or 0) > PAGE], name)


def names_of_files(attacked: District, draw: Random, attempts: Attempts) -> None:
    """A file, or one packed in another, under a name that leads elsewhere."""
    name = draw.choice(PATHS) + draw.choice(("", ".csv", ".zip", "\u202evsc.exe"))
    path = attacked.folder / f"file-{attacked.uploads}"
    attacked.uploads += 1
    if draw.random() < 0.5:
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(zipfile.ZipInfo(name[:200]), TABLE * draw.randint(1, 50))
    else:
        path.write_bytes(bytes(draw.randbytes(200)) + TABLE)
    try:
        stage_upload(attacked.database, LOCAL_STEWARD, path, file_name=name)
    except PlcError:
        attempts.refused()
    except Exception as error:
        attempts.got_through(f"{type(error).__name__} for {name!r:.40}")
    else:
        attempts.refused()
    path.unlink()
    attempts.judge(list(attacked.folder.parent.glob("*escaped*")), "a file outside")


def materials(attacked: District, draw: Random, attempts: Attempts) -> None:
    """Random bytes and broken documents as a card's material."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            draw.choice(["word/document.xml", "../../x", "[Content_Types].xml"]),
            b"0" * draw.randint(0, 2**20),
        )
    start = draw.choice(
        [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04", inner.getvalue()]
    )
    content = start + draw.randbytes(draw.randint(0, 500))
    ending = draw.choice([".pdf", ".png", ".jpg", ".docx", ".xlsx", ".html", ".svg", ".exe", ""])
    name = draw.choice(["plan", "../plan", "=plan", "\u202eplan", "a" * 200]) + ending
    try:
        found = recognised(name, content)
    except PlcError:
        attempts.refused()
    except Exception as error:
        attempts.got_through(f"{type(error).__name__} for {name!r:.40}")
    else:
        harmful = found.media_type in ("text/html", "image/svg+xml") or "/" in found.file_name
        attempts.judge(harmful, f"taken as {found.media_type}")


def downloads(attacked: District, draw: Random, attempts: Attempts) -> None:
    """Hostile cells, headers and mixtures in a table that somebody takes away."""
    cells = [draw.choice(["", " ", "a"]) * draw.randint(0, 1) + draw.choice(HOSTILE[:20]) for _ in range(10)]
    frame = pd.DataFrame({draw.choice(FORMULAS): cells, "n": np.arange(10)})
    attempts.judge(formulas(csv_bytes(frame)), "a formula")


def words_on_pages(attacked: District, draw: Random, attempts: Attempts) -> None:
    """A random text as Markdown would read it: every active sign is escaped, in words and in cells."""
    signs = "".join(sorted(ACTIVE)) + "abz \n\u202e\u200b19"
    words = "".join(draw.choice(signs) for _ in range(draw.randint(1, 60)))
    for said in (plain(words), unmarked(f"a{words}`")):
        bare = [
            sign for place, sign in enumerate(said)
            if sign in ACTIVE and sign != "\\" and (place == 0 or said[place - 1] != "\\")
        ]  # fmt: skip
        attempts.judge(bare or "\u202e" in said, f"{words!r}")


def released_sums(attacked: District, draw: Random, attempts: Attempts) -> None:
    """Some of the released figures, added and subtracted by a leader or by somebody who knows one class."""
    whole = draw.choice(attacked.wholes)
    leader = draw.random() < 0.5
    if not leader:
        if whole.name.endswith(SAME_STUDENTS):
            return
        whole = merged(whole)
    cells = shown_to(attacked.release, leader=leader)
    some = draw.sample(cells, draw.randint(len(cells) // 2, len(cells)))
    own = None if leader else draw.choice([str(name) for name in whole.teachers])
    tried, found = learnt(whole, known(whole, some), own=own)
    attempts.refused(tried - len(found))
    for words in found:
        attempts.got_through(f"{words}, by {own or 'a leader'}")


KINDS: Final[dict[str, Callable[[District, Random, Attempts], None]]] = {
    "other scopes": rows_of_others,
    "texts kept": texts_kept,
    "names of files": names_of_files,
    "materials": materials,
    "downloads": downloads,
    "words on pages": words_on_pages,
    "released sums": released_sums,
}
