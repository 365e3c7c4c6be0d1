"""Rules every `.sql` file keeps: one statement, an honest header, portable functions, a bound scope."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

STATEMENTS = sorted(Path("plc").glob("*/sql/**/*.sql"))
SCHEMA = [
    line.split()[0].split(".", 1) for line in Path("tests/unit/database/schema.txt").read_text().splitlines()
]

# What a scope must bind, so that row scope cannot be forgotten.
SCOPE_PARAMETERS = {
    "self": {"teacher_id"},
    "team": {"team_ids"},
    "agreement": {"team_agreement_id"},
    "school": {"school_ids"},
    "upload": {"upload_key"},
    "consent": {"today"},
    "visible": set(),
    "card": set(),
    "led": set(),
    "system": set(),
}

# Different or missing on Spark: the answer would change without an error.
NOT_PORTABLE = {"quantile_cont", "fsum", "pivot", "generate_series", "hash", "list"}


def header(path: Path, field: str) -> str | None:
    match = re.search(rf"^-- {field}: *(.*)$", path.read_text(), re.MULTILINE)
    return match.group(1).strip() if match else None


def names(text: str) -> set[str]:
    return {name.strip().lstrip("$") for name in text.split(",") if name.strip() and name.strip() != "none"}


pytestmark = pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: f"{path.parts[1]}/{path.stem}")


def test_a_file_holds_one_statement_that_parses(path: Path) -> None:
    assert len([tree for tree in sqlglot.parse(path.read_text(), read="duckdb") if tree is not None]) == 1


def test_the_header_names_exactly_the_parameters(path: Path) -> None:
    body = re.sub(r"--.*", "", path.read_text())
    used = set(re.findall(r"\$(\w+)", body))
    stated = header(path, "parameters")
    assert stated is not None
    assert names(stated) == used


def test_the_scope_is_stated_and_its_parameters_are_bound(path: Path) -> None:
    scope = header(path, "scope")
    assert scope in SCOPE_PARAMETERS
    assert SCOPE_PARAMETERS[scope] <= names(header(path, "parameters") or "")
    body = re.sub(r"--.*", "", path.read_text())
    assert scope != "visible" or re.search("visible_teacher|known_teacher", body)
    assert scope != "card" or "visible_practice" in body
    assert scope != "led" or "led_team" in body
    assert "from consent" not in body or scope in ("consent", "self", "system")


def test_the_header_names_exactly_the_columns(path: Path) -> None:
    stated = header(path, "columns")
    assert stated is not None
    tree = sqlglot.parse_one(path.read_text(), read="duckdb")
    select = tree.find(exp.Select) if not isinstance(tree, exp.Query) else tree
    if stated == "none" or select is None:
        return
    if select.is_star or any(column.is_star for column in select.selects):
        assert not (shown := _columns_of_view(select)) or names(stated) == shown
        return
    if (returning := tree.args.get("returning")) is not None:
        assert names(stated) == {column.alias_or_name for column in returning.expressions}
        return
    outermost = tree if isinstance(tree, exp.Query) else tree.expression
    if isinstance(outermost, exp.Query):
        assert names(stated) == set(outermost.named_selects)


def _columns_of_view(select: exp.Query) -> set[str]:
    """The columns that `view.*` and what stands beside it come to; none where it is no view of the schema."""
    source = select.args["from_"].this.name
    columns = {column for table, column in SCHEMA if table == source}
    beside = set()
    for shown in select.selects:
        if shown.is_star:
            columns -= {
                column.name for star in shown.find_all(exp.Star) for column in star.args.get("except_") or []
            }
        else:
            beside.add(shown.alias_or_name)
    return columns | beside if columns else set()


def test_it_transpiles_to_spark_unless_it_says_why_not(path: Path) -> None:
    if header(path, "duckdb only"):
        return
    tree = sqlglot.parse_one(path.read_text(), read="duckdb")
    used = {node.name.lower() for node in tree.find_all(exp.Anonymous)}
    assert not used & NOT_PORTABLE
    sqlglot.transpile(
        path.read_text(), read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )
