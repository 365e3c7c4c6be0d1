"""Reports: what a page shows, as a PDF that can be read aloud and a CSV."""

from plc.reports.effect_report import effect_report
from plc.reports.meeting_report import meeting_report
from plc.reports.own_record import own_record
from plc.reports.practice_report import practice_report
from plc.reports.report import Report, Section
from plc.reports.review_report import board_page, ilt_brief

__all__ = [
    "Report",
    "Section",
    "board_page",
    "effect_report",
    "ilt_brief",
    "meeting_report",
    "own_record",
    "practice_report",
]
