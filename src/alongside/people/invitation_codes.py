"""The code of an invitation: worked out from its id and the house's secret, so that it can be
printed again, while the database holds nothing that opens a door."""

import re
from base64 import b32encode
from uuid import UUID

from django.utils.crypto import salted_hmac

CODE_LETTERS = 12  # of 32 kinds: 60 bits
_LOOK_ALIKE = str.maketrans("018", "OLB")


def code_of(invitation_id: UUID) -> str:
    """The twelve letters that open an invitation, such as "K7QZ-M2XA-PLRD"."""
    digest = salted_hmac("alongside.people.invitation", invitation_id.hex, algorithm="sha256").digest()
    letters = b32encode(digest).decode()[:CODE_LETTERS]
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LETTERS, 4))


def code_hash(code: str) -> str:
    """What the database keeps of a code; typed codes may differ in case, spaces, dashes and look-alikes."""
    letters = re.sub(r"[^A-Z2-7]", "", code.upper().translate(_LOOK_ALIKE))
    return salted_hmac("alongside.people.invitation.kept", letters, algorithm="sha256").hexdigest()
