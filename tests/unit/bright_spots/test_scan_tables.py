"""What stays of scans that are older than the kept ones."""

from __future__ import annotations

from plc.bright_spots.scan_tables import forget_older
from plc.database import Database

TOLD_IN, MADE_IN, NEWEST = 1, 2, 9


def test_of_an_older_scan_only_what_somebody_was_told_last_stays(database: Database) -> None:
    with database.write() as cursor:
        for scan_key in (TOLD_IN, MADE_IN, 3, NEWEST):
            for teacher_id in ("T1", "T2"):
                cursor.execute(
                    "insert into scan_variant values ($scan_key, $teacher_id, 'maths', 'delta 0.05', 0.9)",
                    {"scan_key": scan_key, "teacher_id": teacher_id},
                ).fetchall()
            cursor.execute(
                "insert into scan_component values ($scan_key, 'maths', 'section', 0.01)",
                {"scan_key": scan_key},
            ).fetchall()
            cursor.execute(
                "insert into scan_count values ($scan_key, 'maths', 'included', 30)", {"scan_key": scan_key}
            ).fetchall()
        cursor.execute(
            "insert into scan_told values ('T1', 'maths', 5, $told_in, $made_in, now()::timestamp)",
            {"told_in": TOLD_IN, "made_in": MADE_IN},
        ).fetchall()
        forget_older(cursor, oldest=NEWEST - 2)
        rows = cursor.execute("select scan_key, teacher_id from scan_variant order by all").fetchall()
        totals = cursor.execute("select scan_key from scan_component order by all").fetchall()
        counts = cursor.execute("select scan_key from scan_count order by all").fetchall()
    assert rows == [(TOLD_IN, "T1"), (NEWEST, "T1"), (NEWEST, "T2")]
    assert totals == [(MADE_IN,), (NEWEST,)]
    assert counts == [(NEWEST,)]
