"""Further ids of students that a roster brings, under the pseudonym key."""

# ruff: noqa: S608 - the names put into statements are tables and columns this program declares.

from __future__ import annotations

import pyarrow as pa

from plc.database.database import Cursor
from plc.results import merge
from plc.results.formats.people import unpadded
from plc.results.formats.translation import Translation
from plc.results.pseudonyms import Pseudonyms
from plc.results.steps import put_table


def merge_aliases(cursor: Cursor, translation: Translation | None, pseudonyms: Pseudonyms) -> None:
    """Make `incoming_student_alias` from a translated roster (empty without one) and merge it."""
    rows: list[tuple[int, str, str]] = []
    if translation is not None and "students" in translation.tables:
        names = [
            name for (name, *_) in cursor.execute("describe translated_students").fetchall()
            if name.startswith("alias_")
        ]  # fmt: skip
        for name in names:
            rows += cursor.execute(
                f"select k.student_key, $id_type::varchar, min_by(t.{name}, t.line) "
                "from translated_students t "
                "join parsed_students p on p.line = t.line and not p.blank and not p.bad "
                f"join keyed_student k on k.number = p.student where t.{name} is not null "
                "group by k.student_key order by k.student_key",
                {"id_type": name.removeprefix("alias_")},
            ).fetchall()
    texts = [text for _, _, text in rows]
    put_table(
        cursor,
        "incoming_student_alias",
        {
            "student_key": (pa.int32(), [key for key, _, _ in rows]),
            "id_type": (pa.string(), [id_type for _, id_type, _ in rows]),
            "pseudonym": (pa.string(), pseudonyms.hide(texts)),
            "pseudonym_unpadded": (pa.string(), pseudonyms.hide(unpadded(text) for text in texts)),
        },
    )
    merge.merge(cursor, merge.STUDENT_ALIAS)
