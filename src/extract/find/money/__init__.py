"""Find sums of money in English, French and Korean text, exact to the cent, each with the reason for its currency."""

from extract.find.money.document import money_mentions
from extract.find.money.find import find_money
from extract.find.money.mention import MoneyMention

__all__ = ["MoneyMention", "find_money", "money_mentions"]
