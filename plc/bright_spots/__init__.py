"""Bright spots: the scan from results to findings, what a scan leaves behind, and who may read it."""

from plc.bright_spots.areas import practice_areas
from plc.bright_spots.findings import (
    Finding,
    ScanHeadline,
    bright_spots,
    latest_scan,
    newest_scan_key,
    own_results,
)
from plc.bright_spots.options import ScanOptions
from plc.bright_spots.own_download import own_download
from plc.bright_spots.own_evidence import (
    Contrast,
    Overlap,
    OwnEvidence,
    funnel_bands,
    overlaps,
    own_evidence,
    predictions,
)
from plc.bright_spots.scan import Scan, scan
from plc.bright_spots.store import StoredScan, headline_of, scan_and_store

__all__ = [
    "Contrast",
    "Finding",
    "Overlap",
    "OwnEvidence",
    "Scan",
    "ScanHeadline",
    "ScanOptions",
    "StoredScan",
    "bright_spots",
    "funnel_bands",
    "headline_of",
    "latest_scan",
    "newest_scan_key",
    "overlaps",
    "own_download",
    "own_evidence",
    "own_results",
    "practice_areas",
    "predictions",
    "scan",
    "scan_and_store",
]
