"""Child processes that are never left behind."""

import os
import pwd
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent


class Service:
    """A program in a process group of its own, so that its own children can be found.

    The terminal's Ctrl-C does not reach it: only `stop` ends it, in the order its owner chooses.
    `output` takes what it prints, errors included; without it they go where ours go. `account`
    is the user to run as, which only root can choose. Raises OSError when the program cannot be
    started.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        cwd: Path = ROOT,
        output: IO[str] | None = None,
        account: str | None = None,
    ) -> None:
        self.name = name
        self.process = subprocess.Popen(
            command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
            user=account,
            group=pwd.getpwnam(account).pw_gid if account else None,
            extra_groups=[] if account else None,
        )

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative: minus the number of the signal that ended it."""
        code: int | None = self.process.poll()
        return code

    def stop(self, *, sign: signal.Signals = signal.SIGTERM, grace: float = 10) -> None:
        """Ask the program to end, wait up to `grace` seconds, then end its whole group.

        Only the leader is asked: it knows in which order its own children must go.
        """
        if self.exit_code is None:
            self.process.send_signal(sign)
            try:
                self.process.wait(grace)
            except subprocess.TimeoutExpired:
                pass
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()
