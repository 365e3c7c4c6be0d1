"""Every use case of every room, found by its first two parameters: `database, viewer`."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any, Final

import plc

UseCase = Callable[..., Any]
# What has no use cases of its own: it calls those of the rooms.
NOT_ROOMS: Final = (
    "plc.ui", "plc.cli", "plc.server", "plc.charts", "plc.statistics", "plc.core", "plc.__main__",
)  # fmt: skip


class MadeUp(str):
    """An argument that has every attribute: permission is asked for before any of it is looked at."""

    __slots__ = ()

    def __getattr__(self, name: str) -> MadeUp:
        if name.startswith("__"):
            raise AttributeError(name)
        return MadeUp(name)


def use_cases() -> dict[str, UseCase]:
    """Every use case by its place, such as `plc.people.consent.give_consent`."""
    return {f"{f.__module__}.{f.__qualname__}": f for f in _functions() if _takes_a_viewer(f)}


def made_up_arguments(function: UseCase) -> tuple[list[object], dict[str, object]]:
    """Something for every parameter without a default, after the database and the viewer."""
    positional: list[object] = []
    named: dict[str, object] = {}
    for parameter in list(inspect.signature(function).parameters.values())[2:]:
        if parameter.default is not inspect.Parameter.empty:
            continue
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY:
            named[parameter.name] = MadeUp("made up")
        elif parameter.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD:
            positional.append(MadeUp("made up"))
    return positional, named


def _functions() -> Iterator[UseCase]:
    for found in pkgutil.walk_packages(plc.__path__, "plc."):
        if found.name.startswith(NOT_ROOMS):
            continue
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            if inspect.isfunction(value) and value.__module__ == module.__name__ and not name.startswith("_"):
                yield value


def _takes_a_viewer(function: UseCase) -> bool:
    return list(inspect.signature(function).parameters)[:2] == ["database", "viewer"]
