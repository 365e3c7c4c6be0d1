"""One small district most tests of the kernel share."""

from __future__ import annotations

import pytest

from tests.unit.statistics.districts import District, simulate_district


@pytest.fixture(scope="session")
def district() -> District:
    """36 teachers in six schools over three years, a fifth of the sections co-taught, some moving school."""
    return simulate_district(7, coteaching=0.2, moving=0.1)
