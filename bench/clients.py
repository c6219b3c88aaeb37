"""Eight clients at once, each a process with a connection of its own and no Django."""

import multiprocessing as mp
import os
from multiprocessing.connection import Connection

from bench.databases import connect
from bench.raw import RawLedger, TownIds
from bench.timing import Here

CLIENTS = 8
# What one client takes out at a time while seven put 30 in.
PAYOUT_MINUTES = 120


class Clients:
    """Processes of their own, each with a connection."""

    def __init__(self, town: TownIds) -> None:
        process_kind = mp.get_context("spawn")
        self.pipes, self.workers = [], []
        for number in range(CLIENTS):
            here, there = process_kind.Pipe()
            worker = process_kind.Process(target=client, args=(number, os.environ["ALONGSIDE_DATABASE"], town, there))
            worker.start()
            self.pipes.append(here)
            self.workers.append(worker)
        backends = [int(pipe.recv()) for pipe in self.pipes]
        self.processes = [*backends, *(worker.pid or 0 for worker in self.workers)]

    def work(self, parts: list[str], seconds: float) -> float:
        """Transfers a second, all clients together."""
        for pipe, part in zip(self.pipes, parts, strict=True):
            pipe.send((part, seconds))
        return sum(float(pipe.recv()) for pipe in self.pipes)

    def stop(self) -> None:
        for pipe, worker in zip(self.pipes, self.workers, strict=True):
            pipe.send(None)
            worker.join()


def client(number: int, address: str, town: TownIds, pipe: Connection) -> None:
    """In its own process: do what the pipe says, and answer with transfers a second."""
    connection = connect(address)
    ledger = RawLedger(connection, town, seed=number)
    parts = {
        "between": Here("between", ledger.between_neighbors),
        "into": Here("into", ledger.into_pot),
        "out": Here("out", lambda: ledger.out_of_pot(PAYOUT_MINUTES)),
    }
    pipe.send(connection.info.backend_pid)
    while message := pipe.recv():
        part, seconds = message
        done, took = parts[part].run(seconds)
        pipe.send(done / took)
