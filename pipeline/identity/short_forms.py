"""Short forms of given names that are no beginning of them: `Andy` for `Andrew`."""

from __future__ import annotations

_NO_NAMES: frozenset[str] = frozenset()
_SHORT = """
    abby abigail; al albert alfred; alec alexander; alex alexandra; andy andrew andreas;
    annie anne ann anna; barney bernard; becky rebecca; ben benedict; bernie bernard; bert albert
    robert herbert; beth elizabeth; betsy elizabeth; betty elizabeth; bill william; billy william;
    bob robert; bobby robert; charlie charles; chuck charles; cindy cynthia; dave david;
    debbie deborah; dick richard; don donald; drew andrew; ed edward edwin edmund; eddie edward
    edwin; fred frederick alfred; gene eugene; geoff geoffrey; gerry gerald gerard;
    hal harold henry; hank henry; harry harold henry; jack john; jake jacob; jamie james;
    jeff jeffrey geoffrey;
    jenny jennifer; jerry gerald jerome; jim james; jimmy james; joe joseph; joey joseph;
    johnny john; katie katherine kathleen; kate katherine kathryn; kathy katherine kathleen kathryn;
    larry lawrence laurence; lenny leonard; liz elizabeth; lizzie elizabeth; maggie margaret;
    marty martin; matt matthew; max maximilian; meg margaret; mickey michael; mike michael mikhail;
    misha mikhail; molly mary; nate nathan nathaniel; ned edward; nick nicholas nikolas nicolas;
    patty patricia; peggy margaret; pete peter; phil philip phillip; polly mary; rick richard;
    ricky richard; ron ronald; ronnie ronald; rusty russell; sam samuel samantha; sandy alexander
    sandra; sasha alexander alexandra aleksandr; stan stanley stanislav; steve stephen steven;
    sue susan susanne; susie susan; ted edward theodore; terry terence theresa; tim timothy;
    tom thomas; tommy thomas; tony anthony antonio; trish patricia; vicky victoria; vlad vladimir;
    volodya vladimir; walt walter; will william; zach zachary
"""


def _full_names() -> dict[str, frozenset[str]]:
    words = (line.split() for line in _SHORT.split(";"))
    return {short: frozenset(full) for short, *full in words}


_FULL_NAMES = _full_names()


def full_names(given: str) -> frozenset[str]:
    """The given names that a folded one is commonly short for.

    >>> sorted(full_names("bob")), sorted(full_names("robert"))
    (['robert'], [])
    """
    return _FULL_NAMES.get(given, _NO_NAMES)
