"""Where our side begins in a header block: only what stands above that line is believed."""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from chaffinch.core.tenant import Tenant
from chaffinch.message.domain import data_lines, organisation
from chaffinch.message.model import Received, Value
from chaffinch.message.received import host_of, hosts_in, ips_in, is_public_ip


class Line(Value):
    """A Received field: where it stands among the fields (0 is the top), and what it says."""

    position: int
    received: Received


class Boundary(Value):
    """The line by which our side took the message from outside, where there is one."""

    line: Line | None = None
    assumption: str | None = None


class Family(Value):
    """One mail receiver that runs under several domains."""

    name: str
    edges: tuple[str, ...] = ()


def boundary(lines: Iterable[Line], tenant: Tenant | None) -> Boundary:
    """The boundary of the tenant, else of the receiver that wrote the topmost Received lines."""
    if tenant is not None and tenant.boundary:
        return _told_boundary(lines, tenant)
    return _assumed_boundary(lines)


def _told_boundary(lines: Iterable[Line], tenant: Tenant) -> Boundary:
    """The tenant's line, as long as every line above it got the message from our side.

    Where a stranger handed it over further up, the mail came around our boundary, and a line
    below that names the boundary is the stranger's own writing.
    """
    found = None
    for line in lines:
        if _is_below(host_of(line.received.server), tenant.boundary):
            found = line
            if not _came_from_ourselves(line.received, tenant):
                break
        elif found is not None or not (
            _is_inner(line) or _came_from_ourselves(line.received, tenant)
        ):
            break
    if found is not None:
        return Boundary(line=found)
    names = ", ".join(tenant.boundary)
    return Boundary(assumption=f"no Received line by our boundary ({names}): no result is trusted")


def _came_from_ourselves(received: Received, tenant: Tenant) -> bool:
    """Whether our own side is named as the one before; networks in the boundary must agree."""
    source = received.source.raw[:1000] if received.source else ""
    outside = [ip for ip in ips_in(source) if is_public_ip(ip)]
    networks = _networks(tenant.boundary)
    if outside and networks:
        return all(any(ip_address(ip) in network for network in networks) for ip in outside)
    ours = (*tenant.boundary, *tenant.domains)
    return _is_handed_on(received, lambda host: _is_below(host, ours), vouched=True)


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


def _assumed_boundary(lines: Iterable[Line]) -> Boundary:
    found, home = None, None
    for line in lines:
        host = host_of(line.received.server)
        receiver = receiver_name(host)
        if home is not None and receiver != home:
            break
        found, home = line, receiver
        if not _is_inner(line):
            break
    if found is None:
        return Boundary()
    server = found.received.server
    name = host_of(server) or (server.raw.split(None, 1)[0][:80] if server else "unnamed")
    return Boundary(
        line=found, assumption=f"no boundary given: Received by {name} assumed to be our own"
    )


def _is_inner(line: Line) -> bool:
    """Whether a receiver got the message from another server of its own."""
    host = host_of(line.received.server)
    family = _family(host)
    is_vouched = family is not None and bool(family.edges)
    is_home = partial(_is_run_by, receiver_name(host))
    return not _is_edge(host, family) and _is_handed_on(line.received, is_home, vouched=is_vouched)


def receiver_name(host: str | None) -> str | None:
    """Who runs a receiving host: a known receiver with several domains, else the organisation.

    >>> receiver_name("am0pr04.eurprd04.prod.outlook.com") == receiver_name("x.office365.com")
    True
    >>> receiver_name("mx.acme.example"), receiver_name(None)
    ('acme.example', None)
    """
    family = _family(host)
    return family.name if family else organisation(host)


def _is_run_by(receiver: str | None, host: str) -> bool:
    return receiver is not None and receiver_name(host) == receiver


def _is_handed_on(received: Received, is_ours: Callable[[str], bool], *, vouched: bool) -> bool:
    """Whether the server got the message from its own side.

    A greeting name is the client's claim. It counts where the address is private, where the name
    looked up for the address agrees, or, where none was looked up, if it is ``vouched`` for: the
    receiver's edge hosts are known, or the tenant lists the host before it.
    """
    if received.source is None:
        return True
    claimed = host_of(received.source)
    is_public = any(is_public_ip(ip) for ip in ips_in(received.source.raw[:1000]))
    if not is_public:
        return claimed is None or is_ours(claimed) or _has_private_ip(received)
    doubts = ("may be forged", "(unknown")
    if claimed is None or not is_ours(claimed) or any(d in received.source.raw for d in doubts):
        return False
    looked_up = hosts_in(received.source)[1:2]
    return is_ours(looked_up[0]) if looked_up else vouched


def _has_private_ip(received: Received) -> bool:
    return received.source is not None and bool(ips_in(received.source.raw[:1000]))


def _is_below(host: str | None, names: tuple[str, ...]) -> bool:
    """Whether the host is one of the names or lies below one."""
    if host is None:
        return False
    lowered = (name.lower().strip(".") for name in names)
    return any(host == name or host.endswith("." + name) for name in lowered)


def _is_edge(host: str | None, family: Family | None) -> bool:
    return family is not None and _is_below(host, family.edges)


@lru_cache(maxsize=4096)
def _family(host: str | None) -> Family | None:
    name = host
    while name:
        if name in _families():
            return _families()[name]
        name = name.partition(".")[2]
    return None


@lru_cache(maxsize=1)
def _families() -> dict[str, Family]:
    families = {}
    for row in data_lines("receiver_families.txt"):
        name, domains, edges = (column.split() for column in row.split("|"))
        families.update({host: Family(name=name[0], edges=tuple(edges)) for host in domains})
    return families
