"""Inquiries of a team through Seek, Discover, Confirm and Share, and the tests that measure a practice."""

from plc.inquiry.conditions import phase_conditions
from plc.inquiry.effect_download import test_cells_download
from plc.inquiry.effect_record import MeasuredEffect
from plc.inquiry.inquiries import (
    edit_inquiry,
    inquiry,
    list_inquiries,
    open_inquiry,
    settle_wording,
    wordings,
)
from plc.inquiry.measured_effect import measure_due_tests, measure_test, stored_effect
from plc.inquiry.phases import close_inquiry, move_phase, phase_history, reopen_inquiry
from plc.inquiry.records import (
    PHASES,
    Condition,
    HistoryLine,
    Inquiry,
    InquiryRow,
    InquiryWording,
    Phase,
    Wording,
)

__all__ = [
    "PHASES",
    "Condition",
    "HistoryLine",
    "Inquiry",
    "InquiryRow",
    "InquiryWording",
    "MeasuredEffect",
    "Phase",
    "Wording",
    "close_inquiry",
    "edit_inquiry",
    "inquiry",
    "list_inquiries",
    "measure_due_tests",
    "measure_test",
    "move_phase",
    "open_inquiry",
    "phase_conditions",
    "phase_history",
    "reopen_inquiry",
    "settle_wording",
    "stored_effect",
    "test_cells_download",
    "wordings",
]
