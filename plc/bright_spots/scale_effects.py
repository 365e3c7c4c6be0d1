"""How much easier a test is for those who sat it than a test their whole grade sat.

Results are centred among those who sat a test. One that only a track sat, whose students start low, is
centred lower than one all sat: their classes would seem to stand higher on it. Its own mean beyond that of
the same classes on other tests is taken off (two-way: section + test).
"""

from __future__ import annotations

import numpy as np

from plc.bright_spots.steps import Columns
from plc.statistics.records import FloatArray

# A test this share of a stratum's sections sat is centred on the stratum and needs no correction.
_SHARED_BY = 0.9
# Sweeps over sections and tests; each is a weighted mean, and tests differ by far less than 1 SD.
_SWEEPS = 30


def scale_effects(cells: Columns, sections: Columns) -> tuple[FloatArray, FloatArray]:
    """Scale keys (ascending) and what to take off their residuals in SD; 0 where a whole stratum sat it."""
    scales, scale = np.unique(cells["scale_key"], return_inverse=True)
    keys, section = np.unique(cells["section_key"], return_inverse=True)
    effect = np.zeros(len(scales))
    if not len(scales):
        return scales, effect
    place = np.searchsorted(sections["section_key"], keys)
    period = sections["subject_key"].astype(np.int64) * 10_000 + sections["school_year"]
    stratum = np.unique(np.stack([period, sections["grade"]]), axis=1, return_inverse=True)[1].ravel()[place]
    size = np.bincount(stratum)
    pairs = np.unique(np.stack([scale, stratum[section]]), axis=1)
    offered = np.bincount(pairs[0], size[pairs[1]], minlength=len(scales))
    partial = np.bincount(scale, minlength=len(scales)) < _SHARED_BY * offered
    if not partial.any():
        return scales, effect
    weight, mean = cells["students"].astype(np.float64), cells["mean_residual"]
    of_scale, of_section = np.bincount(scale, weight), np.bincount(section, weight)
    effect = np.where(partial, np.bincount(scale, weight * mean) / of_scale, 0.0)
    for _ in range(_SWEEPS):
        level = np.bincount(section, weight * (mean - effect[scale])) / of_section
        effect = np.where(partial, np.bincount(scale, weight * (mean - level[section])) / of_scale, 0.0)
    return scales, effect
