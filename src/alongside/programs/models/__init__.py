from alongside.programs.models.barriers import Barrier, BarrierAnswer
from alongside.programs.models.beginning import Beginning, BlueprintFile
from alongside.programs.models.boards import BoardDecision, BoardMeeting, BoardPresence
from alongside.programs.models.bringing import BudgetLine, Commitment, CommitmentSide, Input
from alongside.programs.models.enrolment import Enrolment
from alongside.programs.models.jobs import JobTerm
from alongside.programs.models.leaders import SessionLeader, leaders_of, led_by, who_leads
from alongside.programs.models.looking import LookBack, SelfCheck
from alongside.programs.models.looks import SessionLook
from alongside.programs.models.moves import CohortMove
from alongside.programs.models.pathway import BesideMentor, Introduction, LivedExperience, PathStep, TrainingDone
from alongside.programs.models.program import DesignVersion, Program
from alongside.programs.models.sessions import Cohort, CohortLeader, Licence, Session
from alongside.programs.models.stages import StageLead, StageProduct, StageRun
from alongside.programs.models.topics import Topic, TopicClass, TopicWish

__all__ = [
    "Barrier",
    "BarrierAnswer",
    "Beginning",
    "BesideMentor",
    "BlueprintFile",
    "BoardDecision",
    "BoardMeeting",
    "BoardPresence",
    "BudgetLine",
    "Cohort",
    "CohortLeader",
    "CohortMove",
    "Commitment",
    "CommitmentSide",
    "DesignVersion",
    "Enrolment",
    "Input",
    "Introduction",
    "JobTerm",
    "Licence",
    "LivedExperience",
    "LookBack",
    "PathStep",
    "Program",
    "SelfCheck",
    "Session",
    "SessionLeader",
    "SessionLook",
    "StageLead",
    "StageProduct",
    "StageRun",
    "Topic",
    "TopicClass",
    "TopicWish",
    "TrainingDone",
    "leaders_of",
    "led_by",
    "who_leads",
]
