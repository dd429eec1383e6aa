"""Every attempt to get out of the sandbox, one module a kind."""

from __future__ import annotations

from tests.agents.escapes.attempt import CALLS, Escape
from tests.agents.escapes.details import DETAILS
from tests.agents.escapes.files import FILES
from tests.agents.escapes.greed import GREED
from tests.agents.escapes.interpreter import PYTHON
from tests.agents.escapes.kernel import KERNEL
from tests.agents.escapes.network import NETWORK
from tests.agents.escapes.processes import PROCESSES

__all__ = ["CALLS", "ESCAPES", "GREED", "Escape"]

ESCAPES = DETAILS + NETWORK + PROCESSES + FILES + KERNEL + PYTHON + GREED
