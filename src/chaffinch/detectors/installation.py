"""What this installation answers: which functions, which lists; and what a rule lacks here."""

from collections.abc import Set

import msgspec

from chaffinch.core.tenant import Tenant
from chaffinch.detectors.capabilities import ANSWERED, TENANT_LISTS
from chaffinch.lists.reference import Lists
from chaffinch.mql.functions.declare import Source
from chaffinch.mql.functions.library import FUNCTIONS
from chaffinch.mql.lint.needs import Needs
from chaffinch.profiles.known import KNOWN_LISTS
from chaffinch.signals.declare import catalogue
from chaffinch.signals.elements import short_name

_OF_PEOPLE = frozenset({"org_vips", "org_display_names"})


class Installation(msgspec.Struct, frozen=True):
    """The functions somebody answers here, the lists that are here, the signals that are not."""

    functions: Set[str]
    lists: Set[str]
    unmeasured: Set[str] = frozenset()
    unmeasured_of_each: Set[str] = frozenset()

    def lacks(self, needs: Needs) -> frozenset[str]:
        """What a rule asks that nobody answers here, as causes are written.

        Functions by name, lists as ``$name``, signals as ``signals.name``.
        """
        here = frozenset(self.functions) | {f"${name}" for name in self.lists}
        signals = {f"signals.{name}" for name in needs.signals if name in self.unmeasured}
        signals |= {f".signals{name}" for name in needs.signals if name in self.unmeasured_of_each}
        return (needs.outside - here) | signals


def installation(
    lists: Lists, tenant: Tenant | None = None, *, remembers: bool = True
) -> Installation:
    """This installation with these lists; lists of people are lacking where a tenant names none.

    One that does not remember (it has no state) has no profiles, nor the lists history answers, nor
    the signals that need history.

    >>> from chaffinch.lists.reference import shipped
    >>> from chaffinch.mql.grammar import parse
    >>> from chaffinch.mql.lint.needs import needs
    >>> asked = needs(parse("any($org_vips, .display_name == 'x') and ml.attack_score().score > 1"))
    >>> sorted(installation(shipped()).lacks(asked))
    ['ml.attack_score']
    >>> sorted(installation(shipped(), Tenant()).lacks(asked))
    ['$org_vips', 'ml.attack_score']
    """
    of_tenant = TENANT_LISTS if tenant is None or tenant.people else TENANT_LISTS - _OF_PEOPLE
    functions = {
        name for name in ANSWERED if remembers or FUNCTIONS[name].source is not Source.STATE
    }
    of_history = frozenset(KNOWN_LISTS) if remembers else frozenset()
    listed = frozenset(lists.by_name) | of_tenant | of_history
    unmeasured = {name for name, one in catalogue().items() if one.needs_history and not remembers}
    of_each = {
        f".{short_name(name)}" for name in unmeasured if catalogue()[name].element is not None
    }
    return Installation(frozenset(functions), listed, frozenset(unmeasured), frozenset(of_each))
