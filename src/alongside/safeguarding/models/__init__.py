"""Checks and what asks for them; who leads safeguarding; and pairs that are kept apart."""

from alongside.safeguarding.models.apart import KeptApart, PutTogether, Together
from alongside.safeguarding.models.checks import Check, CheckKind, Ending, Requirement
from alongside.safeguarding.models.leads import Lead

__all__ = ["Check", "CheckKind", "Ending", "KeptApart", "Lead", "PutTogether", "Requirement", "Together"]
