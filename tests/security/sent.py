"""What a page sends to the browser, field by field: what is shown, and what stands where nobody looks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from streamlit.testing.v1 import AppTest

# Ids of teachers in the sample district.
TEACHER_ID: Final = re.compile(r"(?<![A-Za-z0-9])T\d{3}(?!\d)")


def strings(message: Any) -> Iterator[tuple[str, str]]:
    """Every text of a message with its field, such as `("Markdown.body", ...)`, however deep."""
    for field, value in message.ListFields():
        parts = value if field.is_repeated else [value]
        for part in parts.values() if hasattr(parts, "values") else parts:
            if hasattr(part, "ListFields"):
                yield from strings(part)
            elif isinstance(part, str | bytes):
                words = part if isinstance(part, str) else part.decode("utf-8", "replace")
                yield f"{message.DESCRIPTOR.name}.{field.name}", words


def shown(node: Any) -> Iterator[tuple[str, str]]:
    """Every text that a page sends."""
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield from strings(proto)
    for child in getattr(node, "children", {}).values():
        yield from shown(child)


def teacher_ids(at: AppTest, *, own: str | None) -> set[tuple[str, str]]:
    """Ids of teachers other than the reader, with the field that holds them: keys, labels, the address."""
    address = ((f"?{name}", str(value)) for name, value in dict(at.query_params).items())
    return {
        (field, found)
        for field, words in (*shown(at._tree), *address)
        for found in TEACHER_ID.findall(words)
        if found != own
    }
