"""What is proposed, in which words, by whom, what people say about it, and how it is decided."""

from alongside.decisions.models.advice import Advice, AdviceAsked, AdvicePlan, Decider
from alongside.decisions.models.amendments import Amendment
from alongside.decisions.models.ballots import Ballot, BallotSecret, OpenBallot, PaperKeying, Receipt
from alongside.decisions.models.conciliation import Conciliation, ConciliationMessage, Conciliator
from alongside.decisions.models.consent import Finding, Objection, RoundSeen, SmallEdit, Stance
from alongside.decisions.models.follow_up import ProgressNote, Rating, Reminder
from alongside.decisions.models.hands import HandConfirmation, HandVote
from alongside.decisions.models.meetings import AgendaItem, Attendance, Coming, Meeting
from alongside.decisions.models.minutes import Correction, Minutes, MinutesApproval, Passage, Undertaking
from alongside.decisions.models.moderation import Appeal, HouseRule, ModerationEntry, OwnHouseRules, Report
from alongside.decisions.models.options import Option
from alongside.decisions.models.proposals import Author, Draft, Proposal, Version
from alongside.decisions.models.questions import OpenQuestion, Opinion, QuestionResult, Statement
from alongside.decisions.models.say import Say
from alongside.decisions.models.sources import Source
from alongside.decisions.models.talk import Contribution, Reaction, Side
from alongside.decisions.models.voting import Decision, RollEntry, Scrutineer, SideChoice

__all__ = [
    "Advice",
    "AdviceAsked",
    "AdvicePlan",
    "AgendaItem",
    "Amendment",
    "Appeal",
    "Attendance",
    "Author",
    "Ballot",
    "BallotSecret",
    "Coming",
    "Conciliation",
    "ConciliationMessage",
    "Conciliator",
    "Contribution",
    "Correction",
    "Decider",
    "Decision",
    "Draft",
    "Finding",
    "HandConfirmation",
    "HandVote",
    "HouseRule",
    "Meeting",
    "Minutes",
    "MinutesApproval",
    "ModerationEntry",
    "Objection",
    "OpenBallot",
    "OpenQuestion",
    "Opinion",
    "Option",
    "OwnHouseRules",
    "PaperKeying",
    "Passage",
    "ProgressNote",
    "Proposal",
    "QuestionResult",
    "Rating",
    "Reaction",
    "Receipt",
    "Reminder",
    "Report",
    "RollEntry",
    "RoundSeen",
    "Say",
    "Scrutineer",
    "Side",
    "SideChoice",
    "SmallEdit",
    "Source",
    "Stance",
    "Statement",
    "Undertaking",
    "Version",
]
