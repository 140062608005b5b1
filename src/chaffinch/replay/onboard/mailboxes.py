"""Mailboxes several people share: the address is of a task, or several names sign there."""

from collections import defaultdict

from chaffinch.replay.onboard.claims import Claim, Topic
from chaffinch.replay.onboard.evidence import Point, Tally, claim, lower_bound, plural, ranked
from chaffinch.replay.onboard.letters import Letters
from chaffinch.replay.onboard.staff import name_in, name_key, role_of

FEWEST_SIGNERS = 3
FEWEST_SIGNED = 2  # messages with one name
SIGNERS_COUNT = 8


class _Mailbox:
    """What was written from one address of ours, and what colleagues wrote to it."""

    def __init__(self) -> None:
        self.wrote = Tally()
        self.read = Tally()
        self.is_personal = False
        self.signed: dict[str, Tally] = defaultdict(Tally)


def shared_mailboxes(letters: Letters) -> list[Claim]:
    """The addresses of ours that are more than one person's."""
    found: dict[str, _Mailbox] = defaultdict(_Mailbox)
    for letter in letters:
        if not letter.is_ours:
            continue
        one = found[letter.author.address]
        one.wrote.add(letter.facts)
        spelled = name_in(letter.author.address)
        one.is_personal |= bool(spelled) and spelled == name_key(letter.author.name)
        key = name_key(letter.facts.signer)
        if key and letter.is_personal:
            one.signed[key].add(letter.facts)
        for box in letter.facts.recipients:
            if letters.ground.owns(box.address) and role_of(box.address):
                found[box.address].read.add(letter.facts)
    return ranked(c for address, one in found.items() if (c := _claim(address, one)) is not None)


def _claim(address: str, one: _Mailbox) -> Claim | None:
    signers = {name: t for name, t in one.signed.items() if t.count >= FEWEST_SIGNED}
    by_signers = 0.0
    if len(signers) >= FEWEST_SIGNERS and not one.is_personal:
        most = max(tally.count for tally in signers.values())
        total = sum(tally.count for tally in signers.values())
        by_signers = lower_bound(total - most, total)
    role = role_of(address)
    tally = one.wrote if one.wrote.count else one.read
    by_role = 0.5 + 0.5 * lower_bound(tally.count, tally.count) if role else 0.0
    if not by_signers and not by_role:
        return None
    reasons = [
        *([f"{plural(len(signers), 'name')} sign"] if by_signers else []),
        *(["the address is of a task"] if role else []),
        f"{plural(one.wrote.count, 'message')} came from it",
    ]
    why = "; ".join(reasons)
    point = Point(
        topic=Topic.SHARED_MAILBOX, subject=address, sureness=max(by_signers, by_role),
        why=f"{why[:1].upper()}{why[1:]}.",
        details={"signers": tuple(sorted(signers))[:SIGNERS_COUNT]},
    )  # fmt: skip
    return claim(point, tally)
