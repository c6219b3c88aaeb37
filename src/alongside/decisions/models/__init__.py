"""What is proposed, in which words, by whom, what people say about it, and how it is decided."""

from alongside.decisions.models.ballots import Ballot, BallotSecret, OpenBallot, PaperKeying, Receipt, Word
from alongside.decisions.models.consent import Finding, Objection, Stance
from alongside.decisions.models.proposals import Author, Draft, Proposal, Version
from alongside.decisions.models.say import Say
from alongside.decisions.models.talk import Contribution, Reaction, Side
from alongside.decisions.models.voting import Decision, RollEntry, Scrutineer, SideChoice

__all__ = [
    "Author",
    "Ballot",
    "BallotSecret",
    "Contribution",
    "Decision",
    "Draft",
    "Finding",
    "Objection",
    "OpenBallot",
    "PaperKeying",
    "Proposal",
    "Reaction",
    "Receipt",
    "RollEntry",
    "Say",
    "Scrutineer",
    "Side",
    "SideChoice",
    "Stance",
    "Version",
    "Word",
]
