"""Functions answered by memory, tools, models or the network, declared by their types."""

from chaffinch.message.model import Attachment, Domain
from chaffinch.mql.explosion import ExplodeNode
from chaffinch.mql.functions.declare import Source, outside
from chaffinch.mql.results import (
    Archive,
    AttackScore,
    Codes,
    Exif,
    LanguageOpinion,
    LinkAnalysis,
    Logos,
    MacroOpinion,
    OfficeDocument,
    ReadText,
    SenderProfile,
    SensitiveInformation,
    Text,
    Topics,
    Whois,
)

outside("profile.by_sender", Source.STATE, SenderProfile)
outside("profile.by_sender_email", Source.STATE, SenderProfile)
outside("profile.by_sender_domain", Source.STATE, SenderProfile)
outside("beta.profile.by_reply_to", Source.STATE, SenderProfile)

outside("file.explode", Source.HEAVY, tuple[ExplodeNode, ...], file=object)
outside("file.message_screenshot", Source.HEAVY, Attachment)
outside("beta.message_screenshot", Source.HEAVY, Attachment)
outside("file.html_screenshot", Source.HEAVY, Attachment, html=object)
outside("file.oletools", Source.HEAVY, OfficeDocument, file=object)
outside("file.expand_archives", Source.HEAVY, Archive, file=object, keywords={"max_depth": int})
outside("beta.ocr", Source.HEAVY, ReadText, file=object)
outside("beta.parse_exif", Source.HEAVY, Exif, file=object)
outside("beta.scan_qr", Source.HEAVY, Codes, file=object)

outside("ml.nlu_classifier", Source.MODEL, LanguageOpinion, text=str, keywords={"subject": str})
outside("ml.logo_detect", Source.MODEL, Logos, file=object)
outside("ml.macro_classifier", Source.MODEL, MacroOpinion, file=object)
outside("ml.attack_score", Source.MODEL, AttackScore)
outside("beta.fuzzy_attack_score", Source.MODEL, AttackScore)
outside("beta.ml_topic", Source.MODEL, Topics, text=str)
outside("beta.ml_translate", Source.MODEL, Text, text=str)
outside("beta.ml_extract_sensitive_information", Source.MODEL, SensitiveInformation, text=str)

outside("ml.link_analysis", Source.NETWORK, LinkAnalysis, link=object, keywords={"mode": str})
outside("beta.linkanalysis", Source.NETWORK, LinkAnalysis, link=object, keywords={"mode": str})
outside("network.whois", Source.NETWORK, Whois, domain=Domain)
