"""What a page sends to the browser, field by field: what is shown, and what stands where nobody looks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
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


def charted(at: AppTest) -> Iterator[tuple[str, float]]:
    """Every number that a page sends to be drawn, by the name of its column."""
    for proto in _protos(at._tree):
        if proto.DESCRIPTOR.name != "VegaLiteChart":
            continue
        yield from _numbers(json.loads(proto.spec))
        for arrow in (proto.data, *(dataset.data for dataset in proto.datasets)):
            if arrow.data:
                frame = pa.ipc.open_stream(arrow.data).read_pandas().select_dtypes("float")
                yield from ((str(name), value) for name in frame for value in frame[name].dropna().tolist())


def _protos(node: Any) -> Iterator[Any]:
    if (proto := getattr(node, "proto", None)) is not None:
        yield proto
    for child in getattr(node, "children", {}).values():
        yield from _protos(child)


def _numbers(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _numbers(part, str(key))
    elif isinstance(value, list):
        for part in value:
            yield from _numbers(part, name)
    elif isinstance(value, float):
        yield name, value
