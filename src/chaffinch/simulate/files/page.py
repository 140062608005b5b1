"""HTML pages as attachments: portals of encrypted mail, forms, smuggled files, mere redirects."""

from base64 import b64encode
from collections.abc import Sequence

from chaffinch.simulate.files.office import said

_STYLE = (
    "body{font-family:sans-serif;background:#f4f5f7}"
    ".card{max-width:420px;margin:48px auto;padding:24px;background:#fff;border-radius:8px}"
    ".go{display:inline-block;padding:10px 18px;background:#1f4e79;color:#fff}"
)
_BASE64_LINE = 76


def portal(title: str, lines: Sequence[str], url: str, label: str, sealed: bytes = b"") -> str:
    """The page of a service for encrypted mail: it opens the message at the service.

    ``sealed`` is the encrypted message; the form carries it to the service.
    """
    held = b64encode(sealed).decode()
    carried = f'<input type="hidden" name="message" value="{held}">' if sealed else ""
    form = (
        f'<form method="post" action="{said(url)}">{carried}'
        f'<button class="go" type="submit">{said(label)}</button></form>'
    )
    return _page(title, _told(title, lines) + form)


def form(title: str, lines: Sequence[str], url: str, label: str, address: str = "") -> str:
    """A form that asks for the password of an address and posts it to the host of ``url``.

    >>> 'type="password"' in form("Sign in", ["To go on, sign in."], "https://a.test/p", "Go on")
    True
    """
    fields = (
        f'<p><input type="email" name="login" value="{said(address)}" placeholder="E-mail"></p>'
        '<p><input type="password" name="secret" placeholder="Password"></p>'
    )
    sent = f'<form method="post" action="{said(url)}">{fields}'
    button = f'<button class="go" type="submit">{said(label)}</button></form>'
    return _page(title, _told(title, lines) + sent + button)


def smuggling(title: str, lines: Sequence[str], name: str, data: bytes) -> str:
    """A page that holds a file and the script to hand it out, bound to an event that never comes.

    >>> page = smuggling("Loading", ["Please wait."], "Statement.zip", b"nothing is in here")
    >>> "createObjectURL" in page, "never" in page
    (True, True)
    """
    held = b64encode(data).decode()
    pieces = [held[at : at + _BASE64_LINE] for at in range(0, len(held), _BASE64_LINE)]
    joined = '",\n"'.join(pieces)
    quoted = name.replace("\\", "").replace('"', "").replace("<", "")
    script = (
        f'var held=["{joined}"].join("");\n'
        "function build(){var raw=atob(held),bytes=new Uint8Array(raw.length);\n"
        "for(var i=0;i<raw.length;i++){bytes[i]=raw.charCodeAt(i);}\n"
        'var file=new Blob([bytes],{type:"octet/stream"}),link=document.createElement("a");\n'
        f'link.href=window.URL.createObjectURL(file);link.download="{quoted}";link.click();}}\n'
        'document.addEventListener("never",build);\n'
    )
    return _page(title, f"{_told(title, lines)}<script>\n{script}</script>")


def redirect(title: str, url: str) -> str:
    """A page that only leads elsewhere."""
    refresh = f'<meta http-equiv="refresh" content="0; url={said(url)}">'
    return _page(title, f'<p><a href="{said(url)}">{said(title)}</a></p>', refresh)


def _told(title: str, lines: Sequence[str]) -> str:
    return f"<h1>{said(title)}</h1>" + "".join(f"<p>{said(line)}</p>" for line in lines)


def _page(title: str, content: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">{head}<title>{said(title)}</title>'
        f'<style>{_STYLE}</style></head>\n<body><div class="card">{content}</div></body></html>\n'
    )
