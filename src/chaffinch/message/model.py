"""The values a message is made of, under the public field names of the message data model (MDM).

Everything here is frozen. An absent list is empty, an absent value is None. Host names and
addresses are lower case; texts are as written.
"""

import hashlib
from typing import ClassVar, dataclass_transform

import msgspec

from chaffinch.core.lazy import lazy
from chaffinch.message.content import NOTHING, Content
from chaffinch.message.filetype import file_type_of
from chaffinch.message.query import decoded_parameters
from chaffinch.message.signature import Parted, parted


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A frozen value of the message data model; those built on it are frozen and named, too.

    Every field and property is a public name of the rule language, but for ``hidden_from_rules``.
    """

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset()


class Domain(Value, kw_only=False, gc=False):
    """A host name, split with the public suffix list (ICANN section, as the rule feeds expect)."""

    domain: str
    root_domain: str | None = None
    sld: str | None = None
    tld: str | None = None
    subdomain: str | None = None
    punycode: str | None = None  # the Unicode form, where the host has an xn-- label
    valid: bool = False
    organisational: str | None = None  # ours: public suffix list with private suffixes


class Email(Value, kw_only=False):
    """One e-mail address."""

    email: str
    local_part: str
    domain: Domain


class Mailbox(Value, kw_only=False):
    """A display name and an address; either may be missing."""

    display_name: str | None = None
    email: Email | None = None


class Sender(Mailbox, kw_only=False):
    """The effective author: the From mailbox, mailing-list rewriting undone."""

    decoders: tuple[str, ...] = ()


class Recipient(Mailbox, kw_only=False):
    """One mailbox of To, Cc or Bcc; ``field`` says which."""

    field: str = "to"


class Owner(Mailbox):
    """The owner of a mailbox; first and last name where the display name has both."""

    first_name: str | None = None
    last_name: str | None = None


class Recipients(Value):
    """The mailboxes of To, Cc and Bcc."""

    to: tuple[Recipient, ...] = ()
    cc: tuple[Recipient, ...] = ()
    bcc: tuple[Recipient, ...] = ()

    @property
    def all_(self) -> tuple[Recipient, ...]:
        """To, Cc and Bcc in that order."""
        return self.to + self.cc + self.bcc


class IpTranslation(Value):
    """How an IP address was written other than in its usual text."""

    encoders: tuple[str, ...] = ()  # hex, octal, decimal_integer, dotted, mixed_radix
    v4_to_v6: bool = False  # an IPv4 address inside an IPv6 one


class Ip(Value, kw_only=False):
    """An IP address in canonical text; ``translation`` says how it was disguised in a URL."""

    ip: str
    translation: IpTranslation = IpTranslation()


class Rewrite(Value):
    """What a click rewriter did to a URL: who (``encoders``), and the URL as written."""

    encoders: tuple[str, ...] = ()
    original: str | None = None


class Url(Value, kw_only=False, gc=False):
    """A URL as a browser opens it."""

    url: str
    scheme: str | None = None
    username: str | None = None
    password: str | None = None
    domain: Domain | None = None
    ip: Ip | None = None
    port: int | None = None
    path: str | None = None
    query_params: str | None = None
    fragment: str | None = None
    rewrite: Rewrite = Rewrite()

    @property
    def query_params_decoded(self) -> dict[str, tuple[str, ...]]:
        """The query's parameters by name, values in the order of the URL, all decoded."""
        return decoded_parameters(self.query_params)


class Link(Value, kw_only=False, gc=False):
    """One link of a body: what is shown and what is opened."""

    href_url: Url
    display_text: str | None = None  # the anchor text where it is not itself a URL
    display_url: Url | None = None  # the anchor text where it is a URL
    mismatched: bool | None = None  # root domains differ; None unless both are valid
    parser: str = "hyperlink"  # or "plain"
    visible: bool | None = None
    element: str = "a"  # ours: a, area, form, button, meta, v:… or text


class Subject(Value, kw_only=False):
    """The Subject header, decoded."""

    subject: str = ""
    base: str = ""  # without leading tags and reply/forward marks
    tags: tuple[str, ...] = ()
    is_reply: bool = False
    is_forward: bool = False
    is_auto_reply: bool = False
    urls: tuple[Url, ...] = ()  # written out in it


class Clause(Value, kw_only=False, gc=False):
    """One clause of a Received header, as written."""

    raw: str


class HopField(Value, kw_only=False, gc=False):
    """One header field, unfolded; position 0 is the last line of its hop."""

    name: str
    value: str
    position: int


class Signature(Value, kw_only=False, gc=False):
    """A DKIM (or ARC) signature, or what a verifier said of one."""

    domain: str | None = None
    selector: str | None = None
    headers: str | None = None
    verdict: str | None = None
    algorithm: str | None = None
    instance: int | None = None  # of an ARC signature
    has_length_limit: bool = False  # l= is present


class SpfDetails(Value, kw_only=False, gc=False):
    """The particulars of an SPF result."""

    verdict: str | None = None
    designator: str | None = None
    client_ip: str | None = None


class DmarcDetails(Value, kw_only=False):
    """The particulars of a DMARC result."""

    verdict: str | None = None
    action: str | None = None
    policy: str | None = None
    from_: Domain | None = msgspec.field(default=None, name="from")


class Compauth(Value, kw_only=False, gc=False):
    """Microsoft's composite authentication."""

    verdict: str | None = None
    reason: str | None = None


class AuthenticationResults(Value, kw_only=False):
    """One Authentication-Results header (or kin: ARC-, X-MS-Exchange-…)."""

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(("arc",))

    type: str = "authentication-results"  # the header's name in lower case
    server: str | None = None
    instance: int | None = None
    spf: str | None = None
    spf_details: SpfDetails | None = None
    dkim: str | None = None
    dkim_details: tuple[Signature, ...] = ()
    dmarc: str | None = None
    dmarc_details: DmarcDetails | None = None
    compauth: Compauth | None = None
    arc: str | None = None  # ours: how the ARC chain was judged


class SpfSummary(Value):
    """The SPF result our side stands by."""

    pass_: bool | None = msgspec.field(default=None, name="pass")
    error: bool | None = None
    details: SpfDetails | None = None
    received_hop: int | None = None


class DmarcSummary(Value):
    """The DMARC result our side stands by."""

    pass_: bool | None = msgspec.field(default=None, name="pass")
    error: bool | None = None
    details: DmarcDetails | None = None
    received_hop: int | None = None


class AuthSummary(Value):
    """Message-level authentication, from trusted results only; None where nobody trusted judged."""

    spf: SpfSummary | None = None
    dmarc: DmarcSummary | None = None


class Attachment(Value, dict=True):
    """One file: what it says it is (name, declared type) and what its bytes say (``file_type``).

    The bytes are decoded when ``raw``, a digest or, where it must be counted, ``size`` is read.
    """

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(("content",))

    file_name: str | None = None
    file_extension: str | None = None  # after the last dot of the name, case kept
    content_type: str | None = None
    content_id: str | None = None
    content_disposition: str | None = None
    content_transfer_encoding: str | None = None
    content: Content = NOTHING

    @lazy
    def file_type(self) -> str:
        """What the content is, by the names of the public enumeration; else ``unknown``."""
        return file_type_of(self.content, self.file_name)

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return self.content.decoded_size

    @property
    def raw(self) -> bytes:
        """The bytes of the file."""
        return self.content.payload

    @lazy
    def md5(self) -> str:
        """MD5 of the decoded bytes, as indicator lists write it."""
        return hashlib.md5(self.raw, usedforsecurity=False).hexdigest()

    @lazy
    def sha1(self) -> str:
        """SHA-1 of the decoded bytes, as indicator lists write it."""
        return hashlib.sha1(self.raw, usedforsecurity=False).hexdigest()

    @lazy
    def sha256(self) -> str:
        """SHA-256 of the decoded bytes, lower-case hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()


class BodyPlain(Value):
    """The plain-text body."""

    raw: str
    charset: str | None = None
    links: tuple[Link, ...] = ()


class Banner(Value, kw_only=False):
    """A warning our side's gateway put into the body, and the links in it."""

    text: str
    links: tuple[Link, ...] = ()


class CurrentThread(Value, dict=True):
    """What the author wrote in this message: no quoted history, no gateway banners.

    ``text`` holds signature and disclaimer, as rules expect. Beside it they stand apart, of ours:
    ``own_text`` is the text without both.
    """

    hidden_from_rules: ClassVar[frozenset[str]] = frozenset(("own_text", "signature", "disclaimer"))

    text: str = ""
    preamble: str | None = None
    links: tuple[Link, ...] = ()
    banners: tuple[Banner, ...] = ()

    @property
    def own_text(self) -> str:
        """The author's words without signature and disclaimer."""
        return self._parted.own

    @property
    def signature(self) -> str:
        """How the message is signed: closing formula, name and what stands below; program lines."""
        return self._parted.signature

    @property
    def disclaimer(self) -> str:
        """Notices about secrecy and liability."""
        return self._parted.disclaimer

    @lazy
    def _parted(self) -> Parted:
        return parted(self.text)


class PreviousThread(Value):
    """One quoted or forwarded message."""

    text: str = ""
    preamble: str = ""
    sender: Mailbox | None = None
    recipients: Recipients = Recipients()
    subject: Subject | None = None
    date: str | None = None
    index: int = 0
    links: tuple[Link, ...] = ()
    banners: tuple[Banner, ...] = ()


class MessageType(Value):
    """The direction, seen from the tenant; the directions do not exclude each other."""

    inbound: bool = False
    internal: bool = False
    outbound: bool = False


class Envelope(Value):
    """What the transport said, where the caller knows it."""

    mail_from: str | None = None
    recipients: tuple[str, ...] = ()
    mailbox: str | None = None
    provider_id: str | None = None
    client_ip: str | None = None
    helo: str | None = None
