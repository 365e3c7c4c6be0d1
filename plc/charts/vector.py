"""Charts as vector graphics for print: a chart becomes SVG without a browser or a network."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import vl_convert

# The typesetter brings this family along, so that a report looks the same on every machine.
PRINT_FONT: Final = "Libertinus Serif"
_PRINT_CONFIG: Final[dict[str, Any]] = {
    "font": PRINT_FONT,
    "background": "white",
    "axis": {"labelFontSize": 11, "titleFontSize": 11, "labelColor": "#333333", "titleColor": "#333333"},
    "legend": {"labelFontSize": 11, "titleFontSize": 11},
    "view": {"stroke": None},
}


def svg_of(chart: alt.TopLevelMixin, *, width: int = 480) -> str:
    """A chart as SVG text, `width` points wide, in the print font."""
    spec = chart.to_dict()
    spec["config"] = {**spec.get("config", {}), **_PRINT_CONFIG}
    if not any(key in spec for key in ("hconcat", "vconcat", "concat", "facet")):
        spec["width"] = width
    svg: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return svg
