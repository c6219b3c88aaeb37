from alongside.wellbeing.models.plans import ActionStep, Goal, PlanShare
from alongside.wellbeing.models.visits import AgendaItem, Visit, VisitSeries

__all__ = ["ActionStep", "AgendaItem", "Goal", "PlanShare", "Visit", "VisitSeries"]
