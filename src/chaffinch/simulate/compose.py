"""Letters put into words: notes between people, their answers, and the sheets machines send."""

from datetime import datetime
from email.utils import format_datetime
from html import escape

import msgspec

from chaffinch.simulate.letter import Letter, Party, message_id
from chaffinch.simulate.organisation import Contact
from chaffinch.simulate.truth import Truth


class Link(msgspec.Struct, frozen=True):
    """A link in a body: what is shown, and where it leads."""

    label: str
    url: str


Block = str | Link


class Brand(msgspec.Struct, frozen=True, kw_only=True):
    """The look of automatic mail; ``picture_host`` serves its logo, ``footer`` ends it."""

    name: str
    picture_host: str
    colour: str = "#1f5f8b"
    footer: tuple[Block, ...] = ()


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """Who is addressed, about what, when, and under which family name."""

    family: str
    to: tuple[Contact, ...]
    cc: tuple[Contact, ...] = ()
    subject: str
    at: datetime


def note(author: Party, heading: Heading, blocks: tuple[Block, ...]) -> Letter:
    """A letter one person types to others."""
    text = f"{_plain(blocks)}\n\n{_plain_signature(author)}"
    html = _markup(blocks) + _html_signature(author)
    return _letter(author, heading, text, _page(html) if author.route.writes_html else "")


def answer(previous: Letter, author: Party, at: datetime, blocks: tuple[Block, ...]) -> Letter:
    """A reply to everybody on the previous letter, which it quotes."""
    own = author.contact.address
    cc = tuple(c for c in previous.everybody if c.address != own)
    heading = Heading(
        family=previous.family,
        to=(previous.reply_to or previous.author.contact,),
        cc=cc,
        subject=_reply_subject(previous.subject),
        at=at,
    )
    text = f"{_plain(blocks)}\n\n{_plain_signature(author)}\n\n{_plain_quote(previous, author)}"
    html = _markup(blocks) + _html_signature(author) + _html_quote(previous, author)
    letter = _letter(author, heading, text, _page(html) if author.route.writes_html else "")
    references = (*previous.references, previous.message_id)[-8:]
    return msgspec.structs.replace(letter, references=references)


def forward(
    previous: Letter, author: Party, reader: Contact, at: datetime, blocks: tuple[Block, ...]
) -> Letter:
    """The previous letter passed on to one reader, with its files, as the author's program does."""
    mark = "FW" if author.route.is_outlook else "Fwd"
    heading = Heading(
        family=previous.family, to=(reader,), subject=f"{mark}: {previous.subject}", at=at
    )
    head = _forwarding(previous, author)
    text = f"{_plain(blocks)}\n\n{_plain_signature(author)}\n\n{head}\n{previous.text}"
    inner = previous.html.partition("<body>")[2].rpartition("</body>")[0]
    html = f"{_markup(blocks)}{_html_signature(author)}<p>{_lines(head)}</p>"
    html += inner or f"<p>{_lines(previous.text)}</p>"
    letter = _letter(author, heading, text, _page(html) if author.route.writes_html else "")
    return msgspec.structs.replace(letter, files=previous.files, inline=previous.inline)


def sheet(author: Party, heading: Heading, blocks: tuple[Block, ...], brand: Brand) -> Letter:
    """Automatic mail: a heading, some blocks, buttons for links, a footer."""
    footer = f"\n\n--\n{_plain(brand.footer)}" if brand.footer else ""
    text = f"{brand.name}\n\n{_plain(blocks)}{footer}"
    logo = (
        f'<img src="https://{brand.picture_host}/logo.png" width="120" alt="{escape(brand.name)}">'
    )
    cells = "".join(f"<tr><td>{_cell(block, brand.colour)}</td></tr>\r\n" for block in blocks)
    html = (
        f'<table role="presentation" width="600" align="center"><tr><td>{logo}</td></tr>\r\n{cells}'
        f'<tr><td style="font-size:11px;color:#777">{_markup(brand.footer)}</td></tr></table>'
    )
    return _letter(author, heading, text, _page(html))


def _letter(author: Party, heading: Heading, text: str, html: str) -> Letter:
    readers = ",".join(contact.address for contact in heading.to)
    return Letter(
        truth=Truth(family=heading.family),
        author=author,
        to=heading.to,
        cc=heading.cc,
        subject=heading.subject,
        at=heading.at,
        text=text,
        html=html,
        message_id=message_id(author, heading.at, f"{heading.subject}/{readers}/{text}"),
    )


def _plain(blocks: tuple[Block, ...]) -> str:
    return "\n\n".join(map(_plain_block, blocks))


def _plain_block(block: Block) -> str:
    if isinstance(block, str):
        return block
    return block.url if "://" in block.label else f"{block.label}: {block.url}"


def _markup(blocks: tuple[Block, ...]) -> str:
    return "\r\n".join(
        f"<p>{_lines(block)}</p>"
        if isinstance(block, str)
        else f'<p><a href="{escape(block.url)}">{escape(block.label)}</a></p>'
        for block in blocks
    )


def _cell(block: Block, colour: str) -> str:
    if isinstance(block, str):
        return f'<p style="font:15px sans-serif">{_lines(block)}</p>'
    return (
        f'<a href="{escape(block.url)}" style="background:{colour};color:#fff;padding:10px 18px">'
        f"{escape(block.label)}</a>"
    )


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>\r\n")


def _page(html: str) -> str:
    return f'<html><head><meta charset="utf-8"></head><body>{html}</body></html>\r\n'


def _plain_signature(author: Party) -> str:
    return "\n".join(author.signature)


def _html_signature(author: Party) -> str:
    return f"<p>{_lines(_plain_signature(author))}</p>" if author.signature else ""


def _reply_subject(subject: str) -> str:
    return subject if subject.startswith("Re: ") else f"Re: {subject}"


def _attribution(previous: Letter, reader: Party) -> str:
    when = reader.route.clock.local(previous.at)
    who = previous.author.contact
    if not reader.route.is_outlook:
        return f"On {format_datetime(when)[:-9]}, {who.name} <{who.address}> wrote:"
    return _original(previous, reader)


def _original(previous: Letter, reader: Party) -> str:
    when, who = reader.route.clock.local(previous.at), previous.author.contact
    names = "; ".join(f"{contact.name} <{contact.address}>" for contact in previous.to)
    return (
        f"-----Original Message-----\nFrom: {who.name} <{who.address}>\n"
        f"Sent: {format_datetime(when)[:-9]}\nTo: {names}\nSubject: {previous.subject}\n"
    )


FORWARDING = {
    "Thunderbird": "-------- Forwarded Message --------",
    "Apple": "Begin forwarded message:\n",
    "iPhone": "Begin forwarded message:\n",
}


def _forwarding(previous: Letter, author: Party) -> str:
    """The lines a mail program sets above what is passed on."""
    if author.route.is_outlook:
        return _original(previous, author)
    mailer = author.route.mailer
    head = next(
        (line for program, line in FORWARDING.items() if program in mailer),
        "---------- Forwarded message ---------",
    )
    when, who = author.route.clock.local(previous.at), previous.author.contact
    names = ", ".join(f"{contact.name} <{contact.address}>" for contact in previous.to)
    return (
        f"{head}\nFrom: {who.name} <{who.address}>\nDate: {format_datetime(when)[:-9]}\n"
        f"Subject: {previous.subject}\nTo: {names}\n"
    )


def _plain_quote(previous: Letter, reader: Party) -> str:
    mark = "" if reader.route.is_outlook else "> "
    lines = previous.text.split("\n")
    return "\n".join(
        (_attribution(previous, reader), *(f"{mark}{line}".rstrip() for line in lines))
    )


def _html_quote(previous: Letter, reader: Party) -> str:
    head = _lines(_attribution(previous, reader))
    body = _lines(previous.text)
    if reader.route.is_outlook:
        return f'<div style="border-top:solid #e1e1e1 1pt"><p>{head}</p><p>{body}</p></div>'
    return f'<div class="quote">{head}<blockquote type="cite">{body}</blockquote></div>'
