"""Bright spots: the scan from results to findings, what a scan leaves behind, and who may read it."""

from plc.bright_spots.options import ScanOptions
from plc.bright_spots.scan import Scan, scan

__all__ = ["Scan", "ScanOptions", "scan"]
