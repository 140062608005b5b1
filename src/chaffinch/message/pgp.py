"""OpenPGP armour in a text (RFC 9580): what was signed, read without checking anything."""

import re

BEGIN = "-----BEGIN PGP "
_SIGNED = BEGIN + "SIGNED MESSAGE-----"
_SIGNATURE = BEGIN + "SIGNATURE-----"
_END = "-----END PGP SIGNATURE-----"
_ENCRYPTED = re.compile(r"^-----BEGIN PGP MESSAGE(?:, PART \d+(?:/\d+)?)?-----\s*$", re.MULTILINE)


def kinds(text: str) -> tuple[str, ...]:
    r"""Which of ``pgp-signed`` and ``pgp-encrypted`` a text holds.

    >>> kinds("-----BEGIN PGP MESSAGE-----\n\nabc"), kinds("no armour")
    (('pgp-encrypted',), ())
    """
    found = ("pgp-signed",) if _is_line(text, text.find(_SIGNED)) else ()
    return (*found, "pgp-encrypted") if _ENCRYPTED.search(text) else found


def unwrap(text: str) -> str:
    r"""The text without the armour around what was signed, and its dashes as they were written.

    >>> unwrap("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n- -- hi\n"
    ...        "-----BEGIN PGP SIGNATURE-----\n\nabc\n-----END PGP SIGNATURE-----\nbye")
    '-- hi\nbye'
    """
    pieces: list[str] = []
    at = 0
    while (start := text.find(_SIGNED, at)) >= 0:
        if not _is_line(text, start):
            pieces.append(text[at : start + len(_SIGNED)])
            at = start + len(_SIGNED)
            continue
        pieces.append(text[at:start])
        content = _content_start(text, start + len(_SIGNED))
        end = text.find("\n" + _SIGNATURE, content - 1)
        end = len(text) if end < 0 else end + 1
        pieces.append(_undashed(text[content:end]))
        at = _signature_end(text, end)
    pieces.append(text[at:])
    return "".join(pieces)


def _is_line(text: str, at: int) -> bool:
    """Whether a line begins there."""
    return at == 0 or (at > 0 and text[at - 1] == "\n")


def _content_start(text: str, at: int) -> int:
    """Where what was signed begins: behind the lines that say how it was hashed."""
    line_end = text.find("\n", at)
    while line_end >= 0:
        following = text.find("\n", line_end + 1)
        line = text[line_end + 1 : following if following >= 0 else len(text)].strip()
        if ":" not in line:
            return (
                (following if following >= 0 else len(text) - 1) + 1 if not line else line_end + 1
            )
        line_end = following
    return len(text)


def _undashed(content: str) -> str:
    """The content with the dashes put in front of its own dashes taken away."""
    if "\n- " in content:
        content = content.replace("\n- ", "\n")
    return content.removeprefix("- ")


def _signature_end(text: str, at: int) -> int:
    """Where the line after a signature begins."""
    end = text.find(_END, at)
    if end < 0:
        return len(text)
    line_end = text.find("\n", end)
    return len(text) if line_end < 0 else line_end + 1
