"""Roles, permissions, and the table that says which role carries which: `permissions.toml` beside this file.

What the table does not grant is refused. *Scope* is how far a permission reaches; it is bound in SQL by the
ids in the viewer. *Named* is whose names may show within it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources


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


class Reach(StrEnum):
    """How far a permission reaches."""

    OWN = "own"
    TEAMS = "teams"
    SCHOOLS = "schools"
    DISTRICT = "district"


class Named(StrEnum):
    """Whose names may show within the scope."""

    HERSELF = "herself"
    MEMBERS = "members"
    CONSENT = "consent"
    NOT = "no"
    IDS = "ids"


@dataclass(frozen=True, slots=True)
class Grant:
    """One cell of the table: a role carries a permission, so far and with those names."""

    permission: Permission
    thing: str
    role: Role
    reach: Reach
    named: Named


def read_grants(text: str) -> tuple[Grant, ...]:
    """The grants of a permission table. Raises `ValueError` for a word the table does not know."""
    grants = []
    for name, entry in tomllib.loads(text).items():
        cells = {role: cell for role, cell in entry.items() if role != "thing"}
        for role, cell in cells.items():
            reach, _, named = str(cell).partition("; ")
            grants.append(
                Grant(Permission(name), str(entry["thing"]), Role(role), Reach(reach), Named(named))
            )
    return tuple(grants)


GRANTS = read_grants((resources.files("plc.core") / "permissions.toml").read_text(encoding="utf-8"))
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    role: frozenset(grant.permission for grant in GRANTS if grant.role is role) for role in Role
}
# A teacher who signed in and whom no steward has linked to her classes yet.
UNLINKED = frozenset({Permission.PRACTICE_AREAS_READ})


def permission_table() -> str:
    """The table as Markdown: a row per permission, a column per role, `scope, named` in each cell."""
    roles = [role for role in Role if role is not Role.NOBODY]
    head = ["What", *(str(role).capitalize() for role in roles)]
    lines = [head, ["---"] * len(head)]
    for permission in Permission:
        of_it = {grant.role: grant for grant in GRANTS if grant.permission is permission}
        thing = next((grant.thing for grant in of_it.values()), str(permission))
        cells = [f"{of_it[role].reach}, {of_it[role].named}" if role in of_it else "-" for role in roles]
        lines.append([f"{thing} (`{permission}`)", *cells])
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
