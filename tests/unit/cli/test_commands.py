"""The command line: data on stdout, words on stderr, an exit code per kind of error."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from plc.cli import main
from plc.core.viewer import LOCAL_STEWARD
from plc.database import Database
from plc.results import save_layout, stage_upload

RESULTS = """student_id,teacher_id,school_id,grade,subject,school_year,assessment,kind,date,score
000123,T1,S1,6,Maths,2025-26,Start check,baseline,2025-09-08,12
000124,T1,S1,6,Maths,2025-26,Start check,baseline,2025-09-08,15
000123,T1,S1,6,Maths,2025-26,Unit 1,common,2025-10-10,31
000124,T1,S1,6,Maths,2025-26,Unit 1,common,2025-10-10,not a number
"""
HOLD = """
import sys
from plc.database import Database
with Database(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.readline()
"""
SUMMARY_KEYS = {
    "upload_id", "format", "file", "rows_read", "rows_accepted", "rows_duplicate", "rows_superseded",
    "rows_rejected", "issues",
}  # fmt: skip


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.csv"
    path.write_text(RESULTS)
    return path


def run(tmp_path: Path, *words: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, words), "--db", str(tmp_path / "plc.duckdb")])


def test_import_prints_one_document_whose_counts_add_up(tmp_path: Path, results: Path) -> None:
    outcome = run(tmp_path, "import", results, "--yes", "--json")
    assert outcome.exit_code == 0, outcome.stderr
    (upload,) = json.loads(outcome.stdout)["uploads"]
    assert set(upload) >= SUMMARY_KEYS
    assert upload["rows_read"] == 4
    assert (upload["rows_accepted"], upload["rows_duplicate"], upload["rows_rejected"]) == (3, 0, 1)
    (issue,) = [issue for issue in upload["issues"] if issue["row"] is not None]
    assert set(issue) == {"file", "row", "column", "code", "message"}
    assert (issue["row"], issue["column"]) == (5, "score")


def test_importing_a_file_again_changes_nothing_and_says_so(tmp_path: Path, results: Path) -> None:
    run(tmp_path, "import", results, "--yes")
    again = json.loads(run(tmp_path, "import", results, "--yes", "--json").stdout)["uploads"][0]
    assert (again["rows_accepted"], again["rows_duplicate"]) == (0, 3)


def test_a_dry_run_writes_no_results(tmp_path: Path, results: Path) -> None:
    outcome = run(tmp_path, "import", results, "--dry-run", "--json")
    assert json.loads(outcome.stdout)["uploads"][0]["rows_accepted"] == 3
    assert "Nothing was written" in outcome.stderr
    after = json.loads(run(tmp_path, "import", results, "--yes", "--json").stdout)["uploads"][0]
    assert after["rows_accepted"] == 3


def test_a_value_the_file_lacks_is_asked_for_and_can_be_set(tmp_path: Path) -> None:
    path = tmp_path / "gradebook.csv"
    path.write_text("student_id,score\n1,10\n2,12\n")
    refused = run(tmp_path, "import", path, "--yes", "--json")
    assert refused.exit_code == 11
    assert "teacher_id" in refused.stderr
    answers = {
        "teacher_id": "T1", "grade": "6", "subject": "maths", "school_year": "2026", "assessment": "Unit 1",
        "date": "2025-10-10",
    }  # fmt: skip
    told = run(
        tmp_path, "import", path, "--yes", *[w for k, v in answers.items() for w in ("--set", f"{k}={v}")]
    )
    assert told.exit_code == 0, told.stderr


def test_a_file_of_which_no_row_can_be_taken_is_refused_and_not_kept(tmp_path: Path) -> None:
    path = tmp_path / "nothing.csv"
    path.write_text(RESULTS.splitlines()[0] + "\n1,T1,S1,6,Maths,2026,Unit 1,common,2025-10-10,many\n")
    outcome = run(tmp_path, "import", path, "--yes", "--json")
    assert outcome.exit_code == 11
    assert json.loads(outcome.stdout)["uploads"][0]["rows_accepted"] == 0
    assert not [entry for entry in (tmp_path / "uploads").iterdir() if entry.is_dir()]


def test_nobody_to_confirm_is_an_error_that_says_what_to_add(tmp_path: Path, results: Path) -> None:
    outcome = run(tmp_path, "import", results)
    assert outcome.exit_code == 11
    assert "--yes" in outcome.stderr


def test_one_bad_file_does_not_stop_the_others(tmp_path: Path, results: Path) -> None:
    empty = tmp_path / "empty.csv"
    empty.touch()
    outcome = run(tmp_path, "import", empty, results, "--yes", "--json")
    assert outcome.exit_code == 11
    refused, taken = json.loads(outcome.stdout)["uploads"]
    assert refused["rows_read"] == 0
    assert "empty" in refused["issues"][0]["message"]
    assert taken["rows_accepted"] == 3


def test_no_threshold_turns_the_scan_into_a_list_of_everyone(tmp_path: Path) -> None:
    run(tmp_path, "demo")
    for option, value in (("--delta", "-5"), ("--delta", "nan"), ("--false-discovery-rate", "0.9")):
        outcome = run(tmp_path, "scan", option, value, "--json")
        assert outcome.exit_code != 0
        assert "T0" not in outcome.stdout


def test_a_mistyped_database_is_not_taken_for_an_empty_district(tmp_path: Path) -> None:
    for command in ("scan", "doctor"):
        outcome = run(tmp_path, command)
        assert outcome.exit_code == 14
        assert not (tmp_path / "plc.duckdb").exists()


def test_a_results_file_given_as_the_database_is_refused_and_kept(tmp_path: Path, results: Path) -> None:
    before = results.read_bytes()
    outcome = CliRunner().invoke(main, ["import", str(results), "--yes", "--db", str(results)])
    assert outcome.exit_code == 17
    assert results.read_bytes() == before


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    outcome = run(tmp_path, "import", tmp_path / "nowhere.csv", "--yes")
    assert outcome.exit_code != 0
    assert "nowhere.csv" in outcome.stderr


def test_a_scan_of_too_little_prints_no_bright_spots_and_no_figures(tmp_path: Path, results: Path) -> None:
    run(tmp_path, "import", results, "--yes")
    outcome = run(tmp_path, "scan", "--json")
    assert outcome.exit_code == 0, outcome.stderr
    assert json.loads(outcome.stdout)["bright_spots"] == []
    assert "T1" not in outcome.stdout


def test_a_scan_prints_how_many_and_nobody_from_whom_teachers_could_be_ordered(tmp_path: Path) -> None:
    run(tmp_path, "demo")
    outcome = run(tmp_path, "scan", "--subject", "maths", "--json")
    spots = json.loads(outcome.stdout)["bright_spots"]
    assert spots
    for spot in spots:
        assert set(spot) == {"subject", "label", "teachers"}
        assert spot["teachers"] is None or 3 <= spot["teachers"] < 20
        assert "bright spot" in spot["label"] or spot["label"] == "early signal"
    words = run(tmp_path, "scan", "--subject", "maths").stdout
    for text in (outcome.stdout, words):
        assert not re.search(r"T\d{3}", text)
    assert not re.search(r"\d\.\d", words)


def test_the_doctor_finds_a_fresh_sample_sound(tmp_path: Path) -> None:
    run(tmp_path, "demo")
    outcome = run(tmp_path, "doctor", "--json")
    assert outcome.exit_code == 0, outcome.stdout
    assert all(check["ok"] for check in json.loads(outcome.stdout)["checks"])


def test_the_doctor_notices_results_that_point_at_nothing(tmp_path: Path, results: Path) -> None:
    from plc.database import Database

    run(tmp_path, "import", results, "--yes")
    with Database(tmp_path / "plc.duckdb") as database, database.write() as cursor:
        cursor.execute("delete from student_version").fetchall()
    outcome = run(tmp_path, "doctor")
    assert outcome.exit_code == 1
    assert "WRONG  results" in outcome.stdout


def test_a_file_that_is_no_database_has_its_own_exit_code(tmp_path: Path) -> None:
    (tmp_path / "plc.duckdb").write_text("not a database" * 500)
    assert run(tmp_path, "doctor").exit_code == 17


def test_every_command_in_the_readme_exists() -> None:
    words = [line.split() for line in Path("README.md").read_text().splitlines() if line.startswith("plc ")]
    assert words
    for _, name, *rest in words:
        command = main.commands[name]
        if isinstance(command, click.Group):
            command = command.commands[rest[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        used = {word for word in rest if word.startswith("--")}
        assert used <= known


def test_a_layout_kept_in_the_app_reads_a_table_nobody_recognises(tmp_path: Path) -> None:
    table = tmp_path / "ours.csv"
    table.write_text("Kid code,Quarter mark\n" + "".join(f"K{n:03d},{n}\n" for n in range(12)))
    answers = {"format": "by_hand", "student_id": "column:Kid code", "score": "column:Quarter mark"}
    with Database(tmp_path / "plc.duckdb") as database:
        staged = stage_upload(database, LOCAL_STEWARD, table, answers=answers)
        save_layout(database, LOCAL_STEWARD, staged.upload_id, "Our marks")
    rest = (
        "teacher_id=N1",
        "grade=6",
        "subject=maths",
        "school_year=2026",
        "assessment=Q1",
        "date=2025-10-01",
    )
    words = [word for answer in rest for word in ("--set", answer)]
    assert run(tmp_path, "import", table, "--yes", *words).exit_code == 11
    outcome = run(tmp_path, "import", table, "--yes", "--layout", "Our marks", *words)
    assert (outcome.exit_code, "12 accepted" in outcome.stderr) == (0, True)
    wrong = run(tmp_path, "import", table, "--yes", "--layout", "Theirs")
    assert (wrong.exit_code, "Layouts: Our marks" in wrong.stderr) == (14, True)


def test_many_rows_left_out_are_warned_of(tmp_path: Path, results: Path) -> None:
    assert "1 of 4 rows (25%) are left out" in run(tmp_path, "import", results, "--yes").stderr


def test_a_database_open_in_the_app_gets_the_file_through_its_inbox(tmp_path: Path, results: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "plc.duckdb")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert holder.stdout is not None
    assert holder.stdin is not None
    try:
        assert holder.stdout.readline() == "open\n"
        asked = run(tmp_path, "import", results, "--yes", "--set", "subject=maths", "--json")
        checked = run(tmp_path, "import", results, "--dry-run")
    finally:
        holder.communicate("done\n")
    assert (asked.exit_code, "in its inbox as results.csv" in asked.stderr) == (0, True)
    assert json.loads(asked.stdout) == {"uploads": [{"file": "results.csv", "state": "in_inbox"}]}
    assert (tmp_path / "inbox" / "results.csv").read_text() == RESULTS
    manifest = json.loads((tmp_path / "inbox" / "results.csv.json").read_text())
    assert (manifest["confirm"], manifest["answers"]) == (True, {"subject": "maths"})
    assert (checked.exit_code, "open in another process" in checked.stderr) == (17, True)


def test_a_refused_file_says_in_json_what_was_found_and_how_to_name_a_column(tmp_path: Path) -> None:
    path = tmp_path / "renamed.csv"
    path.write_text(RESULTS.replace("student_id", "Schueler").replace("score", "Punkte"))
    outcome = run(tmp_path, "import", path, "--yes", "--json")
    assert outcome.exit_code == 11
    (refused,) = json.loads(outcome.stdout)["uploads"]
    assert refused["state"] == "refused"
    assert refused["rows_read"] == 4
    assert (
        refused["rows_read"]
        == refused["rows_accepted"] + refused["rows_duplicate"] + refused["rows_rejected"]
    )
    whole, *found = refused["issues"]
    assert "student_id=column:HEADER" in whole["message"]
    assert "Schueler" in whole["message"]
    assert {issue["column"] for issue in found} >= {"student_id", "score"}


def test_a_file_whose_every_row_is_rejected_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rejected.csv"
    path.write_text("\n".join([RESULTS.splitlines()[0], RESULTS.splitlines()[4]]) + "\n")
    outcome = run(tmp_path, "import", path, "--yes", "--json")
    assert outcome.exit_code == 11
    assert "nothing to confirm" in outcome.stderr


def test_serving_begins_with_the_address_and_no_notices(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "plc", "serve", "--db", tmp_path / "plc.duckdb", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        first = server.stdout.readline()
        server.kill()
    assert first.startswith("Open http://localhost:")
