"""A report is a tagged PDF, and nothing a person wrote becomes a command of the typesetter."""

import re

import altair as alt
import pandas as pd

from plc.charts.vector import svg_of
from plc.reports.typesetting import Figure, Table, typeset

DOTS = alt.Chart(pd.DataFrame({"a": [1, 2], "b": [3, 4]})).mark_point().encode(x="a", y="b")


def values(**further: object) -> dict[str, object]:
    return {"title": "Our meeting", "sections": []} | further


def test_a_report_is_tagged_and_names_its_language() -> None:
    pdf = typeset("plain", values())
    assert pdf.startswith(b"%PDF-")
    assert b"StructTreeRoot" in pdf
    assert re.search(rb"/Lang\s*\(en", pdf)
    assert b"pdfuaid" in pdf


def test_what_people_wrote_stays_text() -> None:
    hostile = '#panic("read") $x$ *bold* #read("/etc/passwd") @nobody <label> \\ "quote" `#eval("1")`'
    section = {
        "heading": hostile,
        "paragraphs": [hostile],
        "points": [hostile],
        "tables": [Table(hostile, (hostile,), ((hostile,),))],
    }
    assert typeset("plain", values(title=hostile, footer=hostile, sections=[section], footnotes=[hostile]))


def test_a_chart_is_drawn_as_vectors_with_words() -> None:
    svg = svg_of(DOTS)
    assert svg.startswith("<svg")
    figure = Figure(svg, "Two points, the second higher", "Two points")
    pdf = typeset("plain", values(sections=[{"pictures": [figure]}]))
    assert b"/Subtype /Image" not in pdf
    assert b"/Subtype/Image" not in pdf
    assert len(pdf) > len(typeset("plain", values()))


def test_other_alphabets_and_long_text_are_set() -> None:
    words = "Ms Nuñez, Łukasz, Ἀθηνᾶ, Đặng — “quoted” " * 200
    assert typeset("plain", values(sections=[{"paragraphs": [words]}]))
