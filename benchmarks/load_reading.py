"""What people read in `benchmarks.load`: every message is kept and looked at once everybody has gone.

Words travel as they are, in texts and in the packed columns of tables, so that bytes can be searched. Looking
afterwards leaves the processors to the server while people click.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from benchmarks.load_people import Person, Private

# Where a member brings in a colleague by choosing a name of the roster; no result goes with it.
ROSTER_PAGES = {("our-team", "teacher's name")}
BROKEN = (b"This page could not be drawn", b"Traceback (most recent call last)")


@dataclass(slots=True)
class Reading:
    """Each different message, with who got it on which page: `(number of the person, page)`."""

    messages: dict[bytes, set[tuple[int, str]]] = field(default_factory=lambda: defaultdict(set))

    def keep(self, received: bytes, person: Person, page: str) -> None:
        """Remember a message; the same one again costs nothing."""
        self.messages[received].add((person.number, page))

    def broken(self) -> list[str]:
        """Pages that could not be drawn, in words."""
        return sorted(
            f"{page}: {words.decode()}"
            for received, readers in self.messages.items()
            for words in BROKEN
            if words in received
            for _, page in readers
        )


@dataclass(slots=True)
class Findings:
    """What people read of what is private: `others` in words, and how often each kind was allowed."""

    others: list[str] = field(default_factory=list)
    allowed: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def look(reading: Reading, people: list[Person], private: Private) -> Findings:
    """Everything private in every message, held against what its reader may see. Says kinds, never whose."""
    found = Findings()
    of_number = {person.number: person for person in people}
    for received, readers in reading.messages.items():
        seen = {kind: {*pattern.findall(received)} for kind, pattern in private.things.items()}
        seen["sentence of one's own result"] = {words for words in private.sentences if words in received}
        for kind, things in seen.items():
            if not things:
                continue
            for number, page in readers:
                if (page, kind) in ROSTER_PAGES:
                    continue
                theirs = things - private.allowed[number]
                found.allowed[kind] += len(things) - len(theirs)
                if theirs:
                    role = of_number[number].role
                    found.others.append(
                        f"{page or 'start'} of a {role} showed {len(theirs)} x {kind} of others"
                    )
    return found
