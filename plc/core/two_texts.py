"""Two people's words for one thing, both begun from the same version, by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plc.core.errors import BothTexts

Words = Mapping[str, object]


def both_texts(message: str, *, mine: Words, theirs: Words, version: int) -> BothTexts:
    """A conflict that holds both texts wherever they differ. `version` is the stored one, of `theirs`."""
    differing = [name for name in mine if mine[name] != theirs[name]]
    return BothTexts(
        message,
        mine={name: mine[name] for name in differing},
        theirs={name: theirs[name] for name in differing},
        version=version,
    )


def changes_of(
    mine: Words,
    base: Words,
    *,
    theirs: Words,
    version: int,
    message: str,
    together: Sequence[Sequence[str]] = (),
) -> dict[str, object]:
    """The fields of `mine` that replace those of `theirs`: what changed since `base`.

    A field of a group in `together` changes with its whole group. Raises `BothTexts` with `message` and both
    texts of every field that both changed to something else.
    """
    changed = {name for name in mine if mine[name] != base[name]}
    for group in together:
        if changed & set(group):
            changed |= set(group)
    kept = {name: mine[name] for name in mine if name in changed}
    disputed = [name for name in kept if theirs[name] not in (base[name], mine[name])]
    if disputed:
        raise both_texts(
            message,
            mine={name: mine[name] for name in disputed},
            theirs={name: theirs[name] for name in disputed},
            version=version,
        )
    return kept
