"""Strengths, offers and requests, exchanges, and who has taken what from the work queue."""

from alongside.strengths.models.exchange import Exchange, ExchangeWords
from alongside.strengths.models.folding import Folded
from alongside.strengths.models.listing import Listing
from alongside.strengths.models.profile import Strength, StrengthsProfile
from alongside.strengths.models.worklist import QueueClaim

__all__ = ["Exchange", "ExchangeWords", "Folded", "Listing", "QueueClaim", "Strength", "StrengthsProfile"]
