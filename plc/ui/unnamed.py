"""Keys of elements about somebody, which the browser reads: never an id of a teacher."""

from __future__ import annotations

import hmac
import secrets
from typing import Final

# Of this process alone, so that a key leads to nobody by a list of likely ids.
_KEY: Final = secrets.token_bytes(32)
_DIGITS: Final = 16


def key_of(of: str) -> str:
    """A part of an element's key, the same for a teacher or for several people as long as the app runs."""
    return hmac.digest(_KEY, of.encode(), "sha256").hex()[:_DIGITS]
