"""How links are written and what they carry."""

from chaffinch.lists.reference import Lists
from chaffinch.message.address import email as address_of
from chaffinch.message.body import Body
from chaffinch.message.model import Link, Sender
from chaffinch.signals.addressed import Addressed, spells_address
from chaffinch.signals.declare import signal

_REDIRECTS = {
    "google": ("/url", "/amp", "/local_url", "/travel/clk", "/aclk", "/pagead", "/searchviewer"),
    "bing": ("/ck", "/aclick", "/alink"),
    "baidu": ("/link",),
    "yandex": ("/redir", "/clck"),
}


@signal
def links_count(body: Body) -> int:
    """How many links the body holds."""
    return len(body.links)


@signal
def root_domains_count(body: Body) -> int:
    """How many organisations the links lead to."""
    roots = {one.href_url.domain.root_domain for one in body.links if one.href_url.domain}
    return len(roots - {None})


@signal
def text_names_another_host(link: Link) -> bool:
    """The visible text is a web address, and not of the organisation the link opens."""
    return bool(link.mismatched)


@signal
def hides_behind_user_part(link: Link) -> bool:
    """A web link puts a host-like name before an @, so that the real host is overlooked."""
    url = link.href_url
    return bool(url.scheme in ("http", "https") and url.username and "." in url.username)


@signal
def writes_to_another_address(link: Link, sender: Sender, lists: Lists) -> bool | None:
    """A mail link writes to an address at a free provider that is not the sender's own.

    Unknown without a list of free mailbox providers.
    """
    if link.href_url.scheme != "mailto":
        return False
    free = lists.get("free_email_providers")
    if free is None:
        return None
    target = address_of((link.href_url.path or "").partition("?")[0])
    if target is None or (sender.email is not None and target.email == sender.email.email):
        return False
    return target.domain.root_domain in free


@signal
def has_unusual_port(link: Link) -> bool:
    """A web link names a port that browsers do not use by themselves."""
    url = link.href_url
    return url.scheme in ("http", "https") and url.port not in (None, 80, 443)


@signal
def runs_script_or_data(link: Link) -> bool:
    """A link runs a script or opens data it carries itself."""
    return link.href_url.scheme in ("javascript", "data", "vbscript")


@signal
def is_rewritten(link: Link) -> bool:
    """A link was wrapped by a click rewriter or an open redirect."""
    return bool(link.href_url.rewrite.encoders)


@signal
def passes_a_search_engine(link: Link) -> bool:
    """A link leads through a search engine's redirect, which anybody can aim anywhere."""
    url = link.href_url
    name = url.domain.sld if url.domain else None
    path = (url.path or "").lower()
    return path.startswith(_REDIRECTS.get(name or "", ("\0",)))


@signal
def url_characters(link: Link) -> int:
    """Length of the longest link target."""
    return len(link.href_url.url)


@signal
def carries_recipient_address(link: Link, addressed: Addressed) -> bool:
    """A web link carries a recipient's address in its path, query or fragment, plain or encoded."""
    if link.href_url.scheme not in ("http", "https"):
        return False
    url = link.href_url.url
    return any(spells_address(url, one) for one in addressed.addresses)
