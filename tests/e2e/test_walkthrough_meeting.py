"""The weekly meeting as its script has it: before, minute by minute with four at once and the wall, after."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from plc.core.viewer import Role
from tests.conftest import copy_installation
from tests.e2e.seated import Person, Room
from tests.e2e.serving import ROOT, open_page, settle
from tests.e2e.test_file_put_right import choose
from tests.e2e.walk import Walk, said

pytestmark = pytest.mark.browser

# Ana leads, Ben writes, Cy keeps time on a phone, Dee is a member; Pia is the principal of their school.
MEMBERS = {"ana": "T049", "ben": "T132", "cy": "T146", "dee": "T048"}
PEOPLE = [
    *(Person(name, teacher_id=teacher_id) for name, teacher_id in MEMBERS.items()),
    Person("pia", Role.PRINCIPAL, school_id="M1"),
]
SIZES = {"cy": (360, 720)}
SHOWN = ("ana", "cy", "wall")
# A device without network for five minutes has lost its session, which Streamlit keeps for two. Here the
# server keeps none, so that a few seconds are as good.
SETTINGS = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": "1"}
UPLOADS = ROOT / "data" / "sample" / "uploads"
STUDENT_ID = re.compile(r"\b0\d{6}\b")
# Said of a practice after one test, these promise more than it can show.
TOO_MUCH = re.compile(r"\b(works|worked|proved|proven)\b", re.IGNORECASE)
# How late the last screen may follow, and was at each step. `benchmarks/meetings.py` holds every screen to
# two seconds; here, beside other tests, they must follow by themselves.
LIVE_SECONDS = 6.0
followed: list[float] = []
OBSERVED = ("Up since week 2", "One class below", "Unit 6 is higher", "Low third moved")
PROMISED = ("Bring two mistakes", "Upload unit 7", "Minute alone daily", "Wrong answer daily")


def title(page: Page, words: str) -> None:
    page.get_by_role("heading", name=words, exact=True, level=1).wait_for()


def next_step(walk: Walk, words: str, *, without: str = "") -> None:
    """The facilitator goes on, and every screen follows."""
    walk.people["ana"].get_by_role("button", name="Next step").click()
    title(walk.people["ana"], words)
    began = time.monotonic()
    for name in (*MEMBERS, "wall"):
        if name != without:
            title(walk.people[name], words)
    followed.append(time.monotonic() - began)


def box(page: Page, step_key: str, words: str, *, button: str = "Send") -> None:
    """Fill the first box of a step and press its button."""
    step = page.locator(f".st-key-meeting-step-{step_key}")
    step.locator(".plc-draft textarea:visible, .plc-draft input:visible").first.fill(words)
    step.get_by_role("button", name=button, exact=True).first.click()


def test_the_mail_before_is_readable_by_anybody_and_tells_nothing_of_students(
    sample_file: Path, tmp_path: Path
) -> None:
    database = copy_installation(sample_file, tmp_path)
    plc = [sys.executable, "-m", "plc", "digest", "--db", str(database)]
    subprocess.run(
        plc, cwd=ROOT, check=True, capture_output=True, env={"PLC_DIGEST_HOURS_BEFORE": "24", "PATH": ""}
    )
    (mail,) = (tmp_path / "outbox").iterdir()
    words = mail.read_text()
    for kept in ("What we said we would do", "Ms Adeyemi", "/meeting"):
        assert kept in words
    for name in ("Unit 6", "90 %", " SD", "slip"):
        assert name not in words
    assert not STUDENT_ID.search(words)


def test_before_the_meeting(walk: Walk, room: Room) -> None:
    ana, ben, cy, dee = (walk.people[name] for name in MEMBERS)

    with walk.step("T-3 d", "Upload results", clicks=16, seconds=180, shown=("ben",)):
        open_page(ben, f"{room.address}/upload")
        ben.set_input_files("input[type=file]", UPLOADS / "unit-7-with-problems.csv")
        ben.get_by_role("heading", name="What the file does not say").wait_for()
        settle(ben)
        ben.get_by_role("button", name="Continue").click()
        expect(ben.get_by_text("40 rows, column score")).to_be_visible()
        expect(ben.get_by_text(re.compile(r"^row 18: an earlier row"))).to_be_visible()
        settle(ben)
        choose(ben, ben.get_by_role("combobox", name="Score “Not Eligibile” means"), "Not tested")
        unknown = ben.get_by_role("combobox", name=re.compile("Student “.*” means"))
        expect(unknown).to_have_count(3)
        for place in range(3):
            choose(ben, unknown.nth(place), "Leave out")
        ben.get_by_role("button", name="Check again").click()
        ben.get_by_role("button", name="Add 142 results").click()
        expect(ben.get_by_text("142 results are in.")).to_be_visible(timeout=60_000)
    open_page(ben, f"{room.address}/uploads")
    expect(ben.get_by_role("button", name="Undo this upload").first).to_be_visible()

    with walk.step(
        "T-1 d", "My class, what to know of it, ready", clicks=3, seconds=120, shown=("ana", "dee")
    ):
        for page, words in ((ana, ""), (ben, ""), (dee, "A fire drill in the middle of unit 6")):
            open_page(page, f"{room.address}/my-classes")
            expect(page.get_by_text("90 % range").first).to_be_visible()
            page.get_by_label("Should your team know something about your classes?").fill(words)
            page.get_by_role("button", name="I am ready").click()
            expect(page.get_by_text("You are ready.")).to_be_visible()
    for page, others in ((ana, ("Mr Dunne", "Ms Mendes")), (dee, ("Ms Adeyemi",))):
        # Below stands with whom she shares her name, which is no result.
        results = said(page).split("Who may see my name", maxsplit=1)[0]
        assert not [name for name in others if name in results]

    with walk.step("T-1 d", "20-second check", clicks=3, seconds=20, shown=("cy",)):
        open_page(cy, f"{room.address}/check-in")
        expect(cy.get_by_text("Did you do it this week?").first).to_be_visible()
        cy.get_by_role("button", name="Change my answer").first.click()
        expect(cy.get_by_text("Kept. Thank you")).to_be_visible()


def test_the_meeting(walk: Walk, room: Room) -> None:
    ana, ben, cy, dee = (walk.people[name] for name in MEMBERS)
    wall = walk.people["wall"] = ana.context.new_page()
    for page in (ana, ben, cy, dee):
        open_page(page, f"{room.address}/meeting")
    expect(ana.get_by_text("3 of 4 looked at their own classes first.")).to_be_visible()
    expect(ana.get_by_text("A fire drill in the middle of unit 6")).to_be_visible()
    walk.picture("ana", "before the meeting")
    open_page(wall, f"{room.address}/wall")

    with walk.step("0-2", "This meeting", clicks=1, seconds=120):
        ana.get_by_role("button", name="Start the meeting").click()
        for page in (ana, ben, cy, dee, wall):
            title(page, "This meeting")
        expect(ana.get_by_text("Confirm, week 3 of 6")).to_be_visible()
        for colleague in ("Ms Adeyemi", "Mr Dunne"):
            expect(ana.get_by_role("checkbox", name=colleague)).to_be_checked()
            expect(ana.get_by_role("checkbox", name=colleague)).to_be_enabled()
    for words in ("Facilitator: Ms Adeyemi", "How we work together", "slip when they practise alone"):
        assert words in said(ana)

    with walk.step("2-5", "Last commitments", clicks=5, seconds=180):
        next_step(walk, "Last commitments")
        left = [page.locator(".plc-clock .left").inner_text() for page in (ana, ben, cy, dee, wall)]
        seconds = [60 * int(words.split(":")[0]) + int(words.split(":")[1]) for words in left]
        assert max(seconds) - min(seconds) <= LIVE_SECONDS + 1
        for page, pressed in (
            (ana, "Done: Collect"),
            (ben, "Partly: Upload"),
            (cy, "Dropped: Try one week"),
            (dee, "Next meeting: Begin practice"),
        ):
            page.get_by_role("button", name=pressed).click()
        expect(ana.get_by_text("4 of 4 said")).to_be_visible()
        expect(wall.get_by_text("Put off")).to_be_visible()
    assert "Dropping one is fine" in said(ana)

    # Dee's network is away from here until the observations: longer than the server keeps a session.
    with walk.step("5-8", "Did we do it?", clicks=3, seconds=180):
        next_step(walk, "Did we do it?")
        settle(dee)
        dee.context.set_offline(True)
        box(dee, "fidelity", "Written without a network")
        expect(dee.get_by_text("No network. Kept on this device")).to_be_visible()
        box(cy, "fidelity", "The minute alone came first on Monday")
        expect(wall.get_by_text("The minute alone came first on Monday").first).to_be_visible()
    for words in ("A real mistake, worked out in full", "What may change"):
        assert words in said(ana)
    # Three did it fully, Cy partly; who skipped a week stands as no reply.
    dots = ana.locator("[data-testid=stVegaLiteChart]").first
    for words, often in (("fully", 8), ("partly", 3), ("no reply", 1)):
        expect(dots.get_by_text(words, exact=True)).to_have_count(often)

    with walk.step("8-10", "Do the task", clicks=2, seconds=120):
        next_step(walk, "Do the task", without="dee")
        ana.get_by_role("button", name="Skip").click()
        for page in (ana, ben, cy, wall):
            title(page, "What do we see?")
    dee.context.set_offline(False)
    title(dee, "What do we see?")

    with walk.step("10-13", "What do we see?", clicks=5, seconds=180):
        for name, words in zip(MEMBERS, OBSERVED, strict=True):
            box(walk.people[name], "see", words)
        expect(ana.get_by_text("4 of 4 have written.")).to_be_visible()
        for page in (ben, wall):
            assert "Low third moved" not in said(page)
        ana.get_by_role("button", name="Show all observations").click()
        for page in (ana, ben, cy, dee, wall):
            for words in OBSERVED:
                expect(page.get_by_text(words)).to_be_visible()
    assert "median" in said(ana)

    with walk.step("13-18", "Here's what", clicks=2, seconds=300):
        next_step(walk, "Here's what")
        expect(ben.get_by_text("Locked, so that the team looks at all its students first")).to_be_visible()
        ana.get_by_role("button", name="Open the view by class").click()
        expect(ben.get_by_text("Locked, so that")).to_have_count(0)
        expect(ben.get_by_text("A fire drill in the middle of unit 6")).to_be_visible()

    # Ben's laptop closes in the middle of a sentence and is opened again.
    with walk.step("18-24", "So what?", clicks=3, seconds=360):
        next_step(walk, "So what?")
        expect(ana.get_by_text("We predicted", exact=True).first).to_be_visible()
        expect(ana.get_by_text("Best estimate").first).to_be_visible()
        settle(ben)
        box(ben, "so-what", "Reading did not move at all")
        expect(ana.get_by_text("Reading did not move at all").first).to_be_visible()
        ben.locator(".st-key-meeting-step-so-what .plc-draft textarea").first.fill("Half a sentence, not")
        reopened = ben.context.new_page()
        ben.close()
        ben = walk.people["ben"] = reopened
        ben.goto(f"{room.address}/meeting")
        title(ben, "So what?")
        expect(ben.get_by_text("Found on this device, not sent yet.")).to_be_visible()
        expect(ben.locator(".st-key-meeting-step-so-what .plc-draft textarea").first).to_have_value(
            "Half a sentence, not"
        )
    for page in (ana, ben, cy, dee, wall):
        assert not TOO_MUCH.search(said(page))
    for words in ("90 % range", "chance", "students", "How these numbers were made"):
        assert words in said(ana)

    with walk.step("24-30", "Whose students moved most", clicks=3, seconds=360):
        next_step(walk, "Whose students moved most, and what was different?")
        settle(ben)
        ben.get_by_role("button", name="No, they do not").click()
        expect(ben.get_by_text("Say what was different first")).to_be_visible()
        box(ben, "different", "Students argue about one wrong answer", button="No, they do not")
        expect(dee.get_by_text("Students argue about one wrong answer").first).to_be_visible()
    for name in ("ben", "cy"):
        shown = said(walk.people[name]).replace("\n", " ")
        assert "Ms Adeyemi: " in shown
        for planted in ("Mr Bauer", "Ms Castillo", "Mr Dunne:"):
            assert planted not in shown

    with walk.step("30-37", "Now what?", clicks=3, seconds=420):
        next_step(walk, "Now what?")
        expect(ben.get_by_text("not yet confirmed").first).to_be_visible()
        ben.get_by_text("Adapt: change one part and predict again").click()
        ben.get_by_label("We predict").wait_for()
        settle(ben)
        ben.get_by_label("The steps, from now on").fill("Show a mistake.\nA minute alone.\nThen two by two.")
        ben.get_by_label("We predict").fill("4")
        ben.get_by_label("Because").fill("Two by two they said more")
        ben.get_by_label("Why do we change it?").fill("Alone they stayed silent")
        ben.get_by_role("button", name="Adapt it so").click()
        expect(dee.get_by_text("Alone they stayed silent")).to_be_visible()
    for words in ("How we ran this cycle", "Prediction before data", "small scale", "shift"):
        assert words.lower() in said(ana).lower(), words

    with walk.step("37-41", "Commitments", clicks=5, seconds=240):
        next_step(walk, "Commitments")
        for name, words in zip(MEMBERS, PROMISED, strict=True):
            settle(walk.people[name])
            box(walk.people[name], "commit", words, button="Add this commitment")
            expect(ana.get_by_text(words)).to_be_visible()

    with walk.step("41-43", "Ask, barrier, share", clicks=3, seconds=120):
        next_step(walk, "Ask, barrier, share")
        ben.get_by_text("Something is in our way").click()
        ben.get_by_text("What is in our way?").wait_for()
        settle(ben)
        box(ben, "ask", "We need one shared printer key", button="Send it")
        expect(ben.get_by_text("Sent. The answer comes back")).to_be_visible()

    with walk.step("43-45", "Before we go", clicks=6, seconds=120):
        next_step(walk, "Before we go")
        for name, worth in zip(MEMBERS, (5, 4, 4, 5), strict=True):
            walk.people[name].get_by_role("button", name=f"{worth} of 5").click()
            expect(walk.people[name].get_by_text("Your answer is counted")).to_be_visible()
        expect(wall.get_by_text("4 of 4 have answered.")).to_be_visible()
        ana.get_by_role("button", name="End the meeting").click()
        for name in MEMBERS:
            title(walk.people[name], "Meeting of 21 May 2026")
    wall.close()
    assert statistics.median(followed) < LIVE_SECONDS, followed


def test_the_record_is_whole_and_names_no_student(walk: Walk, room: Room) -> None:
    ana, ben = walk.people["ana"], walk.people["ben"]
    record = said(walk.people["dee"])
    for kept in (
        "Alone they stayed silent", "Low third moved", "Bring two mistakes", "Mr Dunne", "printer key",
        "Written without a network", "Left out: Do the task", "put off",
    ):  # fmt: skip
        assert kept.lower() in record.lower(), kept
    assert not STUDENT_ID.search(record)
    for button in ("Take the record as text", "As CSV"):
        with ana.expect_download() as download:
            ana.get_by_role("button", name=button).click()
        taken = Path(download.value.path()).read_text(encoding="utf-8-sig")
        assert "Alone they stayed silent" in taken
        assert not STUDENT_ID.search(taken)
    # The next cycle is there with its prediction and days, and next week begins with what was promised.
    open_page(ana, f"{room.address}/confirm")
    assert "+4" in said(ana)
    ben.get_by_role("button", name="Done", exact=True).click()
    title(ben, "Ready to meet?")
    expect(ben.get_by_text("Bring two mistakes")).to_be_visible()
    walk.picture("ben", "next week")


def test_after_the_meeting_the_principal_sees_that_it_was_held_and_nothing_of_the_words(
    walk: Walk, room: Room
) -> None:
    pia = walk.people["pia"]
    frames: list[bytes] = []
    pia.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: frames.append(frame.encode() if isinstance(frame, str) else frame)
        ),
    )
    with walk.step("after", "What the principal sees", clicks=0, seconds=60, shown=("pia",)):
        open_page(pia, f"{room.address}/in-their-way")
        expect(pia.get_by_text("We need one shared printer key")).to_be_visible()
        open_page(pia, f"{room.address}/month")
        expect(pia.get_by_text("adapt").first).to_be_visible()
    closed = ("meeting", "wall", "decisions", "steps", "my-classes", "seek", "measured-effect", "check-in")
    for path in closed:
        open_page(pia, f"{room.address}/{path}")
        expect(pia.get_by_text("Not part of your seat")).to_be_visible()
        expect(pia.locator("[data-testid=stVegaLiteChart]")).to_have_count(0)
    sent = b"".join(frames).decode("utf-8", "replace")
    for kept_back in ("Low third moved", "Alone they stayed", "Bring two", "Ms Mendes", "fire drill"):
        assert kept_back not in sent
    # What was refused stands where those whom it concerns read it.
    ana = walk.people["ana"]
    open_page(ana, f"{room.address}/who-looked")
    expect(ana.get_by_role("region", name=f"{len(closed)} kinds of refused attempts")).to_have_count(1)


def test_who_left_the_team_reads_nothing_of_it_at_the_next_request(walk: Walk, room: Room) -> None:
    dee = walk.people["dee"]
    open_page(dee, f"{room.address}/decisions")
    expect(dee.get_by_text("Alone they stayed silent").first).to_be_visible()
    open_page(dee, f"{room.address}/our-team")
    leave = dee.get_by_role("button", name="Leave this team")
    if not leave.count() or not leave.is_visible():
        dee.get_by_text("Leave or close").click()
        settle(dee)
    dee.get_by_text("I am sure.").click()
    settle(dee)
    leave.click()
    expect(dee.get_by_text("You left the team.")).to_be_visible()
    for path, words in (("decisions", "Alone they stayed silent"), ("meeting", "Bring two mistakes")):
        open_page(dee, f"{room.address}/{path}")
        assert words not in said(dee)
