"""True threads that attacks and their twins take up."""

from collections.abc import Sequence
from typing import Generic, TypeVar

import msgspec

from chaffinch.simulate.attacks.cast import seat, somebody
from chaffinch.simulate.attacks.errand import errand, prelude
from chaffinch.simulate.attacks.words.trade import OPENER
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.organisation import Contact, Customer, Person, Vendor
from chaffinch.simulate.parties import client, partner, supplier
from chaffinch.simulate.stage import Stage

Firm = TypeVar("Firm", Vendor, Customer)


class Thread(msgspec.Struct, Generic[Firm], frozen=True, kw_only=True):
    """A conversation with somebody outside, as far as it has come.

    ``opener`` is the letter that has to be sent first, where nothing was going on.
    """

    firm: Firm
    outside: Party
    last: Letter
    ours: tuple[Contact, ...]
    opener: tuple[Letter, ...] = ()

    @property
    def has_other(self) -> bool:
        """Somebody else at the firm is known."""
        return self.other != self.outside.contact

    @property
    def other(self) -> Contact:
        """Somebody else at the firm; the same person where nobody else is known."""
        own = self.outside.contact
        return next((one for one in self.firm.contacts if one.address != own.address), own)


def vendor_thread(stage: Stage) -> Thread[Vendor]:
    """One of the threads with vendors of this morning or the days before."""
    firms = {vendor.domain: vendor for vendor in stage.company.vendors}
    letters = stage.past.of("vendor-thread", before=stage.moment(12, 12.1))
    found = _taken_up(stage, letters, firms)
    if found:
        firm, contact, letter = found
        party = _supplier(firm, contact)
        return Thread(firm=firm, outside=party, last=letter, ours=_ours(stage, letter))
    vendor = stage.rng.choice(stage.company.vendors)
    party = supplier(vendor, stage.rng.randrange(2))
    return _opened(stage, vendor, party, seat(stage, "Accounts Payable"))


def customer_thread(stage: Stage) -> Thread[Customer]:
    """One of the threads with customers of this morning or the days before."""
    firms = {customer.domain: customer for customer in stage.company.customers}
    letters = stage.past.of("customer-thread", before=stage.moment(12, 12.1))
    found = _taken_up(stage, letters, firms)
    if found:
        firm, contact, letter = found
        return Thread(
            firm=firm, outside=client(firm, contact), last=letter, ours=_ours(stage, letter)
        )
    customer = stage.rng.choice(stage.company.customers)
    party = client(customer, stage.rng.choice(customer.contacts))
    return _opened(stage, customer, party, somebody(stage))


def _opened(stage: Stage, firm: Firm, party: Party, reader: Person) -> Thread[Firm]:
    """A thread begun this morning."""
    letter = errand(stage, OPENER, reader, hours=(7, 9)).by(party)
    return Thread(
        firm=firm,
        outside=party,
        last=letter,
        ours=_ours(stage, letter),
        opener=(prelude(letter),),
    )


def _taken_up(
    stage: Stage, letters: Sequence[Letter], firms: dict[str, Firm]
) -> tuple[Firm, Contact, Letter] | None:
    """One of the letters somebody outside wrote or was written, with that somebody and the firm."""
    if not letters:
        return None
    letter: Letter = stage.rng.choice(letters)
    for contact in (letter.author.contact, *letter.everybody):
        if firm := firms.get(contact.address.partition("@")[2]):
            return firm, contact, letter
    return None


def _supplier(vendor: Vendor, contact: Contact) -> Party:
    if contact in vendor.contacts:
        return supplier(vendor, vendor.contacts.index(contact))
    return partner(contact, vendor.name, host=vendor.host)


def _ours(stage: Stage, letter: Letter) -> tuple[Contact, ...]:
    """Those of us who take part."""
    tail = f"@{stage.company.domain}"
    everybody = (*letter.everybody, letter.author.contact)
    ours = tuple(dict.fromkeys(one for one in everybody if one.address.endswith(tail)))
    return ours or (seat(stage, "Accounts Payable"),)
