"""Finding raw messages in files, folders, mailboxes, archives and streams, by their content."""

from chaffinch.message.sources.found import Codec, Form, Found, Locator, Step
from chaffinch.message.sources.loading import find, load
from chaffinch.message.sources.locating import locate

__all__ = ["Codec", "Form", "Found", "Locator", "Step", "find", "load", "locate"]
