"""The invented names a company is cast from; every domain is a reserved one."""

import re
from unicodedata import normalize

from chaffinch.simulate.zone import Summer

FIRST_NAMES = (
    "Adele", "Anton", "Beatriz", "Bruno", "Carla", "Cornelius", "Dagny", "Deniz", "Edda", "Elias",
    "Fenja", "Florin", "Greta", "Gustav", "Hanna", "Hugo", "Ines", "Ivo", "Jasmin", "Jonas",
    "Katja", "Kilian", "Leonor", "Lukas", "Magda", "Mattis", "Nadja", "Niklas", "Oona", "Oskar",
    "Paula", "Quirin", "Renée", "Ruben", "Selma", "Silvan", "Tilda", "Tomás", "Ursel", "Zoë",
    "Amara", "Arjun", "Bronwyn", "Callum", "Chiara", "Dmitri", "Esme", "Farid", "Gwen", "Hiroshi",
    "Imani", "Jiwoo", "Kofi", "Leila", "Mihai", "Noor", "Orla", "Priya", "Rafael", "Sinéad",
)  # fmt: skip

LAST_NAMES = (
    "Abendroth", "Arvidsson", "Baumgart", "Bellweather", "Castellan", "Drossel", "Eichhorst",
    "Falkenrath", "Ferreira", "Gantenbrink", "Grünwald", "Halvorsen", "Holloway", "Iversen",
    "Jorissen", "Kestrel", "Kühnel", "Lindqvist", "Marchetti", "Montfort", "Nachtigall",
    "Oakhurst", "Ostrander", "Pettersen", "Quandt", "Reisinger", "Rosenkvist", "Sandoval",
    "Sørlund", "Tannenberg", "Thistlewood", "Uhlmann", "Valdés", "Vestergaard", "Wieland",
    "Winterbourne", "Yarrow", "Zeller", "Adeyemi", "Bhattacharya", "Caldwell", "Dragomir",
    "Eastwick", "Fairweather", "Georgiou", "Hathersage", "Ishikawa", "Joubert", "Kowalczyk",
    "Lachance", "Mbeki", "Novotný", "Okonkwo", "Papadakis", "Ravenscroft", "Szabó", "Tanaka",
    "Underhill", "Villeneuve", "Whitlock",
)  # fmt: skip

COMPANIES = (
    ("Tannhof Instruments", "tannhof.example"),
    ("Birkfeld Optics", "birkfeld-optics.example"),
    ("Larkmoor Engineering", "larkmoor.example"),
    ("Seewald Components", "seewald-components.example"),
)

# The first eight seats are always taken; the remaining people are dealt from OTHER_SEATS in turn.
SEATS = (
    ("Chief Executive Officer", "Management", True),
    ("Chief Financial Officer", "Finance", True),
    ("Chief Operating Officer", "Management", True),
    ("Assistant to the Management", "Management", False),
    ("Accounts Payable", "Finance", False),
    ("Head of Human Resources", "People", False),
    ("IT Administrator", "IT", False),
    ("Information Security Officer", "IT", False),
)

OTHER_SEATS = (
    ("Account Manager", "Sales", False),
    ("Project Engineer", "Engineering", False),
    ("Purchasing Officer", "Operations", False),
    ("Sales Representative", "Sales", False),
    ("Software Engineer", "Engineering", False),
    ("Warehouse Planner", "Operations", False),
    ("Controller", "Finance", False),
    ("Quality Engineer", "Engineering", False),
    ("Payroll Officer", "People", False),
    ("Marketing Manager", "Sales", False),
)

VENDORS = (
    ("Nordlicht Logistik", "nordlicht-logistik.example", "freight"),
    ("Quarzwerk Glass", "quarzwerk-glass.example", "lens blanks"),
    ("Ferrum & Daughters", "ferrumdaughters.example", "machined housings"),
    ("Papierhaus Levin", "papierhaus-levin.test", "office supplies"),
    ("Copperline Electronics", "copperline.example", "circuit boards"),
    ("Alder Facility Services", "alderfacility.example", "cleaning and maintenance"),
    ("Wagner & Brandt Tax Advisers", "wagnerbrandt-tax.test", "tax advice"),
    ("Polder Packaging", "polderpackaging.example", "crates"),
)

CUSTOMERS = (
    ("Observatoire du Plateau", "observatoire-plateau.example", "fr"),
    ("Klinik am Rosenhag", "klinik-rosenhag.example", "de"),
    ("Universidad de Montesclaro", "montesclaro.example", "es"),
    ("Harbourgate Shipyards", "harbourgate.example", "en"),
    ("Ashdown Mapping", "ashdown-mapping.test", "en"),
    ("Skarv Offshore", "skarv-offshore.example", "en"),
    ("Fennel & Rye Labs", "fennelrye.test", "en"),
    ("Granite Peak Rail", "granitepeak.example", "en"),
    ("The Merrow Foundation", "merrowfoundation.example", "en"),
    ("Stadtwerke Oberlinden", "sw-oberlinden.example", "de"),
)

# name, domain of the sender, purpose
TOOLS = (
    ("Driftbox", "driftbox.example", "files"),
    ("Parleo Telephony", "parleo.example", "voicemail"),
    ("Signetta", "signetta.example", "signing"),
    ("Taskwright", "taskwright.example", "tickets"),
    ("Ledgerloom", "ledgerloom.example", "expenses"),
    ("Mailcastle Suite", "mailcastle.example", "mail"),
)

NEWSLETTERS = (
    ("Photonics Fortnightly", "photonics-fortnightly.example", "sendwell.example"),
    ("The Procurement Letter", "procurementletter.test", "sendwell.example"),
    ("Export Briefing", "export-briefing.example", "postbird.test"),
    ("Kantine Oberlinden", "kantine-oberlinden.example", "postbird.test"),
    ("Optik Heute", "optik-heute.test", "sendwell.example"),
    ("Rail & Sea Tenders", "railsea-tenders.example", "postbird.test"),
    ("Workshop Deals", "workshopdeals.example", "sendwell.example"),
)

MAILING_LISTS = (
    ("lens-design", "lists.opticsfolk.example", "Lens design discussion"),
    ("embedded", "lists.firmware-guild.example", "Embedded firmware guild"),
)

# What larger companies trade with is named by a stem, a kind and the trade that goes with it.
STEMS = (
    "Amber", "Beacon", "Cobalt", "Dunlin", "Ember", "Falcon", "Garnet", "Harrow", "Ivory",
    "Juniper", "Kelvin", "Linden", "Marlow", "Nettle", "Oakham", "Pelham", "Quill", "Raven",
    "Saffron", "Teasel", "Umber", "Vesper", "Willow", "Yewdale", "Zephyr", "Brandt", "Cask",
    "Dover", "Elm", "Ferney",
)  # fmt: skip
KINDS = (
    ("Castings", "castings"), ("Coatings", "coatings"), ("Couriers", "parcels"),
    ("Tooling", "tooling"), ("Plastics", "mouldings"), ("Cables", "cable sets"),
    ("Staffing", "temporary staff"), ("Insurance", "insurance"), ("Print", "printing"),
    ("Catering", "catering"), ("Metals", "sheet metal"), ("Sensors", "sensors"),
    ("Legal", "legal advice"), ("Fleet", "vehicle leasing"),
)  # fmt: skip
CLIENTS = (
    "Institute", "Hospitals", "Shipping", "Mining", "Rail", "Airfields", "Waterworks", "Foods",
    "Laboratories", "University", "Energy", "Survey",
)  # fmt: skip
TAILS = ("example", "test")
HOSTS = ("mailfarm.example", "bizhost.test")  # providers that relay for several small firms
LANGUAGES = ("en", "en", "en", "de", "fr", "es")

# city, minutes east of UTC in winter, summer time
OFFICES: tuple[tuple[str, int, Summer], ...] = (
    ("Oberlinden", 60, "eu"),
    ("Harbourgate", 0, "eu"),
    ("Granite Falls", -300, "us"),
    ("Port Merrow", 480, "none"),
)

# local part, name, the teams that read it
SHARED_MAILBOXES = (
    ("office", "Office", ("Management",)),
    ("invoices", "Invoices", ("Finance",)),
    ("orders", "Orders", ("Sales", "Operations")),
    ("jobs", "Jobs", ("People",)),
    ("helpdesk", "IT Helpdesk", ("IT",)),
)

FOLDED = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "á": "a", "ó": "o", "ø": "o",
    "ë": "e", "í": "i", "ñ": "n", "ý": "y",
})  # fmt: skip


def local_part(name: str) -> str:
    """What stands before the at sign of somebody's address; nothing where no letter is Latin.

    >>> local_part("Kühnel-Sørlund, Renée"), local_part("李 小龍")
    ('kuehnel-sorlund.renee', '')
    """
    bare = normalize("NFKD", name.lower().translate(FOLDED)).encode("ascii", "ignore")
    return ".".join(re.findall(r"[a-z0-9][a-z0-9-]*", bare.decode().replace("'", "")))
