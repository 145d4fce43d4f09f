"""Turn sums of money into candidate funding records: which sums are funding, from whom, to whom, what for.

context ──► features          what speaks for and against the sum being funding
    └─────► status, parties, purpose ──► same: one record a distinct sum and use
"""

from extract.assemble.funding.assemble import assemble_funding, undecided_sums

__all__ = ["assemble_funding", "undecided_sums"]
