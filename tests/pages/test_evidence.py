"""What a figure is made of, on screen: the teacher's steps, peers, checks and download; nobody else's."""

from __future__ import annotations

import io
import zipfile

import pandas as pd

from plc.bright_spots import own_evidence
from plc.bright_spots.sensitivity import VARIANTS
from plc.core.viewer import Role
from plc.ui import takeaway
from tests.pages.conftest import App, text_of
from tests.pages.test_seats import F1_TEACHER, MINE, SPOTS, sit_as

# A teacher without a flag, and one with seven students (sample, F4 and F3).
PLAIN, SMALL = "T048", "T075"
STEP = "Where these students ended"


def test_a_flagged_teacher_reads_each_check_and_what_it_leaves(sample: App) -> None:
    viewer = sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    own = own_evidence(sample.open(), viewer)["maths"]
    at = sample.page(MINE)
    (variants,) = [table.value for table in at.table if "Chance" in table.value]
    assert len(variants) == len(VARIANTS)
    assert own.robustness
    assert own.robustness in text_of(at)


def test_a_teacher_without_a_flag_reads_of_no_checks(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=PLAIN)
    at = sample.page(MINE)
    assert not [table for table in at.table if "Chance" in table.value]
    assert "every check we tried" not in text_of(at)
    assert "Above peers' expectation in" in text_of(at)


def test_the_steps_of_a_figure_add_up_on_screen(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    (made,) = [
        t.value for t in at.table if any("Where these students ended" in str(w) for w in t.value.iloc[:, 0])
    ]
    said = {
        words: float(figure.removesuffix(" SD").replace("−", "-"))
        for words, figure in made.itertuples(index=False)
        if figure.endswith(" SD")
    }
    *parts, left = (
        value for words, value in said.items() if words.startswith(("Where these", "less", "leaves"))
    )
    assert len(parts) == 4
    assert abs(sum(parts) - left) < 0.03


def test_a_teacher_takes_her_own_classes_away(sample: App) -> None:
    viewer = sample.sit(Role.TEACHER, teacher_id=F1_TEACHER)
    at = sample.page(MINE)
    assert [button for button in at.get("download_button") if "step by step" in button.proto.label]
    with zipfile.ZipFile(io.BytesIO(takeaway.zip_bytes(sample.open(), viewer))) as archive:
        assert set(archive.namelist()) == {
            "how-to-follow.txt", "cells.csv", "classes.csv", "published.csv", "strata.csv",
        }  # fmt: skip
        classes = pd.read_csv(archive.open("classes.csv"))
        cells = pd.read_csv(archive.open("cells.csv"))
    assert len(classes) == 6
    assert len(cells) == 36
    with sample.open().read() as cursor:
        hers = cursor.execute(
            "select distinct section.section_id from section join section_teacher using (section_key)"
            " join teacher using (teacher_key) where teacher.teacher_id = $teacher",
            {"teacher": F1_TEACHER},
        ).fetchall()
    assert set(classes["section_id"]) <= {section for (section,) in hers}


def test_seven_students_offer_no_download_and_no_steps(sample: App) -> None:
    sample.sit(Role.TEACHER, teacher_id=SMALL)
    at = sample.page(MINE)
    assert not at.get("download_button")
    assert "Above peers' expectation" not in text_of(at)


def test_a_principal_reads_counts_of_checks_and_nobodys_steps(sample: App) -> None:
    sit_as(sample, Role.PRINCIPAL)
    at = sample.page(SPOTS)
    at.session_state["findings.about"] = True
    at.run()
    words = text_of(at)
    assert "held-out classes moved" in words
    assert "It does not test for bias" in words
    assert "Above peers' expectation" not in words
    assert not at.get("download_button")
    stays = [table.value for table in at.table if "Stay" in table.value]
    assert stays
    assert all(value == "all" or value == "fewer than 3" or int(value) >= 3 for value in stays[0]["Stay"])
