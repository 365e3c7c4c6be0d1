"""What waits for a teacher in the library, asked in one go: it stands on the first page she opens."""

from __future__ import annotations

from dataclasses import dataclass

from plc.core.viewer import Permission, Viewer
from plc.database import Database
from plc.inquiry.visible_practices import keep_visible_practices
from plc.practices.cards import OwnCard, read_own_cards
from plc.practices.invitations import Invitation, read_invitations
from plc.practices.visibility import records


@dataclass(frozen=True, slots=True)
class Waiting:
    """Invitations; `(practice_id, title)` of cards to check; own cards with questions to answer."""

    invitations: tuple[Invitation, ...]
    checks: tuple[tuple[str, str], ...]
    asked: tuple[OwnCard, ...]


def waiting(database: Database, viewer: Viewer) -> Waiting:
    """What waits for the viewer."""
    own_id = viewer.own_teacher_id(Permission.PRACTICE_EDIT)
    with database.read() as cursor:
        keep_visible_practices(cursor, viewer)
        checks = records(cursor, "own_checks", {"teacher_id": own_id})
        cards = read_own_cards(cursor)
        invitations = read_invitations(cursor, own_id)
    return Waiting(
        invitations=tuple(invitations),
        checks=tuple((row["practice_id"], row["title"]) for row in checks),
        asked=tuple(own for own in cards if own.questions),
    )
