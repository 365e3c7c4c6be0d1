"""Two people's wordings of one inquiry, put together field by field.

Both started from the same version. A field that only one of them changed keeps that change; a field
that both changed to different words is left for people to put together.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from datetime import date
from typing import Any, Final

from plc.core.two_texts import changes_of
from plc.inquiry.records import InquiryWording

_DATES: Final = frozenset({"aim_by", "unit_starts_on"})
# An aim is one thing, and so is a measure: half of hers and half of mine would be nobody's.
_TOGETHER: Final = (
    ("aim_amount", "aim_unit"),
    ("measure_kind", "measure_name", "measure_purpose"),
)


def wording_json(wording: InquiryWording) -> str:
    """The wording as it is kept."""
    return json.dumps(asdict(wording), default=lambda value: value.isoformat())


def wording_from_json(text: str) -> InquiryWording:
    """A wording as it was kept; a field that did not exist then is empty."""
    kept = json.loads(text)
    known = {field.name for field in fields(InquiryWording)}
    return InquiryWording(**{name: _value(name, value) for name, value in kept.items() if name in known})


def settled(
    base: InquiryWording, *, mine: InquiryWording, theirs: InquiryWording, agreed: Mapping[str, object]
) -> InquiryWording:
    """Both people's changes to `base`, with the words of the disputed fields as they were put together."""
    changes: dict[str, Any] = {
        name: getattr(mine, name) for name in asdict(mine) if getattr(mine, name) != getattr(base, name)
    }
    return replace(theirs, **(changes | dict(agreed)))


def merged(
    base: InquiryWording, *, mine: InquiryWording, theirs: InquiryWording, version: int
) -> InquiryWording:
    """Both people's changes to `base`. Raises `BothTexts` where they changed the same.

    `version` is the stored version that holds `theirs`.
    """
    changes: dict[str, Any] = changes_of(
        asdict(mine),
        asdict(base),
        theirs=asdict(theirs),
        version=version,
        message="Someone of your team changed the same words while you wrote. Both are shown; keep what you"
        " both mean.",
        together=_TOGETHER,
    )
    return replace(theirs, **changes)


def _value(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name in _DATES and value is not None else value
