"""Components of our own: a few lines of script in the page, from plc/ui/assets, with nothing fetched.

Streamlit 1.67 shows a component's state in the session as an object of a class made on the spot, which
cannot be written down, so that `runner.enforceSerializableSessionState` refuses every keyed component. Here
the state is shown as the plain dictionary it is; writing into it from Python, which that class is for, is
not done in this program.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import streamlit as st
from streamlit.components.v2.bidi_component import main as mounting

ASSETS: Final = Path(__file__).parent / "assets"


def _shown_as_it_is(*_: Any, **__: Any) -> Any:
    return lambda state, _session: state


mounting.make_bidi_component_presenter = _shown_as_it_is  # type: ignore[attr-defined]


def component(name: str) -> Any:
    """The component whose markup, style and script are `assets/<name>.html`, `.css` and `.js`."""
    html, css, script = (
        (ASSETS / f"{name}{end}").read_text(encoding="utf-8") for end in (".html", ".css", ".js")
    )
    return st.components.v2.component(f"plc_{name}", html=html, css=css, js=script)
