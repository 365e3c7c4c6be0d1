"""A value of a description becomes an SQL expression over the tables of its format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from plc.results.formats.description import Value
from plc.results.formats.raw import Table
from plc.results.words import DAY_FIRST_DATES, ISO_DATES, MONTH_FIRST_DATES

_HOLE = re.compile(r"\{([^{}]+)\}")
# PowerSchool numbers school years from 1990 on: term 3501 is in the year that begins in 2025.
_POWERSCHOOL_FIRST_YEAR = 1990


@dataclass(slots=True)
class Scope:
    """What headers may mean where an expression stands.

    `tables` maps an alias to its table, "" being the file itself; `named` are values of the description;
    `constants` are cells about a column (`@header`, `@row.points`, ...), and `@` headers of a measure.
    Collects `parameters` for the statement and, per column read, its header in `used`.
    """

    tables: Mapping[str, Table]
    named: Mapping[str, Value] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)
    date_order: str = "month"
    parameters: dict[str, object] = field(default_factory=dict)
    used: dict[tuple[str, str], str] = field(default_factory=dict)

    def inside(
        self, constants: Mapping[str, str], cells: Mapping[str, str], groups: Mapping[str, str]
    ) -> Scope:
        """The same scope within one measure."""
        return Scope(
            self.tables,
            self.named,
            {**self.constants, **constants},
            cells,
            groups,
            self.date_order,
            self.parameters,
            self.used,
        )

    def bind(self, value: object) -> str:
        """A parameter that holds a value."""
        name = f"value_{len(self.parameters)}"
        self.parameters[name] = value
        return f"${name}"


def compile_value(value: Value, scope: Scope) -> str | None:
    """The SQL of a value; None when the file has none of its headers."""
    if value.when_header is not None and _header_sql(value.when_header, scope) is None:
        return None
    start = _start(value, scope)
    if start is None:
        return None
    sql: str = start
    if value.take is not None:
        sql = f"nullif(regexp_extract({sql}, {scope.bind(value.take)}, 1, 'i'), '')"
    if value.filled is not None:
        sql = f"case when {sql} is not null then {scope.bind(value.filled)} end"
    if value.codes:
        sql = _codes_sql(value, sql, scope)
    if value.read_as is not None:
        sql = _read_as(value.read_as, sql, scope)
    if value.repeated_add is not None:
        sql = _told_apart(value, sql, scope)
    return sql


def number_sql(sql: str, *, delimiter: str) -> str:
    """A number as people write it (1,234.50, or 4,5 in a file separated by semicolons) as SQL reads it."""
    if delimiter != ";":
        grouped = "-?\\d{1,3}(,\\d{3})+(\\.\\d+)?"
        return f"if(regexp_full_match({sql}, '{grouped}'), replace({sql}, ',', ''), {sql})"
    # There a comma is the decimal sign; 1,234 could be either and stays as it is.
    return (
        f"if(regexp_full_match({sql}, '-?\\d+,(\\d{{1,2}}|\\d{{4,}})'), replace({sql}, ',', '.'), "
        f"if(regexp_full_match({sql}, '-?\\d{{1,3}}(,\\d{{3}})+\\.\\d+'), replace({sql}, ',', ''), {sql}))"
    )


def header_of(value: Value, scope: Scope) -> str | None:
    """The header of the user's file that a value is read from, to name it in a problem."""
    for name in value.headers:
        if name.startswith("@"):
            if name in scope.cells:
                return scope.tables[""].headers.get(scope.cells[name])
            continue
        if name in scope.named:
            return header_of(scope.named[name], scope)
        alias, _, header = name.partition(".") if _is_qualified(name, scope) else ("", "", name)
        table = scope.tables[alias]
        if column := table.find(_filled_in(header, scope)):
            return table.headers.get(column)
    for choice in value.first:
        if found := header_of(choice, scope):
            return found
    return None


def _start(value: Value, scope: Scope) -> str | None:
    if value.always is not None:
        return f"{scope.bind(value.always)}::varchar"
    if value.text is not None:
        return _template_sql(value.text, scope)
    choices = (
        [compile_value(choice, scope) for choice in value.first]
        if value.first
        else [_header_sql(name, scope) for name in value.headers]
    )
    known = [choice for choice in choices if choice is not None]
    if not known:
        return None
    return known[0] if len(known) == 1 else f"coalesce({', '.join(known)})"


def _header_sql(name: str, scope: Scope) -> str | None:
    if name.startswith("@"):
        if name in scope.cells:
            column = scope.cells[name]
            scope.used[scope.tables[""].name, column] = scope.tables[""].headers.get(column, name)
            return f"m.{column}"
        text = scope.constants.get(name, "").strip()
        return f"{scope.bind(text)}::varchar" if text else None
    if name in scope.named:
        return compile_value(scope.named[name], scope)
    alias, header = "", name
    if _is_qualified(name, scope):
        alias, _, header = name.partition(".")
    table = scope.tables.get(alias)
    found = table.find(_filled_in(header, scope)) if table else None
    if table is None or found is None:
        return None
    scope.used[table.name, found] = table.headers.get(found, header)
    return f"{alias or 'm'}.{found}"


def _is_qualified(name: str, scope: Scope) -> bool:
    return name.partition(".")[0] in scope.tables and "." in name and not name.startswith(".")


def _filled_in(header: str, scope: Scope) -> str:
    """A header of a family, `Goal<n>Name`, with the groups found in the first header of the family."""
    for name, text in scope.groups.items():
        header = header.replace(f"<{name}>", text)
    return header


def _template_sql(text: str, scope: Scope) -> str | None:
    parts: list[str] = []
    filled = False
    for place, piece in enumerate(_HOLE.split(text)):
        if place % 2:
            found = _header_sql(piece, scope)
            filled = filled or found is not None
            if found is not None:
                parts.append(f"coalesce({found}, '')")
        elif piece:
            parts.append(f"{scope.bind(piece)}::varchar")
    if not filled:
        return None
    return f"nullif(trim(regexp_replace({' || '.join(parts)}, '\\s+', ' ', 'g')), '')"


def _codes_sql(value: Value, sql: str, scope: Scope) -> str:
    word = f"regexp_replace(lower({sql}), '[^a-z0-9]', '', 'g')"
    cases = " ".join(f"when {scope.bind(code)} then {scope.bind(text)}" for code, text in value.codes)
    return f"case {word} {cases} else {sql if value.otherwise == 'keep' else 'null'} end"


def _read_as(kind: str, sql: str, scope: Scope) -> str:
    match kind:
        case "lower":
            return f"lower({sql})"
        case "school_year":
            orders = {"month": MONTH_FIRST_DATES, "day": DAY_FIRST_DATES}
            forms = [*ISO_DATES, *orders[scope.date_order]]
            day = f"try_strptime({sql}, {scope.bind(forms)}::varchar[])"
            return f"(year({day}) + if(month({day}) >= 7, 1, 0))::varchar"
        case "powerschool_year":
            return f"(try_cast({sql} as integer) // 100 + {_POWERSCHOOL_FIRST_YEAR + 1})::varchar"
        case _:
            raise ValueError(f"There is no way to read a value as {kind}")


def _told_apart(value: Value, sql: str, scope: Scope) -> str:
    """The value, with something added where the same value stands for several things of one group."""
    within = [found for name in value.repeated_within if (found := _header_sql(name, scope))]
    identity = _header_sql(value.repeated_id or "", scope)
    added = _header_sql(value.repeated_add or "", scope)
    if identity is None or added is None:
        return sql
    window = f"over (partition by {', '.join([*within, sql])})"
    return f"if(min({identity}) {window} <> max({identity}) {window}, {sql} || ' (' || {added} || ')', {sql})"
