"""What the header block says of the program that wrote it: field order, letter case, labels."""

import re
from collections.abc import Iterable
from hashlib import blake2b

# Fields every mail program writes itself; those that depend on the conversation are left out.
_OWN_FIELDS = frozenset(
    (
        "from", "to", "subject", "date", "message-id", "mime-version", "content-type",
        "content-transfer-encoding", "content-language", "x-mailer", "user-agent", "x-priority",
        "importance", "x-msmail-priority", "thread-index", "thread-topic", "accept-language",
    )
)  # fmt: skip
_LABEL = re.compile(r"MSIP_Label_([0-9a-f-]{36})_(Name|Enabled)\s*=\s*([^;]*+)", re.IGNORECASE)


def order_fingerprint(names: Iterable[str]) -> str:
    """A digest of the order and letter case of the fields a mail program writes itself.

    What servers add on the way changes nothing.

    >>> one = order_fingerprint(["Received", "From", "To", "Subject"])
    >>> one == order_fingerprint(["From", "To", "X-Spam", "Subject"]), len(one)
    (True, 16)
    >>> one == order_fingerprint(["From", "TO", "Subject"])
    False
    """
    own = [name for name in names if name.lower() in _OWN_FIELDS]
    return blake2b("\n".join(own).encode("utf-8", "replace"), digest_size=8).hexdigest()


def sensitivity_label(written: str) -> str | None:
    """The name of the first sensitivity label of ``msip_labels``, else its id; None without one.

    >>> label = "MSIP_Label_01234567-0123-0123-0123-0123456789ab"
    >>> sensitivity_label(f"{label}_Enabled=true; {label}_Name=Confidential;")
    'Confidential'
    """
    found: dict[str, tuple[str, str]] = {
        kind.lower(): (label, text) for label, kind, text in _LABEL.findall(written[:20_000])
    }
    if "name" in found and found["name"][1].strip():
        return found["name"][1].strip()
    return found["enabled"][0].lower() if "enabled" in found else None
