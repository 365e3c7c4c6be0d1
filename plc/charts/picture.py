"""What every chart is made of: marks, a sentence and a table, in colours that read on light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import altair as alt
import pandas as pd
from altair.typing import ChartType

from plc.core.disclosure import TOLD_DIGITS

# Mid tones with at least 3:1 contrast (WCAG 1.4.11) against both page backgrounds.
EFFECT_COLOUR: Final = "#12857a"
EXPECTED_COLOUR: Final = "#7d898d"
SECTION_COLOURS: Final = ("#12857a", "#b7670a", "#6c7bd0", "#b8557c", "#7d8c2c", "#7d898d")
# Sections differ by shape first; colour only repeats it.
SECTION_SHAPES: Final = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down")
EFFECT_TITLE: Final = "Effect in student SD"
_ROUNDS_TO_NOTHING: Final = 0.005
# Edges of what all teachers' figures spread over are lines: at two digits they would be stairs.
BAND_DIGITS: Final = 3


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart, the sentence that says the same, and the table that holds the same numbers."""

    chart: ChartType
    alt: str
    table: pd.DataFrame


def as_drawn(frame: pd.DataFrame, *, digits: int = TOLD_DIGITS) -> pd.DataFrame:
    """The frame as the browser gets it: its figures to as many digits as the words beside the chart say."""
    return frame.round(dict.fromkeys(frame.select_dtypes("number").columns, digits))


def effect_domain(frame: pd.DataFrame) -> tuple[float, float]:
    """The range of an effect axis: every interval and always zero, with a little air, in student SD."""
    low = min(float(frame["lower"].min()), 0.0)
    high = max(float(frame["upper"].max()), 0.0)
    air = 0.08 * max(high - low, 0.1)
    return round(low - air, TOLD_DIGITS), round(high + air, TOLD_DIGITS)


def expected_line(*, horizontal: bool) -> alt.Chart:
    """The dashed line every class is compared with: where students who started alike ended elsewhere."""
    rule = alt.Chart(pd.DataFrame({"effect": [0.0]})).mark_rule(
        color=EXPECTED_COLOUR, strokeDash=[5, 4], strokeWidth=1.5, aria=False
    )
    line: alt.Chart = rule.encode(y="effect:Q") if horizontal else rule.encode(x="effect:Q")
    return line


def signed(number: float) -> str:
    """`+0.21`, `-0.04`: an effect always carries its sign, unless it rounds to nothing."""
    return f"{number:+.2f}" if abs(number) >= _ROUNDS_TO_NOTHING else "0.00"


def interval_words(lower: float, upper: float) -> str:
    """`-0.04 to +0.31`."""
    return f"{signed(lower)} to {signed(upper)}"
