"""What people do, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response, expect

from tests.e2e.serving import ROOT, open_page, served, settle, sit_as, window

pytestmark = pytest.mark.browser
UPLOADS = ROOT / "data" / "sample" / "uploads"


def heading(page: Page, name: str) -> None:
    page.get_by_role("heading", name=name, exact=True).wait_for()
    settle(page)


def test_a_deep_link_to_a_fresh_server_asks_who_is_looking_and_opens_with_the_answer(
    browser: Browser, tmp_path: Path
) -> None:
    with served(tmp_path, sample=True) as address:
        page = window(browser).new_page()
        wanted = f"{address}/bright-spots?subject=maths"
        page.goto(wanted)
        expect(page.get_by_role("heading", name="Who is looking?")).to_be_visible(timeout=20_000)
        settle(page)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_text("The page of your link opens next.")).to_be_visible()
        expect(page.get_by_text("Ms Adeyemi", exact=True)).to_have_count(0)
        expect(page.get_by_role("link", name="Upload results")).to_have_count(0)
        page.get_by_role("button", name="Continue").click()
        heading(page, "Bright spots")
        assert page.url == wanted
        page.context.close()


def test_from_an_upload_to_bright_spots_and_back(page: Page, sample_address: str) -> None:
    sit_as(page, sample_address, "Facilitator of a team")
    page.get_by_role("link", name="Upload results").click()
    heading(page, "Upload results")
    page.set_input_files("input[type=file]", UPLOADS / "team-unit-7.csv")
    page.get_by_role("button", name=re.compile(r"^Add [\d,]+ results$")).click()
    expect(page.get_by_text(re.compile(r"^[\d,]+ results are in\.$"))).to_be_visible(timeout=90_000)
    page.get_by_role("button", name="See bright spots").click()
    heading(page, "Bright spots")
    expect(page.get_by_role("heading", name="Ms Adeyemi")).to_be_visible()
    expect(page.get_by_text("Students exceed expectation.").first).to_be_visible()
    expect(
        page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").first
    ).to_be_visible()
    page.get_by_role("link", name="All uploads").click()
    heading(page, "All uploads")
    page.get_by_role("button", name="Undo this upload").first.click()
    expect(page.get_by_text(re.compile(r"team-unit-7\.csv is taken back"))).to_be_visible(timeout=90_000)


def test_a_file_with_problems_is_asked_about_and_named_row_by_row(page: Page, sample_address: str) -> None:
    sit_as(page, sample_address, "Facilitator of a team")
    open_page(page, f"{sample_address}/upload")
    page.set_input_files("input[type=file]", UPLOADS / "unit-7-with-problems.csv")
    page.get_by_role("heading", name="What the file does not say").wait_for()
    settle(page)
    expect(page.get_by_role("button", name="Pts this time")).to_be_visible()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("40 rows, column score")).to_be_visible(timeout=20_000)
    settle(page)
    page.get_by_text("Every problem by row and column").click()
    settle(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the list").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == '"Row","Column","What to do"'
    assert len(lines) > 40
    page.get_by_role("button", name="Cancel, add nothing").click()
    expect(page.locator("input[type=file]")).to_have_count(1)


def test_the_start_page_is_found_by_its_name_too(page: Page, empty_address: str) -> None:
    open_page(page, f"{empty_address}/start")
    expect(page.get_by_role("button", name="Begin with our own results")).to_be_visible()
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_the_first_day_with_ones_own_file(page: Page, empty_address: str) -> None:
    open_page(page, empty_address)
    page.get_by_role("button", name="Begin with our own results").click()
    heading(page, "Upload results")
    page.set_input_files("input[type=file]", UPLOADS / "team-unit-7.csv")
    page.get_by_role("button", name=re.compile(r"^Add [\d,]+ results$")).click()
    page.get_by_role("button", name="Choose my classes").click(timeout=30_000)
    heading(page, "Who is looking?")
    # By keyboard alone.
    page.get_by_role("combobox", name="Which classes are mine?").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="Continue").focus()
    page.keyboard.press("Enter")
    heading(page, "What to do next")
    page.get_by_role("link", name="My classes").first.click()
    heading(page, "My classes")
    expect(page.locator("[data-testid=stMetric]")).to_have_count(0)


def test_a_principal_is_sent_no_figure_at_all(page: Page, sample_address: str) -> None:
    sit_as(page, sample_address, "Principal")
    frames: list[bytes] = []
    page.on(
        "websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(_bytes(frame)))
    )
    open_page(page, f"{sample_address}/bright-spots")
    expect(page.get_by_text("Students exceed expectation.").first).to_be_visible()
    sent = b"".join(frames)
    assert b"Students exceed expectation" in sent
    assert b" SD" not in sent
    assert not re.search(rb"[+-]0\.\d\d", sent)
    assert b"90 % range" not in sent


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def test_nothing_is_fetched_from_elsewhere_and_every_answer_carries_the_headers(
    page: Page, sample_address: str
) -> None:
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    open_page(page, f"{sample_address}/bright-spots")
    assert answers
    assert {answer.url.split("/")[2] for answer in answers if answer.url.startswith("http")} == {
        sample_address.removeprefix("http://")
    }
    headers = answers[0].headers
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_server_answers_only_to_this_computers_name(page: Page, sample_address: str) -> None:
    answer = page.request.get(f"{sample_address}/_stcore/health", headers={"Host": "evil.example"})
    assert answer.status >= 400
