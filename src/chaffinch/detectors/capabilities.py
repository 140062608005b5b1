"""What a rule may ask beyond the message, answered from evidence, lists, tenant and profiles."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Literal

from chaffinch.core.tenant import Tenant
from chaffinch.core.vocabulary import Verdict
from chaffinch.mql.results import DaysSince, SenderProfile, Vip
from chaffinch.mql.values import Unknown, unknown
from chaffinch.profiles.around import Around
from chaffinch.profiles.history import History
from chaffinch.profiles.known import KNOWN_LISTS, KnownList, is_known
from chaffinch.profiles.row import Strand
from chaffinch.signals.elements import element_signals
from chaffinch.signals.evidence import NO_HISTORY, THIN_HISTORY, Evidence, Measured

NEVER_WRITTEN = unknown("profiles: our own mail was never learned")
Entries = frozenset[str] | tuple[object, ...] | None


class EvidenceCapabilities:
    """Answers for one message: its signals, the lists, the tenant and the profiles around it."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self.signals_read: set[str] = set()

    def reference_list(self, name: str) -> Entries:
        """The entries of ``$name``: the tenant's own lists first, then the installation's."""
        of_tenant = _TENANT_LISTS.get(name)
        if of_tenant is not None:
            return of_tenant(self._evidence.message.tenant)
        return self._evidence.lists.get(name)

    def is_listed(self, name: str, text: str) -> bool | Unknown:
        """Whether history knows an address or domain, as far as it was read for this message."""
        listed, around = KNOWN_LISTS.get(name), self._evidence.around
        if listed is None:
            return unknown(f"${name}")
        if around is None:
            return NO_HISTORY
        known = is_known(around, listed, text)
        if known is None:
            return unknown(f"${name}")
        return known or _absence_proves(around, listed)

    def call(
        self, function: str, arguments: tuple[object, ...], keywords: Mapping[str, object]
    ) -> object:
        """A profile, or Unknown where this installation has nothing that answers."""
        answer = _PROFILES.get(function)
        return unknown(function) if answer is None else answer(self)

    def signal(self, name: str) -> Measured:
        """The value of ``signals.<name>``, and a note that the rule read it."""
        self.signals_read.add(name)
        return self._evidence[name]

    def element_signal(self, element: object, name: str) -> Measured:
        """The value of ``.signals.<name>``; that of the whole message tells why a rule fired."""
        declared = element_signals().get(type(element), {}).get(name)
        if declared is not None:
            self.signals_read.add(declared.name)
        return self._evidence.of_element(element, name)

    def by_sender(self) -> SenderProfile | Unknown:
        """The profile of the address at free providers, else of the domain."""
        if self._evidence["sender.identity.is_free_provider"] is True:
            return self.by_sender_email
        return self.by_sender_domain

    @cached_property
    def by_sender_email(self) -> SenderProfile | Unknown:
        """The profile of the sender's address."""
        return self._profile(lambda around: around.sender.address)

    @cached_property
    def by_sender_domain(self) -> SenderProfile | Unknown:
        """The profile of the sender's organisational domain."""
        return self._profile(lambda around: around.sender.domain)

    @cached_property
    def by_reply_to(self) -> SenderProfile | Unknown:
        """The profile of this display name with this reply-to."""
        return self._profile(lambda around: around.sender.reply_to)

    def _profile(self, choose: Callable[..., History | None]) -> SenderProfile | Unknown:
        around = self._evidence.around
        if around is None:
            return NO_HISTORY
        if not around.tenant.is_mature:
            return THIN_HISTORY
        history = choose(around)
        if history is None:
            return SenderProfile(prevalence="unknown")
        return _answer(history, auth_failed=around.observation.authenticated is False)


def _absence_proves(around: Around, listed: KnownList) -> Literal[False] | Unknown:
    """False where history is long enough to miss what is absent, else what it lacks."""
    if not around.tenant.is_mature:
        return THIN_HISTORY
    if listed.strand is Strand.WRITTEN and not around.tenant.knows_reciprocity:
        return NEVER_WRITTEN
    return False


def _answer(history: History, *, auth_failed: bool) -> SenderProfile:
    solicited = history.solicited
    labels = history.labels
    return SenderProfile(
        any_messages_benign=bool(labels.get(Verdict.BENIGN)),
        any_messages_malicious_or_spam=any(map(labels.get, _BAD)),
        auth_failed=auth_failed,
        prevalence=history.prevalence,
        solicited=NEVER_WRITTEN if solicited is None else solicited,
        days_known=history.days_known,
        days_since=DaysSince(
            first_contact=history.days_since_first_contact,
            last_contact=history.days_since_last_contact,
            last_inbound=history.days_since_last_seen,
            last_outbound=history.days_since_last_written,
        ),
    )


_BAD = (Verdict.MALICIOUS, Verdict.SPAM)
_PROFILES: Mapping[str, Callable[[EvidenceCapabilities], object]] = {
    "profile.by_sender": EvidenceCapabilities.by_sender,
    "profile.by_sender_email": lambda one: one.by_sender_email,
    "profile.by_sender_domain": lambda one: one.by_sender_domain,
    "beta.profile.by_reply_to": lambda one: one.by_reply_to,
}


def _vips(tenant: Tenant) -> Entries:
    if not tenant.people:
        return None
    return tuple(
        Vip(display_name=one.name, email=one.addresses[0] if one.addresses else None)
        for one in tenant.vips
    )


def _display_names(tenant: Tenant) -> Entries:
    return frozenset(one.name for one in tenant.people) if tenant.people else None


def _slds(tenant: Tenant) -> Entries:
    return frozenset(domain.partition(".")[0] for domain in tenant.domain_set)


_TENANT_LISTS: Mapping[str, Callable[[Tenant], Entries]] = {
    "org_domains": lambda tenant: tenant.domain_set,
    "org_slds": _slds,
    "org_vips": _vips,
    "org_display_names": _display_names,
}

ANSWERED = frozenset(_PROFILES)
TENANT_LISTS = frozenset(_TENANT_LISTS)
