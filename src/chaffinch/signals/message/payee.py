"""Where money is to go: accounts and wallets that the text names."""

from chaffinch.signals.author_text import AuthorText
from chaffinch.signals.declare import signal


@signal
def names_a_bank_account(text: AuthorText) -> bool:
    """Subject or text name an IBAN or an American routing number that checks out, or a sort code.

    >>> names_a_bank_account(AuthorText("", "Pay to GB82 WEST 1234 5698 7654 32"))
    True
    >>> names_a_bank_account(AuthorText("", "ABA 021000022, account 123456789"))
    False
    """
    return any(one.startswith(("iban ", "aba ", "sort code ")) for one in text.accounts)


@signal
def names_a_wallet(text: AuthorText) -> bool:
    """Subject or text name a wallet for Bitcoin or Ether.

    >>> names_a_wallet(AuthorText("", "Send it to 0x" + "ab" * 20))
    True
    """
    return any(one.startswith(("bitcoin ", "ether ")) for one in text.accounts)


@signal
def accounts_count(text: AuthorText) -> int:
    """Different bank accounts and wallets that subject and text name.

    >>> accounts_count(AuthorText("", "GB82 WEST 1234 5698 7654 32, also DE89370400440532013000"))
    2
    """
    return len(text.accounts)
