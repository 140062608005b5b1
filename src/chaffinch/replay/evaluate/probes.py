"""What header fields alone would have said: the baselines a figure has to beat.

Where attacks and benign mail of a collection came by different ways, a test of one header tells
them apart and says nothing about attacks. A figure is worth what it gains over these.
"""

from collections.abc import Callable, Mapping

from chaffinch.message.message import Message

Probe = Callable[[Message], bool]


def names(message: Message) -> frozenset[str]:
    """The names of a message's header fields, in lower case."""
    return frozenset(field.name.lower() for field in message.headers.fields)


def _has(present: str, absent: str = "") -> Probe:
    def probe(message: Message) -> bool:
        fields = names(message)
        return present in fields and absent not in fields

    return probe


def _begins(start: str) -> Probe:
    return lambda message: any(one.startswith(start) for one in names(message))


PROBES: Mapping[str, Probe] = {
    "has Received and no List-Id": _has("received", "list-id"),
    "has Authentication-Results and no List-Id": _has("authentication-results", "list-id"),
    "has DKIM-Signature and no List-Id": _has("dkim-signature", "list-id"),
    "has X-MS-* fields": _begins("x-ms-"),
    "has ARC-* fields": _begins("arc-"),
    "has no Received": lambda message: "received" not in names(message),
    "has List-Unsubscribe": _has("list-unsubscribe"),
    "has no plain text part": lambda message: message.body.plain is None,
}
