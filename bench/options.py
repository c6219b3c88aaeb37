"""How long and how large: the same for every row of a run."""

import os
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Options:
    """`transfers`: how many the large ledger of the statement and totals rows holds.

    `first`: go before other work on the machine while measuring.
    """

    rounds: int = 5
    seconds: float = 3.0
    transfers: int = 5_000_000
    accounts: int = 20_000
    first: bool = False

    @classmethod
    def smoke(cls) -> "Options":
        """Just enough to see that every row still runs."""
        return cls(rounds=1, seconds=0.1, transfers=2_000, accounts=50)

    def to_environment(self) -> dict[str, str]:
        return {f"BENCH_{name.upper()}": str(value) for name, value in asdict(self).items()}

    @classmethod
    def from_environment(cls) -> "Options":
        given = {name: os.environ[f"BENCH_{name.upper()}"] for name in asdict(cls())}
        return cls(
            rounds=int(given["rounds"]),
            seconds=float(given["seconds"]),
            transfers=int(given["transfers"]),
            accounts=int(given["accounts"]),
            first=given["first"] == "True",
        )
