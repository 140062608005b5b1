"""What the author's own words ask for, and how."""

from chaffinch.signals.declare import signal
from chaffinch.signals.wording import Wording


@signal
def is_urgent(wording: Wording) -> bool:
    """The text presses for time.

    >>> is_urgent(Wording(frozenset({"urgency"})))
    True
    """
    return "urgency" in wording


@signal
def is_secretive(wording: Wording) -> bool:
    """The text asks to keep the matter from others.

    >>> is_secretive(Wording(frozenset()))
    False
    """
    return "secrecy" in wording


@signal
def mentions_gift_cards(wording: Wording) -> bool:
    """The text speaks of gift cards.

    >>> mentions_gift_cards(Wording(frozenset({"gift_cards"})))
    True
    """
    return "gift_cards" in wording


@signal
def asks_for_payment(wording: Wording) -> bool:
    """The text asks for a transfer or says that a payment is due.

    >>> asks_for_payment(Wording(frozenset({"payment_request"})))
    True
    """
    return "payment_request" in wording


@signal
def asks_to_confirm_account(wording: Wording) -> bool:
    """The text asks to verify, confirm or sign in to an account.

    >>> asks_to_confirm_account(Wording(frozenset({"credentials"})))
    True
    """
    return "credentials" in wording


@signal
def asks_to_call_a_number(wording: Wording) -> bool:
    """The text asks to telephone somebody, as refund swindles do.

    >>> asks_to_call_a_number(Wording(frozenset({"call_number"})))
    True
    """
    return "call_number" in wording


@signal
def asks_whether_available(wording: Wording) -> bool:
    """The text asks whether the reader is free for a task or a favour.

    >>> asks_whether_available(Wording(frozenset({"availability"})))
    True
    """
    return "availability" in wording


@signal
def asks_to_move_to_another_channel(wording: Wording) -> bool:
    """The text asks for a mobile number, or to go on by messenger or private mail.

    >>> asks_to_move_to_another_channel(Wording(frozenset({"channel_pivot"})))
    True
    """
    return "channel_pivot" in wording


@signal
def asks_to_scan_a_code(wording: Wording) -> bool:
    """The text asks to scan a QR code with a telephone.

    >>> from chaffinch.signals.wording import topics_of
    >>> asks_to_scan_a_code(topics_of("Scan the code with your phone"))
    True
    >>> asks_to_scan_a_code(topics_of("Attached is our bill with its QR code"))
    False
    """
    return "scan_qr" in wording


@signal
def asks_to_switch_off_protection(wording: Wording) -> bool:
    """The text asks to enable content or macros, or to paste a command.

    >>> asks_to_switch_off_protection(Wording(frozenset({"enable_content"})))
    True
    """
    return "enable_content" in wording


@signal
def asks_to_enter_device_code(wording: Wording) -> bool:
    """The text asks to enter a code on a device sign-in page.

    >>> asks_to_enter_device_code(Wording(frozenset({"device_code"})))
    True
    """
    return "device_code" in wording


@signal
def states_a_password(wording: Wording) -> bool:
    """The text gives a password for something it carries.

    >>> states_a_password(Wording(frozenset({"password_given"})))
    True
    """
    return "password_given" in wording


@signal
def asks_for_tax_or_ledger_data(wording: Wording) -> bool:
    """The text asks for tax forms or lists of open invoices.

    >>> asks_for_tax_or_ledger_data(Wording(frozenset({"tax_form"})))
    True
    """
    return "tax_form" in wording


@signal
def greets_nobody_in_particular(wording: Wording) -> bool:
    """The greeting would fit anybody (dear customer, dear friend, dear address).

    >>> greets_nobody_in_particular(Wording(frozenset({"generic_greeting"})))
    True
    """
    return "generic_greeting" in wording


@signal
def asks_to_buy_gift_cards(wording: Wording) -> bool:
    """The text asks to buy gift cards or to send their codes.

    >>> asks_to_buy_gift_cards(Wording(frozenset({"gift_card_errand"})))
    True
    """
    return "gift_card_errand" in wording


@signal
def names_a_messenger(wording: Wording) -> bool:
    """The text names a messenger outside mail.

    >>> names_a_messenger(Wording(frozenset({"messenger"})))
    True
    """
    return "messenger" in wording
