from __future__ import annotations

import pytest

from plc.core.free_text import TITLE, TooLong, kept_words, seen_words


def test_words_are_kept_as_written_but_for_the_blanks_around_them() -> None:
    assert kept_words("  Add first,\n\tthen  multiply. Çà 🙂 ", "the note", most=TITLE) == (
        "Add first,\n\tthen  multiply. Çà 🙂"
    )


def test_words_that_are_too_long_are_refused_with_the_field_and_both_lengths() -> None:
    assert kept_words("x" * TITLE, "the note", most=TITLE) == "x" * TITLE
    with pytest.raises(TooLong, match=r"Keep the note to 120 characters; this has 121\."):
        kept_words("x" * 121, "the note", most=TITLE)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("Al\u200bice", "Alice"),
        ("\ufeffone\u2060two", "onetwo"),
        ("a\x00b\x1b[31mc\x7f", "ab[31mc"),
        ("\u2066left\u2069", "left"),
        ("half \ud800 a sign", "half  a sign"),
    ],
)
def test_signs_that_nobody_sees_are_taken_out(written: str, seen: str) -> None:
    assert seen_words(written) == seen


def test_signs_that_join_letters_stay() -> None:
    family = "👩\u200d🏫 می\u200cخواهم"
    assert seen_words(family) == family
