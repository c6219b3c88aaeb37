"""What is proposed, in which words, by whom, and what people say about it."""

from alongside.decisions.models.proposals import Author, Draft, Proposal, Version
from alongside.decisions.models.talk import Contribution, Reaction

__all__ = ["Author", "Contribution", "Draft", "Proposal", "Reaction", "Version"]
