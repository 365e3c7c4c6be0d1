"""Text from a file is shown as it is."""

from __future__ import annotations

import pytest

from plc.ui.text import plain


@pytest.mark.parametrize(
    "text",
    ["**bold**", ":material/home:", "[link](http://x)", ":red[x]", "<b>", "$x$", "a_b_c", "# head", "`code`"],
)
def test_nothing_in_a_name_is_taken_for_formatting(text: str) -> None:
    shown = plain(text)
    assert shown.replace("\\", "") == text
    assert all(
        shown[place - 1] == "\\" for place, character in enumerate(shown) if character in "*:[]()<>$_#`"
    )


def test_ordinary_names_are_untouched() -> None:
    assert plain("Ms Müller, grade 6") == "Ms Müller, grade 6"
