"""What tests of several rooms share: messages of our own making, and the corpora where present."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from chaffinch.core.tenant import Person, Tenant

REPOSITORY = Path(__file__).resolve().parent.parent

# The same examples every time, so that a change is never blamed for another one's discovery;
# CHAFFINCH_FUZZ=1 looks for new ones.
settings.register_profile(
    "house",
    max_examples=100,
    deadline=None,
    derandomize="CHAFFINCH_FUZZ" not in os.environ,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout's top folder."""
    return REPOSITORY


@pytest.fixture(scope="session")
def corpora() -> Path:
    """The unpacked corpora; the test is skipped where they are absent."""
    told = os.environ.get("CHAFFINCH_CORPORA")
    folder = Path(told) if told else REPOSITORY.parent / "corpora-cache"
    if not folder.is_dir():
        pytest.skip("the corpora are not unpacked here (CHAFFINCH_CORPORA)")
    return folder


@pytest.fixture
def acme() -> Tenant:
    """A small organisation."""
    return Tenant(
        name="acme",
        domains=("acme.example",),
        boundary=("mx1.acme.example",),
        people=(
            Person(name="Ada Marsh", addresses=("ada.marsh@acme.example",), title="CEO", vip=True),
            Person(name="Ben Okoye", addresses=("ben.okoye@acme.example",), title="Payables"),
        ),
    )


Letter = Callable[..., bytes]


@pytest.fixture(scope="session")
def letter() -> Letter:
    """Builds a message: ``letter(subject=…, body=…, sender=…, to=…, extra="X-A: b")``."""

    def build(
        *,
        sender: str = "Mia Stone <mia@stone.example>",
        to: str = "Ben Okoye <ben.okoye@acme.example>",
        subject: str = "Lunch",
        body: str = "See you at noon.",
        number: int = 1,
        extra: str = "",
    ) -> bytes:
        head = (
            f"From: {sender}\nTo: {to}\nSubject: {subject}\n"
            f"Message-ID: <m{number}@stone.example>\nDate: Mon, 15 Jun 2026 09:00:00 +0000\n"
        )
        more = f"{extra.strip()}\n" if extra.strip() else ""
        return f"{head}{more}Content-Type: text/plain; charset=utf-8\n\n{body}\n".encode()

    return build
