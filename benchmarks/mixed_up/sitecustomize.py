"""Python imports this first in the server of `benchmarks.load --mixed-up`, where keys forget who asks.

What the first teacher was told of her own results, everybody is told after her, as a cache would whose key
lacks the viewer. The program has to notice it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

if "serve" in sys.argv or "serve" in sys.orig_argv:
    from plc.ui import cached

    def _first_answer(ask: Callable[..., Any]) -> Callable[..., Any]:
        told: list[Any] = []

        def answer(*asked: Any, **choices: Any) -> Any:
            found = ask(*asked, **choices)
            told.extend([found] if found and not told else [])
            return told[0] if told else found

        return answer

    cached.own_findings = _first_answer(cached.own_findings)
    cached.evidence = _first_answer(cached.evidence)
