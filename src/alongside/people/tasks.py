"""What the people room does by itself."""

from datetime import datetime, timedelta

from alongside.kernel.jobs import periodic
from alongside.people.actions import signing_in


@periodic("people.sweep_sign_ins", every=timedelta(days=1))
def sweep_sign_ins(at: datetime) -> str:
    return f"{signing_in.sweep(at=at)} unfinished accounts dropped"
