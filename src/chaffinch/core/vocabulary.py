"""The words a decision is made of: one enum per axis, and nothing else means the same."""

from collections.abc import Mapping
from enum import StrEnum


class Verdict(StrEnum):
    """What the message is, for the scope it was decided for."""

    BENIGN = "benign"
    GRAYMAIL = "graymail"
    SPAM = "spam"
    SUSPICIOUS = "suspicious"
    MALICIOUS = "malicious"
    SIMULATION = "simulation"
    UNDECIDED = "undecided"


FLAGGED = frozenset({Verdict.SUSPICIOUS, Verdict.MALICIOUS, Verdict.SPAM})


class Goal(StrEnum):
    """What the attacker wants."""

    CREDENTIALS = "credentials"
    PAYMENT = "payment"
    DATA = "data"
    MALWARE = "malware"
    ACCESS = "access"
    EXTORTION = "extortion"
    RECONNAISSANCE = "reconnaissance"
    NONE = "none"


class Vector(StrEnum):
    """The way the victim is to be led to the goal."""

    LINK = "link"
    ATTACHMENT = "attachment"
    QR = "qr"
    CALLBACK = "callback"
    REPLY = "reply"
    CALENDAR = "calendar"
    FORM = "form"


class Impersonated(StrEnum):
    """Whom the message pretends to come from."""

    BRAND = "brand"
    VIP = "vip"
    EMPLOYEE = "employee"
    VENDOR = "vendor"
    OWN_DOMAIN = "own-domain"
    AUTHORITY = "authority"
    NOBODY = "nobody"


class Origin(StrEnum):
    """Where the message really comes from (the ``source`` axis)."""

    EXTERNAL = "external"
    COMPROMISED_PARTNER = "compromised-partner"
    INTERNAL = "internal"
    PLATFORM = "platform"
    LIST = "list"


class Permission(StrEnum):
    """What a trusted service may send beside its own words and links to itself."""

    FOREIGN_LINK = "foreign-link"
    ATTACHMENT = "attachment"
    PAYMENT = "payment"
    OTHER_REPLY = "other-reply"


class Action(StrEnum):
    """What is to be done with the message, mildest first."""

    DELIVER = "deliver"
    NOTIFY = "notify"
    BANNER = "banner"
    FOLDER = "folder"
    JUNK = "junk"
    QUARANTINE = "quarantine"
    HOLD = "hold"


STRICTNESS: Mapping[Action, int] = {one: rank for rank, one in enumerate(Action)}


class Severity(StrEnum):
    """How sure and how bad a rule's author thinks a finding is."""

    INFORMATIONAL = "informational"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Cause(StrEnum):
    """What a finding rests on; findings of one cause are not counted in full twice."""

    IDENTITY = "identity"  # who it says it is from
    AUTHENTICATION = "authentication"  # how it was sent and proven
    BEHAVIOUR = "behaviour"  # what breaks with habit
    REQUEST = "request"  # what its text asks for
    LINK = "link"
    ATTACHMENT = "attachment"


def attack_type(goal: Goal, vector: Vector | None, impersonated: Impersonated) -> str | None:
    """The name people use for the combination, or None where there is no attack.

    >>> attack_type(Goal.PAYMENT, Vector.REPLY, Impersonated.VIP)
    'business e-mail compromise'
    >>> attack_type(Goal.PAYMENT, Vector.LINK, Impersonated.BRAND)
    'payment fraud'
    >>> attack_type(Goal.NONE, None, Impersonated.NOBODY) is None
    True
    """
    if goal is Goal.NONE:
        return None
    if goal is Goal.EXTORTION:
        return "extortion"
    if vector is Vector.CALLBACK:
        return "callback phishing"
    if goal is Goal.PAYMENT:
        return _payment(vector, impersonated)
    if goal is Goal.DATA and vector in _LEADS_TO_A_PAGE:
        return "data phishing"
    return _BY_GOAL[goal]


def _payment(vector: Vector | None, impersonated: Impersonated) -> str:
    if impersonated in _BUSINESS_FACES:
        return "business e-mail compromise"
    if impersonated is Impersonated.NOBODY and vector is Vector.REPLY:
        return "advance-fee fraud"
    return "payment fraud"


_BUSINESS_FACES = (
    Impersonated.VIP,
    Impersonated.EMPLOYEE,
    Impersonated.VENDOR,
    Impersonated.OWN_DOMAIN,
)
_LEADS_TO_A_PAGE = (Vector.LINK, Vector.QR, Vector.FORM)
_BY_GOAL = {
    Goal.CREDENTIALS: "credential phishing",
    Goal.DATA: "data theft",
    Goal.MALWARE: "malware",
    Goal.ACCESS: "account access",
    Goal.RECONNAISSANCE: "reconnaissance",
}
