from alongside.programs.models.beginning import Beginning, BlueprintFile
from alongside.programs.models.enrolment import Enrolment
from alongside.programs.models.program import DesignVersion, Program
from alongside.programs.models.sessions import Cohort, CohortLeader, Licence, Session
from alongside.programs.models.stages import StageLead, StageProduct, StageRun

__all__ = [
    "Beginning",
    "BlueprintFile",
    "Cohort",
    "CohortLeader",
    "DesignVersion",
    "Enrolment",
    "Licence",
    "Program",
    "Session",
    "StageLead",
    "StageProduct",
    "StageRun",
]
