"""What the author's own words offer, promise or advertise."""

from chaffinch.signals.declare import signal
from chaffinch.signals.wording import Wording


@signal
def advertises_adult_content(wording: Wording) -> bool:
    """The text advertises dating or adult content.

    >>> advertises_adult_content(Wording(frozenset({"adult"})))
    True
    """
    return "adult" in wording


@signal
def advertises_remedies(wording: Wording) -> bool:
    """The text advertises remedies, diets or what makes young.

    >>> advertises_remedies(Wording(frozenset({"remedies"})))
    True
    """
    return "remedies" in wording


@signal
def advertises_loans(wording: Wording) -> bool:
    """The text advertises loans, insurance or warranties.

    >>> advertises_loans(Wording(frozenset({"loans"})))
    True
    """
    return "loans" in wording


@signal
def advertises_gambling(wording: Wording) -> bool:
    """The text advertises casinos or betting.

    >>> advertises_gambling(Wording(frozenset({"gambling"})))
    True
    """
    return "gambling" in wording


@signal
def advertises_bulk_services(wording: Wording) -> bool:
    """The text sells addresses, rankings, copies or stocks, as bulk senders do.

    >>> advertises_bulk_services(Wording(frozenset({"bulk_services"})))
    True
    """
    return "bulk_services" in wording


@signal
def promises_easy_money(wording: Wording) -> bool:
    """The text promises an income for little work from home.

    >>> promises_easy_money(Wording(frozenset({"easy_money"})))
    True
    """
    return "easy_money" in wording


@signal
def offers_a_job(wording: Wording) -> bool:
    """The text offers a job with easy money for little work.

    >>> offers_a_job(Wording(frozenset({"job_offer"})))
    True
    """
    return "job_offer" in wording


@signal
def pitches_an_offer(wording: Wording) -> bool:
    """The text praises an offer: savings, guarantees, only today.

    >>> pitches_an_offer(Wording(frozenset({"offer_pitch"})))
    True
    """
    return "offer_pitch" in wording


@signal
def speaks_of_removal_from_a_list(wording: Wording) -> bool:
    """The text explains how to be removed from a mailing, or why it is not spam.

    >>> speaks_of_removal_from_a_list(Wording(frozenset({"removal_notice"})))
    True
    """
    return "removal_notice" in wording


@signal
def offers_to_unsubscribe(wording: Wording) -> bool:
    """The text offers to unsubscribe or to manage preferences.

    >>> offers_to_unsubscribe(Wording(frozenset({"unsubscribe"})))
    True
    """
    return "unsubscribe" in wording


@signal
def promises_prize(wording: Wording) -> bool:
    """The text says that the reader has won or was chosen for a reward.

    >>> promises_prize(Wording(frozenset({"prize"})))
    True
    """
    return "prize" in wording


@signal
def asks_for_a_survey(wording: Wording) -> bool:
    """The text asks to take part in a survey or quiz.

    >>> asks_for_a_survey(Wording(frozenset({"survey"})))
    True
    """
    return "survey" in wording


@signal
def says_points_await(wording: Wording) -> bool:
    """The text says that loyalty points or a balance can be redeemed or will expire.

    >>> says_points_await(Wording(frozenset({"points"})))
    True
    """
    return "points" in wording


@signal
def promises_windfall(wording: Wording) -> bool:
    """The text promises an inheritance, a fund, a donation or a share of millions.

    >>> promises_windfall(Wording(frozenset({"windfall"})))
    True
    """
    return "windfall" in wording


@signal
def names_a_large_sum(wording: Wording) -> bool:
    """The text names a sum of many thousands or of millions.

    >>> names_a_large_sum(Wording(frozenset({"large_sum"})))
    True
    """
    return "large_sum" in wording


@signal
def tells_a_strangers_story(wording: Wording) -> bool:
    """The author introduces himself as a stranger in need of trust.

    >>> tells_a_strangers_story(Wording(frozenset({"stranger_story"})))
    True
    """
    return "stranger_story" in wording


@signal
def asks_for_a_private_answer(wording: Wording) -> bool:
    """The text wants an answer with particulars, or to an address it names.

    >>> asks_for_a_private_answer(Wording(frozenset({"contact_me"})))
    True
    """
    return "contact_me" in wording


@signal
def offers_coins(wording: Wording) -> bool:
    """The text offers coins, or wants a wallet connected or verified.

    >>> offers_coins(Wording(frozenset({"wallet_lure"})))
    True
    """
    return "wallet_lure" in wording


@signal
def mentions_cryptocurrency(wording: Wording) -> bool:
    """The text speaks of cryptocurrency, wallets or seed phrases.

    >>> mentions_cryptocurrency(Wording(frozenset({"cryptocurrency"})))
    True
    """
    return "cryptocurrency" in wording


@signal
def offers_tax_refund(wording: Wording) -> bool:
    """The text offers a tax refund.

    >>> offers_tax_refund(Wording(frozenset({"tax_refund"})))
    True
    """
    return "tax_refund" in wording


@signal
def asks_for_a_quotation(wording: Wording) -> bool:
    """The text asks a stranger for a quotation, a catalogue or a trial delivery.

    >>> asks_for_a_quotation(Wording(frozenset({"quotation_request"})))
    True
    """
    return "quotation_request" in wording


@signal
def wants_a_fee_beforehand(wording: Wording) -> bool:
    """The text wants a fee, a tax or a charge paid before money is released.

    >>> wants_a_fee_beforehand(Wording(frozenset({"fee_beforehand"})))
    True
    """
    return "fee_beforehand" in wording


@signal
def names_pay_for_work(wording: Wording) -> bool:
    """The text names what is paid for a day, a week or a month.

    >>> names_pay_for_work(Wording(frozenset({"paid_work"})))
    True
    """
    return "paid_work" in wording
