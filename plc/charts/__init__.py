"""The only importer of altair: frames in, pictures out.

A *picture* is a chart with its two equivalents: a sentence for those who hear the
page, and a table for those who read numbers.
"""

from plc.charts.change_by_class import change_by_class_picture
from plc.charts.fidelity_dots import fidelity_picture
from plc.charts.forest import forest_picture
from plc.charts.funnel import funnel_picture
from plc.charts.occasions import occasions_picture
from plc.charts.picture import Picture, signed
from plc.charts.prediction_result import prediction_picture
from plc.charts.run_chart import class_lines_picture, run_chart_picture
from plc.charts.standards import groups_picture, standards_picture

__all__ = [
    "Picture",
    "change_by_class_picture",
    "class_lines_picture",
    "fidelity_picture",
    "forest_picture",
    "funnel_picture",
    "groups_picture",
    "occasions_picture",
    "prediction_picture",
    "run_chart_picture",
    "signed",
    "standards_picture",
]
