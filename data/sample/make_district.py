"""Make the sample district: `python data/sample/make_district.py [--out FOLDER]`.

The same seed gives the same tables. What is planted is in README.md beside this file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pandas as pd

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from district.people import consent_table, team_agreement_table  # noqa: E402
from district.plan import LONE_POST, SEED, TRANSFER_POST, TRANSFERS, TRUTHS  # noqa: E402
from district.practices import plant_practices, practice_tables  # noqa: E402
from district.roster import Roster, build_roster  # noqa: E402
from district.scores import simulate  # noqa: E402
from district.tables import bundle_tables, mark_absences, result_table  # noqa: E402
from district.uploads import upload_files  # noqa: E402


def main() -> None:
    """Write everything below the folder given, by default this one."""
    parser = argparse.ArgumentParser(description="Make the sample district.")
    parser.add_argument("--out", type=Path, default=HERE)
    out: Path = parser.parse_args().out
    rng = np.random.default_rng(SEED)
    roster = build_roster(rng)
    scores = simulate(rng, roster)
    mark_absences(rng, scores)
    practices, tests = practice_tables(roster)
    plant_practices(scores, tests)
    results = result_table(rng, roster, scores)
    for folder in (out / "bundle", out / "uploads"):
        folder.mkdir(parents=True, exist_ok=True)
    for name, table in bundle_tables(roster, results).items():
        table.to_parquet(out / "bundle" / f"{name}.parquet", compression="zstd", index=False)
    for name, table in {
        "consents": consent_table(rng, roster),
        "team_agreements": team_agreement_table(roster),
        "practices": practices,
        "practice_tests": tests,
        "truths": _truths(roster),
    }.items():
        table.to_csv(out / f"{name}.csv", index=False)
    for name, table in upload_files(rng, roster, scores).items():
        table.to_csv(out / "uploads" / name, index=False)


def _truths(roster: Roster) -> pd.DataFrame:
    """The planted teachers by id, for the tests that look for them."""
    rows = [(truth.fixture, post, truth.words) for post, truth in TRUTHS.items()]
    rows += [
        ("F9", TRANSFER_POST, f"{TRANSFERS} students join one class in January of the second year"),
        ("F12", LONE_POST, "the only grade 6 maths teacher of her school"),
    ]
    table = pd.DataFrame(rows, columns=["fixture", "post", "truth"])
    return table.merge(roster.teachers[["post", "teacher_id", "name"]], on="post", how="left")


if __name__ == "__main__":
    main()
