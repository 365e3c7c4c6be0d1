"""Which effects must be solved together: the shape of the mixed-model equations.

Effects are split in two. The *border* holds the fixed effects and the effects that tie many
sections together (schools). What remains falls apart into *blocks*: connected components of
teachers and teacher-years joined by shared sections, often a single teacher. Blocks of about
the same size are stacked and solved at once; a block above `DENSE_LIMIT` effects is split by
moving effects that reach more than one school to the border, and solved sparse if still large.

With the border eliminated last this is block elimination of Henderson's equations, and gives
the same numbers as inverting V school by school at a small part of the cost.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from plc.statistics.design import MixedModel
from plc.statistics.records import BoolArray, FloatArray, IntArray

# Effects in one dense block: about 2,000 sections; its inverse takes about 0.1 s.
DENSE_LIMIT = 800
# Effects that may be moved to the border, whose dense inverse is O(border^3): about 3 s at 3,000.
BORDER_LIMIT = 2_000
# Blocks within this ratio of sizes share a padded stack.
STACK_RATIO = 1.5


@dataclass(frozen=True, slots=True)
class Pairs:
    """Products of two entries of one row of W, to be summed into a stack: flat place, row, product."""

    place: IntArray
    row: IntArray
    product: FloatArray


@dataclass(frozen=True, slots=True)
class Stack:
    """C blocks of at most q effects touching at most n border effects, padded.

    effects  (C, q) columns of W, `columns` where padded
    border   (C, n) border columns, `border width` where padded
    inner    pairs effect x effect into (C, q, q); outer: effect x border into (C, q, n)
    """

    effects: IntArray
    border: IntArray
    inner: Pairs
    outer: Pairs
    dense: bool


@dataclass(frozen=True, slots=True)
class Arrangement:
    """All effects in their places.

    border_design  (S, n) fixed effects first, then border random effects, unscaled
    border_term    (n,) index of the term, -1 for fixed effects
    block_design   (S, N) the remaining random effects, unscaled
    block_term     (N,) index of the term
    place          per term: for each of its columns, +i for block column i, -1-i for border column i
    """

    border_design: sparse.csr_array
    border_term: IntArray
    block_design: sparse.csr_array
    block_term: IntArray
    place: tuple[IntArray, ...]
    stacks: tuple[Stack, ...]


def arrange(model: MixedModel, *, dense_limit: int, border_limit: int = BORDER_LIMIT) -> Arrangement:
    """Split the effects of `model` into border and blocks, and stack the blocks."""
    rows = model.response.shape[0]
    design = [term.matrix(rows) for term in model.terms]
    every = sparse.csc_array(sparse.hstack(design, format="csc")) if design else sparse.csc_array((rows, 0))
    term = np.repeat(np.arange(len(design)), [part.shape[1] for part in design]).astype(np.int64)
    in_border = np.repeat([t.shared for t in model.terms], [t.columns for t in model.terms]).astype(np.bool_)
    labels = _components(every, in_border)
    in_border = _move_bridges(every, in_border, labels, model.site, dense_limit, border_limit)
    labels = _components(every, in_border)[~in_border]

    border_design = sparse.csr_array(sparse.hstack([model.fixed, every[:, in_border]], format="csr"))
    block_design = sparse.csr_array(every[:, ~in_border])
    fixed = model.fixed.shape[1]
    place = np.empty(term.size, dtype=np.int64)
    place[~in_border] = np.arange(int((~in_border).sum()))
    place[in_border] = -1 - fixed - np.arange(int(in_border.sum()))
    splits = np.cumsum([t.columns for t in model.terms])[:-1]
    return Arrangement(
        border_design=border_design,
        border_term=np.concatenate([np.full(fixed, -1), term[in_border]]).astype(np.int64),
        block_design=block_design,
        block_term=term[~in_border],
        place=tuple(np.split(place, splits)) if design else (),
        stacks=_stack(block_design, border_design, labels, dense_limit),
    )


def row_pairs(
    first: sparse.csr_array, second: sparse.csr_array
) -> tuple[IntArray, IntArray, IntArray, FloatArray]:
    """All pairs (row, column in first, column in second, product of values) of entries of one row."""
    counts = np.diff(second.indptr)
    row_of_first = np.repeat(np.arange(first.shape[0]), np.diff(first.indptr))
    repeats = counts[row_of_first]
    left = np.repeat(np.arange(first.indices.size), repeats)
    offset = np.arange(left.size) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    right = second.indptr[:-1][row_of_first[left]] + offset
    return (
        row_of_first[left],
        first.indices[left],
        second.indices[right],
        first.data[left] * second.data[right],
    )


def _components(every: sparse.csc_array, in_border: BoolArray) -> IntArray:
    """Label of the connected component of every column; border columns stand alone."""
    kept = every.copy()
    kept.data = np.repeat(np.where(in_border, 0.0, 1.0), np.diff(every.indptr))
    kept.eliminate_zeros()
    rows, columns = kept.shape
    graph = sparse.coo_array(kept)
    row, column = graph.coords
    edges = sparse.csr_array(
        (np.ones(row.size), (row, column + rows)), shape=(rows + columns, rows + columns)
    )
    _, label = csgraph.connected_components(edges, directed=False)
    return np.asarray(label[rows:])


def _move_bridges(
    every: sparse.csc_array,
    in_border: BoolArray,
    labels: IntArray,
    site: IntArray,
    dense_limit: int,
    border_limit: int,
) -> BoolArray:
    """Put effects that reach several sites into the border, where their block is too large otherwise."""
    size = np.bincount(labels)
    large = ~in_border & (size[labels] > dense_limit)
    filled = np.diff(every.indptr) > 0
    candidates = np.flatnonzero(large & filled)
    if candidates.size == 0:
        return in_border
    reach = every[:, candidates]
    sites = site[reach.indices]
    lowest = np.minimum.reduceat(sites, reach.indptr[:-1])
    highest = np.maximum.reduceat(sites, reach.indptr[:-1])
    bridges = candidates[lowest != highest]
    if bridges.size > border_limit:
        return in_border
    moved = in_border.copy()
    moved[bridges] = True
    return moved


def _stack(
    block_design: sparse.csr_array, border_design: sparse.csr_array, labels: IntArray, dense_limit: int
) -> tuple[Stack, ...]:
    columns, width = block_design.shape[1], border_design.shape[1]
    if columns == 0:
        return ()
    _, label = np.unique(labels, return_inverse=True)
    size = np.bincount(label)
    position = _position_within(label)
    row, effect_i, effect_j, inner = row_pairs(block_design, block_design)
    row_o, effect_o, border_o, outer = row_pairs(block_design, border_design)
    key, key_index = np.unique(label[effect_o] * np.int64(max(width, 1)) + border_o, return_inverse=True)
    touch_label, touch_border = key // max(width, 1), key % max(width, 1)
    touch_position = _position_within(touch_label)
    touches = np.bincount(touch_label, minlength=size.size)

    stack_of = _stack_of(size, dense_limit)
    stacks = []
    for stack in np.unique(stack_of):
        members = np.flatnonzero(stack_of == stack)
        index = np.full(size.size, -1)
        index[members] = np.arange(members.size)
        q, n = int(size[members].max()), int(touches[members].max())
        effects = np.full((members.size, q), columns)
        mine = index[label] >= 0
        effects[index[label[mine]], position[mine]] = np.flatnonzero(mine)
        border = np.full((members.size, n), width)
        near = index[touch_label] >= 0
        border[index[touch_label[near]], touch_position[near]] = touch_border[near]
        a = index[label[effect_i]] >= 0
        b = index[label[effect_o]] >= 0
        place_a = (index[label[effect_i[a]]] * q + position[effect_i[a]]) * q + position[effect_j[a]]
        place_b = (index[label[effect_o[b]]] * q + position[effect_o[b]]) * n + touch_position[key_index[b]]
        stacks.append(
            Stack(
                effects=effects,
                border=border,
                inner=Pairs(place_a, row[a], inner[a]),
                outer=Pairs(place_b, row_o[b], outer[b]),
                dense=q <= dense_limit,
            )
        )
    return tuple(stacks)


def _position_within(label: IntArray) -> IntArray:
    """0-based position of each item among those with the same label."""
    order = np.argsort(label, kind="stable")
    ordered = label[order]
    starts = np.searchsorted(ordered, ordered)
    position: IntArray = np.empty(label.size, dtype=np.int64)
    position[order] = np.arange(label.size) - starts
    return position


def _stack_of(size: IntArray, dense_limit: int) -> IntArray:
    """Stack number per block: by size within STACK_RATIO; every sparse block alone."""
    number = np.floor(np.log(size) / np.log(STACK_RATIO) + 1e-9).astype(np.int64)
    large = np.flatnonzero(size > dense_limit)
    number[large] = 1_000 + np.arange(large.size)
    return np.asarray(number)
