"""The permission table: default deny, the wall, and that the README shows what holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from plc.core.permissions import (
    GRANTS,
    PERMISSIONS,
    UNLINKED,
    Named,
    Permission,
    Reach,
    Role,
    permission_table,
    read_grants,
)

README = Path(__file__).parents[3] / "README.md"
TEACHES = {Role.TEACHER, Role.FACILITATOR}


def holders(permission: Permission) -> set[Role]:
    return {role for role in Role if permission in PERMISSIONS[role]}


def test_what_the_table_does_not_grant_is_refused() -> None:
    assert PERMISSIONS[Role.NOBODY] == frozenset()
    assert sum(len(granted) for granted in PERMISSIONS.values()) == len(GRANTS)
    assert len({(grant.role, grant.permission) for grant in GRANTS}) == len(GRANTS)


@pytest.mark.parametrize(
    "text",
    [
        '["results.everything"]\nthing = "x"\nteacher = "own; no"',
        '["scan.run"]\nthing = "x"\nsuperintendent = "own; no"',
        '["scan.run"]\nthing = "x"\nteacher = "everywhere; no"',
        '["scan.run"]\nthing = "x"\nteacher = "own; everybody"',
        '["scan.run"]\nthing = "x"\nteacher = "own"',
    ],
)
def test_a_word_the_table_does_not_know_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a valid"):
        read_grants(text)


def test_only_who_teaches_reads_a_result_of_a_teacher_and_it_is_her_own() -> None:
    for permission in (Permission.OWN_RESULT_READ, Permission.DATA_DOWNLOAD, Permission.AUDIT_READ_OWN):
        assert holders(permission) == TEACHES
        assert {g.reach for g in GRANTS if g.permission is permission} == {Reach.OWN}


def test_whoever_leads_or_loads_reads_no_inquiry_meeting_or_team() -> None:
    of_teams = {
        Permission.TEAM_READ,
        Permission.INQUIRY_READ,
        Permission.MEETING_HOLD,
        Permission.RETEACH_PLAN,
    }
    for role in (Role.PRINCIPAL, Role.DISTRICT_LEADER, Role.STEWARD, Role.REVIEWER):
        assert not of_teams & PERMISSIONS[role]


def test_an_external_reviewer_reads_practices_without_names_and_nothing_else() -> None:
    assert [(g.permission, g.named) for g in GRANTS if g.role is Role.REVIEWER] == [
        (Permission.PRACTICE_READ, Named.NOT)
    ]


def test_a_teacher_whose_classes_are_not_known_reads_counts_alone() -> None:
    assert frozenset({Permission.PRACTICE_AREAS_READ}) == UNLINKED


def test_nobody_but_a_steward_manages_people_and_data() -> None:
    for permission in (Permission.ACCOUNT_MANAGE, Permission.RETENTION_MANAGE, Permission.AUDIT_VERIFY):
        assert holders(permission) == {Role.STEWARD}


def test_the_readme_shows_the_table_that_holds() -> None:
    text = README.read_text(encoding="utf-8")
    _, _, after = text.partition("<!-- permissions -->\n")
    shown, closed, _ = after.partition("<!-- /permissions -->")
    assert closed, "README.md has no section between <!-- permissions --> and <!-- /permissions -->"
    words = "Put plc.core.permissions.permission_table() between the marks."
    assert shown.strip() == permission_table().strip(), words
