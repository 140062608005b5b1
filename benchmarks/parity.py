"""The MIME splitter beside the standard library's compat32 parser, message by message.

Compared are header names in their order, the leaves, their decoded bytes and the text of text
leaves. Every difference is named by its kind; ``--cases FILE`` writes one line for each. What only
we read (envelopes, files in texts) plays no part: the raw tree of parts is compared.
"""

import email
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from email.message import Message
from multiprocessing import Pool
from pathlib import Path
from typing import NamedTuple

from chaffinch.core.limits import Limits
from chaffinch.message.mime import Part, split
from shared.measuring import files_of, options, report

PROCESSES = 2
GENEROUS = Limits(
    message_bytes=1 << 30, header_bytes=1 << 28, header_count=1_000_000, parts_count=100_000,
    depth=90, decoded_bytes=1 << 30, text_characters=1 << 30,
)  # fmt: skip
# Kinds of differences, and who is right: ours, theirs (the standard library), or either.
KINDS: dict[str, tuple[str, str]] = {
    "quoted boundary without its end quote":
        ("ours", "the boundary is what stands before the line's end; readers show the parts"),
    "boundary with blanks":
        ("ours", "unquoted or folded, it is taken as a whole, and the parts are there"),
    "boundary parameter missing or broken":
        ("ours", "the first line that looks like a delimiter tells the boundary"),
    "multipart whose boundary never comes":
        ("ours", "all is read as text; theirs leaves out what follows a closing delimiter"),
    "multipart that closes at once":
        ("either", "there is nothing in it"),
    "last line break of an unclosed multipart":
        ("ours", "no delimiter follows, so it belongs to the part; theirs takes it away"),
    "base64 with digits missing or foreign letters":
        ("ours", "decoded as far as it goes; theirs gives the undecoded text back"),
    "base64 that goes on behind its padding":
        ("ours", "pieces glued together are all decoded; theirs stops at the first"),
    "line ends of old Macs":
        ("ours", "read as line ends; theirs keeps them and loses quoted-printable lines"),
    "transfer encoding written unusually":
        ("ours", "recognised; theirs leaves the text encoded"),
    "lines without a colon among the headers":
        ("ours", "up to three are stepped over where headers follow; theirs begins the body"),
    "blanks before a header's colon":
        ("ours", "still a header (RFC 5322, 4.5); theirs begins the body"),
    "encoded attached message":
        ("ours", "its transfer encoding is undone before it is read"),
    "headers go on behind a line that is none":
        ("ours", "one lost blank does not make a body"),
    "UTF-8 not declared":
        ("ours", "the bytes are UTF-8; theirs has replacement characters"),
    "8-bit text not declared":
        ("ours", "letters where theirs has replacement characters; a guess all the same"),
    "Windows-1252 under the label ISO-8859-1":
        ("ours", "as every browser and mail program reads it"),
    "label unknown to Python":
        ("ours", "the charset is guessed, or the label mended"),
    "declared charset does not hold":
        ("ours", "another one does; theirs has replacement characters"),
    "larger charset than the label says":
        ("ours", "GB 18030 for GB 2312 and kin, as browsers do"),
}  # fmt: skip
_LARGER = frozenset({"gb2312", "gbk", "ks_c_5601-1987", "euc-kr", "shift_jis", "iso-8859-9"})


class Difference(NamedTuple):
    """One thing that is not equal: what is compared, how it differs, and where."""

    what: str
    kind: str
    case: str

    @property
    def is_torture(self) -> bool:
        """Whether the message is one of those made to be hard to read."""
        return self.case.startswith("torture/")


class Compared(NamedTuple):
    """How many things one message holds, and which of them differ."""

    leaves: int
    texts: int
    differences: tuple[Difference, ...]


def main() -> int:
    """Compare every message of the corpora and print the counts."""
    parser = options(__doc__ or "", sample=0)
    parser.add_argument("--cases", metavar="FILE", type=Path, help="write each difference here")
    parser.add_argument("--page", metavar="FILE", type=Path, help="write docs/parity.md here")
    chosen = parser.parse_args()
    work = [
        (path, f"{Path(corpus).name}/{path.relative_to(corpus)}")
        for corpus in chosen.corpus
        for path in files_of(Path(corpus))
    ]
    with Pool(PROCESSES) as pool:
        compared = list(pool.imap(compare_file, work, chunksize=64))
    if chosen.cases:
        lines = sorted("\t".join(one) for each in compared for one in each.differences)
        chosen.cases.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    if chosen.page:
        chosen.page.write_text("\n".join(page(compared)) + "\n", "utf-8")
    report(figures(compared), as_json=chosen.json)
    return 0


def figures(compared: Sequence[Compared]) -> dict[str, object]:
    """The counts of what was compared and of what differs, by kind."""
    counted = Counter(f"{one.what}: {one.kind}" for each in compared for one in each.differences)
    return {
        "messages": len(compared),
        "leaves": sum(each.leaves for each in compared),
        "texts": sum(each.texts for each in compared),
        "messages_equal": sum(not each.differences for each in compared),
        **{
            f"messages_with_equal_{what}": sum(
                not any(one.what == what for one in each.differences) for each in compared
            )
            for what in ("headers", "leaves", "bytes", "text")
        },
        **dict(counted.most_common()),
    }


def page(compared: Sequence[Compared]) -> Iterator[str]:
    """The page of differences: kinds with who is right, then every case outside the torture set."""
    found = [one for each in compared for one in each.differences]
    yield "<!-- made by `benchmarks/parity.py --page`; change the code, not this page -->"
    yield "# Differences from the standard library\n"
    yield f"{len(compared):,} messages of all corpora were read by our splitter and by the standard"
    yield "library's `email` (compat32): names and order of headers, leaves, decoded bytes, decoded"
    yield "text, attached messages included. What is not equal, by kind; who is right was judged by"
    yield "kind, looking at some cases of each:\n"
    yield "| what | kind | cases | torture | right | why |\n|---|---|---|---|---|---|"
    for (what, kind), count in sorted(Counter((one.what, one.kind) for one in found).items()):
        tortured = sum((one.what, one.kind) == (what, kind) and one.is_torture for one in found)
        right, why = KINDS.get(kind, ("?", "not judged"))
        yield f"| {what} | {kind} | {count - tortured} | {tortured} | {right} | {why} |"
    yield "\n## Every case outside the torture collection"
    cases: dict[str, list[str]] = {}
    for one in sorted(one for one in found if not one.is_torture):
        cases.setdefault(f"{one.what}: {one.kind}", []).append(one.case)
    for title, names in cases.items():
        yield f"\n{title} ({len(names)})\n"
        yield "".join(f"- `{name}`\n" for name in dict.fromkeys(names)).rstrip("\n")


def compare_file(work: tuple[Path, str]) -> Compared:
    """One message file, read both ways."""
    path, case = work
    return compare(path.read_bytes(), case)


def compare(raw: bytes, case: str) -> Compared:
    """One message, read both ways."""
    counts: Counter[str] = Counter()
    is_mac = raw.count(b"\r") > raw.count(b"\r\n")
    oracle = email.message_from_bytes(raw)
    differences = tuple(
        Difference(what, kind, case) for what, kind in _both(raw, oracle, counts, is_mac=is_mac)
    )
    return Compared(counts["leaves"], counts["texts"], differences)


def _both(
    raw: bytes, oracle: Message, counts: Counter[str], *, is_mac: bool, nested: int = 0
) -> Iterator[tuple[str, str]]:
    """How our reading of the bytes differs from the oracle's."""
    root = split(raw, GENEROUS)
    ours = [part for part in root.walk() if not part.children]
    theirs = list(_leaves(oracle))
    counts["leaves"] += len(theirs)
    names = [field.name for field in root.fields]
    if names != oracle.keys():
        yield "headers", _header_kind(root, oracle, nested=nested)
        return
    if len(ours) != len(theirs):
        yield "leaves", _leaf_kind(root)
        return
    for part, leaf in zip(ours, theirs, strict=True):
        if leaf.is_multipart() and nested < 8:
            inner = leaf.get_payload(0)
            if part.content_type == "message/rfc822" and isinstance(inner, Message):
                yield from _both(part.payload, inner, counts, is_mac=is_mac, nested=nested + 1)
        elif not leaf.is_multipart():
            yield from _leaf((is_mac, root, part), leaf, counts)


def _leaves(message: Message) -> Iterator[Message]:
    """The leaves of the oracle's tree; an attached message is one."""
    payload = message.get_payload()
    if message.get_content_maintype() != "message" and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _leaves(part)
    else:
        yield message


def _leaf(
    ours: tuple[bool, Part, Part], leaf: Message, counts: Counter[str]
) -> Iterator[tuple[str, str]]:
    """How a leaf of a message differs."""
    is_mac, root, part = ours
    expected = leaf.get_payload(decode=True)
    if not isinstance(expected, bytes):
        return
    if part.payload != expected:
        yield "bytes", _bytes_kind(is_mac=is_mac, root=root, part=part, expected=expected)
    elif part.content_type.startswith("text/"):
        counts["texts"] += 1
        text, charset = _text(leaf, expected)
        if part.text != text:
            yield "text", _text_kind(part, charset)


def _text(leaf: Message, data: bytes) -> tuple[str, str]:
    """The text of a leaf as the standard library reads it, and the charset it takes."""
    try:
        charset = leaf.get_content_charset("us-ascii")
        return data.decode(charset, "replace"), charset
    except (LookupError, ValueError):
        return data.decode("us-ascii", "replace"), "unknown"


def _codes(part: Part) -> set[str]:
    return {defect.code for one in part.walk() for defect in (*one.defects, *one._decoded[1])}


def _header_kind(root: Part, oracle: Message, *, nested: int) -> str:
    if "header-without-colon" in _codes(root):
        return "lines without a colon among the headers"
    if nested and not oracle.keys():
        return "encoded attached message"
    if any(field.raw.partition(b":")[0].endswith((b" ", b"\t")) for field in root.fields):
        return "blanks before a header's colon"
    return "headers go on behind a line that is none" if oracle.defects else "other"


def _leaf_kind(root: Part) -> str:
    codes = _codes(root)
    if "boundary-guessed" in codes or "no-boundary" in codes:
        return "boundary parameter missing or broken"
    written = next((one.value for one in root.fields if one.name.lower() == "content-type"), "")
    if written.count('"') % 2:
        return "quoted boundary without its end quote"
    if " " in root.parameters.get("boundary", ""):
        return "boundary with blanks"
    return "other"


def _bytes_kind(*, is_mac: bool, root: Part, part: Part, expected: bytes) -> str:  # noqa: PLR0911 - one line for each kind
    codes = _codes(part)
    if "empty-multipart" in codes:
        return "multipart that closes at once"
    if "boundary-not-found" in codes:
        return "multipart whose boundary never comes"
    if is_mac:
        return "line ends of old Macs"
    if "base64-data-after-padding" in codes:
        return "base64 that goes on behind its padding"
    if part.encoding == "base64":
        return "base64 with digits missing or foreign letters"
    if part.payload.rstrip(b"\r\n") == expected.rstrip(b"\r\n"):
        return "last line break of an unclosed multipart"
    if part.encoding == "quoted-printable" and b"=" in expected:
        return "transfer encoding written unusually"
    return "boundary parameter missing or broken" if "boundary-guessed" in _codes(root) else "other"


def _text_kind(part: Part, charset: str) -> str:
    codes = {defect.code for defect in part.decoding_defects}
    if charset == "unknown" or "unknown-charset" in codes:
        return "label unknown to Python"
    if "charset-mismatch" in codes:
        return "declared charset does not hold"
    if "undeclared-8bit" in codes:
        return "8-bit text not declared"
    if charset == "us-ascii" and part.codec.startswith("utf"):
        return "UTF-8 not declared"
    if part.codec == "cp1252":
        return "Windows-1252 under the label ISO-8859-1"
    return "larger charset than the label says" if charset in _LARGER else "other"


if __name__ == "__main__":
    sys.exit(main())
