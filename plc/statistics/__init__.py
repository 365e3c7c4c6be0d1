"""The kernel: pure functions on section-level sums, numpy and scipy only, no database, no screen."""
