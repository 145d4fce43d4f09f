"""How words become records: document in, records out. No database, network, clock, environment or flow engine.

``find_money`` and ``find_dates`` are usable on their own; they are loaded at first use, since importing the package
must stay light.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.find.dates import DateMention, find_dates
    from extract.find.money import MoneyMention, find_money

__all__ = ["DateMention", "MoneyMention", "find_dates", "find_money"]

_MODULES = {
    "find_money": "extract.find.money",
    "MoneyMention": "extract.find.money",
    "find_dates": "extract.find.dates",
    "DateMention": "extract.find.dates",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_MODULES[name]), name)
