"""What a module loads when it is imported: a static graph cannot see a deferred import."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("module", "forbidden"),
    [
        ("plc.statistics", {"pandas", "duckdb", "streamlit", "altair"}),
        ("plc.bright_spots", {"streamlit", "altair"}),
        ("plc.cli", {"streamlit", "altair"}),
        ("plc.core", {"numpy", "pandas", "duckdb", "streamlit", "pydantic"}),
    ],
)
def test_a_room_loads_only_what_it_may(module: str, forbidden: set[str]) -> None:
    code = (
        "import importlib, pkgutil, sys\n"
        f"package = importlib.import_module({module!r})\n"
        "for found in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "    importlib.import_module(found.name)\n"
        "print(' '.join({name.partition('.')[0] for name in sys.modules}))"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not forbidden & set(loaded)


def test_no_page_lies_directly_in_pages() -> None:
    # Streamlit runs such a page without app.py, and so without the guard.
    assert not list(Path("pages").glob("*.py"))
