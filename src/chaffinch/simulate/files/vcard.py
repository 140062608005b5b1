"""Visiting cards (vCard)."""

from chaffinch.simulate.files.calendar import Named, escaped, folded


def vcard(
    who: Named, *, company: str = "", title: str = "", telephone: str = "", url: str = ""
) -> str:
    """The card of a mailbox's owner; facts that are not known are left out.

    >>> from types import SimpleNamespace
    >>> ada = SimpleNamespace(name="Ada Moor", address="ada@acme.example")
    >>> print(vcard(ada).split("\\r\\n")[2])
    N:Moor;Ada;;;
    """
    given, _, family = who.name.rpartition(" ")
    facts = {
        "ORG": escaped(company),
        "TITLE": escaped(title),
        "EMAIL;TYPE=INTERNET": who.address,
        "TEL;TYPE=WORK,VOICE": telephone,
        "URL": url,
    }
    lines = (
        "BEGIN:VCARD",
        "VERSION:3.0",
        f"N:{escaped(family)};{escaped(given)};;;",
        f"FN:{escaped(who.name)}",
        *(f"{name}:{value}" for name, value in facts.items() if value),
        "END:VCARD",
    )
    return "\r\n".join(map(folded, lines)) + "\r\n"
