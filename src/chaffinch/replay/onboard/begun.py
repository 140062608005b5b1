"""What an onboarding was begun with, so that nothing else goes on in its place."""

import hashlib
from pathlib import Path

import msgspec

from chaffinch.core.counted import counted
from chaffinch.core.errors import UsageError
from chaffinch.core.tenant import Tenant
from chaffinch.replay.onboard.kept_file import replace_file
from chaffinch.replay.onboard.store import FILE_NAME

FACTS = "facts"
_FILE = "onboarding.json"
_TENANT = "onboarded-with"


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """Of whom, from what, over which time."""

    name: str
    sources: tuple[str, ...]
    days: int | None = None

    def __str__(self) -> str:
        """As people say it."""
        days = "all days" if self.days is None else counted(self.days, "day")
        return f"{self.name} from {', '.join(self.sources)} over {days}"


def hold_to(out: Path, begun: Begun) -> None:
    """Note what is begun; refuse to go on with something else in the same folder.

    Raises:
        UsageError: another onboarding was begun there, or the note cannot be read.
    """
    path = out / _FILE
    if not path.exists():
        replace_file(path, msgspec.json.encode(begun).decode())
        return
    try:
        before = msgspec.json.decode(path.read_bytes(), type=Begun)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is damaged ({error}); name another folder with --out") from error
    if before != begun:
        raise UsageError(
            f"{out} holds the onboarding of {before}; this one is of {begun}: "
            "name another folder with --out"
        )


def let_go(out: Path) -> None:
    """Take the note back, and the facts: there was nothing to read, so nothing was begun."""
    (out / FACTS / FILE_NAME).unlink(missing_ok=True)
    (out / _FILE).unlink(missing_ok=True)


def is_another_tenant(state: Path, tenant: Tenant) -> bool:
    """Whether a state was begun with another description of the organisation; the first is kept."""
    path = state / f"{_TENANT}-{_digest(tenant.name.encode())}"
    digest = _digest(msgspec.json.encode(tenant))
    if path.exists():
        return path.read_text("utf-8", "replace") != digest
    replace_file(path, digest)
    return False


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()
