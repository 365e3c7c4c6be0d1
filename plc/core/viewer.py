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
    PRINCIPAL = "principal"
    STEWARD = "steward"


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


_LOADS_RESULTS = {
    Permission.RESULTS_UPLOAD,
    Permission.RESULTS_UNDO,
    Permission.UPLOADS_READ,
    Permission.SCAN_RUN,
}
_READS_BRIGHT_SPOTS = {
    Permission.BRIGHT_SPOTS_READ,
    Permission.PRACTICE_AREAS_READ,
    Permission.CATCH_UP_READ,
}
_OWNS_A_RESULT = {
    Permission.OWN_RESULT_READ,
    Permission.DATA_DOWNLOAD,
    Permission.TEAM_AGREEMENT_RECORD,
}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.NOBODY: frozenset(),
    Role.TEACHER: frozenset(_LOADS_RESULTS | _READS_BRIGHT_SPOTS | _OWNS_A_RESULT),
    Role.FACILITATOR: frozenset(
        _LOADS_RESULTS | _READS_BRIGHT_SPOTS | _OWNS_A_RESULT | {Permission.LEVEL_CUT_STATE}
    ),
    Role.PRINCIPAL: frozenset(_READS_BRIGHT_SPOTS),
    Role.STEWARD: frozenset(_LOADS_RESULTS | _READS_BRIGHT_SPOTS | {Permission.LEVEL_CUT_STATE}),
}


# The school of results that name none. It is nobody's school: two teachers are not colleagues through it.
UNNAMED_SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A role and its scope, in the ids of the roster.

    `teacher_id` is the viewer's own roster id where she teaches; `school_ids` are the schools a
    principal leads; `team_agreement_id` is the agreement of the team she sits with.
    """

    role: Role = Role.NOBODY
    teacher_id: str | None = None
    school_ids: tuple[str, ...] = ()
    team_agreement_id: str | None = None

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


# The person at the keyboard of the command line, who holds the database file.
LOCAL_STEWARD = Viewer(Role.STEWARD)
