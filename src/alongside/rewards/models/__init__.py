from alongside.rewards.models.draws import Draw, DrawEntry
from alongside.rewards.models.entitlements import Entitlement, PaperNote
from alongside.rewards.models.rewards import Reward

__all__ = ["Draw", "DrawEntry", "Entitlement", "PaperNote", "Reward"]
