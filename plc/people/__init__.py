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
    leave_agreement,
    open_to_team,
    own_team_agreements,
    record_team_agreement,
)
from plc.people.team_changes import (
    TeamPlan,
    add_member,
    answer_invitation,
    close_team,
    edit_team,
    leave_team,
    make_team,
    set_member_role,
)
from plc.people.teams import (
    MEMBER_ROLES,
    Member,
    MemberRole,
    Team,
    TeamInvitation,
    own_invitations,
    own_teams,
    team,
)

__all__ = [
    "MEMBER_ROLES",
    "Consent",
    "Member",
    "MemberRole",
    "RosterTeacher",
    "Team",
    "TeamAgreement",
    "TeamInvitation",
    "TeamMember",
    "TeamPlan",
    "add_member",
    "answer_invitation",
    "close_team",
    "close_to_team",
    "current_viewer",
    "edit_team",
    "forget_everyone",
    "give_consent",
    "holds_sample_district",
    "leave_agreement",
    "leave_seat",
    "leave_team",
    "list_schools",
    "list_teachers",
    "make_team",
    "open_to_team",
    "own_consents",
    "own_invitations",
    "own_team_agreements",
    "own_teams",
    "record_team_agreement",
    "sample_upload_ids",
    "set_member_role",
    "take_seat",
    "team",
    "withdraw_consent",
]
