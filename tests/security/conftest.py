"""What attacks share: their count, and a district to attack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.pages.conftest import empty as empty
from tests.pages.conftest import make_app as make_app
from tests.pages.conftest import sample as sample
from tests.security.attempts import PROPERTY, Attempts
from tests.security.course import began as began
from tests.security.course import district as district


@pytest.fixture
def attempts(request: pytest.FixtureRequest) -> Iterator[Attempts]:
    """Counts the attacks of a test, which fails when one of them worked."""
    counted = Attempts(request.node.path.stem.removeprefix("test_").replace("_", " "))
    yield counted
    request.node.user_properties.append((PROPERTY, (counted.kind, counted.made, len(counted.succeeded))))
    assert counted.succeeded == []
