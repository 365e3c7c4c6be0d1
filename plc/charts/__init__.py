"""The only importer of altair: frames in, pictures out.

A *picture* is a chart with its two equivalents: a sentence for those who hear the
page, and a table for those who read numbers.
"""

from plc.charts.funnel import funnel_picture
from plc.charts.occasions import occasions_picture
from plc.charts.picture import Picture, signed
from plc.charts.standards import groups_picture, standards_picture

__all__ = [
    "Picture",
    "funnel_picture",
    "groups_picture",
    "occasions_picture",
    "signed",
    "standards_picture",
]
