"""The principal's monthly review as its script has it, minute by minute, and what it must never show."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from plc.core.viewer import Role
from tests.e2e.seated import Person, Room
from tests.e2e.serving import ROOT, open_page, settle
from tests.e2e.test_file_put_right import choose
from tests.e2e.walk import Walk, said

pytestmark = pytest.mark.browser

# Pia leads Granite Falls; Kim leads the school of the lone grade 6 maths teacher, Ms Phan; Dan the district.
PEOPLE = [
    Person("ana", teacher_id="T049"),
    Person("pia", Role.PRINCIPAL, school_id="M1"),
    Person("kim", Role.PRINCIPAL, school_id="K1"),
    Person("dan", Role.DISTRICT_LEADER),
]
UPLOADS = ROOT / "data" / "sample" / "uploads"
STUDENT_ID = re.compile(r"\b0\d{6}\b")
ROSTER_OF_TEAM = ("Ms Adeyemi", "Mr Dunne", "Mr Rao", "Ms Mendes")
# Pages of teams and teachers, some of them with figures of a class.
CLOSED = ("my-classes", "seek", "measured-effect", "check-in", "decide", "discover", "confirm", "decisions",
          "reteach", "upload", "people", "audit")  # fmt: skip


def go(page: Page, link: str, title: str) -> None:
    """Follow the page's own way on."""
    page.locator('[data-testid="stMain"]').get_by_role("link", name=link).click()
    page.get_by_role("heading", name=title, exact=True).wait_for()
    settle(page)


def take(page: Page, button: Locator) -> bytes:
    """What a download button gives."""
    with page.expect_download() as download:
        button.click()
    return Path(download.value.path()).read_bytes()


def catching_up(page: Page, room: Room) -> list[str]:
    """The rows of the board's page about students who catch up, as a file tells them."""
    open_page(page, f"{room.address}/month")
    file = take(page, page.get_by_role("button", name="As CSV").nth(1)).decode("utf-8-sig")
    rows = [row[1:] for row in csv.reader(io.StringIO(file)) if row[0] == "When a student falls behind"]
    return [
        " | ".join(filter(None, row)) for row in rows if row[0] != "Who" and len(list(filter(None, row))) > 2
    ]


def require_no_single_gap(rows: list[str]) -> None:
    """No hidden row of a group can be had by taking the shown ones from the whole."""
    blocks: dict[tuple[str, str], list[int | None]] = {}
    for who, subject, *cells in (row.split(" | ") for row in rows):
        if ": " in who:
            counted = re.search(r"of (\d+)\)", cells[-1])
            blocks.setdefault((subject, who.split(": ")[0]), []).append(int(counted[1]) if counted else None)
    assert blocks
    for subject in {subject for subject, _ in blocks}:
        whole = max(sum(filter(None, sizes)) for (of, _), sizes in blocks.items() if of == subject)
        for (of, group), sizes in blocks.items():
            if of == subject and sizes.count(None) == 1:
                # An empty group is nobody's.
                assert sum(filter(None, sizes)) == whole, (subject, group)


def test_the_monthly_review(walk: Walk, room: Room) -> None:
    ana, pia = walk.people["ana"], walk.people["pia"]

    with walk.step("0-3", "Month at a glance", clicks=0, seconds=180, shown=("pia",)):
        open_page(pia, f"{room.address}/month")
        expect(pia.get_by_text(re.compile(r"\d of \d teams met"))).to_be_visible()
    assert not [name for name in ROSTER_OF_TEAM if name in said(pia)]
    for words in ("Confirm", "2 × keep testing"):
        assert words in said(pia)

    with walk.step("3-10", "Practices across schools", clicks=2, seconds=420, shown=("pia",)):
        go(pia, "What helps that we need?", "What helps somewhere that we need?")
        lines = said(pia)
        assert lines.index("Sort exit tickets") < lines.index("Warm up three minutes")
        for words in (
            "6 tests",
            "classes",
            "schools",
            "Tested with students who started lowest?",
            "90 % range",
        ):
            assert words in lines
        pia.get_by_text("Only for courses like ours").click()
        settle(pia)
        expect(pia.get_by_text("Sort exit tickets").first).to_be_visible()

    with walk.step("10-16", "Open one practice", clicks=3, seconds=360, shown=("pia",)):
        pia.get_by_role("button", name="See what every test showed").first.click()
        pia.get_by_role("heading", name="Every test").wait_for()
        settle(pia)
        lines = said(pia)
        # The test that found the opposite stands on the same screen.
        assert re.search(r"· -0\.\d\d SD", lines)
        assert "What this cannot tell" in lines
        pia.get_by_text("Ask and visit", exact=True).click()
        settle(pia)
        pia.get_by_label("What would you like to know?").fill("How long does sorting take with 28 students?")
        pia.get_by_role("button", name="Ask", exact=True).click()
        expect(pia.get_by_text("Your question is with the authors.")).to_be_visible()
    assert not [name for name in ROSTER_OF_TEAM if name in said(pia)]

    with walk.step("31-36", "Broker", clicks=3, seconds=300, shown=("pia", "ana")):
        team = pia.get_by_text("Which team?")
        team.scroll_into_view_if_needed()
        pia.get_by_role("button", name="Ask her first").click()
        expect(pia.get_by_text("Asked. You read here when a visit is agreed.")).to_be_visible()
        open_page(ana, f"{room.address}/my-cards")
        expect(ana.get_by_text("Only you see this. If you say no, nobody is told.")).to_be_visible()
        ana.get_by_role("button", name="Yes, they may").click()
        expect(ana.get_by_text("You said yes.")).to_be_visible()

    with walk.step("16-21", "Stalled or struggling inquiries", clicks=3, seconds=300, shown=("pia",)):
        open_page(pia, f"{room.address}/who-needs-help")
        pia.get_by_role("button", name=re.compile("Give time|Give them time", re.IGNORECASE)).first.click()
        settle(pia)
        pia.get_by_label("What do you give?").fill("One covered lesson for each of you in June")
        pia.get_by_role("button", name="Send to the team").click()
        expect(pia.get_by_text("What was given")).to_be_visible()
    assert not [name for name in ROSTER_OF_TEAM if name in said(pia)]

    with walk.step("16-21", "Answer a barrier", clicks=2, seconds=120, shown=("pia",)):
        open_page(pia, f"{room.address}/in-their-way")
        pia.get_by_role("button", name="Answer", exact=True).first.click()
        settle(pia)
        pia.get_by_label("In one or two sentences").fill("The timetable gives you Thursdays, fifth hour.")
        pia.get_by_role("button", name="Answer", exact=True).last.click()
        expect(pia.get_by_text("reads your answer.")).to_be_visible()

    with walk.step("36-39", "My three decisions", clicks=3, seconds=180, shown=("pia",)):
        open_page(pia, f"{room.address}/my-decisions")
        number = 0
        while pia.get_by_role("button", name="Decide", exact=True).count() and number < 5:
            pia.get_by_label(re.compile("what will you do", re.IGNORECASE)).fill(f"Visit grade {number + 6}")
            pia.get_by_role("button", name="Decide", exact=True).click()
            number += 1
            expect(pia.get_by_text(f"Visit grade {number + 5}", exact=True)).to_be_visible()
            settle(pia)
        assert 1 <= number <= 3
    with walk.step("39-40", "Export", clicks=4, seconds=60, shown=("pia",)):
        open_page(pia, f"{room.address}/month")
        for number, what in enumerate(("leadership team's brief", "board's page")):
            taken = take(pia, pia.get_by_role("button", name=re.compile(f"Take the {what} as PDF")))
            assert taken.startswith(b"%PDF-1.")
            lines = take(pia, pia.get_by_role("button", name="As CSV").nth(number)).decode("utf-8-sig")
            for words in ("too few to show", "groups under 10 students", "90 % range", "frozen release"):
                assert words in lines
            assert not [name for name in ROSTER_OF_TEAM if name in lines]
            assert not STUDENT_ID.search(lines)
    open_page(ana, f"{room.address}/barriers")
    expect(ana.get_by_text("The timetable gives you Thursdays")).to_be_visible()


def test_a_talk_every_other_week_and_the_whole_district(walk: Walk, room: Room) -> None:
    pia, dan = walk.people["pia"], walk.people["dan"]
    with walk.step("variant", "Thought partner: since we last met", clicks=2, seconds=60, shown=("pia",)):
        open_page(pia, f"{room.address}/month")
        choose(pia, pia.get_by_role("combobox", name="Month"), "Since we last met: two weeks")
        expect(pia.get_by_text("What I said I would do")).to_be_visible()
        expect(pia.get_by_text("Visit grade 6")).to_be_visible()

    with walk.step("variant", "The district's month", clicks=0, seconds=120, shown=("dan",)):
        open_page(dan, f"{room.address}/month")
        expect(dan.get_by_text(re.compile(r"\d of 8 teams met"))).to_be_visible()
        open_page(dan, f"{room.address}/practices-we-need")
        expect(dan.get_by_text("Sort exit tickets").first).to_be_visible()
        open_page(dan, f"{room.address}/who-needs-help")
        expect(dan.get_by_text(re.compile("No decision for")).first).to_be_visible()
    assert not [name for name in ROSTER_OF_TEAM if name in said(dan)]


def test_neither_subtraction_nor_two_exports_give_one_teacher_away(walk: Walk, room: Room) -> None:
    ana, pia, dan = (walk.people[name] for name in ("ana", "pia", "dan"))
    before = {name: catching_up(walk.people[name], room) for name in ("pia", "dan")}
    for rows in before.values():
        require_no_single_gap(rows)
    # The district's rows are the same for both, so that her school's cannot be taken from a larger whole.
    assert [row for row in before["pia"] if not row.startswith("Granite Falls")] == before["dan"]
    # A class's new results come in between; what was exported before reads the same afterwards.
    open_page(ana, f"{room.address}/upload")
    ana.set_input_files("input[type=file]", UPLOADS / "team-unit-7.csv")
    ana.get_by_role("button", name=re.compile(r"^Add [\d,]+ results$")).click()
    expect(ana.get_by_text(re.compile(r"^[\d,]+ results are in\.$"))).to_be_visible(timeout=90_000)
    for page, name in ((pia, "pia"), (dan, "dan")):
        assert catching_up(page, room) == before[name]


def test_no_page_filter_or_address_shows_a_principal_one_teachers_result(walk: Walk, room: Room) -> None:
    ana, pia, kim = (walk.people[name] for name in ("ana", "pia", "kim"))
    for path in CLOSED:
        open_page(pia, f"{room.address}/{path}")
        expect(pia.get_by_text("Not part of your seat")).to_be_visible()
        expect(pia.locator("[data-testid=stVegaLiteChart]")).to_have_count(0)
    # The one-teacher course: nothing that could be hers, by whatever page.
    for path in ("bright-spots", "catching-up", "month", "practices-we-need", "who-needs-help"):
        open_page(kim, f"{room.address}/{path}")
        assert "Ms Phan" not in said(kim)
    for guess in (
        "bright-spots?teacher_id=T160",
        "catching-up?school=M1",
        "practice?practice_id=1",
        "my-classes?t=T049",
    ):
        open_page(kim, f"{room.address}/{guess}")
        assert not [name for name in (*ROSTER_OF_TEAM[1:], "Ms Phan") if name in said(kim)]
    open_page(kim, f"{room.address}/bright-spots")
    assert not re.search(r"[+-]0\.\d\d", said(kim))
    # What was refused is in the record its teachers read.
    open_page(ana, f"{room.address}/who-looked")
    refused = ana.get_by_role("region", name=f"{len(CLOSED)} kinds of refused attempts")
    expect(refused).to_have_count(1)
