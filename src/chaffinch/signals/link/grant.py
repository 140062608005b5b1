"""Links that give rights away at the true sign-in page."""

from urllib.parse import unquote_plus

from chaffinch.message.model import Link, Url
from chaffinch.signals.declare import signal

_RIGHTS = (
    "mail",
    "files",
    "offline_access",
    "contacts",
    "calendars",
    "drive",
    "sites.read",
    "imap",
)
_DEVICE_PAGES = (
    "/device", "/devicelogin", "/deviceauth", "/device-login", "/login/device", "/oauth2/device",
    "/activate/device", "/common/oauth2/deviceauth",
)  # fmt: skip
_QUERY_CHARACTERS = 8_000


@signal
def asks_for_mailbox_rights(link: Link) -> bool:
    """A link asks at a sign-in page for a program's right to read mail, files or contacts."""
    return rights_wanted(link.href_url)


@signal
def opens_device_sign_in(link: Link) -> bool:
    """A link opens the page where a code signs another device in."""
    return (link.href_url.path or "").rstrip("/").lower().endswith(_DEVICE_PAGES)


def rights_wanted(url: Url) -> bool:
    """Whether a URL is an OAuth request whose scope reaches mail, files or contacts.

    >>> from chaffinch.message.url import url
    >>> rights_wanted(url("https://id.example/authorize?client_id=a&scope=openid%20mail.read"))
    True
    >>> rights_wanted(url("https://id.example/authorize?client_id=a&scope=openid%20profile"))
    False
    """
    query = (url.query_params or "")[:_QUERY_CHARACTERS].lower()
    if "client_id=" not in query or "scope=" not in query:
        return False
    scopes = unquote_plus(query.partition("scope=")[2].partition("&")[0])
    return any(right in scopes for right in _RIGHTS)
