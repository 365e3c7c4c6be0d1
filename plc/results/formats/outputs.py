"""One output of a description becomes one SQL statement over the raw tables of its files."""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from plc.core.errors import BadFile
from plc.database.database import Cursor
from plc.results.formats.description import Condition, Lookup, Output, Value
from plc.results.formats.expressions import Scope, compile_value, header_of, number_sql
from plc.results.formats.measures import Measured, file_constants, find_measures
from plc.results.formats.raw import Table, table_of
from plc.results.formats.recognition import FormatMatch
from plc.results.steps import make_table

_NUMBERS = ("score", "max_score")


@dataclass(slots=True)
class CompiledOutput:
    """An output ready to run: its statement, and from which headers its columns come."""

    output: Output
    file: str
    table: str
    columns: list[str] = field(default_factory=list)
    aliases: list[str] = field(default_factory=list)
    ids: list[tuple[str, str]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    meanings: dict[tuple[str, str], str] = field(default_factory=dict)
    parameters: dict[str, object] = field(default_factory=dict)
    sql: str = ""


def compile_output(
    match: FormatMatch, output: Output, views: Mapping[str, Table], *, into: str, date_order: str
) -> CompiledOutput:
    """Compile an output whose source file is there. Raises `BadFile` when its columns were rearranged."""
    found = match.files.get(output.source)
    tables = {"": _table(match, output.source, views)}
    lookups = [lookup for lookup in output.lookups if lookup.file in match.files or lookup.file in views]
    tables |= {lookup.alias: _table(match, lookup.file, views) for lookup in lookups}
    constants = file_constants(found, output.finds) if found else {}
    scope = Scope(tables, output.values or {}, constants, date_order=date_order)
    compiled = CompiledOutput(output, found.file if found else "", into, parameters=scope.parameters)
    common = _common(output, scope, compiled, delimiter=found.head.delimiter if found else ",")
    measured = find_measures(output.measures, found, scope) if found else []
    if output.measures and not measured:
        raise BadFile(
            f"{compiled.file} looks like {match.format.name} but has no column of scores that is known. "
            "Export it again with scores, or answer format=none to say yourself which column is which."
        )
    _note(compiled, scope, "score")
    where = [_condition_sql(condition, scope) for condition in output.keep]
    left_out = " ".join(
        f"when {_condition_sql(condition, scope)} then {place}" for place, condition in enumerate(output.drop)
    )
    by = {lookup.alias: [compile_value(Value((name,)), scope) for name in lookup.by] for lookup in lookups}
    joins = [_join_sql(lookup, tables[lookup.alias], by[lookup.alias], scope) for lookup in lookups]
    _note(compiled, scope, "which rows count")
    fields = sorted({name for measure in measured for name in measure.columns})
    compiled.columns += [name for name in fields if name not in compiled.columns]
    for name in fields:
        compiled.headers.pop(name, None)
        if header := next((measure.headers[name] for measure in measured if name in measure.headers), None):
            compiled.headers[name] = header
    common = {name: sql for name, sql in common.items() if name not in fields}
    overflow = "m.overflow" if found else "null::varchar"
    selected = [
        "m.row", f"{overflow} as overflow", f"case {left_out or 'when false then 0'} end as left_out",
        *(f"{sql} as {name}" for name, sql in common.items()),
    ]  # fmt: skip
    if measured:
        selected.append(f"[{', '.join(_struct(measure, fields, scope) for measure in measured)}] as measures")
    condition = f" where {' and '.join(where)}" if where else ""
    compiled.sql = f"select {', '.join(selected)} from {tables[''].name} m {' '.join(joins)}{condition}"
    return compiled


def run_output(cursor: Cursor, compiled: CompiledOutput) -> list[tuple[Condition, int]]:
    """Make the table of an output; return how many rows each of its conditions left out."""
    # A measure that gives a column of its own replaces the common one, whose values are bound already.
    named = set(re.findall(r"\$(value_\d+)\b", compiled.sql))
    make_table(
        cursor,
        "output_rows",
        compiled.sql,
        {name: value for name, value in compiled.parameters.items() if name in named},
    )
    counts = cursor.execute(
        "select left_out, count(*) from output_rows where left_out is not null "
        "group by left_out order by left_out"
    ).fetchall()
    fields = sorted({name for measure in compiled.output.measures for name in measure.columns})
    kept = [name for name in compiled.columns if name not in fields]
    own = [*kept, *(name for name, _ in compiled.ids), *compiled.aliases]
    if compiled.output.measures:
        _unpivot(cursor, compiled, own, [name for name in compiled.columns if name in fields])
    else:
        columns = "".join(f", {name}" for name in own)
        make_table(
            cursor,
            "output_scores",
            f"select row, overflow, 0 as place, null::varchar as header{columns} "
            "from output_rows where left_out is null",
        )
    _keep_one(cursor, compiled)
    return [(compiled.output.drop[place], rows) for place, rows in counts]


def _common(output: Output, scope: Scope, compiled: CompiledOutput, *, delimiter: str) -> dict[str, str]:
    """The SQL of the columns that every score of a row shares."""
    common: dict[str, str] = {}
    for name, value in output.columns.items():
        if sql := compile_value(value, scope):
            common[name] = number_sql(sql, delimiter=delimiter) if name in _NUMBERS else sql
            compiled.columns.append(name)
            if header := header_of(value, scope):
                compiled.headers[name] = header
        _note(compiled, scope, name)
    for place, value in enumerate(output.ids):
        if sql := compile_value(value, scope):
            common[f"id_{place}"] = sql
            compiled.ids.append((f"id_{place}", header_of(value, scope) or "student_id"))
        _note(compiled, scope, "student_id")
    for kind, value in (output.aliases or {}).items():
        if sql := compile_value(value, scope):
            common[f"alias_{kind}"] = sql
            compiled.aliases.append(f"alias_{kind}")
        _note(compiled, scope, f"another id of the student ({kind})")
    return common


def _note(compiled: CompiledOutput, scope: Scope, meaning: str) -> None:
    for place in scope.used:
        compiled.meanings.setdefault(place, meaning)


def _table(match: FormatMatch, name: str, views: Mapping[str, Table]) -> Table:
    return views[name] if name in views else table_of(match.files[name])


def _struct(measure: Measured, fields: list[str], scope: Scope) -> str:
    cells = {name: f"{measure.columns.get(name, 'null')}::varchar" for name in fields}
    needs = " and ".join(f"{cells[name]} is not null" for name in measure.measure.needs) or "true"
    own = {"place": f"{measure.place}", "header": f"{scope.bind(measure.header)}::varchar"}
    split = f"{scope.bind(measure.measure.split or '')}::varchar"
    flags = {"wanted": needs, "adds": str(measure.measure.adds).lower(), "split": split}
    return "{" + ", ".join(f"'{name}': {sql}" for name, sql in {**own, **flags, **cells}.items()) + "}"


def _join_sql(lookup: Lookup, table: Table, outer: list[str | None], scope: Scope) -> str:
    inner = Scope({"": table}, date_order=scope.date_order, parameters=scope.parameters, used=scope.used)
    keys = [compile_value(Value((name,)), inner) for name in lookup.key]
    if None in keys or None in outer:
        columns = (
            ", ".join(f"null::varchar as {column}" for column in sorted(_used(table, scope)))
            or "null as none"
        )
        return f"left join (select {columns}) {lookup.alias} on false"
    where = " and ".join(_condition_sql(condition, inner) for condition in lookup.keep) or "true"
    partition = ", ".join(str(key) for key in keys)
    match = " and ".join(f"{lookup.alias}.key_{place} = {other}" for place, other in enumerate(outer))
    named = ", ".join(f"{key} as key_{place}" for place, key in enumerate(keys))
    if lookup.most:
        picked = ", ".join(f"mode(m.{column}) as {column}" for column in sorted(_used(table, scope)))
        rows = f"select {named}, {picked} from {table.name} m where {where} group by {partition}"
    else:
        rows = (
            f"select m.*, {named} from {table.name} m where {where} "
            f"qualify row_number() over (partition by {partition} order by m.row) = 1"
        )
    return f"left join ({rows}) {lookup.alias} on {match}"


def _used(table: Table, scope: Scope) -> set[str]:
    return {column for name, column in scope.used if name == table.name}


def _condition_sql(condition: Condition, scope: Scope) -> str:
    sql = compile_value(condition.value, scope)
    text = f"coalesce({sql}, '')" if sql else "''"
    return f"regexp_matches({text}, {scope.bind(condition.matches.pattern)}, 'i')"


def _unpivot(cursor: Cursor, compiled: CompiledOutput, own: list[str], fields: list[str]) -> None:
    own_sql = "".join(f", {name}" for name in own)
    measured = "".join(f", u.{name} as {name}" for name in fields)
    make_table(
        cursor,
        "output_cells",
        f"select row, overflow{own_sql}, u.place as place, u.header as header, u.adds as adds, "
        f"u.split as split{measured} from (select *, unnest(measures) as u from output_rows "
        "where left_out is null) where u.wanted",
    )
    if any(measure.split for measure in compiled.output.measures) and "standard" in fields:
        make_table(
            cursor,
            "output_cells",
            "select * replace (trim(standard) as standard) from (select * replace "
            "(unnest(if(split = '' or standard is null, [standard], "
            "regexp_split_to_array(standard, split))) as standard) from output_cells) "
            "where standard is null or trim(standard) <> ''",
        )
    columns = [*own, *fields]
    listed = "".join(f", {name}" for name in columns)
    parts = [f"select row, overflow, place, header{listed} from output_cells where not adds"]
    if any(measure.adds for measure in compiled.output.measures):
        group = [name for name in columns if name not in _NUMBERS]
        sums = "".join(f", {_sum_sql(name) if name in _NUMBERS else name}" for name in columns)
        parts.append(
            f"select row, overflow, min(place) as place, min(header) as header{sums} "
            f"from output_cells where adds group by {', '.join(['row', 'overflow', *group])}"
        )
    make_table(cursor, "output_scores", " union all ".join(parts))


def _sum_sql(name: str) -> str:
    # A text among the points stays, so that it is found when scores are checked.
    number = f"try_cast({name} as double)"
    text = f"min({name}) filter ({name} is not null and {number} is null)"
    return f"coalesce({text}, sum({number})::varchar) as {name}"


def _keep_one(cursor: Cursor, compiled: CompiledOutput) -> None:
    keys = [name for name in compiled.output.one_per if name in compiled.columns]
    one = (
        f"qualify row_number() over (partition by {', '.join(keys)} order by row, place) = 1" if keys else ""
    )
    make_table(cursor, compiled.table, f"select * from output_scores {one} order by row, place")
