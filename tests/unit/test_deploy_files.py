"""The files of a deployment and the page that explains them say what the app asks for."""

from __future__ import annotations

import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest

from plc.settings import BROWSER_UPLOAD_MEGABYTES, Settings
from plc.ui import provider_setup

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"


def described(number: int) -> dict[str, Any]:
    """A file in TOML as docs/deploy.md shows it."""
    blocks = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "deploy.md").read_text(), re.DOTALL)
    return tomllib.loads(blocks[number])


def test_the_settings_on_the_page_are_accepted_by_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_setup.st, "secrets", described(1))
    settings = Settings(**described(0))
    provider_setup.require_safe_setup(settings)
    assert "plc.example.org" in provider_setup.served_names(settings)


def test_the_proxy_lets_the_largest_file_through() -> None:
    found = re.search(r"client_max_body_size (\d+)m;", (DEPLOY / "nginx.conf").read_text())
    assert found is not None
    assert int(found[1]) > BROWSER_UPLOAD_MEGABYTES


def test_both_proxies_close_what_is_for_this_computer_alone() -> None:
    for name in ("nginx.conf", "Caddyfile"):
        words = (DEPLOY / name).read_text()
        assert [w for w in ("metrics", "script-health-check", "agent", "api") if w not in words] == []


def test_the_image_copies_files_that_are_there_and_no_results() -> None:
    copied = re.findall(r"^COPY (.+) \S+$", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    assert [source for source in sources if not (ROOT / source).exists()] == []
    assert not {"data", "data/run", ".", ".streamlit"} & set(sources)


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs systemd-analyze")
    unit = tmp_path / "plc.service"
    unit.write_text((DEPLOY / "plc.service").read_text().replace("/opt/plc/.venv/bin/plc", "/bin/true"))
    checked = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stderr) == (0, "")
