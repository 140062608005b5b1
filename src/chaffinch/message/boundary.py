"""Where our side begins in a header block: only what stands above that line is believed."""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from chaffinch.core.tenant import Tenant
from chaffinch.message.domain import organisation
from chaffinch.message.hop import Hop
from chaffinch.message.model import Value
from chaffinch.message.received import Received, is_public_ip
from chaffinch.message.word_lists import data_lines


class Boundary(Value):
    """The hop by which our side took the message from outside, where there is one."""

    hop: Hop | None = None
    assumption: str | None = None

    @property
    def received(self) -> Received | None:
        """The Received line of that hop."""
        return self.hop.received if self.hop else None


class Family(Value):
    """One mail receiver that runs under several domains."""

    name: str
    edges: tuple[str, ...] = ()


def boundary(hops: tuple[Hop, ...], tenant: Tenant | None) -> Boundary:
    """The boundary of the tenant, else of the receiver that wrote the topmost Received lines."""
    lines = ((hop, hop.received) for hop in reversed(hops) if hop.received is not None)
    if tenant is not None and tenant.boundary:
        return _told_boundary(lines, tenant)
    return _assumed_boundary(lines)


def _told_boundary(lines: Iterable[tuple[Hop, Received]], tenant: Tenant) -> Boundary:
    """The tenant's line, as long as every line above it got the message from our side.

    Where a stranger handed it over further up, the mail came around our boundary, and a line
    below that names the boundary is the stranger's own writing.
    """
    found = None
    for hop, line in lines:
        if _is_below(line.server_names.first, tenant.boundary):
            found = hop
            if not _came_from_ourselves(line, tenant):
                break
        elif found is not None or not (
            _is_inner(line, *_receiver(line.server_names.first))
            or _came_from_ourselves(line, tenant)
        ):
            break
    if found is not None:
        return Boundary(hop=found)
    names = ", ".join(tenant.boundary)
    return Boundary(assumption=f"no Received line by our boundary ({names}): no result is trusted")


def _came_from_ourselves(line: Received, tenant: Tenant) -> bool:
    """Whether our own side is named as the one before; networks in the boundary must agree."""
    outside = [ip for ip in line.source_names.ips if is_public_ip(ip)]
    networks = _networks(tenant.boundary)
    if outside and networks:
        return all(any(ip_address(ip) in network for network in networks) for ip in outside)
    ours = (*tenant.boundary, *tenant.domains)
    return _is_handed_on(line, lambda host: _is_below(host, ours), vouched=True)


@lru_cache(maxsize=256)
def _networks(names: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    """The entries of a boundary that are addresses or networks instead of hosts."""
    found = []
    for name in names:
        try:
            found.append(ip_network(name, strict=False))
        except ValueError:
            continue
    return tuple(found)


def _assumed_boundary(lines: Iterable[tuple[Hop, Received]]) -> Boundary:
    found: tuple[Hop, Received] | None = None
    home = None
    for hop, line in lines:
        family, receiver = _receiver(line.server_names.first)
        if home is not None and receiver != home:
            break
        found, home = (hop, line), receiver
        if not _is_inner(line, family, receiver):
            break
    if found is None:
        return Boundary()
    server = found[1].server
    name = found[1].server_names.first or (
        server.raw.split(None, 1)[0][:80] if server else "unnamed"
    )
    return Boundary(
        hop=found[0], assumption=f"no boundary given: Received by {name} assumed to be our own"
    )


def _is_inner(line: Received, family: Family | None, receiver: str | None) -> bool:
    """Whether a receiver, of a known family or not, got the message from a server of its own."""
    if family is not None and _is_below(line.server_names.first, family.edges):
        return False
    is_vouched = family is not None and bool(family.edges)
    return _is_handed_on(line, partial(_is_run_by, receiver), vouched=is_vouched)


def receiver_name(host: str | None) -> str | None:
    """Who runs a receiving host: a known receiver with several domains, else the organisation.

    >>> receiver_name("am0pr04.eurprd04.prod.outlook.com") == receiver_name("x.office365.com")
    True
    >>> receiver_name("mx.acme.example"), receiver_name(None)
    ('acme.example', None)
    """
    return _receiver(host)[1]


def is_behind_edges(host: str | None) -> bool:
    """Whether a host is of a receiver whose edge hosts are known, and none of them.

    What such a host got from another of its receiver never came from outside.

    >>> is_behind_edges("am0pr04.eurprd04.prod.outlook.com"), is_behind_edges("mx.google.com")
    (True, False)
    >>> is_behind_edges("mx.acme.example")
    False
    """
    family = _receiver(host)[0]
    return family is not None and bool(family.edges) and not _is_below(host, family.edges)


def _receiver(host: str | None) -> tuple[Family | None, str | None]:
    """The family a host is of, by the last two labels of its name, and who runs it."""
    family = _families().get(".".join(host.rsplit(".", 2)[-2:])) if host else None
    return family, family.name if family else organisation(host)


def _is_run_by(receiver: str | None, host: str) -> bool:
    return receiver is not None and _receiver(host)[1] == receiver


def _is_handed_on(line: Received, is_ours: Callable[[str], bool], *, vouched: bool) -> bool:
    """Whether the server got the message from its own side.

    A greeting name is the client's claim. It counts where the address is private, where the name
    looked up for the address agrees, or, where none was looked up, if it is ``vouched`` for: the
    receiver's edge hosts are known, or the tenant lists the host before it.
    """
    if line.source is None:
        return True
    names = line.source_names
    claimed, ips = names.first, names.ips
    if not any(map(is_public_ip, ips)):
        return claimed is None or is_ours(claimed) or bool(ips)
    if claimed is None or not is_ours(claimed) or _is_doubted(line.source.raw):
        return False
    return is_ours(names.hosts[1]) if len(names.hosts) > 1 else vouched


def _is_doubted(clause: str) -> bool:
    """Whether the server doubts the name it was greeted with."""
    return "may be forged" in clause or "(unknown" in clause


def _is_below(host: str | None, names: tuple[str, ...]) -> bool:
    """Whether the host is one of the names or lies below one."""
    return host is not None and f".{host}".endswith(_endings(names))


@lru_cache(maxsize=256)
def _endings(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f".{name.lower().strip('.')}" for name in names)


@lru_cache(maxsize=1)
def _families() -> dict[str, Family]:
    families = {}
    for row in data_lines("receiver_families.txt"):
        name, domains, edges = (column.split() for column in row.split("|"))
        families.update({host: Family(name=name[0], edges=tuple(edges)) for host in domains})
    return families
