from alongside.programs.models.barriers import Barrier, BarrierAnswer
from alongside.programs.models.beginning import Beginning, BlueprintFile
from alongside.programs.models.bringing import BudgetLine, Commitment, CommitmentSide, Input
from alongside.programs.models.enrolment import Enrolment
from alongside.programs.models.looking import LookBack, SelfCheck
from alongside.programs.models.pathway import BesideMentor, Introduction, LivedExperience, PathStep, TrainingDone
from alongside.programs.models.program import DesignVersion, Program
from alongside.programs.models.sessions import Cohort, CohortLeader, Licence, Session
from alongside.programs.models.stages import StageLead, StageProduct, StageRun

__all__ = [
    "Barrier",
    "BarrierAnswer",
    "Beginning",
    "BesideMentor",
    "BlueprintFile",
    "BudgetLine",
    "Cohort",
    "CohortLeader",
    "Commitment",
    "CommitmentSide",
    "DesignVersion",
    "Enrolment",
    "Input",
    "Introduction",
    "Licence",
    "LivedExperience",
    "LookBack",
    "PathStep",
    "Program",
    "SelfCheck",
    "Session",
    "StageLead",
    "StageProduct",
    "StageRun",
    "TrainingDone",
]
