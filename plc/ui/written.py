"""Boxes whose words are still there when one comes back to their step or page, until they are kept.

Streamlit forgets a box that is not drawn; `persist_state` has it remembered for the browser session. A form
is a name such as `confirm.box.<test>`, a box of it has the key `<form>.<what>`, and a part is a step of it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import streamlit as st

from plc.ui import session, text

BOXES: Final = "plc.written"
NOT_KEPT: Final = "Not kept yet: what you entered stays in the boxes while this window is open."


def box(form: str, what: str, kept: Any, *, part: str = "", earliest: date | None = None) -> dict[str, Any]:
    """The arguments of a widget that holds `kept`, as stored, or what was written instead of it.

    Where nothing was written, another stored value takes the place of the one before. The widget is given no
    value, index or default of its own. `kept`: small, and such as the session can hold. `earliest`: the
    first day a box of a date takes, which may have moved past what was written.
    """
    key = f"{form}.{what}"
    kept = list(kept) if isinstance(kept, tuple) else kept
    boxes = _forms().setdefault(form, {})
    before = boxes.get(what)
    untouched = before is None or key not in st.session_state or _same(st.session_state[key], before["kept"])
    # A value that is there already is not set again: setting it would end what is being typed.
    if untouched and (key not in st.session_state or not _same(st.session_state[key], kept)):
        st.session_state[key] = kept
    if earliest is not None and st.session_state[key] < earliest:
        st.session_state[key] = earliest
    boxes[what] = {"part": part, "kept": kept}
    return {"key": key, "persist_state": "session"}


def unkept(form: str) -> set[str]:
    """The parts of a form in which something is written that is not stored."""
    return {
        one["part"]
        for what, one in _forms().get(form, {}).items()
        if "aside" not in one and not _same(st.session_state.get(f"{form}.{what}", one["kept"]), one["kept"])
    }


def set_aside(form: str, what: str) -> None:
    """A box that is not asked for now: what is written in it waits until it is, and counts as nothing."""
    if what in (boxes := _forms().get(form, {})):
        boxes[what]["aside"] = True


def seen_version(form: str, now: session.V, *, part: str = "") -> session.V:
    """The version that what is written in a part began from; `now`, the one stored, where nothing is written.

    Called before the boxes are drawn, which fills those where nothing is written from the version stored.
    """
    if part not in unkept(form):
        session.keep_seen_of(f"{form}.{part}", now)
    return session.seen_of(f"{form}.{part}", now)


def forget(form: str, *, part: str | None = None) -> None:
    """Let the boxes of a form fill anew from what is stored; of one part alone where named."""
    boxes = _forms().get(form, {})
    for name in [name for name, one in boxes.items() if part in (None, one["part"])]:
        del boxes[name]
        st.session_state.pop(f"{form}.{name}", None)


def draw_not_kept(form: str, *, part: str = "", is_new: bool = False) -> None:
    """That something is not kept yet, and the way back to what was kept; `is_new`: nothing was yet."""
    if part not in unkept(form):
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        text.aside(NOT_KEPT)
        # Before the boxes are drawn again, so that they show it.
        st.button(
            "Clear what you entered" if is_new else "Put back what was kept",
            type="tertiary",
            icon=":material/undo:",
            key=f"{form}.back.{part}",
            on_click=forget,
            args=(form,),
            kwargs={"part": part},
        )


def _forms() -> dict[str, dict[str, dict[str, Any]]]:
    forms: dict[str, dict[str, dict[str, Any]]] = st.session_state.setdefault(BOXES, {})
    return forms


def _same(one: Any, other: Any) -> bool:
    """Whether two values of a box mean the same; which of several was chosen first does not matter."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    return bool(one == other)
