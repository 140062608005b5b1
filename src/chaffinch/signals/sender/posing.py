"""Whose office a foreign sender poses as, by display name or signature: ours, or a desk of ours."""

from chaffinch.core.tenant import Tenant
from chaffinch.message.model import Sender
from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal
from chaffinch.signals.pattern_set import Pattern
from chaffinch.signals.per_tenant import per_tenant
from chaffinch.signals.wording import seen

_SHORTEST_NAME = 5
_SIGNATURE_CHARACTERS = 300
_LINE_CHARACTERS = 60
_DESK = Pattern(
    r"\b(?:it|ict|edv|mail|e-?mail|mailbox|system|network|security|server|webmail)[ -]?"
    r"(?:services?|support|help ?desk|desk|team|department|dept|admin\w*|abteilung)\b"
    r"|\b(?:help|service) ?desk\b|\bpostmaster\b"
    r"|\b(?:hr|human resources|payroll|personnel|personal)[ -]?"
    r"(?:services?|team|department|dept|desk|office|abteilung)\b|\bhuman resources\b"
)


@signal
def names_our_organisation_from_outside(sender: Sender, tenant: Tenant) -> bool | None:
    """The display name holds our organisation's name or domain, the address is foreign to us.

    Unknown where our domains are.

    >>> from chaffinch.message.address import email
    >>> acme = Tenant(name="Acme Tools", domains=("acmetools.example",))
    >>> names_our_organisation_from_outside(Sender("Acme Tools IT", email("a@rented.test")), acme)
    True
    >>> names_our_organisation_from_outside(Sender("Toolbox", email("a@rented.test")), acme)
    False
    """
    if not tenant.domains:
        return None
    if sender.email is None or tenant.owns(sender.email.domain.domain):
        return False
    shown = seen(sender.display_name or "")
    return any(name in shown for name in _names_of(tenant))


@signal
def names_a_desk_from_outside(sender: Sender, tenant: Tenant) -> bool | None:
    """The display name is that of an IT, mail or personnel desk, the address is foreign to us.

    Unknown where our domains are.

    >>> from chaffinch.message.address import email
    >>> acme = Tenant(domains=("acme.example",))
    >>> names_a_desk_from_outside(Sender("IT Helpdesk", email("a@rented.test")), acme)
    True
    >>> names_a_desk_from_outside(Sender("IT Helpdesk", email("it@acme.example")), acme)
    False
    """
    if not tenant.domains:
        return None
    if sender.email is None or tenant.owns(sender.email.domain.domain):
        return False
    return _DESK.is_in(seen(sender.display_name or "").encode("utf-8", "replace"))


@signal
def signs_as_one_of_ours(sender: Sender, text: AuthorText, tenant: Tenant) -> bool | None:
    """One of the last lines begins with our organisation's name or a title of ours, from outside.

    Unknown where our domains are.

    >>> from chaffinch.message.address import email
    >>> acme = Tenant(name="Acme Tools", domains=("acme.example",))
    >>> outside = Sender("Ada", email("ada@rented.test"))
    >>> signs_as_one_of_ours(outside, AuthorText("Hi", "Come.\\n\\nAda\\nAcme Tools"), acme)
    True
    >>> signs_as_one_of_ours(outside, AuthorText("Hi", "Come.\\n\\nAda"), acme)
    False
    """
    if not tenant.domains:
        return None
    if sender.email is None or tenant.owns(sender.email.domain.domain):
        return False
    offices = _signed_by_us(tenant)
    lines = text.own[-_SIGNATURE_CHARACTERS:].lower().split("\n")[1:]
    return any(len(line) <= _LINE_CHARACTERS and line.strip().startswith(offices) for line in lines)


@per_tenant
def _signed_by_us(tenant: Tenant) -> tuple[str, ...]:
    titles = {seen(one.title) for one in tenant.people}
    return (*_names_of(tenant), *(one for one in titles if len(one) >= _SHORTEST_NAME))


@per_tenant
def _names_of(tenant: Tenant) -> list[str]:
    stems = (one.partition(".")[0] for one in tenant.domain_set)
    names = (seen(tenant.name), *(one.replace("-", " ") for one in stems), *tenant.domain_set)
    return [one for one in names if len(one) >= _SHORTEST_NAME and one != "default"]
