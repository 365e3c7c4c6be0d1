"""Headers whose cells are never read: names, birth dates, addresses, passwords, lunch status and the like."""

from __future__ import annotations

import re

from plc.results.vocabulary import plain

_PRIVATE = re.compile(
    r"password|birth|^dob$|studentdob|ssn|socialsecurity|address|street|^city|^zip|phone(?!mic)|sms"
    r"|frl|freereduced|lunch|mealstatus|economic|migrant|homeless|disabilit|exceptionalit|section504|plan504"
    r"|iep|sped|specialed|race|ethnic|hispanic|gender|^sex$|homelanguage|nativelanguage"
    r"|(student|pupil|learner)(first|last|middle|given|family|preferred|full|legal)?name|givenname|familyname"
    r"|middlename|^(first|last|full)name$|^student$|studentmi$|^contact|guardian|parent(first|last)|pronouns|gpa"
)
# Words that hold the letters of a private one.
_PUBLIC = re.compile(r"parentsourcedid|studentusername$")


def is_private(header: str) -> bool:
    """Whether a column of this header must not be read."""
    word = plain(header)
    return _PRIVATE.search(word) is not None and _PUBLIC.search(word) is None
