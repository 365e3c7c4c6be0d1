"""Signing in: whom the rules let in, and what an identity may do at each moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from plc.core import clock
from plc.core.errors import Conflict, NotAllowed, NotFound, PlcError
from plc.core.viewer import LOCAL_STEWARD, Permission, Role, Viewer
from plc.database import Database
from plc.people import (
    Identity,
    RoleGrant,
    SignInRules,
    Standing,
    TeamPlan,
    claim_invitation,
    end_role,
    end_sign_in,
    give_consent,
    give_role,
    has_opened_own_result,
    invite,
    link_account,
    list_accounts,
    list_invitations,
    look_as,
    make_team,
    open_own_result,
    own_audit,
    own_consents,
    read_identity,
    remove_account,
    standing,
    withdraw_invitation,
)
from plc.people.sign_in import GOOGLE

ISSUER = "https://login.school.example"
RULES = SignInRules(allowed_issuers=(ISSUER, GOOGLE))
ADA = "T1"
TODAY = clock.now().date()


def claims(**changed: Any) -> dict[str, Any]:
    return {
        "iss": ISSUER,
        "sub": "ada",
        "email": "Ada@School.Example",
        "email_verified": True,
        "iat": int(datetime.now(UTC).timestamp()),
        "is_logged_in": True,
    } | changed


def identity(**changed: Any) -> Identity:
    return read_identity(claims(**changed), RULES)


def account_of(database: Database, who: Identity, role: Role = Role.TEACHER, **scope: Any) -> str:
    return claim_invitation(
        database, who, invite(database, LOCAL_STEWARD, who.address, RoleGrant(role, **scope))
    )


def now(database: Database, who: Identity, rules: SignInRules = RULES) -> Standing:
    return standing(database, who, rules)


def test_a_verified_address_of_an_allowed_issuer_is_let_in() -> None:
    assert identity().address == "ada@school.example"


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"sub": ""},
        {"email_verified": False},
        {"email_verified": "true"},
        {"email": None},
        {"email": "nobody"},
        {"iat": None},
        {"iat": datetime.now(UTC).timestamp() - 13 * 3600},
        {"iat": datetime.now(UTC).timestamp() + 3600},
    ],
)
def test_anyone_else_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        identity(**changed)


def test_an_organisations_own_directory_verifies_its_addresses_without_saying_so() -> None:
    rules = SignInRules(allowed_issuers=(ISSUER,), verifying_issuers=(ISSUER,))
    said = claims(email=None, email_verified=None, preferred_username="ada@school.example")
    assert read_identity(said, rules).address == "ada@school.example"
    with pytest.raises(NotAllowed):
        read_identity(said, RULES)


def test_a_private_google_account_with_a_school_address_is_not_of_the_school() -> None:
    rules = SignInRules(allowed_issuers=(ISSUER, GOOGLE), hosted_domains=("school.example",))
    assert read_identity(claims(), rules)
    assert read_identity(claims(iss=GOOGLE, hd="school.example"), rules)
    for said in (claims(iss=GOOGLE), claims(iss=GOOGLE, hd="gmail.com"), claims(email="a@other.example")):
        with pytest.raises(NotAllowed):
            read_identity(said, rules)


def test_a_stranger_may_do_nothing_until_she_claims_an_invitation(roster: Database) -> None:
    who = identity()
    assert now(roster, who).state == "stranger"
    assert now(roster, who).viewer == Viewer()
    account_id = account_of(roster, who)
    stood = now(roster, who)
    assert (stood.state, stood.viewer.role, stood.viewer.account_id) == ("in", Role.TEACHER, account_id)


def test_until_a_steward_links_her_a_teacher_sees_practice_areas_alone(roster: Database) -> None:
    account_id = account_of(roster, identity())
    waiting = now(roster, identity()).viewer
    assert waiting.waits_for_link
    assert {p for p in Permission if waiting.may(p)} == {Permission.PRACTICE_AREAS_READ}
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=ADA)
    linked = now(roster, identity()).viewer
    assert linked.teacher_id == ADA
    assert linked.may(Permission.OWN_RESULT_READ)


def test_a_code_works_once_for_its_address_and_while_it_lasts(roster: Database) -> None:
    ada, ben = identity(), identity(sub="ben", email="ben@school.example")
    code = invite(roster, LOCAL_STEWARD, " ADA@school.example ", RoleGrant(Role.TEACHER))
    for wrong, who in ((code, ben), (code + "x", ada), ("", ada)):
        with pytest.raises(NotAllowed):
            claim_invitation(roster, who, wrong)
    claim_invitation(roster, ada, f" {code} ")
    with pytest.raises(NotAllowed):
        claim_invitation(roster, ada, code)
    late = invite(roster, LOCAL_STEWARD, "ben@school.example", RoleGrant(Role.TEACHER))
    with roster.write() as cursor:
        cursor.execute(
            "update account_invitation set expires_at = now()::timestamp - interval 1 day"
        ).fetchall()
    with pytest.raises(NotAllowed):
        claim_invitation(roster, ben, late)
    taken_back = invite(roster, LOCAL_STEWARD, "ben@school.example", RoleGrant(Role.TEACHER))
    (waiting,) = list_invitations(roster, LOCAL_STEWARD)
    withdraw_invitation(roster, LOCAL_STEWARD, waiting.account_invitation_id)
    with pytest.raises(NotAllowed):
        claim_invitation(roster, ben, taken_back)
    assert now(roster, ben).state == "stranger"


def test_a_code_is_kept_as_a_hash_only(roster: Database) -> None:
    code = invite(roster, LOCAL_STEWARD, "ada@school.example", RoleGrant(Role.TEACHER))
    with roster.read() as cursor:
        rows = cursor.execute("select * from account_invitation").fetchall()
    assert code not in repr(rows)


def test_the_same_subject_of_another_issuer_is_somebody_else(roster: Database) -> None:
    account_of(roster, identity())
    assert now(roster, identity(iss=GOOGLE)).state == "stranger"


def test_a_removed_person_is_out_with_the_next_request(roster: Database) -> None:
    who = identity()
    account_id = account_of(roster, who)
    assert now(roster, who).state == "in"
    remove_account(roster, LOCAL_STEWARD, account_id)
    assert now(roster, who).viewer == Viewer()
    assert list_accounts(roster, LOCAL_STEWARD).total == 0
    with pytest.raises(NotFound):
        remove_account(roster, LOCAL_STEWARD, account_id)


def test_who_is_removed_is_named_nowhere_from_then_on(roster: Database) -> None:
    account_id, ada = account_of(roster, identity()), Viewer(Role.TEACHER, teacher_id=ADA)
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=ADA)
    give_consent(roster, ada, scope="district", until_on=TODAY)
    assert own_consents(roster, ada)
    remove_account(roster, LOCAL_STEWARD, account_id)
    assert own_consents(roster, ada) == []


def test_who_is_invited_again_begins_without_her_old_roles_and_link(roster: Database) -> None:
    first = identity(iat=int(datetime.now(UTC).timestamp()) - 60)
    account_id = account_of(roster, first)
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=ADA)
    assert now(roster, first).state == "in"
    remove_account(roster, LOCAL_STEWARD, account_id)
    again = identity()
    assert account_of(roster, again, Role.DISTRICT_LEADER) == account_id
    stood = now(roster, again)
    assert stood.roles == (Role.DISTRICT_LEADER,)
    assert stood.viewer.teacher_id is None
    with pytest.raises(NotAllowed):
        now(roster, first)


def test_roles_belong_to_schools_teams_and_dates(roster: Database) -> None:
    who = identity()
    account_id = account_of(roster, who, Role.PRINCIPAL, school_id="S1")
    assert now(roster, who).viewer.school_ids == ("S1",)
    give_role(roster, LOCAL_STEWARD, account_id, RoleGrant(Role.PRINCIPAL, school_id="S2", until_on=TODAY))
    assert now(roster, who).viewer.school_ids == ("S1", "S2")
    with roster.write() as cursor:
        cursor.execute(
            "update account_role set until_on = current_date - 1 where school_id = 'S2'"
        ).fetchall()
    assert now(roster, who).viewer.school_ids == ("S1",)
    (held,) = list_accounts(roster, LOCAL_STEWARD).accounts[0].roles
    end_role(roster, LOCAL_STEWARD, held.account_role_id)
    assert now(roster, who).state == "no role"


def test_a_coach_opens_the_teams_of_her_school_or_the_one_named(roster: Database) -> None:
    maker = Viewer(Role.TEACHER, teacher_id=ADA)
    at_school = make_team(roster, maker, TeamPlan("One"), school_id="S1")
    named = make_team(roster, maker, TeamPlan("Two"))
    who = identity()
    account_id = account_of(roster, who, Role.COACH, school_id="S1")
    assert now(roster, who).viewer.team_ids == (at_school,)
    give_role(roster, LOCAL_STEWARD, account_id, RoleGrant(Role.COACH, team_id=named))
    assert set(now(roster, who).viewer.team_ids) == {at_school, named}


def test_a_person_with_several_roles_looks_with_the_one_she_picks(roster: Database) -> None:
    who = identity()
    account_id = account_of(roster, who, Role.DISTRICT_LEADER)
    give_role(roster, LOCAL_STEWARD, account_id, RoleGrant(Role.TEACHER))
    stood = now(roster, who)
    assert stood.viewer.role is Role.DISTRICT_LEADER
    look_as(roster, stood.viewer, Role.TEACHER, roles=stood.roles)
    assert now(roster, who).viewer.role is Role.TEACHER
    with pytest.raises(NotAllowed):
        look_as(roster, stood.viewer, Role.STEWARD, roles=stood.roles)


@pytest.mark.parametrize(
    "grant",
    [
        RoleGrant(Role.NOBODY),
        RoleGrant(Role.PRINCIPAL),
        RoleGrant(Role.PRINCIPAL, school_id="S9"),
        RoleGrant(Role.COACH),
        RoleGrant(Role.TEACHER, school_id="S1"),
        RoleGrant(Role.TEACHER, team_id="t"),
        RoleGrant(Role.REVIEWER),
        RoleGrant(Role.REVIEWER, until_on=TODAY + timedelta(days=400)),
        RoleGrant(Role.TEACHER, until_on=TODAY - timedelta(days=1)),
    ],
)
def test_a_role_needs_what_it_belongs_to(roster: Database, grant: RoleGrant) -> None:
    with pytest.raises(PlcError):
        invite(roster, LOCAL_STEWARD, "x@school.example", grant)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "a b@c.example",
        "a@b@c",
        "x" * 300 + "@c.example",
        "wei\u00df@c.example",
        "\u212aim@c.example",
    ],
)
def test_an_invitation_needs_one_address(roster: Database, address: str) -> None:
    with pytest.raises(PlcError):
        invite(roster, LOCAL_STEWARD, address, RoleGrant(Role.TEACHER))


@pytest.mark.parametrize(
    "address", ["anna.wei\u00df@school.example", "\u212aim@school.example", "a@b@school.example"]
)
def test_an_address_is_not_taken_for_one_that_looks_alike(address: str) -> None:
    with pytest.raises(NotAllowed, match="plain letters"):
        identity(email=address)


def test_only_google_says_by_hd_whose_an_address_is() -> None:
    rules = SignInRules(allowed_issuers=(ISSUER, GOOGLE), hosted_domains=("school.example",))
    with pytest.raises(NotAllowed, match="organisation"):
        read_identity(claims(email="eve@evil.example", hd="school.example"), rules)
    assert read_identity(claims(iss=GOOGLE, hd="School.Example"), rules).address == "ada@school.example"


def test_one_teacher_has_one_account(roster: Database) -> None:
    first = account_of(roster, identity())
    second = account_of(roster, identity(sub="ben", email="ben@school.example"))
    link_account(roster, LOCAL_STEWARD, first, teacher_id=ADA)
    with pytest.raises(Conflict):
        link_account(roster, LOCAL_STEWARD, second, teacher_id=ADA)
    with pytest.raises(NotFound):
        link_account(roster, LOCAL_STEWARD, second, teacher_id="T999")
    link_account(roster, LOCAL_STEWARD, first, teacher_id=None)
    link_account(roster, LOCAL_STEWARD, second, teacher_id=ADA)


def test_a_steward_does_not_say_that_she_is_a_teacher_herself(roster: Database) -> None:
    who = identity()
    account_id = account_of(roster, who, Role.STEWARD)
    steward = now(roster, who).viewer
    with pytest.raises(NotAllowed, match="another data steward"):
        link_account(roster, steward, account_id, teacher_id=ADA)
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=ADA)
    link_account(roster, steward, account_id, teacher_id=None)


@pytest.mark.parametrize("becomes", [None, "T2"])
def test_what_an_account_did_as_a_teacher_ends_with_the_link_and_she_is_told(
    roster: Database, becomes: str | None
) -> None:
    who = identity()
    account_id = account_of(roster, who)
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=ADA)
    as_ada = now(roster, who).viewer
    open_own_result(roster, as_ada)
    give_consent(roster, as_ada, scope="district", until_on=TODAY + timedelta(days=30))
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=becomes)
    ada = Viewer(Role.TEACHER, teacher_id=ADA)
    assert own_consents(roster, ada) == []
    assert not has_opened_own_result(roster, ada)
    assert {"link account", "unlink account"} <= {line.action for line in own_audit(roster, ada)}


def test_keeping_the_same_link_ends_nothing(roster: Database) -> None:
    who = identity()
    account_id = account_of(roster, who)
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=ADA)
    give_consent(roster, now(roster, who).viewer, scope="district", until_on=TODAY + timedelta(days=30))
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=ADA)
    assert len(own_consents(roster, now(roster, who).viewer)) == 1


@pytest.mark.parametrize(
    ("role", "scope"), [(Role.PRINCIPAL, {"school_id": "S1"}), (Role.DISTRICT_LEADER, {})]
)
def test_who_leads_is_known_to_lead_in_her_teaching_seat(
    roster: Database, role: Role, scope: dict[str, str]
) -> None:
    who = identity()
    account_id = account_of(roster, who)
    assert not now(roster, who).viewer.leads
    give_role(roster, LOCAL_STEWARD, account_id, RoleGrant(role, **scope))
    seat = now(roster, who).viewer
    assert (seat.role, seat.leads) == (Role.TEACHER, True)


def test_who_teaches_is_known_to_in_every_other_seat_of_hers(roster: Database) -> None:
    who = identity()
    account_id = account_of(roster, who)
    link_account(roster, LOCAL_STEWARD, account_id, teacher_id=ADA)
    give_role(roster, LOCAL_STEWARD, account_id, RoleGrant(Role.COACH, school_id="S1"))
    standing = now(roster, who)
    look_as(roster, standing.viewer, Role.COACH, roles=standing.roles)
    seat = now(roster, who).viewer
    assert (seat.role, seat.teacher_id, seat.person_id) == (Role.COACH, None, ADA)
    assert set(seat.person_team_ids) >= set(standing.viewer.team_ids)


def test_the_last_steward_stays(roster: Database) -> None:
    who = identity()
    account_id = account_of(roster, who, Role.STEWARD)
    steward = now(roster, who).viewer
    (held,) = list_accounts(roster, steward).accounts[0].roles
    with pytest.raises(Conflict):
        end_role(roster, steward, held.account_role_id)
    with pytest.raises(Conflict):
        remove_account(roster, steward, account_id)
    assert now(roster, who).viewer.role is Role.STEWARD
    account_of(roster, identity(sub="ben", email="ben@school.example"), Role.STEWARD)
    remove_account(roster, steward, account_id)


def test_after_signing_out_a_copied_cookie_opens_nothing(roster: Database) -> None:
    who = identity()
    account_of(roster, who)
    end_sign_in(roster, now(roster, who).viewer, who)
    with pytest.raises(NotAllowed, match="signed out"):
        now(roster, who)
    later = identity(iat=int(datetime.now(UTC).timestamp()) + 5)
    assert now(roster, later).state == "in"


def test_a_sign_in_left_alone_ends(roster: Database) -> None:
    who = identity()
    account_of(roster, who)
    now(roster, who)
    with roster.write() as cursor:
        cursor.execute("update account_session set seen_at = seen_at - interval 2 hour").fetchall()
    with pytest.raises(NotAllowed, match="away"):
        now(roster, who)


def test_accounts_are_found_by_address_and_role_a_page_at_a_time(roster: Database) -> None:
    for number in range(27):
        who = identity(sub=str(number), email=f"t{number:02d}@school.example")
        account_of(roster, who, Role.DISTRICT_LEADER if number == 7 else Role.TEACHER)
    first, second = (list_accounts(roster, LOCAL_STEWARD, page=page) for page in (0, 1))
    assert (len(first.accounts), len(second.accounts), first.total) == (25, 2, 27)
    (found,) = list_accounts(roster, LOCAL_STEWARD, search="T07").accounts
    assert found.address == "t07@school.example"
    assert list_accounts(roster, LOCAL_STEWARD, role=Role.DISTRICT_LEADER).total == 1


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.STEWARD])
def test_nobody_but_a_steward_manages_accounts(roster: Database, role: Role) -> None:
    other = Viewer(role, teacher_id=ADA, account_id="x")
    for attempt in (
        lambda: invite(roster, other, "x@school.example", RoleGrant(Role.STEWARD)),
        lambda: list_accounts(roster, other),
        lambda: link_account(roster, other, "x", teacher_id=ADA),
        lambda: give_role(roster, other, "x", RoleGrant(Role.STEWARD)),
        lambda: remove_account(roster, other, "x"),
    ):
        with pytest.raises(NotAllowed):
            attempt()
