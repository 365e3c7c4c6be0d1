"""Figures are read aloud: the article before them follows how they are said."""

from __future__ import annotations

import pytest

from plc.core.articles import with_article


@pytest.mark.parametrize(
    "words", ["8 %", "11 %", "18 %", "80 %", "86 %", "89%", "8.5 points", "80.4 %"], ids=str
)
def test_a_figure_said_with_a_vowel_takes_an(words: str) -> None:
    assert with_article(words) == f"an {words}"


@pytest.mark.parametrize(
    "words",
    ["1 %", "10 %", "12 %", "17 %", "19 %", "79 %", "90 %", "110 %", "180 %", "more than 99 %"],
    ids=str,
)
def test_any_other_figure_takes_a(words: str) -> None:
    assert with_article(words) == f"a {words}"
