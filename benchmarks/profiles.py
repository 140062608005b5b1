"""Reading and learning around one message in a store that knows a million addresses.

Every message goes to three mailboxes and has all that profiles remember: names, links, signatures,
a campaign, an answer with quotes. CPU time of the process from the keys to the rows put down;
``redis_server_ms`` is what the server needed beside. ``redis_trips_2_share`` is the share of
messages that took at most two round trips, and ``disk_mb_per_million`` what a million
addresses take of the disk, each with a name, a correspondent and a message.
"""

import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import lmdb
import psutil

from chaffinch.profiles.campaign import WORDS_COUNT
from chaffinch.profiles.gain import apply
from chaffinch.profiles.keys import digest, reading_keys
from chaffinch.profiles.lesson import by_row, keys_taught
from chaffinch.profiles.observation import Content, Observation, Transport
from chaffinch.profiles.row import Key, Kind, Row, key
from chaffinch.profiles.store import ProfileStore
from chaffinch.stores.lmdb import LmdbProfileStore
from chaffinch.stores.redis import RedisProfileStore
from shared import redis_server
from shared.measuring import options, percentile, report

START = 1_700_000_000_000
DAY_MS = 86_400_000
TENANT = "acme"
MAILBOXES = 2_000
ADDRESSES_OF_A_DOMAIN = 10
WARM_UP = 500
REDIS_SHARE = 10  # the server keeps rows in memory, and finds them as quickly among fewer


def main() -> int:
    """Fill the stores, read and learn, and print the figures."""
    parser = options(__doc__ or "", sample=3_000)
    parser.add_argument("--addresses", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = in_lmdb(Path(folder) / "p", chosen.addresses, chosen.sample, chosen.seed)
    if redis_server.is_installed():
        figures |= in_redis(chosen.addresses // REDIS_SHARE, chosen.sample, chosen.seed)
    report(figures, as_json=chosen.json)
    return 0


def in_lmdb(path: Path, addresses: int, sample: int, seed: int) -> dict[str, object]:
    """Figures of LMDB."""
    store = LmdbProfileStore(path)
    store.merge(TENANT, filling(addresses))
    store.close()
    filled = _bytes_used(path)
    store = LmdbProfileStore(path)
    times = Times(store, addresses, sample, seed)
    store.close()
    grown = _bytes_used(path) - filled
    return {
        "addresses": addresses,
        "messages": sample,
        "keys_per_message": statistics.median(times.keys),
        "lmdb_read_learn_ms": _median_ms(times.both),
        "lmdb_read_ms": _median_ms(times.read),
        "lmdb_learn_ms": _median_ms(times.learn),
        "lmdb_read_learn_p99_ms": round(percentile(times.both, 0.99) * 1000, 4),
        "disk_mb_per_million": round(filled / addresses, 1),
        "disk_reserved_mb": round((path / "data.mdb").stat().st_blocks * 512 / 1e6),
        "disk_kb_per_message": round(grown / 1000 / (sample + WARM_UP), 2),
    }


def in_redis(addresses: int, sample: int, seed: int) -> dict[str, object]:
    """Figures of a Redis server on a socket."""
    with redis_server.running() as server:
        store = RedisProfileStore(server.url)
        store.merge(TENANT, filling(addresses))
        watched = psutil.Process(server.pid)
        before = sum(watched.cpu_times()[:2])
        times = Times(store, addresses, sample, seed)
        spent = sum(watched.cpu_times()[:2]) - before
        store.close()
        return {
            "redis_addresses": addresses,
            "redis_read_learn_ms": _median_ms(times.both),
            "redis_server_ms": round(spent / (sample + WARM_UP) * 1000, 4),
            "redis_round_trips": statistics.median(times.trips),
            "redis_trips_2_share": round(sum(one <= 2 for one in times.trips) / sample, 4),
            "redis_mb": round(watched.memory_info().rss / 1e6, 1),
        }


class Times:
    """CPU seconds, keys and round trips of messages that are read around, then learned."""

    def __init__(self, store: ProfileStore, addresses: int, sample: int, seed: int) -> None:
        self.read: list[float] = []
        self.learn: list[float] = []
        self.keys: list[int] = []
        self.trips: list[int] = []
        chance = random.Random(seed)
        for number in range(1, WARM_UP + sample + 1):
            self._one(store, number, letter(number, addresses, chance))
        for noted in (self.read, self.learn, self.keys, self.trips):
            del noted[:WARM_UP]

    @property
    def both(self) -> list[float]:
        """Reading and learning together."""
        return [read + learn for read, learn in zip(self.read, self.learn, strict=True)]

    def _one(self, store: ProfileStore, number: int, letter: Observation) -> None:
        before = getattr(store, "trips", 0)
        started = process_time()
        keys = reading_keys(letter)
        store.read(TENANT, keys, also=keys_taught(letter))
        read = process_time()
        store.learn([(number, TENANT, letter)], after=number - 1)
        learned = process_time()
        self.read.append(read - started)
        self.learn.append(learned - read)
        self.keys.append(len({*keys, *keys_taught(letter)}))
        self.trips.append(getattr(store, "trips", 0) - before)


def letter(number: int, addresses: int, chance: random.Random) -> Observation:
    """A message of one of the addresses; some write often, most seldom."""
    who = int(addresses * chance.random() ** 3)
    domain = f"d{who // ADDRESSES_OF_A_DOMAIN}.example"
    mailboxes = tuple(f"m{one}@acme.example" for one in chance.sample(range(MAILBOXES), 3))
    return Observation(
        delivery_id=f"n{number}",
        at=START + 40 * DAY_MS + number * 60_000,
        message_id=f"{number}@{domain}",
        answers=(f"a{who}@acme.example",),
        inbound=True,
        sender=f"u{who}@{domain}",
        domain=domain,
        name=f"person {who}",
        recipients=mailboxes,
        recipient_domains=("acme.example",),
        mailboxes=mailboxes,
        authenticated=True,
        hosts=(f"h{who // 50}.example", f"h{number % 300}.example"),
        transport=_transport(who, domain, number),
        content=_content(who, number, chance),
    )


def _transport(who: int, domain: str, number: int) -> Transport:
    return Transport(
        signers=(f"{domain} s1",),
        envelope_domain=domain,
        relay=f"192.0.{who % 200}.0/24",
        outcome="dmarc=pass",
        program=f"mailer {who % 30}",
        field_order=f"{who % 40:08x}",
        week_hour=number % 168,
    )


def _content(who: int, number: int, chance: random.Random) -> Content:
    words = (f"t{chance.getrandbits(32):08x}" for _ in range(WORDS_COUNT))
    return Content(
        shapes=(f"document pdf {number % 5}",) if number % 2 else (),
        language="en",
        campaigns=(*words, f"s{who % 5_000:012x}", f"u{number % 300:012x}"),
        quoted=tuple(digest([f"{who} {one}"]) for one in range(3)),
        instruments=(f"{who:016x}",) if number % 10 == 0 else (),
    )


def filling(addresses: int) -> Iterator[tuple[Key, Row]]:
    """Rows of so many addresses, as a few messages of each would have left them."""
    rows = {made.kind: row for made, row in _left().items()}
    of_addresses = (Kind.ADDRESS, Kind.NAME_ADDRESS, Kind.NAME, Kind.PAIR, Kind.MESSAGE)
    for kind in of_addresses:
        for who in range(addresses):
            yield _named(kind, who), rows[kind]
    for kind in (Kind.DOMAIN, Kind.SIGNER, Kind.ENVELOPE):
        for number in range(addresses // ADDRESSES_OF_A_DOMAIN):
            suffix = " s1" if kind is Kind.SIGNER else ""
            yield key(kind, f"d{number}.example{suffix}"), rows[kind]
    for number in range(addresses // 50):
        yield key(Kind.HOST, f"h{number}.example"), rows[Kind.HOST]
    for number in range(MAILBOXES):
        yield key(Kind.MAILBOX, f"m{number}@acme.example"), rows[Kind.MAILBOX]


def _left() -> dict[Key, Row]:
    """What six messages of one address on the six days before leave behind."""
    chance = random.Random(0)
    letters = [letter(1 + 1_440 * day, 1, chance) for day in range(-6, 0)]
    return {one: apply(None, given) for one, given in by_row(letters).items()}


def _named(kind: Kind, who: int) -> Key:
    sender = f"u{who}@d{who // ADDRESSES_OF_A_DOMAIN}.example"
    texts = {
        Kind.ADDRESS: (sender,),
        Kind.NAME_ADDRESS: (f"person {who}", sender),
        Kind.NAME: (f"person {who}",),
        Kind.PAIR: (sender, f"m{who % MAILBOXES}@acme.example"),
        Kind.MESSAGE: (digest([f"a{who}@acme.example"]),),
    }
    return key(kind, *texts[kind])


def _bytes_used(path: Path) -> int:
    """What of the file's reserved space is in use."""
    with lmdb.open(str(path), readonly=True) as environment:
        pages = int(environment.info()["last_pgno"]) + 1
        return pages * int(environment.stat()["psize"])


def _median_ms(seconds: list[float]) -> float:
    return round(statistics.median(seconds) * 1000, 4)


if __name__ == "__main__":
    sys.exit(main())
