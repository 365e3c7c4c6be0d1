"""What a practice card says, checked and put together when two people wrote at once.

The *wording* is everything authors write and edit. `core_parts` must not change when someone else tries the
practice, `adaptable_parts` may.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final

from plc.core.errors import PlcError
from plc.core.free_text import NAME, PAGE, TITLE, kept_words
from plc.core.school_year import grade_words
from plc.core.two_texts import changes_of

LONGEST_TITLE: Final = TITLE
LONGEST_TEXT: Final = PAGE
# A practice that takes longer than a school day is a programme.
MOST_MINUTES: Final = 400

FIELD_NAMES: Final = {
    "title": "What you do",
    "when_to_use": "When to use it",
    "steps": "Steps",
    "core_parts": "What must stay",
    "adaptable_parts": "What may change",
    "minutes": "Minutes it costs",
    "went_wrong": "What went wrong",
    "subject": "Subject",
    "grades": "Grades",
    "standards": "Standards",
}
# Without these a colleague could not try it.
NEEDED: Final = ("title", "when_to_use", "steps", "core_parts")


@dataclass(frozen=True, slots=True)
class CardWording:
    """The words of a card. `minutes` is what it costs each time; standards are codes."""

    title: str
    when_to_use: str = ""
    steps: str = ""
    core_parts: str = ""
    adaptable_parts: str = ""
    minutes: float | None = None
    went_wrong: str = ""
    subject: str | None = None
    grades: tuple[int, ...] = ()
    standards: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of fields that a colleague needs and that are still empty."""
        return tuple(FIELD_NAMES[name] for name in NEEDED if not getattr(self, name))

    @property
    def course_words(self) -> str:
        """`Grades 6 and 7 maths`; empty where neither is said."""
        grades = [grade_words(grade) for grade in self.grades]
        return " ".join(part for part in (" and ".join(grades), self.subject or "") if part).capitalize()


def checked(wording: CardWording) -> CardWording:
    """The wording with its white space put in order. Raises `PlcError` naming the field and the remedy."""
    said = replace(
        wording,
        title=_clean(wording.title, "title", most=LONGEST_TITLE),
        when_to_use=_clean(wording.when_to_use, "when_to_use"),
        steps=_clean(wording.steps, "steps"),
        core_parts=_clean(wording.core_parts, "core_parts"),
        adaptable_parts=_clean(wording.adaptable_parts, "adaptable_parts"),
        went_wrong=_clean(wording.went_wrong, "went_wrong"),
        subject=_clean(wording.subject or "", "subject", most=LONGEST_TITLE) or None,
        grades=tuple(sorted(set(wording.grades))),
        standards=tuple(
            dict.fromkeys(
                code for each in wording.standards if (code := _clean(each, "standards", most=NAME))
            )
        ),
    )
    if not said.title:
        raise PlcError("Say in one line what you do. That line is the card's title.")
    if "\n" in said.title:
        raise PlcError(f"Keep “{FIELD_NAMES['title']}” to one line.")
    if said.minutes is not None and not 0 < said.minutes <= MOST_MINUTES:
        raise PlcError(f"“{FIELD_NAMES['minutes']}” is a number from 1 to {MOST_MINUTES}.")
    if any("," in code for code in said.standards):
        raise PlcError("Write each standard by its code, without a comma.")
    return said


def merged(base: CardWording, *, mine: CardWording, theirs: CardWording, version: int) -> CardWording:
    """Both people's changes to `base`. Raises `BothTexts` where they changed the same field.

    `version` is the stored version that holds `theirs`.
    """
    changes: dict[str, Any] = changes_of(
        asdict(mine),
        asdict(base),
        theirs=asdict(theirs),
        version=version,
        message="A co-author changed the same words while you wrote. Both are shown; keep what you both"
        " mean.",
    )
    return replace(theirs, **changes)


def stored(wording: CardWording) -> dict[str, Any]:
    """The wording as the columns of `practice_version`."""
    row = {field.name: getattr(wording, field.name) for field in fields(CardWording)}
    return row | {
        "grades": ", ".join(str(grade) for grade in wording.grades),
        "standards": ", ".join(wording.standards),
    }


def wording_of(row: Mapping[str, Any]) -> CardWording:
    """The wording from the columns of `practice_version`."""
    said = {field.name: row[field.name] for field in fields(CardWording)}
    return CardWording(
        **said
        | {
            "grades": tuple(int(grade) for grade in re.findall(r"-?\d+", row["grades"])),
            "standards": tuple(code for code in row["standards"].split(", ") if code),
        }
    )


def _clean(text: str, name: str, *, most: int = LONGEST_TEXT) -> str:
    # Paragraphs and numbered steps stay; a line is a line.
    said = kept_words(text, f"“{FIELD_NAMES[name]}”", most=most)
    return "\n".join(line.rstrip() for line in said.splitlines())
