"""The stages of reading a message, each asking for what the ones before it have not read."""

from collections.abc import Callable, Mapping

from chaffinch.message.message import Message

_OTHER_HEADERS = ("reply_to", "return_path", "message_id", "in_reply_to", "references", "mailer")


def _header_block(message: Message) -> object:
    return message.block.values


def _tree(message: Message) -> object:
    return message.root


def _hops(message: Message) -> object:
    return message.headers.hops


def _boundary(message: Message) -> object:
    return message.headers.boundary


def _authentication(message: Message) -> object:
    return message.headers.auth_summary


def _hosts(message: Message) -> object:
    return message.headers.domains, message.headers.ips


def _other_headers(message: Message) -> object:
    return [getattr(message.headers, name) for name in _OTHER_HEADERS]


def _sender(message: Message) -> object:
    return message.sender


def _recipients(message: Message) -> object:
    return message.recipients


def _subject(message: Message) -> object:
    return message.subject


def _type(message: Message) -> object:
    return message.type


def _texts(message: Message) -> object:
    return [part.text for part in message.root.walk() if part.content_type.startswith("text/")]


def _html(message: Message) -> object:
    return message.body.evidence


def _links(message: Message) -> object:
    return message.body.links


def _ips(message: Message) -> object:
    return message.body.ips


def _threads(message: Message) -> object:
    return message.body.current_thread, message.body.previous_threads


def _bodies(message: Message) -> object:
    return message.body.html, message.body.plain


def _attachments(message: Message) -> object:
    return [(one.file_type, one.size, one.md5, one.sha1, one.sha256) for one in message.attachments]


STAGES: Mapping[str, Callable[[Message], object]] = {
    "parse": _header_block,
    "hops": _hops,
    "boundary": _boundary,
    "authentication": _authentication,
    "hosts_and_ips": _hosts,
    "other_headers": _other_headers,
    "sender": _sender,
    "recipients": _recipients,
    "subject": _subject,
    "type": _type,
    "mime_tree": _tree,
    "decode_texts": _texts,
    "html": _html,
    "links": _links,
    "threads": _threads,
    "ips": _ips,
    "bodies": _bodies,
    "attachments": _attachments,
}
