"""Results come in: a file is staged, checked, previewed, confirmed in one transaction, and can be undone.

Words: a *results file* has one row per student and assessment, a *bundle* is a folder or zip of tables;
an *upload* is one of either; a row is *accepted*, a *duplicate* or *rejected*.
"""

from plc.results.confirm import confirm_upload
from plc.results.corrections import correct_upload, forget_corrections
from plc.results.differences import Differences, upload_differences
from plc.results.fixes import Fix
from plc.results.layouts import Layout, find_layout, layouts_for, save_layout
from plc.results.mapping import ColumnExample, column_examples
from plc.results.preview import staged_preview
from plc.results.problems import Problem, correction_sheet, repeated_rows, upload_problems
from plc.results.records import ColumnMatch, StagedUpload, UploadSummary
from plc.results.staging import answer_upload, stage_upload
from plc.results.undo import undo_upload
from plc.results.uploads import discard_upload, list_uploads, load_staged, remove_leftovers

__all__ = [
    "ColumnExample",
    "ColumnMatch",
    "Differences",
    "Fix",
    "Layout",
    "Problem",
    "StagedUpload",
    "UploadSummary",
    "answer_upload",
    "column_examples",
    "confirm_upload",
    "correct_upload",
    "correction_sheet",
    "discard_upload",
    "find_layout",
    "forget_corrections",
    "layouts_for",
    "list_uploads",
    "load_staged",
    "remove_leftovers",
    "repeated_rows",
    "save_layout",
    "stage_upload",
    "staged_preview",
    "undo_upload",
    "upload_differences",
    "upload_problems",
]
