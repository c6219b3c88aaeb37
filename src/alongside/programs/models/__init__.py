from alongside.programs.models.barriers import Barrier, BarrierAnswer
from alongside.programs.models.beginning import Beginning, BlueprintFile
from alongside.programs.models.bringing import BudgetLine, Commitment, CommitmentSide, Input
from alongside.programs.models.looking import LookBack, SelfCheck
from alongside.programs.models.program import DesignVersion, Program
from alongside.programs.models.stages import StageLead, StageProduct, StageRun

__all__ = ["Beginning", "BlueprintFile", "DesignVersion", "Program", "StageLead", "StageProduct", "StageRun"]
__all__ += ["Barrier", "BarrierAnswer", "BudgetLine", "Commitment", "CommitmentSide", "Input", "LookBack", "SelfCheck"]
