"""What a person takes away opens in a spreadsheet without running anything."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from plc.ui.downloads import csv_bytes


def cells(frame: pd.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_bytes(frame).decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "  ="])
def test_no_text_cell_starts_a_formula(start: str) -> None:
    (header, row) = cells(pd.DataFrame({f"{start}cmd": [f"{start}cmd|' /C calc'!A0"]}))
    assert header[0].startswith("'")
    assert row[0].startswith("'")


def test_numbers_stay_numbers() -> None:
    assert cells(pd.DataFrame({"effect": [-0.25, 0.5], "row": [1, 2]}))[1] == ["-0.25", "1"]


def test_words_keep_their_accents_in_a_spreadsheet() -> None:
    content = csv_bytes(pd.DataFrame({"name": ["Zoë"]}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines()[1] == chr(34) + "Zoë" + chr(34)
