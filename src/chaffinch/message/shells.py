"""Envelopes inside a message opened: Outlook's, S/MIME, and files written into a text."""

from collections.abc import Callable, Sequence

import msgspec

from chaffinch.core.defect import Defect
from chaffinch.core.limits import Limits
from chaffinch.message import cms, pgp, tnef, uuencoded
from chaffinch.message.attachment import is_text, sort_parts
from chaffinch.message.mime import Part, split_inner
from chaffinch.message.model import Value

_TNEF = frozenset(("application/ms-tnef", "application/vnd.ms-tnef"))
_CMS = frozenset(("application/pkcs7-mime", "application/x-pkcs7-mime"))
_ANY = "application/octet-stream"
_SIGNED_BY = {
    "application/pgp-signature": "pgp-signed",
    "application/pkcs7-signature": "smime-signed",
    "application/x-pkcs7-signature": "smime-signed",
}
_SAID_BY_CONTAINER = frozenset(("multipart/signed", "multipart/encrypted"))
_ARMOUR = pgp.BEGIN.encode()


class Shell(Value):
    """An envelope in a message: what it is, and whether its content is read with the message.

    ``kind`` is one of tnef, smime-signed, smime-enveloped, smime-compressed, pgp-signed,
    pgp-encrypted and uuencoded.
    """

    kind: str
    is_read: bool


class Opened(Value):
    """The tree of parts with its envelopes opened; the same tree where there is none."""

    root: Part
    shells: tuple[Shell, ...] = ()
    defects: tuple[Defect, ...] = ()


def open_shells(root: Part, limits: Limits) -> Opened:
    r"""The tree with what its envelopes hold in their places.

    >>> from chaffinch.message.mime import split
    >>> root = split(b"Subject: a file\n\nsee\nbegin 644 a.txt\n#86)C\n`\nend\n")
    >>> opened = open_shells(root, Limits())
    >>> [part.file_name for part in opened.root.children], opened.shells[0].kind
    ([None, 'a.txt'], 'uuencoded')
    """
    if not _may_need_opening(root):
        return Opened(root=root)
    opener = _Opener(root, limits)
    opened = opener.part(root)
    if not opener.shells and not opener.defects:
        return Opened(root=root)
    return Opened(root=opened, shells=tuple(opener.shells), defects=tuple(opener.defects))


class _Opener:
    """One walk over a tree, with the budget of parts it may still make."""

    def __init__(self, root: Part, limits: Limits) -> None:
        self._root = root
        self._limits = limits
        self._parts_left = limits.parts_count
        self._texts_wanted: bool | None = None  # None: not asked yet whether the message has one
        self.shells: list[Shell] = []
        self.defects: list[Defect] = []

    def part(self, part: Part) -> Part:
        """The part with what its envelopes hold."""
        if not part.children:
            opening = self._opening(part)
            return part if opening is None else self._opened(part, opening)
        self._note_container(part)
        children = tuple(self.part(child) for child in part.children)
        if all(new is old for new, old in zip(children, part.children, strict=True)):
            return part
        return msgspec.structs.replace(part, children=children)

    def _note_container(self, part: Part) -> None:
        if part.content_type == "multipart/signed":
            protocol = part.parameters.get("protocol", "").lower()
            self._note(_SIGNED_BY.get(protocol, "smime-signed"), is_read=True)
        elif part.content_type == "multipart/encrypted":
            self._note("pgp-encrypted", is_read=False)

    def _note(self, kind: str, *, is_read: bool) -> None:
        self.shells.append(Shell(kind=kind, is_read=is_read))

    def _opening(self, part: Part) -> Callable[[Part], Part] | None:
        """How to open a leaf; None for what is no envelope."""
        kind = part.content_type
        if kind == "text/plain":
            return self._text if is_text(part) and _may_hold_shells(part) else None
        if not kind.startswith("application/"):
            return None
        name = (part.file_name or "").lower() if kind == _ANY else ""
        if kind in _TNEF or name == "winmail.dat":
            return self._tnef
        return self._cms if kind in _CMS or name.endswith(".p7m") else None

    def _opened(self, part: Part, opening: Callable[[Part], Part]) -> Part:
        """A leaf opened, unless it lies too deep."""
        if part.depth < self._limits.depth:
            return opening(part)
        self.defects.append(Defect("depth-limit", str(self._limits.depth)))
        return part

    def _text(self, part: Part) -> Part:
        """A text; the files written into it stand behind it."""
        for kind in pgp.kinds(part.text):
            self._note(kind, is_read=kind == "pgp-signed")
        found = uuencoded.blocks(part.payload, self._limits.parts_count)
        if not found:
            return part
        self._note("uuencoded", is_read=True)
        files = [_file(part, one.data, _ANY, one.name) for one in found]
        return _container(part, (part, *self._within_budget(files)))

    def _tnef(self, part: Part) -> Part:
        """Outlook's envelope: its files, and its texts where the message has no other."""
        inside = tnef.unpack(part.payload, self._limits.text_characters)
        if inside is None or not inside.is_whole:
            self.defects.append(Defect("tnef-damaged"))
        if inside is None:
            return part
        texts = [_text(part, one) for one in inside.bodies] if self._wants_texts() else []
        self._texts_wanted = self._texts_wanted and not texts
        files = [
            _file(part, one.data, one.content_type, one.name or "unnamed", one.content_id)
            for one in inside.files
        ]
        self._note("tnef", is_read=bool(texts or files))
        if not texts and not files:
            return part
        opened = tuple(self.part(one) for one in self._within_budget(files))
        body = (_container(part, texts, "multipart/alternative"),) if texts else ()
        return _container(part, (*body, *opened))

    def _wants_texts(self) -> bool:
        """Whether no part of the message is a text somebody could read."""
        if self._texts_wanted is None:
            parts = sort_parts(self._root)
            self._texts_wanted = not any(part.text.strip() for part in parts.html + parts.plain)
        return self._texts_wanted

    def _cms(self, part: Part) -> Part:
        """An S/MIME envelope: the message part it signs, in its place."""
        envelope = cms.open_envelope(part.payload)
        if envelope is None:
            self.defects.append(Defect("smime-damaged"))
            return part
        content = envelope.content
        self._note(f"smime-{envelope.kind}", is_read=content is not None)
        if content is None or self._parts_left <= 0:
            return part
        inner = split_inner(content, self._limits, depth=part.depth + 1, parts=self._parts_left)
        self._parts_left -= sum(1 for _ in inner.walk())
        return self.part(inner)

    def _within_budget(self, parts: Sequence[Part]) -> Sequence[Part]:
        """As many of the parts as may still be made."""
        most, self._parts_left = self._parts_left, max(0, self._parts_left - len(parts))
        if len(parts) > most:
            self.defects.append(Defect("parts-count-limit", str(self._limits.parts_count)))
        return parts[:most]


def _may_need_opening(root: Part) -> bool:
    """Whether any part may be an envelope: the question nearly all messages answer with no."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        kind = part.content_type
        if part.children:
            if kind in _SAID_BY_CONTAINER:
                return True
            waiting.extend(part.children)
        elif kind == "text/plain":
            if _may_hold_shells(part):
                return True
        elif kind.startswith("application/"):
            return True
    return False


def _may_hold_shells(part: Part) -> bool:
    """Whether a text may hold a file or armour: a glance at its bytes as they lie there."""
    source, start, end = part.source, part.start, part.end
    return part.encoding != "base64" and (
        uuencoded.may_hold(source, start, end) or source.find(_ARMOUR, start, end) >= 0
    )


def _container(part: Part, children: Sequence[Part], kind: str = "multipart/mixed") -> Part:
    """The children in place of a part."""
    return Part(
        source=part.source,
        start=part.end,
        end=part.end,
        limits=part.limits,
        content_type=kind,
        children=tuple(children),
        depth=part.depth,
    )


def _text(part: Part, body: tnef.Body) -> Part:
    """A text out of an envelope."""
    return Part(
        source=body.data,
        end=len(body.data),
        encoding="binary",
        limits=part.limits,
        content_type=body.content_type,
        charset=body.charset,
        depth=part.depth + 1,
    )


def _file(
    part: Part, data: bytes, content_type: str, name: str, content_id: str | None = None
) -> Part:
    """A file out of an envelope."""
    return Part(
        source=data,
        end=len(data),
        encoding="binary",
        limits=part.limits,
        content_type=content_type,
        file_name=name or None,
        content_id=content_id,
        disposition="attachment",
        depth=part.depth + 1,
    )
