"""Address headers read as people write them: groups, comments, missing brackets, encoded names."""

import re

from chaffinch.message.domain import ascii_host, domain
from chaffinch.message.model import Email, Mailbox
from chaffinch.message.words import decode_words

LONGEST_ADDRESS = 998
LONGEST_NAME = 4_096
_PREFIX_PIECES = 3  # white space, a word, white space

# One token: an encoded word, a quoted string, an address in angle brackets, a mark, or plain text.
_TOKEN = re.compile(
    r"(?P<word>=\?[^\s?]{1,64}\?[bBqQ]\?[^\s?]*+\?=)"
    r'|"(?P<quoted>(?>(?:[^"\\]|\\.)*))(?:"|\\?\Z)'
    r"|<(?P<angle>[^<>]*+)>?"
    r"|(?P<mark>[,;:()\[\]])"
    r'|(?P<text>[^\s"<,;:()\[\]=]++|=)'
    r"|(?P<space>\s++)",
    re.DOTALL,
)
# The usual shapes: an address alone, or one in angle brackets behind a name.
_USUAL = re.compile(
    r"[ \t]*+(?:(?:\"([^\"\\]*+)\"|([^\"<>,;:()\[\]\\]*+))[ \t]*+<)?[ \t]*+"
    r"([A-Za-z0-9!#$%&*+/=?^_`{|}~.@-]+)@([A-Za-z0-9._-]++)[ \t]*+(>?)[ \t]*+"
)
_NAME_ALONE = re.compile(r"[^\"<>@,;:()\[\]\\]*+")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_WHITE = re.compile(r"\s++")


def email(text: str) -> Email | None:
    """The address, lower case, or None where the text is none.

    >>> email("<Jane.Doe@Mail.Acme.Example>").email
    'jane.doe@mail.acme.example'
    >>> email("a@b@acme.example").local_part, email("nobody"), email("@acme.example")
    ('a@b', None, None)
    """
    bare = _WHITE.sub("", text[: LONGEST_ADDRESS + 64]).strip("<>\"',;").lower()
    bare = bare.removeprefix("[").removeprefix("mailto:").removeprefix("smtp:")
    local, at, host = bare.rpartition("@")
    local = local.strip('"')
    if not at or not local or len(bare) > LONGEST_ADDRESS:
        return None
    name = ascii_host(host.strip("[]").removeprefix("ipv6:"))
    if not name:
        return None
    return Email(f"{local}@{name}", local, domain(name))


def mailboxes(value: str, limit: int) -> tuple[Mailbox, ...]:
    """The mailboxes of an address header, group members included, at most ``limit``.

    >>> found = mailboxes('"Doe, Jane" <jane@acme.example>, bob@acme.example (Bob)', 9)
    >>> [(box.display_name, box.email.email) for box in found]
    [('Doe, Jane', 'jane@acme.example'), ('Bob', 'bob@acme.example')]
    >>> mailboxes("undisclosed-recipients:;", 9)
    (Mailbox(display_name='undisclosed-recipients', email=None),)
    """
    usual = _usual_mailboxes(value, limit)
    return _read_closely(value, limit) if usual is None else usual


def _usual_mailboxes(value: str, limit: int) -> tuple[Mailbox, ...] | None:
    """The mailboxes where all have a usual shape; None where one must be read closely."""
    if value == "<>":
        return ()
    if "," not in value:
        return _usual_piece(value)
    if "=?" in value or "\\" in value:  # the comma may stand inside an encoded word
        return None
    found: tuple[Mailbox, ...] = ()
    for piece in value.split(",") if '"' not in value else _between_commas(value):
        boxes = _usual_piece(piece)
        if boxes is None:
            return None
        found += boxes
        if len(found) >= limit:
            break
    return found


def _between_commas(value: str) -> list[str]:
    """What stands between the commas that are not quoted.

    >>> _between_commas('"Doe, Jane" <jane@acme.example>,bob@acme.example')
    ['"Doe, Jane" <jane@acme.example>', 'bob@acme.example']
    """
    found = [""]
    for index, part in enumerate(value.split('"')):
        if index % 2:
            found[-1] += f'"{part}"'
            continue
        first, *others = part.split(",")
        found[-1] += first
        found += others
    return found


def _read_closely(value: str, limit: int) -> tuple[Mailbox, ...]:
    reader = _Reader(limit)
    for token in _TOKEN.finditer(value):
        reader.read(token)
        if len(reader.found) >= limit:
            return tuple(reader.found[:limit])
    reader.close()
    return tuple(reader.found[:limit])


def _usual_piece(text: str) -> tuple[Mailbox, ...] | None:
    """The mailbox in a text without separators; None where it must be read closely."""
    usual = _USUAL.fullmatch(text)
    if usual is None:
        if _NAME_ALONE.fullmatch(text) is None:
            return None
        name = _name(text)
        return (Mailbox(name),) if name else ()
    quoted, plain, local, host, closing = usual.groups()
    is_bracketed = quoted is not None or plain is not None
    local, host = local.lower(), host.lower().strip(".")
    if is_bracketed != bool(closing) or not host or len(local) + len(host) >= LONGEST_ADDRESS:
        return None
    return (Mailbox(_name(quoted or plain or ""), Email(f"{local}@{host}", local, domain(host))),)


class _Reader:
    """Reads tokens left to right and collects mailboxes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.found: list[Mailbox] = []
        self.group: str | None = None
        self.group_start = 0
        self.comment_depth = 0
        self.literal = False
        self._clear()

    def _clear(self) -> None:
        self.pieces: list[str] = []
        self.angle: str | None = None
        self.comments: list[str] = []
        self.quoted = False
        self.has_at = False

    def read(self, token: re.Match[str]) -> None:
        """Take one token in."""
        kind = token.lastgroup
        text = token[0]
        if kind == "mark" and not self._is_inside(text):
            self._mark(text)
        elif self.comment_depth:
            self.comments.append(text)
        elif kind == "angle":
            self._bracketed(token["angle"])
        elif kind == "quoted":
            self.quoted = True
            self.has_at = self.has_at or "@" in text
            self.pieces.append(_ESCAPED.sub(r"\1", token["quoted"]))
        else:
            self.has_at = self.has_at or "@" in text
            self.pieces.append(text)

    def _is_inside(self, mark: str) -> bool:
        """Whether the mark is ordinary text where it stands."""
        if self.comment_depth:
            return mark not in "()"
        return self.literal and mark == ":"

    def _mark(self, mark: str) -> None:
        if mark in "()":
            self._parenthesis(mark)
        elif mark in "[]":
            self.literal = mark == "["
            self.pieces.append(mark)
        elif mark == ":":
            self._colon()
        else:
            self._separator(mark)

    def _parenthesis(self, mark: str) -> None:
        if mark == "(":
            if self.comment_depth:
                self.comments.append(mark)
            self.comment_depth = min(self.comment_depth + 1, 100)
        elif self.comment_depth:
            self.comment_depth -= 1
            self.comments.append(mark if self.comment_depth else " ")

    def _colon(self) -> None:
        words = [piece for piece in self.pieces[:_PREFIX_PIECES] if not piece.isspace()]
        if len(words) == 1 and words[0].lower() in ("mailto", "smtp"):
            self.pieces = []
        elif self.angle is not None or self.has_at:
            self.pieces.append(":")
        else:
            self.group = "".join(self.pieces).strip()
            self.group_start = len(self.found)
            self._clear()

    def _separator(self, mark: str) -> None:
        self._finish()
        if mark == ";" and self.group is not None:
            self._end_group()

    def _end_group(self) -> None:
        if len(self.found) == self.group_start and self.group:
            self.found.append(Mailbox(display_name=_name(self.group)))
        self.group = None

    def _bracketed(self, inner: str) -> None:
        if self.angle is None or "@" not in self.angle:
            if self.angle:
                self.pieces.append(self.angle)
            self.angle = inner
        else:
            self._finish()
            self.angle = inner

    def close(self) -> None:
        """Take what is left as the last mailbox."""
        self._finish()
        if self.group is not None:
            self._end_group()

    def _finish(self) -> None:
        if not self.pieces and self.angle is None and not self.comments:
            return
        text = "".join(self.pieces)
        comment = "".join(self.comments).strip()
        mailbox = _mailbox(text, self.angle, comment, self.quoted)
        self._clear()
        self.comment_depth = 0
        self.literal = False
        if mailbox is not None and len(self.found) < self.limit:
            self.found.append(mailbox)


def _mailbox(text: str, angle: str | None, comment: str, quoted: bool) -> Mailbox | None:
    if angle is not None:
        address = email(angle)
        name = _name(text) or _name(comment)
        if address is None and angle.strip() and not name:
            name = _name(angle)
        return Mailbox(name, address) if name or address else None
    name, address = _unbracketed(text, quoted)
    if address is None and "@" in comment:
        address = next((found for word in comment.split() if (found := email(word))), None)
        comment = ""
    name = name or (_name(comment) if address is not None else None)
    return Mailbox(name, address) if name or address else None


def _unbracketed(text: str, quoted: bool) -> tuple[str | None, Email | None]:
    """A mailbox without angle brackets: the last word with an ``@`` is its address."""
    words = text.split()
    for index in range(len(words) - 1, -1, -1):
        if "@" in words[index] and (address := email(words[index])) is not None:
            return _name(" ".join(words[:index] + words[index + 1 :])), address
    if not quoted and "@" in text and (address := email(text)) is not None:
        return None, address
    return _name(text), None


def _name(text: str) -> str | None:
    decoded = decode_words(text[:LONGEST_NAME]) if "=?" in text else text[:LONGEST_NAME]
    return " ".join(decoded.split()).strip('"').strip() or None
