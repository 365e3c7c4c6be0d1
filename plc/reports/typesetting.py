"""Typesetting: a template and plain values become a tagged PDF that can be read aloud (PDF/UA-1).

Values reach the template as JSON text, never as markup, so that nothing a person wrote can be taken for a
command of the typesetter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Final

import typst

PDF_STANDARD: Final = "ua-1"


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in a report: SVG text, what it shows in words, and its caption."""

    svg: str
    words: str
    caption: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a report: a caption, column heads, and rows of text."""

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def typeset(template: str, values: Mapping[str, Any]) -> bytes:
    """The PDF of a template in `templates/` filled with JSON-ready values, figures and tables."""
    folder = Path(str(resources.files("plc.reports"))) / "templates"
    return bytes(
        typst.compile(
            str(folder / f"{template}.typ"),
            root=str(folder),
            ignore_system_fonts=True,
            sys_inputs={"values": json.dumps(values, default=_plain, ensure_ascii=False)},
            pdf_standards=[PDF_STANDARD],
        )
    )


def _plain(value: object) -> object:
    if isinstance(value, Figure | Table):
        return asdict(value)
    return str(value)
