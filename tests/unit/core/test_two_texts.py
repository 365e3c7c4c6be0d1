import pytest

from plc.core.errors import BothTexts
from plc.core.two_texts import both_texts, changes_of

BASE = {"title": "Count on", "amount": 5, "unit": "points", "for": "all"}


def test_what_only_i_changed_is_mine_and_the_rest_stays_hers() -> None:
    kept = changes_of(
        BASE | {"title": "Count back"}, BASE, theirs=BASE | {"for": "grade 5"}, version=2, message="Both."
    )
    assert kept == {"title": "Count back"}


def test_the_same_words_of_both_are_no_conflict() -> None:
    same = BASE | {"title": "Count back"}
    assert changes_of(same, BASE, theirs=same, version=2, message="Both.") == {"title": "Count back"}


def test_fields_that_belong_together_are_disputed_together() -> None:
    with pytest.raises(BothTexts) as caught:
        changes_of(
            BASE | {"amount": 8},
            BASE,
            theirs=BASE | {"unit": "SD", "for": "grade 5"},
            version=7,
            message="Both.",
            together=[("amount", "unit")],
        )
    assert (caught.value.mine, caught.value.theirs) == ({"unit": "points"}, {"unit": "SD"})
    assert caught.value.version == 7


def test_a_conflict_holds_only_what_differs() -> None:
    conflict = both_texts("Both.", mine={"a": "1", "b": "2"}, theirs={"a": "1", "b": "3"}, version=4)
    assert (conflict.mine, conflict.theirs, conflict.version) == ({"b": "2"}, {"b": "3"}, 4)
