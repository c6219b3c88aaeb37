from alongside.programs.models.beginning import Beginning, BlueprintFile
from alongside.programs.models.program import DesignVersion, Program
from alongside.programs.models.stages import StageLead, StageProduct, StageRun

__all__ = ["Beginning", "BlueprintFile", "DesignVersion", "Program", "StageLead", "StageProduct", "StageRun"]
