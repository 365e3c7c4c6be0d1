"""A nightly import beside the running app: the file goes through the inbox and nobody waits for a lock."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.serving import ROOT, served

# Two looks at the inbox, the import itself, and a slow machine.
PATIENCE_SECONDS = 30


def test_an_import_beside_the_running_app_is_taken_in_by_it(tmp_path: Path) -> None:
    upload = ROOT / "data" / "sample" / "uploads" / "team-unit-7.csv"
    plc = [sys.executable, "-m", "plc", "import", str(upload), "--yes", "--db", str(tmp_path / "plc.duckdb")]
    with served(tmp_path, sample=False):
        left = subprocess.run(plc, cwd=ROOT, capture_output=True, text=True, check=False)
        assert left.returncode == 0, left.stderr
        assert "in its inbox" in left.stderr
        done = tmp_path / "inbox" / "done"
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until and not (done.exists() and len(list(done.iterdir())) == 2):
            time.sleep(0.2)
        assert len(list(done.iterdir())) == 2
    again = subprocess.run(plc, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "158 already there" in again.stderr
    assert "inbox" not in (tmp_path / "server.log").read_text()
