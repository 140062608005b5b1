"""How the addresses of links are built: host, path, query and fragment."""

import re
from functools import lru_cache
from math import log2

from chaffinch.lists.reference import Lists
from chaffinch.message.model import Link, Url
from chaffinch.signals.brands import Brands
from chaffinch.signals.declare import signal
from chaffinch.signals.lookalike import looks_random
from chaffinch.signals.pattern_set import Pattern

_WEB = ("http", "https")
_USUAL_SCHEMES = ("http", "https", "mailto", "tel", "cid")
_SITE_FOLDERS = (
    "/wp-content/",
    "/wp-includes/",
    "/wp-admin/",
    "/.well-known/",
    "/cgi-bin/",
    "/.tmp/",
)
_PAGES = ("html", "htm", "php", "asp", "aspx", "jsp", "shtml", "xhtml", "cgi")
_CODED = Pattern(r"(?:^|[=/&])[A-Za-z0-9+/_-]{40,}={0,2}(?:&|$)")
_ADDRESS = re.compile(r"[\w.+-]{1,64}(?:@|%40)[\w-]{1,63}\.[\w.-]{2,100}")
_ENCODED_HOST = re.compile(r"(?i)^https?://[^/?#]{0,200}%[0-9a-f]{2}")
_CHARACTERS = 2_000


@signal
def path_depth_count(link: Link) -> int:
    """Steps in the path of the deepest web link.

    >>> from chaffinch.message.url import url
    >>> path_depth_count(Link(href_url=url("https://a.example/b/c/")))
    2
    """
    url = link.href_url
    return sum(1 for one in (url.path or "").split("/") if one) if url.scheme in _WEB else 0


@signal
def host_labels_count(link: Link) -> int:
    """Labels of the longest chain of subdomains.

    >>> from chaffinch.message.url import url
    >>> host_labels_count(Link(href_url=url("https://a.b.c.example/")))
    4
    """
    host = _host(link)
    return host.count(".") + 1 if host else 0


@signal
def host_digits_ratio(link: Link) -> float | None:
    """Share of digits in a link's host; the highest.

    Unknown without a host.

    >>> from chaffinch.message.url import url
    >>> host_digits_ratio(Link(href_url=url("https://a123.test/")))
    0.375
    """
    host = _host(link)
    return _digits(host) / (len(host) - host.count(".")) if host else None


@signal
def host_entropy_ratio(link: Link) -> float | None:
    """How evenly the letters of the host's longest label are spread: 1 where none comes twice.

    Unknown without a host.

    >>> from chaffinch.message.url import url
    >>> host_entropy_ratio(Link(href_url=url("https://abcdefgh.test/")))
    1.0
    """
    host = _host(link)
    return _evenness(host) if host else None


@signal
def host_hyphens_count(link: Link) -> int:
    """Hyphens in the host of the link that has most.

    >>> from chaffinch.message.url import url
    >>> host_hyphens_count(Link(href_url=url("https://my-bank-login.test/")))
    2
    """
    return _host(link).count("-")


@signal
def host_looks_random(link: Link) -> bool:
    """A label of a link's host looks drawn by lot.

    >>> from chaffinch.message.url import url
    >>> host_looks_random(Link(href_url=url("https://5du256wvoz.test/")))
    True
    """
    return _holds_random_label(_host(link))


@signal
def host_is_encoded(link: Link) -> bool:
    """A web link's host is written with percent signs, so that filters misread it."""
    written = link.href_url.rewrite.original or link.href_url.url
    return "%" in written[:200] and _ENCODED_HOST.match(written) is not None


@signal
def names_a_brand_behind_the_host(link: Link, brands: Brands) -> bool:
    """A web link's path spells a known brand that does not own the host."""
    url = link.href_url
    if url.scheme not in _WEB or url.domain is None or not url.path or len(url.path) < 4:
        return False
    claimed = _brands_in(brands, url.path[:300].lower())
    return any(not brands.owns(one, url.domain) for one in claimed)


@signal
def query_characters(link: Link) -> int:
    """Length of the longest query.

    >>> from chaffinch.message.url import url
    >>> query_characters(Link(href_url=url("https://a.test/?a=1")))
    3
    """
    return len(link.href_url.query_params or "")


@signal
def fragment_carries_data(link: Link) -> bool:
    """A web link hands data on behind a hash sign, where servers and filters do not see it.

    >>> from chaffinch.message.url import url
    >>> fragment_carries_data(Link(href_url=url("https://a.test/#YW5uQGFjbWUuZXhhbXBsZQ==")))
    True
    >>> fragment_carries_data(Link(href_url=url("https://a.test/guide#installation")))
    False
    """
    fragment = link.href_url.fragment or ""
    if link.href_url.scheme not in _WEB or len(fragment) < 8:
        return False
    return "@" in fragment or "%40" in fragment or (
        len(fragment) > 15 and any(map(str.isdigit, fragment)) and not fragment.islower()
    )  # fmt: skip


@signal
def names_a_mail_address(link: Link) -> bool:
    """A web link carries a mail address in plain letters, whosever it is.

    >>> from chaffinch.message.url import url
    >>> names_a_mail_address(Link(href_url=url("https://a.test/?e=ann%40acme.example")))
    True
    """
    url = link.href_url
    rest = url.url[8:_CHARACTERS]
    if url.scheme not in _WEB or ("@" not in rest and "%40" not in rest):
        return False
    return _ADDRESS.search(rest.partition("/")[2]) is not None


@signal
def carries_a_long_code(link: Link) -> bool:
    """A web link carries forty or more letters of code in its path or query.

    >>> from chaffinch.message.url import url
    >>> carries_a_long_code(Link(href_url=url("https://a.test/?t=" + "a7Xq" * 12)))
    True
    >>> carries_a_long_code(Link(href_url=url("https://a.test/" + "one-page/" * 10 + "x.html")))
    False
    """
    url = link.href_url
    if url.scheme not in _WEB or len(url.url) < 60:
        return False
    rest = f"{url.path or ''}&{url.query_params or ''}"[:_CHARACTERS]
    return _CODED.is_in(rest.encode("utf-8", "replace"))


@signal
def opens_a_program(link: Link, lists: Lists) -> bool | None:
    """A web link's path ends like the name of a program, a disc image or an archive.

    Unknown without lists of such extensions.
    """
    extension = _extension(link.href_url)
    if extension in ("", "com"):
        return False
    kinds = (
        lists.get("file_extensions_executables"),
        lists.get("file_extensions_disk_images"),
        lists.get("file_extensions_common_archives"),
    )
    return None if None in kinds else any(extension in (one or ()) for one in kinds)


@signal
def opens_a_document(link: Link) -> bool:
    """A web link's path ends like the name of a document.

    >>> from chaffinch.message.url import url
    >>> opens_a_document(Link(href_url=url("https://a.test/bill.pdf")))
    True
    """
    return _extension(link.href_url) in ("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "rtf")


@signal
def opens_a_named_page(link: Link) -> bool:
    """A web link's path names a page's file, as hand-made sites and kits do.

    >>> from chaffinch.message.url import url
    >>> opens_a_named_page(Link(href_url=url("https://a.test/login/index.php?x=1")))
    True
    """
    return _extension(link.href_url) in _PAGES


@signal
def leads_into_a_sites_workings(link: Link) -> bool:
    """A web link leads into folders of a site's own program, as pages put on hacked sites do.

    >>> from chaffinch.message.url import url
    >>> leads_into_a_sites_workings(Link(href_url=url("https://a.test/wp-includes/x/")))
    True
    """
    path = link.href_url.path or ""
    return len(path) > 6 and any(one in path for one in _SITE_FOLDERS)


@signal
def is_not_encrypted(link: Link) -> bool:
    """A web link goes by plain http.

    >>> from chaffinch.message.url import url
    >>> is_not_encrypted(Link(href_url=url("http://a.test/")))
    True
    """
    return link.href_url.scheme == "http"


@signal
def scheme_is_unusual(link: Link) -> bool:
    """A link is of a scheme that mail seldom uses (not web, mail, telephone or picture).

    >>> from chaffinch.message.url import url
    >>> scheme_is_unusual(Link(href_url=url("ftp://a.test/")))
    True
    """
    return link.href_url.scheme not in _USUAL_SCHEMES


def _host(link: Link) -> str:
    return link.href_url.domain.domain if link.href_url.domain else ""


def _extension(url: Url) -> str:
    """What stands behind the last dot of a web address's path.

    >>> from chaffinch.message.url import url
    >>> _extension(url("https://a.test/x/Setup.EXE")), _extension(url("https://a.test/v1.2/x"))
    ('exe', '')
    """
    last = (url.path or "").rpartition("/")[2]
    return last.rpartition(".")[2].lower() if "." in last and url.scheme in _WEB else ""


@lru_cache(maxsize=8_192)
def _digits(host: str) -> int:
    return sum(map(str.isdigit, host))


@lru_cache(maxsize=8_192)
def _evenness(host: str) -> float:
    label = max(host.split("."), key=len)
    if len(label) < 2:
        return 1.0
    shares = [label.count(one) / len(label) for one in set(label)]
    return round(-sum(one * log2(one) for one in shares) / log2(len(label)), 4)


@lru_cache(maxsize=8_192)
def _holds_random_label(host: str) -> bool:
    return any(map(looks_random, host.split(".")))


def _brands_in(brands: Brands, path: str) -> tuple[str, ...]:
    return brands.in_text(path.replace("_", " ").replace("=", " ").replace("&", " "))
