"""Turn the Tennessee STAR results into a results file: `python data/star/make_star.py [--out FILE]`.

One row per student, grade and subject. Kindergarten rows have no school or teacher and serve only as
starting points of grade 1.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
SUBJECTS = ["math", "read", "listening", "word_skills"]
# The study's children entered kindergarten in autumn 1985, so grade g ended in 1986 + g.
KINDERGARTEN_ENDED = 1986


def star_results(source: Path) -> pd.DataFrame:
    """The results file's columns; every score of the source, missing ones left out."""
    wide = pd.read_csv(source, dtype=dict.fromkeys(("student_id", "school_id", "teacher_id"), "str"))
    wide["school_year"] = KINDERGARTEN_ENDED + wide["grade_num"]
    wide["date"] = wide["school_year"].astype(str) + "-04-15"
    wide["assessment"] = "Stanford Achievement Test"
    wide["kind"] = "benchmark"
    kept = ["student_id", "teacher_id", "school_id", "grade", "school_year", "assessment", "kind", "date"]
    long = wide.melt(id_vars=kept, value_vars=SUBJECTS, var_name="subject", value_name="score")
    long = long.dropna(subset="score").sort_values(["school_year", "subject", "student_id"], kind="stable")
    long["score"] = long["score"].astype(int)
    return long.reset_index(drop=True)


def main() -> None:
    """Write `star.parquet` beside this file unless told otherwise."""
    parser = argparse.ArgumentParser(description="Make the STAR results file.")
    parser.add_argument("--out", type=Path, default=HERE / "star.parquet")
    out: Path = parser.parse_args().out
    star_results(HERE / "star_results.csv.gz").to_parquet(out, compression="zstd", index=False)


if __name__ == "__main__":
    main()
