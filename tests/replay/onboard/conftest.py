"""A simulated company's week on disk."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chaffinch.simulate import company, week, write


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``mail`` and the ``tenant.toml`` that tells the truth about it."""
    folder = tmp_path_factory.mktemp("company")
    organisation = company(3)
    mail = week(organisation, start=datetime(2026, 6, 1, tzinfo=UTC), days=4, seed=3)
    write(folder, mail, organisation)
    return folder
