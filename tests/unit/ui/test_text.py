"""Text from a file is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd
import pytest

from plc.ui.text import plain, plain_cells, unmarked


@pytest.mark.parametrize(
    "text",
    ["**bold**", ":material/home:", "[link](http://x)", ":red[x]", "<b>", "$x$", "a_b_c", "# head", "`code`"],
)
def test_nothing_in_a_name_is_taken_for_formatting(text: str) -> None:
    shown = plain(text)
    assert shown.replace("\\", "").replace("\u2060", "") == text
    assert all(
        shown[place - 1] == "\\" for place, character in enumerate(shown) if character in "*:[]()<>$_#`"
    )


def test_ordinary_names_are_untouched() -> None:
    assert plain("Ms Müller, grade 6") == "Ms Müller, grade 6"


def test_an_icon_or_emoji_is_not_put_in_after_escapes_are_undone() -> None:
    for name in (":material/home:", ":smile:"):
        assert name not in plain(name).replace("\\", "")
    assert plain("14:30:15").replace("\\", "") == "14:30:15"


ADDRESSES = ("https://evil.example/a", "HTTP://evil.example", "WWW.evil.example", "eve@evil.example")
# What the browser makes a link of by itself, once escapes are undone (remark-gfm's literal autolinks).
LINKED = re.compile(r"(https?://|www(?=\.))[-.\w]+|[-.\w+]+@[-\w]+\.[-\w]+", re.IGNORECASE)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("shown_by", [plain, unmarked])
def test_an_address_in_somebodys_words_is_no_link(address: str, shown_by: Callable[[str], str]) -> None:
    words = f"See {address}, please"
    assert LINKED.search(words)
    shown = shown_by(words).replace("\\", "")
    assert not LINKED.search(shown)
    assert shown.replace("\u2060", "") == words


def test_a_change_of_direction_is_taken_out() -> None:
    assert plain("abc\u202egpj") == "abcgpj"


def test_a_table_shows_its_cells_headers_and_index_as_they_are() -> None:
    shown = plain_cells(
        pd.DataFrame({"<b>": ["![x](http://x)", "+0.1 to 0.2"], "n": [1, 2]}, index=["*a*", "b"])
    )
    assert list(shown.columns) == ["\\<b\\>", "n"]
    assert list(shown.iloc[:, 0]) == [plain("![x](http://x)"), "+0.1 to 0.2"]
    assert list(shown.index) == ["\\*a\\*", "b"]
    assert list(shown["n"]) == [1, 2]


@pytest.mark.parametrize("said", ["+0.12 (-0.10 to 0.30)", "M1-MA6-26-1", "Tuesday 14:30", "12 of 30!"])
def test_figures_and_ids_of_a_table_are_untouched(said: str) -> None:
    assert unmarked(said) == said
