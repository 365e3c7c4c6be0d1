"""Inquiries of a team through Seek, Discover, Confirm and Share, and the tests that measure a practice."""

from plc.inquiry.conditions import phase_conditions
from plc.inquiry.inquiries import (
    edit_inquiry,
    inquiry,
    list_inquiries,
    open_inquiry,
    settle_wording,
    wordings,
)
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
    "Phase",
    "Wording",
    "close_inquiry",
    "edit_inquiry",
    "inquiry",
    "list_inquiries",
    "move_phase",
    "open_inquiry",
    "phase_conditions",
    "phase_history",
    "reopen_inquiry",
    "settle_wording",
    "wordings",
]
