"""The load program notices whatever of somebody else reaches a person, in texts and in tables."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from streamlit import dataframe_util
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.load_people import Person, Private
from benchmarks.load_reading import Reading, look
from plc.core.permissions import Role

ADA, BEA = Person(0, Role.TEACHER, "T001"), Person(1, Role.TEACHER, "T002")
OWN = {
    0: ("person000@load.example", "T001", "Ms Ada", "M1-MA6-26-1", "It fits anything from 40 to 60 of 100."),
    1: ("person001@load.example", "T002", "Mr Bea", "M1-MA6-26-2", "It fits anything from 55 to 70 of 100."),
}
KINDS = ("address", "teacher id", "teacher's name", "class", "sentence of one's own result")
PRIVATE = Private(
    things={
        "address": re.compile(rb"person\d{3}@load\.example"),
        "teacher id": re.compile(rb"T001|T002"),
        "teacher's name": re.compile(rb"Ms Ada|Mr Bea"),
        "class": re.compile(rb"M1-MA6-26-1|M1-MA6-26-2"),
    },
    sentences=frozenset(words[-1].encode() for words in OWN.values()),
    allowed={number: frozenset(word.encode() for word in words) for number, words in OWN.items()},
)


def said(words: str) -> bytes:
    message = ForwardMsg()
    message.delta.new_element.markdown.body = f"**Look:** {words}"
    return bytes(message.SerializeToString())


def table(words: str) -> bytes:
    message = ForwardMsg()
    frame = pd.DataFrame({"Class": [words, words]})
    message.delta.new_element.table.arrow_data.data = dataframe_util.convert_anything_to_arrow_bytes(frame)
    return bytes(message.SerializeToString())


def others(received: bytes, person: Person, page: str = "my-classes") -> list[str]:
    reading = Reading()
    reading.keep(received, person, page)
    return look(reading, [ADA, BEA], PRIVATE).others


@pytest.mark.parametrize("travels", [said, table])
@pytest.mark.parametrize("kind", KINDS)
def test_a_thing_of_somebody_else_is_noticed_on_any_page(kind: str, travels: type) -> None:
    of_ada = travels(OWN[0][KINDS.index(kind)])
    assert others(of_ada, ADA) == []
    assert others(of_ada, BEA, "bright-spots") == [f"bright-spots of a teacher showed 1 x {kind} of others"]


def test_the_same_message_is_held_against_each_of_its_readers() -> None:
    reading = Reading()
    for person in (ADA, BEA):
        reading.keep(said("M1-MA6-26-2"), person, "reteach")
    assert look(reading, [ADA, BEA], PRIVATE).others == ["reteach of a teacher showed 1 x class of others"]


def test_a_finding_says_no_id_and_no_name() -> None:
    words = others(said("Ms Ada T001 M1-MA6-26-1"), BEA)
    assert len(words) == 3
    assert not any(found in line for line in words for found in OWN[0])


def test_names_of_the_roster_are_looked_at_everywhere_but_where_a_colleague_is_brought_in() -> None:
    assert others(said("Ms Ada"), BEA, "our-team") == []
    assert others(said("Ms Ada T001"), BEA, "our-team") != []
    assert others(said("Ms Ada"), BEA, "who-looked") != []
