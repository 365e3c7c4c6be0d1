"""What a person takes away opens in a spreadsheet without running anything."""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator
from pathlib import Path

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


def content_of_buttons(source: str) -> Iterator[str]:
    """Of each download button in the text of a module, the function that its content comes from."""
    for call in ast.walk(ast.parse(source)):
        if not (isinstance(call, ast.Call) and ast.unparse(call.func).endswith("download_button")):
            continue
        named = [keyword.value for keyword in call.keywords if keyword.arg == "data"]
        content = named[0] if named else call.args[1]
        yield ast.unparse(content.func).rpartition(".")[2] if isinstance(content, ast.Call) else "a name"


def test_a_file_made_at_the_press_is_made_only_for_who_is_still_there() -> None:
    root = Path(__file__).parents[3]
    modules = [root / "app.py", *(root / "plc").rglob("*.py"), *(root / "pages").rglob("*.py")]
    found = {
        (str(module.relative_to(root)), content)
        for module in modules
        for content in content_of_buttons(module.read_text())
    }
    assert len(found) >= 8
    # A table as it stands on the page, or a file made at the press for the viewer of that moment.
    assert {content for _, content in found} == {"csv_bytes", "at_press"}, found


def test_a_file_made_at_the_press_without_a_look_would_be_noticed() -> None:
    source = "st.download_button('x', data=partial(make, viewer))\nst.download_button('x', make)"
    assert list(content_of_buttons(source)) == ["partial", "a name"]
