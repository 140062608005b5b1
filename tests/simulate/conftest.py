"""One simulated week, shared by the tests of this room."""

from datetime import UTC, datetime

import pytest

from chaffinch.simulate import Company, Simulated, company, week

TUESDAY = datetime(2025, 3, 4, tzinfo=UTC)


@pytest.fixture(scope="session")
def house() -> Company:
    return company(1)


@pytest.fixture(scope="session")
def mail(house: Company) -> tuple[Simulated, ...]:
    return tuple(week(house, start=TUESDAY, seed=1))
