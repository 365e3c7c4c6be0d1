"""A team's weekly meeting: its timed steps, what members write in it, and the record that stays.

A *protocol* is a list of timed steps; a *meeting* runs a copy of one. A *note* is what a member sends
from her own device; an *observation* is a note that stays private until all are shown together. A
*commitment* is who does what by when. The *pulse* is "worth our time?", told only as means.
"""

from plc.meetings.commitments import (
    close_commitment,
    commitments_of_meeting,
    last_commitments,
    make_commitment,
    members_of,
    own_commitments,
    redate_commitment,
    take_back_commitment,
)
from plc.meetings.decisions import (
    FoundDecision,
    FoundDecisions,
    meeting_decisions,
    record_decision,
    search_decisions,
)
from plc.meetings.notes import notes, send_note, silent_writers, take_back_note
from plc.meetings.planning import (
    TeamInquiry,
    change_plan,
    current_meetings,
    meeting,
    plan_meeting,
    remove_plan,
    start_meeting,
    team_inquiry,
)
from plc.meetings.protocols import (
    Protocol,
    protocols_for,
    save_team_protocol,
    team_protocol,
    usual_protocols,
)
from plc.meetings.pulse import PulseBlock, answer_exit, exit_answers, pulse_trend
from plc.meetings.record import MeetingRecord, PastMeeting, meeting_record, past_meetings, record_text
from plc.meetings.records import (
    Commitment,
    Decision,
    Meeting,
    MeetingStep,
    Member,
    Note,
    NoteKind,
    Roles,
    State,
    Step,
)
from plc.meetings.running import (
    add_minutes,
    arrive,
    end_meeting,
    go_to_step,
    meeting_version,
    next_step,
    open_class_view,
    reorder_steps,
    reveal,
    running_meeting,
    set_attendance,
    set_roles,
    skip_step,
    take_over,
    tell_devices,
)
from plc.meetings.status import MeetingStatus, meeting_status

__all__ = [
    "Commitment", "Decision", "FoundDecision", "FoundDecisions", "Meeting", "MeetingRecord", "MeetingStatus",
    "MeetingStep", "Member", "Note", "NoteKind", "PastMeeting", "Protocol", "PulseBlock", "Roles", "State",
    "Step", "TeamInquiry", "add_minutes", "answer_exit", "arrive", "change_plan", "close_commitment",
    "commitments_of_meeting", "current_meetings", "end_meeting", "exit_answers", "go_to_step",
    "last_commitments", "make_commitment", "meeting", "meeting_decisions", "meeting_record",
    "meeting_status", "meeting_version", "members_of", "next_step", "notes", "open_class_view",
    "own_commitments", "past_meetings", "plan_meeting", "protocols_for", "pulse_trend", "record_decision",
    "record_text", "redate_commitment", "remove_plan", "reorder_steps", "reveal",
    "running_meeting", "save_team_protocol",
    "search_decisions", "send_note", "set_attendance", "set_roles", "silent_writers", "skip_step",
    "start_meeting", "take_back_commitment", "take_back_note", "take_over", "tell_devices", "team_inquiry",
    "team_protocol", "usual_protocols",
]  # fmt: skip
