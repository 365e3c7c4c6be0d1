"""Who is looking. Every use case takes a viewer; what a viewer may do is decided here, by default nothing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from plc.core.errors import NotAllowed


class Role(StrEnum):
    """A seat in the district. `NOBODY` is who arrives before saying who they are."""

    NOBODY = "nobody"
    TEACHER = "teacher"
    FACILITATOR = "facilitator"
    COACH = "coach"
    PRINCIPAL = "principal"
    DISTRICT_LEADER = "district leader"
    STEWARD = "steward"
    REVIEWER = "reviewer"


class Permission(StrEnum):
    """What a use case asks for, as noun.verb."""

    RESULTS_UPLOAD = "results.upload"
    RESULTS_UNDO = "results.undo"
    UPLOADS_READ = "uploads.read"
    BRIGHT_SPOTS_READ = "bright_spots.read"
    OWN_RESULT_READ = "own_result.read"
    SCAN_RUN = "scan.run"
    TEAM_AGREEMENT_RECORD = "team_agreement.record"
    PRACTICE_AREAS_READ = "practice_areas.read"
    DATA_DOWNLOAD = "data.download"
    CATCH_UP_READ = "catch_up.read"
    LEVEL_CUT_STATE = "level_cut.state"
    TEAM_READ = "team.read"
    TEAM_EDIT = "team.edit"
    INQUIRY_READ = "inquiry.read"
    INQUIRY_EDIT = "inquiry.edit"
    EFFECT_MEASURE = "effect.measure"
    PRACTICE_READ = "practice.read"
    PRACTICE_EDIT = "practice.edit"
    RETEACH_PLAN = "reteach.plan"
    MEETING_HOLD = "meeting.hold"
    SCHOOL_REVIEW_READ = "school_review.read"
    BARRIER_ASK = "barrier.ask"
    BARRIER_ANSWER = "barrier.answer"
    PRIORITY_SET = "priority.set"
    AUDIT_READ_OWN = "audit.read_own"
    AUDIT_VERIFY = "audit.verify"
    ACCOUNT_MANAGE = "account.manage"
    RETENTION_MANAGE = "retention.manage"
    REPORT_EXPORT = "report.export"


_LOADS_RESULTS = {
    Permission.RESULTS_UPLOAD,
    Permission.RESULTS_UNDO,
    Permission.UPLOADS_READ,
    Permission.SCAN_RUN,
    Permission.EFFECT_MEASURE,
}
_READS_BRIGHT_SPOTS = {
    Permission.BRIGHT_SPOTS_READ,
    Permission.PRACTICE_AREAS_READ,
    Permission.CATCH_UP_READ,
}
_READS_PRACTICES = {Permission.PRACTICE_READ}
_OWNS_A_RESULT = {
    Permission.OWN_RESULT_READ,
    Permission.DATA_DOWNLOAD,
    Permission.TEAM_AGREEMENT_RECORD,
    Permission.RETEACH_PLAN,
    Permission.AUDIT_READ_OWN,
}
_WORKS_IN_A_TEAM = {
    Permission.TEAM_READ,
    Permission.TEAM_EDIT,
    Permission.INQUIRY_READ,
    Permission.INQUIRY_EDIT,
    Permission.PRACTICE_EDIT,
    Permission.MEETING_HOLD,
    Permission.BARRIER_ASK,
    Permission.REPORT_EXPORT,
}
_LEADS_A_SCHOOL = {
    Permission.SCHOOL_REVIEW_READ,
    Permission.BARRIER_ANSWER,
    Permission.PRIORITY_SET,
    Permission.REPORT_EXPORT,
}
_TEACHES = _LOADS_RESULTS | _READS_BRIGHT_SPOTS | _READS_PRACTICES | _OWNS_A_RESULT | _WORKS_IN_A_TEAM

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.NOBODY: frozenset(),
    Role.TEACHER: frozenset(_TEACHES),
    Role.FACILITATOR: frozenset(_TEACHES | {Permission.LEVEL_CUT_STATE}),
    Role.COACH: frozenset(_READS_PRACTICES | {Permission.TEAM_READ, Permission.INQUIRY_READ}),
    Role.PRINCIPAL: frozenset(_READS_BRIGHT_SPOTS | _READS_PRACTICES | _LEADS_A_SCHOOL),
    Role.DISTRICT_LEADER: frozenset(_READS_BRIGHT_SPOTS | _READS_PRACTICES | _LEADS_A_SCHOOL),
    Role.STEWARD: frozenset(
        _LOADS_RESULTS
        | _READS_BRIGHT_SPOTS
        | _READS_PRACTICES
        | {
            Permission.LEVEL_CUT_STATE,
            Permission.ACCOUNT_MANAGE,
            Permission.RETENTION_MANAGE,
            Permission.AUDIT_VERIFY,
        }
    ),
    Role.REVIEWER: frozenset(_READS_PRACTICES),
}


# The school of results that name none. It is nobody's school: two teachers are not colleagues through it.
UNNAMED_SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A role and its scope, in the ids of the roster.

    `teacher_id` is the viewer's own roster id where she teaches; `school_ids` are the schools a
    principal leads; `team_ids` are the teams she is a member of today (a coach: those she coaches);
    `account_id` is who signed in, None for whoever sits at an unprotected copy.
    """

    role: Role = Role.NOBODY
    teacher_id: str | None = None
    school_ids: tuple[str, ...] = ()
    team_ids: tuple[str, ...] = ()
    account_id: str | None = None

    def may(self, permission: Permission) -> bool:
        """Whether the role carries the permission; scope is bound in SQL."""
        return permission in PERMISSIONS[self.role]

    def require(self, permission: Permission) -> None:
        """Raise `NotAllowed` unless the role carries the permission."""
        if not self.may(permission):
            raise NotAllowed(f"A {self.role} cannot do this ({permission}). Say who is looking, in the menu.")

    def own_teacher_id(self, permission: Permission) -> str:
        """The viewer's teacher id, required for anything about herself. Raises `NotAllowed` without one."""
        self.require(permission)
        if self.teacher_id is None:
            raise NotAllowed("This shows a teacher's own classes. Choose which classes are yours first.")
        return self.teacher_id

    def require_team(self, permission: Permission, team_id: str) -> None:
        """Raise `NotAllowed` unless the role carries the permission and the viewer is in this team."""
        self.require(permission)
        if team_id not in self.team_ids:
            raise NotAllowed("This belongs to another team. Only its members can open it.")

    @property
    def signature(self) -> str:
        """Who signs what is written: an id of the roster or of an account, never a name."""
        return self.teacher_id or self.account_id or str(self.role)


# The person at the keyboard of the command line, who holds the database file.
LOCAL_STEWARD = Viewer(Role.STEWARD)
