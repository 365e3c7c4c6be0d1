"""Who is looking. Every use case takes a viewer; what a viewer may do is decided here, by default nothing."""

from __future__ import annotations

from dataclasses import dataclass

from plc.core.errors import NotAllowed
from plc.core.permissions import PERMISSIONS, UNLINKED, Permission, Role

__all__ = ["LOCAL_STEWARD", "PERMISSIONS", "TEACHING", "UNNAMED_SCHOOL", "Permission", "Role", "Viewer"]

# The seats with classes of their own.
TEACHING = (Role.TEACHER, Role.FACILITATOR)

# The school of results that name none. It is nobody's school: two teachers are not colleagues through it.
UNNAMED_SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class Viewer:
    """A role and its scope, in the ids of the roster.

    `teacher_id` is the viewer's own roster id where she teaches; `school_ids` are the schools a
    principal leads; `team_ids` are the teams she is a member of today (a coach: those she coaches);
    `account_id` is who signed in, None for whoever sits at an unprotected copy; `leads` says that she is
    a principal or district leader as well, in whatever seat she looks now. What she read in one seat she
    remembers in the next: `also_teacher_id` and `also_team_ids` are hers in every seat.
    """

    role: Role = Role.NOBODY
    teacher_id: str | None = None
    school_ids: tuple[str, ...] = ()
    team_ids: tuple[str, ...] = ()
    account_id: str | None = None
    leads: bool = False
    also_teacher_id: str | None = None
    also_team_ids: tuple[str, ...] = ()

    @property
    def teaches(self) -> bool:
        """Whether she looks from a seat with classes of her own."""
        return self.role in TEACHING

    @property
    def waits_for_link(self) -> bool:
        """Whether she signed in as a teacher and no steward has said yet which classes are hers."""
        return self.teaches and self.account_id is not None and self.teacher_id is None

    def may(self, permission: Permission) -> bool:
        """Whether the role carries the permission; scope is bound in SQL."""
        return permission in (UNLINKED if self.waits_for_link else PERMISSIONS[self.role])

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
            raise NotAllowed(
                "This belongs to another team. Only its members can open it.", about=("team", team_id)
            )

    @property
    def person_id(self) -> str | None:
        """Her own roster id, in whatever seat she looks."""
        return self.teacher_id or self.also_teacher_id

    @property
    def person_team_ids(self) -> tuple[str, ...]:
        """The teams whose work she reads in one seat or another."""
        return tuple(sorted({*self.team_ids, *self.also_team_ids}))

    @property
    def signature(self) -> str:
        """Who signs what is written: an id of the roster or of an account, never a name."""
        return self.teacher_id or self.account_id or str(self.role)


# The person at the keyboard of the command line, who holds the database file.
LOCAL_STEWARD = Viewer(Role.STEWARD)
