"""Hostile words: SQL in any text, SQL that got in, formulas in a download, paths in a file's name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final

import pandas as pd
import pytest

from plc.core.errors import PlcError
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.database import Database
from plc.results import stage_upload
from plc.ui.downloads import csv_bytes
from tests.security.arguments import arguments_for, text_parameters
from tests.security.attempts import Attempts
from tests.security.test_other_scopes import FOUND

SQL: Final = ("'; drop table team; --", "' or '1'='1' union select name from teacher --")
FORMULAS: Final = (
    "=HYPERLINK(\"http://evil.example\")", "+1+1", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "   +1",
    "=cmd|' /C calc'!A0",
)  # fmt: skip
ROLES: Final = (
    Viewer(Role.FACILITATOR, teacher_id="T049", team_ids=("sample-team-1",)),
    Viewer(Role.DISTRICT_LEADER),
    LOCAL_STEWARD,
)


def structure(database: Database) -> list[tuple[object, ...]]:
    with database.read() as cursor:
        return cursor.execute(
            "select table_name, column_name from information_schema.columns order by all"
        ).fetchall()


def test_sql_in_any_text_is_text(database: Database, attempts: Attempts) -> None:
    before = structure(database)
    for name, use_case in FOUND.items():
        if not text_parameters(use_case):
            continue
        for words in SQL:
            broken = ""
            for viewer in ROLES:
                try:
                    use_case(database, viewer, **arguments_for(use_case, {}, words=words))
                except PlcError:
                    continue
                except Exception as error:
                    # A statement that words broke open says so.
                    broken = str(error) if "Parser Error" in str(error) else ""
            attempts.judge(broken, f"{name} with {words}")
    attempts.judge(structure(database) != before, "the schema")


HARMFUL: Final = (
    "select content from read_text('{outside}')", "select * from read_csv('{outside}')",
    "select * from '{outside}'",
    "select content from read_blob('/etc/passwd')", "select * from glob('/etc/*')", "attach '{outside}.db'",
    "copy (select 1) to '{outside}.out'", "export database '{folder}'", "install httpfs", "load httpfs",
    "install spatial from community", "select * from 'https://evil.example/x.csv'",
    "set enable_external_access=true", "set lock_configuration=false", "set allowed_directories=['/']",
    "set python_enable_replacements=true", "select * from frame_in_python", "reset enable_external_access",
    "pragma enable_external_access", "set home_directory='/'", "set temp_directory='{folder}'",
    "set secret_directory='{folder}'", "create secret s (type s3, key_id 'x', secret 'y')",
    "set extension_directory='{folder}'", "set custom_extension_repository='http://evil.example'",
    "select getenv('HOME')",
)  # fmt: skip


def test_whoever_got_sql_in_reads_no_file_and_loads_nothing(
    database: Database, attempts: Attempts, tmp_path: Path
) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.csv"
    outside.write_text("secret\n1\n")
    frame_in_python = pd.DataFrame({"secret": [1]})
    for statement in HARMFUL:
        with database.read() as cursor:
            try:
                cursor.execute(statement.format(outside=outside, folder=tmp_path.parent)).fetchall()
            except Exception:
                attempts.refused()
            else:
                attempts.got_through(statement)
    assert len(frame_in_python) == 1
    left = [path.name for path in tmp_path.parent.glob(f"{outside.name}.*")]
    attempts.judge(left, "files written")


def test_the_same_reading_works_where_nothing_is_locked(tmp_path: Path) -> None:
    """A check of the attack: an unlocked DuckDB reads the file."""
    import duckdb

    outside = tmp_path / "outside.csv"
    outside.write_text("secret\n1\n")
    opened = duckdb.connect()  # noqa: TID251
    assert opened.execute(f"select content from read_text('{outside}')").fetchall()
    opened.close()


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_or_header_of_a_download_starts_a_formula(attempts: Attempts, formula: str) -> None:
    for frame in (
        pd.DataFrame({"words": [formula]}),
        pd.DataFrame({formula: ["x"]}),
        pd.DataFrame({"words": pd.Categorical([formula])}),
        pd.DataFrame({"words": pd.array([formula], dtype="string")}),
        pd.DataFrame({"words": [formula, 1, None]}, dtype=object),
    ):
        read = pd.read_csv(io.BytesIO(csv_bytes(frame)), header=None, dtype=str, keep_default_na=False)
        cells = [str(cell) for cell in read.to_numpy().ravel()]
        bad = [cell for cell in cells if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))]
        attempts.judge(bad, formula)


PATHS: Final = (
    "../../escaped.csv", "..\\..\\escaped.csv", "/tmp/escaped.csv", "C:\\escaped.csv", "a/../../escaped.csv",  # noqa: S108
    "....//escaped.csv", "results\0.csv", "~/escaped.csv", "\u2025/escaped.csv", "x" * 300 + ".csv",
)  # fmt: skip
TABLE: Final = b"student_id,assessment_name,score\n1,Unit 1,5\n"


def test_no_name_of_an_upload_leads_out_of_its_folder(
    database: Database, attempts: Attempts, tmp_path: Path
) -> None:
    plain = tmp_path / "plain.csv"
    plain.write_bytes(TABLE)
    around = set(tmp_path.parent.rglob("*escaped*"))
    for number, name in enumerate(PATHS):
        packed = tmp_path / f"packed-{number}.zip"
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(zipfile.ZipInfo(name), TABLE)
        for path, file_name in ((plain, name), (packed, "packed.zip")):
            error = None
            try:
                stage_upload(database, LOCAL_STEWARD, path, file_name=file_name)
            except PlcError:
                pass
            except Exception as other:
                error = type(other).__name__
            attempts.judge(error, f"an error nobody foresaw for {name!r:.40}")
    escaped = set(tmp_path.parent.rglob("*escaped*")) - around
    inside = {path for path in escaped if database.uploads in path.parents}
    attempts.judge(escaped - inside, "a file outside")
    attempts.judge(Path("/tmp/escaped.csv").exists(), "a file in /tmp")  # noqa: S108
