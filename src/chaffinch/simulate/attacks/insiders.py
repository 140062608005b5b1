"""Attacks that seem to come from within: a stolen colleague's account, our own address unproven."""

from msgspec.structs import replace

from chaffinch.core.vocabulary import Goal, Impersonated, Origin, Vector
from chaffinch.simulate.attacks.cast import own_domain_impostor, owner, seat, somebody, thief
from chaffinch.simulate.attacks.errand import errand, with_file
from chaffinch.simulate.attacks.underworld import link_host, lure_url, true_url
from chaffinch.simulate.attacks.words import insiders as words
from chaffinch.simulate.declare import Case, attack, pair
from chaffinch.simulate.files.bitmap import squares
from chaffinch.simulate.files.picture import png
from chaffinch.simulate.files.qr import SIZES, qr
from chaffinch.simulate.letter import File, Letter
from chaffinch.simulate.parties import plain, staff
from chaffinch.simulate.stage import Stage

MOST_READERS = 40
ISSUERS = ("Head of Human Resources", "IT Administrator", "Chief Financial Officer")


@attack(
    goal=Goal.CREDENTIALS,
    vector=Vector.LINK,
    impersonated=Impersonated.EMPLOYEE,
    origin=Origin.INTERNAL,
    by_behaviour=True,
)
def lateral_phishing(stage: Stage) -> Case:
    """A colleague's stolen account sends a new link to very many; the owner shares with a few."""
    author, variant = somebody(stage), stage.rng.choice(("all-in-to", "blind-copies"))
    others = [one for one in stage.company.people if one != author]
    many = stage.rng.sample(others, min(len(others), stage.rng.randrange(8, MOST_READERS)))
    near = stage.colleagues(author, 6)[:3]
    few = near if len(near) > 1 else tuple(others[:2])
    genuine = staff(stage.company, author)
    bad = errand(stage, words.SHARE, *many).by(
        thief(stage, genuine), lure_url(stage, link_host(stage.rng, "files"), many[0])
    )
    if variant == "blind-copies":
        hidden = tuple(one.address for one in many)
        bad = replace(bad, to=(plain(author),), delivered_to=hidden)
    host = stage.company.tool("files").host
    twin = errand(stage, words.SHARE, *few).by(
        owner(stage, genuine), true_url(stage, host, "s", few[0])
    )
    return pair(bad, twin, variant)


@attack(
    goal=Goal.CREDENTIALS,
    vector=Vector.LINK,
    impersonated=Impersonated.OWN_DOMAIN,
    by_behaviour=True,
)
def direct_send(stage: Stage) -> Case:
    """Our own domain in From, handed in from outside and accepted although all checks fail."""
    author = seat(stage, stage.rng.choice(ISSUERS))
    reader, variant = somebody(stage, author), stage.rng.choice(("link", "qr-code"))
    told = errand(stage, words.NOTICE, reader)
    impostor, genuine = own_domain_impostor(stage, author), staff(stage.company, author)
    bad = lure_url(stage, link_host(stage.rng, "account"), reader)
    good = true_url(stage, f"intranet.{stage.company.domain}", "d", reader)
    if variant == "link":
        return pair(told.by(impostor, bad), told.by(genuine, good), variant)
    return pair(_coded(told.by(impostor), bad), _coded(told.by(genuine), good), variant)


def _coded(letter: Letter, url: str) -> Letter:
    """The letter with the link as a picture of a code; what is too long for one is cut."""
    picture = png(squares(qr(url[: SIZES[-1].longest_text])))
    return with_file(letter, File("code.png", "image/png", picture))
