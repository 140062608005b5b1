"""What the author's own words give notice of: trouble, charges, threats, things that wait."""

from chaffinch.signals.declare import signal
from chaffinch.signals.wording import Wording


@signal
def says_account_is_in_trouble(wording: Wording) -> bool:
    """The text says that an account is suspended, limited or misused.

    >>> says_account_is_in_trouble(Wording(frozenset({"account_trouble"})))
    True
    """
    return "account_trouble" in wording


@signal
def says_password_or_mailbox_is_ending(wording: Wording) -> bool:
    """The text says that a password expires, a mailbox is full or mail is held back.

    >>> says_password_or_mailbox_is_ending(Wording(frozenset({"password_expiry"})))
    True
    """
    return "password_expiry" in wording


@signal
def announces_voicemail_or_fax(wording: Wording) -> bool:
    """The text announces a voice message or a fax.

    >>> announces_voicemail_or_fax(Wording(frozenset({"voicemail"})))
    True
    """
    return "voicemail" in wording


@signal
def announces_new_bank_details(wording: Wording) -> bool:
    """The text says that payments shall go to another account than before.

    >>> announces_new_bank_details(Wording(frozenset({"bank_change"})))
    True
    """
    return "bank_change" in wording


@signal
def offers_shared_document(wording: Wording) -> bool:
    """The text offers a document to view, download or sign.

    >>> offers_shared_document(Wording(frozenset({"shared_document"})))
    True
    """
    return "shared_document" in wording


@signal
def says_parcel_is_held(wording: Wording) -> bool:
    """The text says that a delivery is held or has failed.

    >>> says_parcel_is_held(Wording(frozenset({"parcel"})))
    True
    """
    return "parcel" in wording


@signal
def says_a_fee_is_due(wording: Wording) -> bool:
    """The text speaks of a fee for customs, delivery or clearance.

    >>> says_a_fee_is_due(Wording(frozenset({"parcel_fee"})))
    True
    """
    return "parcel_fee" in wording


@signal
def threatens_a_fine(wording: Wording) -> bool:
    """The text speaks of a fine, a toll or a court that wants money.

    >>> threatens_a_fine(Wording(frozenset({"fine"})))
    True
    """
    return "fine" in wording


@signal
def says_invoice_is_unpaid(wording: Wording) -> bool:
    """The text says that an invoice is overdue.

    >>> says_invoice_is_unpaid(Wording(frozenset({"unpaid"})))
    True
    """
    return "unpaid" in wording


@signal
def says_a_charge_was_made(wording: Wording) -> bool:
    """The text says that a subscription was renewed or money was taken.

    >>> says_a_charge_was_made(Wording(frozenset({"charge_notice"})))
    True
    """
    return "charge_notice" in wording


@signal
def threatens_exposure(wording: Wording) -> bool:
    """The text threatens to publish recordings or stolen data.

    >>> threatens_exposure(Wording(frozenset({"extortion"})))
    True
    """
    return "extortion" in wording


@signal
def mentions_invoice(wording: Wording) -> bool:
    """The text speaks of an invoice or a purchase order.

    >>> mentions_invoice(Wording(frozenset({"invoice"})))
    True
    """
    return "invoice" in wording


@signal
def speaks_of_salary(wording: Wording) -> bool:
    """The text speaks of payroll or direct deposit.

    >>> speaks_of_salary(Wording(frozenset({"payroll"})))
    True
    """
    return "payroll" in wording


@signal
def speaks_of_sign_in(wording: Wording) -> bool:
    """The text speaks of passwords, second factors, mailboxes or documents to sign.

    >>> speaks_of_sign_in(Wording(frozenset({"factor"})))
    True
    """
    return "factor" in wording
