"""The only importer of duckdb: one instance per process, one short-lived cursor per unit of work."""

from plc.database.database import Database

__all__ = ["Database"]
