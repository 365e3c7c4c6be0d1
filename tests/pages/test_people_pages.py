"""Teams, people and roles, who looked, and the private word to a teacher."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from plc.core import clock
from plc.core.viewer import LOCAL_STEWARD, Role, Viewer
from plc.people import (
    Identity,
    RoleGrant,
    TeamPlan,
    claim_invitation,
    current_viewer,
    edit_team,
    give_consent,
    invite,
    leave_agreement,
    list_accounts,
    list_invitations,
    make_team,
    own_consents,
    own_invitations,
    own_notice_choice,
    own_schools,
    own_team_agreements,
    own_teams,
)
from plc.ui import menu
from tests.pages.conftest import App, text_of

F1_TEACHER, F1_NAME, F1_TEAM = "T049", "Ms Adeyemi", "sample-team-1"
F4_TEACHER, F4_NAME = "T048", "Mr Dunne"
# The only grade 6 maths teacher of her school.
F12_TEACHER = "T045"
# In no team.
ALONE = "T002"


def seated(app: App, teacher_id: str) -> Viewer:
    app.sit(Role.TEACHER, teacher_id=teacher_id)
    return current_viewer(app.open())


def unopened(app: App) -> None:
    """As if no teacher had looked at her own result yet."""
    with app.open().write() as cursor:
        cursor.execute("delete from own_result_opened").fetchall()
        cursor.execute("update data_version set version = version + 1").fetchall()


def test_a_member_reads_her_team_and_changes_it(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.MY_TEAM)
    assert "Granite Falls, grade 6 maths" in text_of(at)
    assert F4_NAME in text_of(at)
    assert "We agreed to look together until" in text_of(at)
    at.text_area(key=f"team.edit.{F1_TEAM}.norms").set_value("We begin with students.")
    at.button(key=f"team.edit.{F1_TEAM}.save").click().run()
    assert not at.exception
    (team,) = own_teams(sample.open(), viewer)
    assert team.norm_lines == ("We begin with students.",)


def test_words_that_meet_a_colleagues_change_are_shown_beside_them_and_kept(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.MY_TEAM)
    with sample.open().write() as cursor:
        cursor.execute(
            "update team set norms = 'Theirs.', version = version + 1 where team_id = $team_id",
            {"team_id": F1_TEAM},
        ).fetchall()
    at.text_area(key=f"team.edit.{F1_TEAM}.norms").set_value("Mine.")
    at.button(key=f"team.edit.{F1_TEAM}.save").click().run()
    assert "Two people wrote at once" in [warning.proto.title for warning in at.warning]
    # Once in the team's norms, and once beside the form, where it stays until mine is kept.
    assert [element.value for element in at.text].count("Theirs.") == 2
    assert at.text_area(key=f"team.edit.{F1_TEAM}.norms").value == "Mine."
    at.run()
    assert [element.value for element in at.text].count("Theirs.") == 2
    assert own_teams(sample.open(), viewer)[0].norms == "Theirs."
    at.button(key=f"team.edit.{F1_TEAM}.save").click().run()
    assert own_teams(sample.open(), viewer)[0].norms == "Mine."


def test_who_comes_back_to_the_team_page_meets_nobody_over_words_in_her_own_boxes(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.MY_TEAM).switch_page(menu.START).run()
    (team,) = own_teams(sample.open(), viewer)
    plan = TeamPlan(team.name, team.subject, team.grade, "Theirs.", team.meets or "")
    edit_team(sample.open(), viewer, F1_TEAM, plan, seen_version=team.version)
    at = at.switch_page(menu.MY_TEAM).run()
    assert at.text_area(key=f"team.edit.{F1_TEAM}.norms").value == "Theirs."
    at.text_area(key=f"team.edit.{F1_TEAM}.norms").set_value("Theirs, and mine.")
    at.button(key=f"team.edit.{F1_TEAM}.save").click().run()
    assert not at.warning
    assert not at.error
    assert own_teams(sample.open(), viewer)[0].norms == "Theirs, and mine."


def test_a_teacher_without_a_team_makes_one_and_brings_a_colleague_in(sample: App) -> None:
    viewer = seated(sample, ALONE)
    at = sample.page(menu.MY_TEAM)
    assert "You are in no team yet" in text_of(at)
    at.text_input(key="team.new.name").set_value("Readers")
    at.button(key="team.new.save").click().run()
    assert "Readers is there" in text_of(at)
    (team,) = own_teams(sample.open(), current_viewer(sample.open()))
    at.selectbox(key=f"team.add.{team.team_id}").set_value(F4_TEACHER).run()
    at.button(key=f"team.bring.{team.team_id}").click().run()
    assert not at.exception
    (team,) = own_teams(sample.open(), current_viewer(sample.open()))
    assert {m.teacher_id for m in team.members} == {viewer.teacher_id, F4_TEACHER}


def test_who_leaves_sees_nothing_of_the_team_at_the_next_click(sample: App) -> None:
    seated(sample, F4_TEACHER)
    at = sample.page(menu.MY_TEAM)
    at.checkbox(key=f"team.sure.{F1_TEAM}").check().run()
    at.button(key=f"team.leave.{F1_TEAM}").click().run()
    assert "You left the team" in text_of(at)
    assert F1_NAME not in text_of(at)


def test_the_lone_teacher_is_offered_a_team_across_schools_without_a_name(sample: App) -> None:
    viewer = seated(sample, F12_TEACHER)
    at = sample.page(menu.MY_TEAM)
    assert "You are the only teacher of grade 6 maths at your school" in text_of(at)
    ask = next(button for button in at.button if button.key and button.key.startswith("team.ask."))
    ask.click().run()
    assert not at.exception
    assert "They are asked" in text_of(at)
    (team,) = own_teams(sample.open(), current_viewer(sample.open()))
    assert [m.teacher_id for m in team.members] == [viewer.teacher_id]
    with sample.open().read() as cursor:
        asked = [row[0] for row in cursor.execute("select teacher_id from team_invitation").fetchall()]
    assert len(asked) >= 3
    invited = seated(sample, asked[0])
    assert own_invitations(sample.open(), invited)
    at = sample.page(menu.MY_TEAM)
    assert "at another school is looking for colleagues" in text_of(at)
    assert "Ms Phan" not in text_of(at)


def test_a_teacher_is_told_privately_and_never_again_if_she_says_so(sample: App) -> None:
    unopened(sample)
    viewer = seated(sample, F1_TEACHER)
    at = sample.page(menu.START)
    assert "Students in your classes have exceeded expectation" in text_of(at)
    at.button(key="notice.never ask").click().run()
    assert own_notice_choice(sample.open(), viewer) == "never ask"
    assert "have exceeded expectation" not in text_of(sample.page(menu.START))
    unopened(sample)
    seated(sample, F4_TEACHER)
    assert "have exceeded expectation" not in text_of(sample.page(menu.START))


def test_nobody_sees_her_name_before_she_opened_her_own_result(sample: App) -> None:
    unopened(sample)
    sample.sit(Role.PRINCIPAL, school_ids=("M1",))
    assert F1_NAME not in text_of(sample.page(menu.BRIGHT_SPOTS))
    seated(sample, F1_TEACHER)
    sample.page(menu.MY_CLASSES)
    sample.sit(Role.PRINCIPAL, school_ids=("M1",))
    assert F1_NAME in text_of(sample.page(menu.BRIGHT_SPOTS))


def test_she_reads_that_a_principal_looked_and_what_was_refused(sample: App) -> None:
    sample.sit(Role.PRINCIPAL, school_ids=("M1",))
    sample.page(menu.BRIGHT_SPOTS)
    seated(sample, F4_TEACHER)
    sample.page(menu.BRIGHT_SPOTS)
    seated(sample, F1_TEACHER)
    shown = text_of(sample.page(menu.WHO_LOOKED))
    assert "A principal" in shown
    assert F4_NAME in shown
    assert "bright spots" in shown


def test_a_steward_invites_links_gives_and_removes(sample: App) -> None:
    database = sample.open()
    sample.sit(Role.STEWARD)
    at = sample.page(menu.ACCOUNTS)
    assert "Nobody has an account yet" in text_of(at)
    at.text_input(key="people.address").set_value("ada@school.example").run()
    at.button(key="people.invite").click().run()
    assert not at.exception
    (waiting,) = list_invitations(database, LOCAL_STEWARD)
    assert waiting.role is Role.TEACHER
    code = at.code[0].value
    at.text_input(key="people.search").set_value("ada").run()
    assert at.code[0].value == code
    (passed_on,) = [button for button in at.button if button.label == "I have passed it on"]
    passed_on.click().run()
    assert not at.code
    account_id = claim_invitation(
        database, Identity("https://x.example", "ada", "ada@school.example", clock.now()), code
    )
    at = sample.page(menu.ACCOUNTS)
    assert code not in text_of(at)
    assert any(
        "ada@school.example: teacher (not linked" in e.label.replace("\\", "").replace("\u2060", "")
        for e in at.expander
    )
    assert list_accounts(database, LOCAL_STEWARD).accounts[0].account_id == account_id


def test_each_code_stands_as_long_as_its_own_invitation_is_open(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(menu.ACCOUNTS)
    for address, role in (("Ada@school.example", Role.TEACHER), ("ada@school.example", Role.STEWARD)):
        at.text_input(key="people.address").set_value(address).run()
        at.selectbox(key="people.invite.role").set_value(role).run()
        at.button(key="people.invite").click().run()
    first, second = [code.value for code in at.code]
    assert first != second
    for invited, left in ((Role.TEACHER, [second]), (Role.STEWARD, [])):
        (asked,) = [one for one in list_invitations(sample.open(), LOCAL_STEWARD) if one.role is invited]
        at.button(key=f"people.withdraw.{asked.account_invitation_id}").click().run()
        assert not at.exception
        assert [code.value for code in at.code] == left


def test_a_code_that_was_used_stands_there_no_longer(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(menu.ACCOUNTS)
    at.text_input(key="people.address").set_value("ada@school.example").run()
    at.button(key="people.invite").click().run()
    claim_invitation(
        sample.open(),
        Identity("https://x.example", "ada", "ada@school.example", clock.now()),
        at.code[0].value,
    )
    assert not at.run().code


def test_a_role_that_lacks_its_school_is_said_in_words(sample: App) -> None:
    sample.sit(Role.STEWARD)
    at = sample.page(menu.ACCOUNTS)
    at.text_input(key="people.address").set_value("head@school.example").run()
    at.selectbox(key="people.invite.role").set_value(Role.PRINCIPAL).run()
    at.button(key="people.invite").click().run()
    assert "Choose the principal's school" in text_of(at)


@pytest.mark.parametrize(("change", "title"), [(None, "whole"), ("delete from audit_entry", "tampered")])
def test_a_steward_checks_the_chain(sample: App, change: str | None, title: str) -> None:
    invite(sample.open(), LOCAL_STEWARD, "x@school.example", RoleGrant(Role.TEACHER))
    if change:
        with sample.open().write() as cursor:
            cursor.execute(change).fetchall()
    sample.sit(Role.STEWARD)
    at = sample.page(menu.AUDIT)
    at.button(key="audit.check").click().run()
    said = [*at.success, *at.error]
    assert any(title in element.proto.title for element in said)


@pytest.mark.parametrize("role", [Role.COACH, Role.DISTRICT_LEADER, Role.REVIEWER])
def test_on_the_sample_every_seat_can_be_tried(sample: App, role: Role) -> None:
    at = sample.start()
    at.radio(key="who.role").set_value(role).run()
    at.button(key="who.continue").click().run()
    assert not at.exception
    assert current_viewer(sample.open()).role is role


def test_who_joined_after_she_opened_is_named_and_asked_about(sample: App) -> None:
    seated(sample, F1_TEACHER)
    with sample.open().write() as cursor:
        cursor.execute(
            "delete from team_agreement_opening where reader_teacher_id = $t", {"t": F4_TEACHER}
        ).fetchall()
    at = sample.page(menu.MY_CLASSES)
    assert f"{F4_NAME} joined since you opened it." in text_of(at)
    press(at, f"Open it to {F4_NAME} too")
    (agreement,) = own_team_agreements(sample.open(), current_viewer(sample.open()))
    assert {m.teacher_id for m in agreement.members if m.reads_mine} == {F4_TEACHER, "T132", "T146"}
    assert "joined since" not in text_of(at)


def test_who_left_the_agreement_says_yes_again_herself(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    leave_agreement(sample.open(), viewer, F1_TEAM)
    for page in (menu.MY_TEAM, menu.MY_CLASSES):
        at = sample.page(page)
        assert f"{F4_NAME}" in text_of(at)
        assert "Only you can say yes for yourself" in text_of(at)
    press(at, "Look together too")
    (agreement,) = own_team_agreements(sample.open(), viewer)
    assert not [m for m in agreement.members if m.teacher_id == F1_TEACHER and m.opened_on]


def test_another_school_is_named_and_asked_for(sample: App) -> None:
    viewer = seated(sample, F1_TEACHER)
    give_consent(sample.open(), viewer, scope="school", until_on=clock.now().date())
    with sample.open().write() as cursor:
        cursor.execute(
            "update consent_school set school_id = 'E1' where consent_id in"
            " (select consent_id from consent where teacher_id = $t and scope = 'school')",
            {"t": F1_TEACHER},
        ).fetchall()
    at = sample.page(menu.MY_CLASSES)
    (school,) = own_schools(sample.open(), viewer)
    assert f"{school}, where you teach now, is not part of it." in text_of(at)
    assert not next(t for t in at.toggle if t.label == "Show my name in my school").value
    next(t for t in at.toggle if t.label == "Show my name in my school").set_value(True).run()
    assert "is not part of it" not in text_of(at)
    assert [c.schools for c in own_consents(sample.open(), viewer) if c.scope == "school"] == [(school,)]


def test_a_team_agrees_to_look_together_on_its_own_page(sample: App) -> None:
    viewer = seated(sample, ALONE)
    team_id = make_team(sample.open(), viewer, TeamPlan("Ours"), member_ids=["T003"])
    at = sample.page(menu.MY_TEAM)
    at.checkbox(key=f"team.agree.sure.{team_id}").set_value(True).run()
    at.button(key=f"team.agree.record.{team_id}").click().run()
    assert "We agreed to look together until" in text_of(at)


def press(at: AppTest, label: str) -> None:
    next(button for button in at.button if button.label == label).click().run()
    assert not at.exception
