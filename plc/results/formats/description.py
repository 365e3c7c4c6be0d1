"""A format as data: what its files look like and what their columns mean, read from one TOML file each.

docs/formats.md explains the keys. A key this module does not know is an error, so that a misspelt
one is found by the tests and not by a school.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, Literal

from plc.results.vocabulary import plain

Brings = Literal["results", "roster"]
_BRINGS: Mapping[str, Brings] = {"results": "results", "roster": "roster"}


@dataclass(frozen=True, slots=True)
class Value:
    """How one value of a row is found: the first of `headers` that is filled, then changed step by step.

    `text` is a template instead of headers, `first` a choice between values, `always` a constant.
    """

    headers: tuple[str, ...] = ()
    text: str | None = None
    first: tuple[Value, ...] = ()
    always: str | None = None
    when_header: str | None = None
    take: str | None = None
    filled: str | None = None
    codes: tuple[tuple[str, str], ...] = ()
    otherwise: Literal["keep", "drop"] = "keep"
    read_as: str | None = None
    repeated_within: tuple[str, ...] = ()
    repeated_id: str | None = None
    repeated_add: str | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """Rows of which a value matches an expression; `says` is what is told about rows left out for it."""

    value: Value
    matches: re.Pattern[str]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """What identifies one file of a format. Names are compared after `vocabulary.plain`."""

    name: str
    every: frozenset[str]
    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    patterns: tuple[re.Pattern[str], ...] = ()
    least: int = 1
    under: re.Pattern[str] | None = None
    above: re.Pattern[str] | None = None
    priority: int = 0
    optional: bool = False
    rows: tuple[tuple[str, re.Pattern[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """Columns of another file (or view), found by a key; `most` takes the commonest value of each column."""

    alias: str
    file: str
    key: tuple[str, ...]
    by: tuple[str, ...]
    keep: tuple[Condition, ...] = ()
    most: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """One or several scores of a row.

    `each` finds the headers of a family; `repeat` the headers of a block that stands several times.
    """

    columns: Mapping[str, Value]
    each: re.Pattern[str] | None = None
    repeat: tuple[str, ...] = ()
    unless: tuple[str, re.Pattern[str]] | None = None
    followed_by: re.Pattern[str] | None = None
    needs: tuple[str, ...] = ()
    adds: bool = False
    split: str | None = None


@dataclass(frozen=True, slots=True)
class Output:
    """One table the format gives: of the bundle, `results_file`, or (`view`) one for lookups only."""

    table: str
    source: str
    columns: Mapping[str, Value]
    view: bool = False
    values: Mapping[str, Value] | None = None
    ids: tuple[Value, ...] = ()
    aliases: Mapping[str, Value] | None = None
    keep: tuple[Condition, ...] = ()
    drop: tuple[Condition, ...] = ()
    lookups: tuple[Lookup, ...] = ()
    measures: tuple[Measure, ...] = ()
    one_per: tuple[str, ...] = ()
    finds: tuple[tuple[str, re.Pattern[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A format: `key` is its file's name, `name` what a person calls it."""

    key: str
    name: str
    brings: Brings
    files: tuple[Signature, ...]
    outputs: tuple[Output, ...]
    date_order: str = "month"


@cache
def formats() -> Mapping[str, Format]:
    """Every format this program reads, by key."""
    folder = resources.files("plc.results.formats")
    found = {
        entry.name.removesuffix(".toml"): entry.read_text(encoding="utf-8")
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    }
    return {key: parse_format(key, found[key]) for key in sorted(found)}


def parse_format(key: str, text: str) -> Format:
    """Read one description. Raises `ValueError` for an unknown key or a missing one."""
    given = tomllib.loads(text)
    _check(given, {"name", "brings", "date_order", "file", "output"}, f"{key}.toml")
    return Format(
        key,
        given["name"],
        _BRINGS[given["brings"]],
        tuple(_signature(file, key) for file in given["file"]),
        tuple(_output(output, key) for output in given["output"]),
        given.get("date_order", "month"),
    )


def _signature(given: Mapping[str, Any], key: str) -> Signature:
    known = {
        "name", "all", "any", "none", "patterns", "least", "under", "above", "priority", "optional", "rows",
    }  # fmt: skip
    _check(given, known, f"{key}.toml [[file]]")
    return Signature(
        given["name"],
        _plain(given.get("all", ())),
        _plain(given.get("any", ())),
        _plain(given.get("none", ())),
        tuple(_pattern(pattern) for pattern in given.get("patterns", ())),
        given.get("least", 1),
        _pattern(given["under"]) if "under" in given else None,
        _pattern(given["above"]) if "above" in given else None,
        given.get("priority", 0),
        given.get("optional", False),
        tuple((name, _pattern(pattern)) for name, pattern in given.get("rows", {}).items()),
    )


def _output(given: Mapping[str, Any], key: str) -> Output:
    known = {
        "table", "view", "from", "columns", "values", "ids", "aliases", "keep", "drop", "lookup", "measure",
        "one_per", "finds",
    }  # fmt: skip
    _check(given, known, f"{key}.toml [[output]]")
    return Output(
        given.get("table") or given["view"],
        given["from"],
        _values(given.get("columns", {}), key),
        "view" in given,
        _values(given.get("values", {}), key),
        tuple(parse_value(value, key) for value in given.get("ids", ())),
        _values(given.get("aliases", {}), key),
        _conditions(given.get("keep", ()), key),
        _conditions(given.get("drop", ()), key),
        tuple(_lookup(alias, lookup, key) for alias, lookup in given.get("lookup", {}).items()),
        tuple(_measure(measure, key) for measure in given.get("measure", ())),
        tuple(given.get("one_per", ())),
        tuple((name, _pattern(pattern)) for name, pattern in given.get("finds", {}).items()),
    )


def _lookup(alias: str, given: Mapping[str, Any], key: str) -> Lookup:
    _check(given, {"file", "key", "by", "keep", "most"}, f"{key}.toml lookup {alias}")
    return Lookup(
        alias,
        given["file"],
        _listed(given["key"]),
        _listed(given["by"]),
        _conditions(given.get("keep", ()), key),
        given.get("most", False),
    )


def _measure(given: Mapping[str, Any], key: str) -> Measure:
    known = {"each", "repeat", "unless", "followed_by", "needs", "adds", "split", "columns"}
    _check(given, known, f"{key}.toml [[output.measure]]")
    unless = given.get("unless")
    return Measure(
        _values(given["columns"], key),
        _pattern(given["each"]) if "each" in given else None,
        tuple(given.get("repeat", ())),
        (unless["value"], _pattern(unless["matches"])) if unless else None,
        _pattern(given["followed_by"]) if "followed_by" in given else None,
        tuple(given.get("needs", ())),
        given.get("adds", False),
        given.get("split"),
    )


def _conditions(given: Sequence[Mapping[str, Any]], key: str) -> tuple[Condition, ...]:
    for condition in given:
        _check(condition, {"value", "matches", "says"}, f"{key}.toml condition")
    return tuple(
        Condition(parse_value(one["value"], key), _pattern(one["matches"]), one.get("says", ""))
        for one in given
    )


def _values(given: Mapping[str, Any], key: str) -> dict[str, Value]:
    return {name: parse_value(value, key) for name, value in given.items()}


def parse_value(given: object, key: str = "") -> Value:
    """A header, a list of headers in order, a template with `{...}`, or a table of the keys of `Value`."""
    match given:
        case str() if "{" in given:
            return Value(text=given)
        case str():
            return Value((given,))
        case list():
            return Value(tuple(given))
        case dict():
            known = {field.name for field in fields(Value)} - {"headers"} | {"header"}
            _check(given, known, f"{key}.toml value")
            return Value(
                headers=_listed(given.get("header", ())),
                text=given.get("text"),
                first=tuple(parse_value(value, key) for value in given.get("first", ())),
                always=given.get("always"),
                when_header=given.get("when_header"),
                take=given.get("take"),
                filled=given.get("filled"),
                codes=tuple((plain(code), str(value)) for code, value in given.get("codes", {}).items()),
                otherwise=given.get("otherwise", "keep"),
                read_as=given.get("read_as"),
                repeated_within=_listed(given.get("repeated_within", ())),
                repeated_id=given.get("repeated_id"),
                repeated_add=given.get("repeated_add"),
            )
        case _:
            raise ValueError(f"{key}.toml: {given!r} is no value")


def _listed(given: str | Sequence[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _plain(names: Sequence[str]) -> frozenset[str]:
    return frozenset(plain(name) for name in names)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


def _check(given: Mapping[str, Any], known: set[str], place: str) -> None:
    if unknown := set(given) - known:
        raise ValueError(f"{place} has the unknown key {', '.join(sorted(unknown))}")
