"""Which simulated attacks would walk through an allow entry.

A company of the tenant's domain is invented whose one partner is whom the entry is about, and
whose mail is learned. Then every family of attack is tried, from outside as the simulator writes
it and, where behaviour alone tells it, put into that mail by attackers who have seen nothing, a
colleague's mail or the partner's own. An entry is taken at its widest: a network, a file, links or
a campaign are as if the attack had just these, and pins are as if it met them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import chain

import msgspec
from msgspec.structs import replace

from chaffinch.core.tenant import Person, Tenant
from chaffinch.core.vocabulary import FLAGGED
from chaffinch.decision.allow.applying import ruled
from chaffinch.decision.allow.entry import AllowEntry, EntryKind
from chaffinch.decision.ledger import NoLedger
from chaffinch.decision.policy import weigh
from chaffinch.engine.bundle import Bundle
from chaffinch.engine.journey import Case, Mail, judged, parsed
from chaffinch.engine.memory import Memory
from chaffinch.profiles.memory import MemoryProfileStore
from chaffinch.profiles.observe import observe
from chaffinch.simulate import Company, CompanyBrief, Plan, Simulated, cast, stream
from chaffinch.simulate.brief import CustomerBrief, VendorBrief
from chaffinch.simulate.declare import ATTACKS
from chaffinch.simulate.insert.insertion import SPOOFS, InsertPlan, insert, moments_among
from chaffinch.simulate.organisation import Contact

START = datetime(2026, 6, 1, tzinfo=UTC)  # a Monday
DAYS = 5
PEOPLE = 12
INSERTED = 30  # cases for each of what an attacker has seen
SEED = 7
OUTSIDE = "outside"
_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


class Walked(msgspec.Struct, frozen=True, kw_only=True):
    """Attacks of a family that an entry lets through: flagged without it, not flagged with it."""

    family: str
    seen: str  # what the attacker has seen: nothing, a colleague's mail, the sender's own
    tried: int
    walked: int


class Rehearsal(msgspec.Struct, frozen=True, kw_only=True):
    """How many attacks were tried, how many the entry applied to, and which it let through."""

    tried: int
    applied: int
    walked: tuple[Walked, ...] = ()

    @property
    def walked_count(self) -> int:
        """How many were let through."""
        return sum(one.walked for one in self.walked)


def rehearsed(entry: AllowEntry, tenant: Tenant, bundle: Bundle) -> Rehearsal:
    """Every attack against the entry, and nothing else that is allowed."""
    bundle = replace(bundle, allow={})
    company = company_around(entry, tenant)
    ours = tenant_of(company, tenant)
    widest = at_its_widest(entry)
    tried: Counter[tuple[str, str]] = Counter()
    walked: Counter[tuple[str, str]] = Counter()
    applied = 0
    for one, case in attacks_on(company, ours, bundle):
        name = one.truth.family, one.truth.spoof or OUTSIDE
        tried[name] += 1
        found = ruled([widest], case.evidence.message, case.observation, case.judgement.findings)
        if not found[0].applies:
            continue
        applied += 1
        without = weigh(case.judgement, case.evidence, bundle.policy).verdict
        within = weigh(case.judgement, case.evidence, bundle.policy, found).verdict
        walked[name] += without in FLAGGED and within not in FLAGGED
    return Rehearsal(
        tried=tried.total(),
        applied=applied,
        walked=tuple(
            Walked(family=name[0], seen=name[1], tried=tried[name], walked=count)
            for name, count in sorted(walked.items())
            if count
        ),
    )


def attacks_on(
    company: Company, tenant: Tenant, bundle: Bundle, seed: int = SEED
) -> Iterator[tuple[Simulated, Case]]:
    """Attacks of every family, and of all that attackers may have seen, judged.

    What else came in the same week was learned before.
    """
    memory, attacks = _week(company, tenant, bundle, seed)
    for one in attacks:
        yield one, judged(mail_of(one, tenant), bundle, memory)


def _week(
    company: Company, tenant: Tenant, bundle: Bundle, seed: int
) -> tuple[Memory, Iterable[Simulated]]:
    """What is known after a week, and the attacks of its last day and those put into it."""
    plan = Plan(
        start=START, days=DAYS, seed=seed, cases=2 * len(ATTACKS), hot_days=1, partition="train"
    )
    mail = list(stream(company, plan))
    everyday = [mail_of(one, tenant) for one in mail if not one.truth.case]
    history = [parsed(one, bundle) for one in everyday]
    profiles = MemoryProfileStore()
    profiles.learn([(n, tenant.name, observe(one)) for n, one in enumerate(history, 1)])
    moments = moments_among([one.received_at for one in history], INSERTED)
    inserted = (
        insert(
            history, tenant, InsertPlan(moments=moments, seed=seed, spoof=one, partition="train")
        )
        for one in SPOOFS
    )
    return Memory(NoLedger(), profiles), filter(_does_harm, chain(mail, *inserted))


def company_around(entry: AllowEntry, tenant: Tenant) -> Company:
    """A company of the tenant's domain that trades with whom the entry is about."""
    who = entry.sender or entry.value
    home = who.rpartition("@")[2]
    stem = home.partition(".")[0].title()
    ours = tenant.domains[0].lower() if tenant.domains else "company.example"
    brief = CompanyBrief(
        name=tenant.name,
        domain=ours,
        boundary=tenant.boundary[0].lower() if tenant.boundary else f"mx1.{ours}",
        size=PEOPLE,
        vendor=(VendorBrief(name=stem, domain=home),),
        customer=(CustomerBrief(name=stem, domain=home),),
    )
    company = cast(brief, SEED)
    contacts = (Contact(name=f"Kim {stem}", address=who),) if "@" in who else ()
    vendor = next(one for one in company.vendors if one.domain == home)
    customer = next(one for one in company.customers if one.domain == home)
    return replace(
        company,
        vendors=(replace(vendor, contacts=contacts or vendor.contacts),),
        customers=(replace(customer, contacts=contacts or customer.contacts),),
    )


def tenant_of(company: Company, tenant: Tenant) -> Tenant:
    """The invented company as its tenant file would tell it, with what the tenant decided."""
    return Tenant(
        name=company.name,
        domains=(company.domain,),
        boundary=(company.boundary,),
        people=tuple(
            Person(name=one.name, addresses=(one.address,), title=one.title, vip=one.vip)
            for one in company.people
        ),
        thresholds=tenant.thresholds,
        rules=tenant.rules,
    )


def at_its_widest(entry: AllowEntry) -> AllowEntry:
    """The entry in force always, with nothing asked but who wrote and that this is proven."""
    who = entry.sender or entry.value
    kind = EntryKind.ADDRESS if "@" in who else EntryKind.DOMAIN
    is_rule = entry.kind is EntryKind.RULE
    return replace(
        entry,
        kind=EntryKind.RULE if is_rule else kind,
        value=entry.value if is_rule else who,
        causes=() if is_rule else entry.silences,
        signed_by="",
        through="",
        mailboxes=(),
        created=_ALWAYS,
        expires=None,
    )


def _does_harm(one: Simulated) -> bool:
    return one.truth.label == "attack" and one.truth.role == "main"


def mail_of(one: Simulated, tenant: Tenant) -> Mail:
    """A simulated message as the engine takes it."""
    return Mail(raw=one.raw, received_at=one.received_at, recipients=one.recipients, tenant=tenant)
