"""Links to services that lend their good name to anybody."""

from chaffinch.message.model import Link
from chaffinch.signals.declare import signal

_DYNAMIC = frozenset(
    """
    duckdns.org ddns.net no-ip.org no-ip.com hopto.org zapto.org sytes.net servehttp.com
    serveftp.com myftp.org dynu.net dyndns.org afraid.org mooo.com freeddns.org ddnsfree.com
    giize.com gleeze.com accesscam.org kozow.com loseyourip.com ooguy.com theworkpc.com camdvr.org
    dynv6.net nsupdate.info 3utilities.com bounceme.net gotdns.ch onthewifi.com redirectme.net
    viewdns.net webhop.me ngrok.io ngrok-free.app trycloudflare.com loca.lt serveo.net
    """.split()  # noqa: SIM905 - forty quoted names would hide the list
)
_SEARCHES = frozenset(("google", "bing", "yahoo", "baidu", "yandex", "duckduckgo"))
_CHAT = frozenset(
    ("wa.me", "t.me", "whatsapp.com", "telegram.me", "signal.me", "chat.whatsapp.com")
)


@signal
def opens_a_chat(link: Link) -> bool:
    """A link opens a talk in a messenger.

    >>> from chaffinch.message.url import url
    >>> opens_a_chat(Link(url("https://wa.me/15550100")))
    True
    """
    return not _CHAT.isdisjoint(_names(link))


@signal
def is_of_dynamic_address(link: Link) -> bool:
    """A link leads to a name that follows somebody's own computer or a tunnel to it.

    >>> from chaffinch.message.url import url
    >>> is_of_dynamic_address(Link(url("https://a1.duckdns.org/")))
    True
    """
    return not _DYNAMIC.isdisjoint(_names(link))


@signal
def stands_on_a_search_engines_host(link: Link) -> bool:
    """A link leads to a host of a search engine, whatever it does there.

    >>> from chaffinch.message.url import url
    >>> stands_on_a_search_engines_host(Link(url("https://www.google.com/maps")))
    True
    """
    domain = link.href_url.domain
    return domain is not None and domain.sld in _SEARCHES


def _names(link: Link) -> tuple[str, ...]:
    domain = link.href_url.domain
    if domain is None:
        return ()
    return domain.domain, domain.root_domain or "", domain.domain.partition(".")[2]
