"""Turn items of lists and plans into candidate commitments: the item's words, its kind, and what speaks for it.

lead  ──► what the words before a list promise, and how they close
forms ──► in which form an item opens and what it says after its label
    └──► features: both together, and the list as a whole
"""

from extract.assemble.commitments.assemble import assemble_commitments
from extract.assemble.commitments.lead import read_lead
from extract.find.commitments.forms import body_form, item_form

__all__ = ["assemble_commitments", "body_form", "item_form", "read_lead"]
