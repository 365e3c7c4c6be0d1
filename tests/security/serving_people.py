"""Serves an installation that people sign in to; on a signal, one person is removed while it runs.

Run by the tests as `python -m tests.security.serving_people <database> <port> <account to remove>`.
"""

from __future__ import annotations

import signal
import sys
import threading
from pathlib import Path

from plc.core.viewer import LOCAL_STEWARD
from plc.people import remove_account
from plc.server import serve_app
from plc.ui import runtime


def _remove(account_id: str) -> None:
    remove_account(runtime.database(), LOCAL_STEWARD, account_id)


if __name__ == "__main__":
    database, port, account = sys.argv[1:]
    signal.signal(
        signal.SIGUSR1, lambda *_: threading.Thread(target=_remove, args=(account,), daemon=True).start()
    )
    serve_app(Path(database), port=int(port))
