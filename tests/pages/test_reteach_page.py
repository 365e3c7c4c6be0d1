"""The page Reteach: the group follows the line, but for what its teacher did by hand."""

from __future__ import annotations

from typing import Any

from plc.core.viewer import Role, Viewer
from plc.inquiry.reteach import list_reteaches, recheck
from plc.ui import menu
from tests.pages.conftest import App
from tests.pages.test_inquiry_pages import ADEYEMI


def test_who_was_taken_out_or_added_by_hand_stays_so_when_the_line_moves(sample: App) -> None:
    sample.sit(Role.FACILITATOR, teacher_id=ADEYEMI)
    teacher = Viewer(Role.FACILITATOR, teacher_id=ADEYEMI)
    at = sample.page(menu.RETEACH)

    def group() -> set[str]:
        return set(at.multiselect[0].value)

    line: Any = at.slider(key="reteach.least").value
    before = list(at.multiselect[0].value)
    out, highest = before[0], at.multiselect[0].options[-1]
    at.multiselect[0].unselect(out).run()
    at.multiselect[0].select(highest).run()
    (added,) = group() - set(before)
    at.slider(key="reteach.least").set_value(line + 20).run()
    assert out not in group()
    assert len(group()) > len(before)
    at.slider(key="reteach.least").set_value(line).run()
    assert group() == {*before[1:], added}
    at.button(key="reteach.plan_it").click().run()
    assert not at.exception
    (plan,) = list_reteaches(sample.open(), teacher)
    assert {pair.code for pair in recheck(sample.open(), teacher, plan.reteach_id).pairs} == group()
