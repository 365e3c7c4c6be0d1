"""Arguments for any use case, from its type hints: what fits, with ids an attacker could have guessed."""

from __future__ import annotations

import dataclasses
import enum
import inspect
import types
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, Literal

from plc.core import progress

# A day on the calendar of the sample district.
DAY: Final = date(2026, 5, 28)


def arguments_for(use_case: Callable[..., Any], ids: Mapping[str, object], *, words: str) -> dict[str, Any]:
    """Every parameter after `database, viewer` by name: ids where known, `words` where text is asked for.

    Parameters with a default keep it, unless an id is known for them.
    """
    hints = _hints(use_case)
    found = {}
    for parameter in list(inspect.signature(use_case).parameters.values())[2:]:
        if parameter.kind in (parameter.VAR_KEYWORD, parameter.VAR_POSITIONAL):
            continue
        if parameter.name in ids:
            found[parameter.name] = ids[parameter.name]
        elif parameter.default is parameter.empty:
            found[parameter.name] = _value(hints.get(parameter.name, str), ids, words)
    return found


def text_parameters(use_case: Callable[..., Any]) -> list[str]:
    """The parameters that take text as such."""
    hints = _hints(use_case)
    return [
        name for name in list(inspect.signature(use_case).parameters)[2:]
        if hints.get(name) is str or hints.get(name) == (str | None)
    ]  # fmt: skip


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    try:
        return typing.get_type_hints(function)
    except NameError:
        # A type that is imported for the type checker only.
        return {}


def _value(hint: Any, ids: Mapping[str, object], words: str) -> Any:
    origin, parts = typing.get_origin(hint), typing.get_args(hint)
    simple: dict[Any, Any] = {
        str: words, int: 1, float: 1.0, bool: True, bytes: words.encode(), date: DAY,
        datetime: datetime(2026, 5, 28), Path: Path("made-up.csv"),
    }  # fmt: skip
    if isinstance(hint, typing.NewType):
        return _value(hint.__supertype__, ids, words)
    if hint in simple:
        return simple[hint]
    if origin is Literal:
        return parts[0]
    if origin in (types.UnionType, typing.Union):
        return None if type(None) in parts else _value(parts[0], ids, words)
    if origin in (Mapping, dict):
        return {}
    if origin in (tuple, list, Sequence, Iterable, Collection, frozenset, set):
        inner = [_value(parts[0], ids, words)] if parts else []
        return tuple(inner)
    if inspect.isclass(hint) and issubclass(hint, enum.Enum):
        return next(iter(hint))
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return hint(**{
            field.name: ids.get(field.name, _value(hints[field.name], ids, words))
            for field in dataclasses.fields(hint)
            if field.init and (field.default is dataclasses.MISSING or field.name in ids)
            and (field.default_factory is dataclasses.MISSING or field.name in ids)
        })  # type: ignore[operator]  # fmt: skip
    if callable(hint) or "Progress" in str(hint):
        return getattr(progress, "silent", lambda *_: None)
    return words
