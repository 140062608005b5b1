"""What is shown where a link is to be clicked."""

import re
from functools import lru_cache

from chaffinch.message.model import Link
from chaffinch.signals.declare import signal
from chaffinch.signals.wording import seen

_GENERIC = re.compile(
    r"\W{0,3}(?:click|tap|press|hier|klick\w*|clique[rz]?|haga clic|pulse|clic\w*|fai clic|klik)?"
    r"\W{0,3}(?:here|hier|ici|aqui|qui|below|now|jetzt|link|this link|cliquez ici|open|view|read"
    r"|continue|weiter|confirm|verify|start|submit|go|next|access|proceed|download|sign in|log ?in"
    r"|anmelden|connexion|ver|ouvrir|offnen|abrir|apri|bestatigen|confirmer|confirmar)"
    r"(?: now| here| more| hier| ici)?\W{0,3}"
)
_ASKS_TO_SIGN_IN = re.compile(
    r"\b(?:sign|log)[ -]?(?:in|on)\b|\bverify\b|\bconfirm\b|\bvalidate\b|\bkeep (?:\w+ )?password\b"
    r"|\bunlock\b|\breactivate\b|\brestore\b|\banmelden\b|\bbestatigen\b|\bse connecter\b"
    r"|\bconfirm[ea]r\b|\biniciar sesion\b|\bverificar\b|\baccedi\b|\bconferma\b|\binloggen\b"
    r"|\bbevestig\w*"
)
_CHARACTERS = 100


@signal
def is_of_no_words(link: Link) -> bool:
    """A web link has no words of its own: only a picture, or nothing, is to be clicked."""
    return (
        link.element == "a"
        and link.display_text is None
        and link.display_url is None
        and link.parser == "hyperlink"
    )


@signal
def is_generic(link: Link) -> bool:
    """A link's words fit any link: click here, open, continue.

    >>> from chaffinch.message.url import url
    >>> is_generic(Link(url("https://a.test/"), "Click here!"))
    True
    """
    text = link.display_text
    return text is not None and len(text) < 40 and _is_generic(text)


@signal
def asks_to_sign_in(link: Link) -> bool:
    """A link's words ask to sign in, to verify or to confirm.

    >>> from chaffinch.message.url import url
    >>> asks_to_sign_in(Link(url("https://a.test/"), "Verify your account"))
    True
    """
    text = link.display_text
    return text is not None and _asks_to_sign_in(text[:_CHARACTERS])


@signal
def shows_an_address_of_mail(link: Link) -> bool:
    """A web link shows a mail address as if one could write to it."""
    shown = link.display_text or ""
    return "@" in shown and link.href_url.scheme in ("http", "https") and " " not in shown


@lru_cache(maxsize=8_192)  # the same few words are on most links
def _is_generic(text: str) -> bool:
    return _GENERIC.fullmatch(seen(text).strip()) is not None


@lru_cache(maxsize=8_192)
def _asks_to_sign_in(text: str) -> bool:
    return _ASKS_TO_SIGN_IN.search(seen(text)) is not None
