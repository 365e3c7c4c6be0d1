"""Who is looking, what teams agreed, and who may see whose name.

A *seat* is who the person at this computer said she is. A *team agreement* records that
colleagues agreed to look together, until when; inside it a member's name shows once she has
opened her results. *Consent* is a teacher's own decision, by scope, to be named outside it.
"""

from plc.people.consent import Consent, give_consent, own_consents, withdraw_consent
from plc.people.roster import RosterTeacher, list_schools, list_teachers
from plc.people.seat import (
    current_viewer,
    forget_everyone,
    holds_sample_district,
    leave_seat,
    sample_upload_ids,
    take_seat,
)
from plc.people.team_agreements import (
    TeamAgreement,
    TeamMember,
    close_to_team,
    leave_team,
    open_to_team,
    own_team_agreement,
    record_team_agreement,
)

__all__ = [
    "Consent",
    "RosterTeacher",
    "TeamAgreement",
    "TeamMember",
    "close_to_team",
    "current_viewer",
    "forget_everyone",
    "give_consent",
    "holds_sample_district",
    "leave_seat",
    "leave_team",
    "list_schools",
    "list_teachers",
    "open_to_team",
    "own_consents",
    "own_team_agreement",
    "record_team_agreement",
    "sample_upload_ids",
    "take_seat",
    "withdraw_consent",
]
