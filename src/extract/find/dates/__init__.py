"""Find dates and stretches of time, as precisely as they are said and no more."""

from extract.find.dates.find import date_mentions, find_dates
from extract.find.dates.mention import DateMention

__all__ = ["DateMention", "date_mentions", "find_dates"]
