"""Tables of rotas: who shares the duties of a program, the duties of a period, and who has each."""

from alongside.rota.models.assignments import Assignment
from alongside.rota.models.families import Away, Exemption, Family, FeeLine, Wish
from alongside.rota.models.rotas import ClosedDay, Duty, Rota, Version
from alongside.rota.models.swaps import Swap

__all__ = [
    "Assignment", "Away", "ClosedDay", "Duty", "Exemption", "Family", "FeeLine", "Rota", "Swap", "Version", "Wish",
]  # fmt: skip
