"""A picture on the page: the chart with its sentence, and the same as a table.

Making a chart costs many times what sending it costs, so what was drawn of some data is remembered. The key
is the data itself with every choice, whoever asks: who may see the data was decided before it came here.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import streamlit as st
from streamlit.elements.vega_charts import _convert_altair_to_vega_lite_spec

from plc.charts import Picture
from plc.ui import text

# A few charts of each of some hundred people; about 15 kB each.
ENTRIES: Final = 1000
IN_TABLE: Final = " The table below holds the numbers."


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is sent: `spec` is Vega-Lite with its data in Arrow's format."""

    spec: dict[str, Any]
    alt: str
    table: pd.DataFrame


def draw(picture: Picture | Callable[..., Picture], *data: object, key: str, **choices: object) -> None:
    """Draw a picture, or the one that a function makes of some data, over a closed table of its numbers.

    A function's picture is remembered.
    """
    drawn = _sent(picture) if isinstance(picture, Picture) else remembered(picture, *data, **choices)
    draw_chart(drawn, key=key)
    with st.expander("The same as a table", icon=":material/table:", key=f"{key}.table"):
        text.aside(text.unmarked(drawn.alt.removesuffix(IN_TABLE)))
        text.table(drawn.table, alt=drawn.alt, border="horizontal")


def draw_chart(drawn: Drawn, *, key: str) -> None:
    """Draw the chart alone, named by its sentence."""
    st.vega_lite_chart(spec=drawn.spec, width="stretch", key=f"{key}.chart", alt=drawn.alt)


def remembered(make: Callable[..., Picture], *data: object, **choices: object) -> Drawn:
    """The picture of some data, made once."""
    asked = pickle.dumps((make.__module__, make.__qualname__, data, sorted(choices.items())))
    return _drawn(hashlib.sha256(asked).hexdigest(), make, data, choices)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def _drawn(
    asked: str, _make: Callable[..., Picture], _data: tuple[object, ...], _choices: dict[str, object]
) -> Drawn:
    return _sent(_make(*_data, **_choices))


def _sent(picture: Picture) -> Drawn:
    # As `st.altair_chart` does it, under the same lock of Altair's settings, which all threads share.
    spec = _convert_altair_to_vega_lite_spec(_Unchecked(picture))  # type: ignore[arg-type]
    return Drawn(spec, picture.alt, picture.table)


@dataclass(frozen=True, slots=True)
class _Unchecked:
    """A chart whose form is not checked again: tests check every chart, and checking is most of the work."""

    picture: Picture

    def to_dict(self) -> dict[str, Any]:
        """The chart as Vega-Lite."""
        spec: dict[str, Any] = self.picture.chart.to_dict(validate=False)
        return spec
