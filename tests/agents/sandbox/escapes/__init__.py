"""Every attempt to get out of the sandbox, one module a kind."""

from __future__ import annotations

from tests.agents.sandbox.escapes.attempt import CALLS, Escape
from tests.agents.sandbox.escapes.details import DETAILS
from tests.agents.sandbox.escapes.files import FILES
from tests.agents.sandbox.escapes.greed import GREED
from tests.agents.sandbox.escapes.interpreter import PYTHON
from tests.agents.sandbox.escapes.kernel import KERNEL
from tests.agents.sandbox.escapes.network import NETWORK
from tests.agents.sandbox.escapes.processes import PROCESSES

__all__ = ["CALLS", "ESCAPES", "GREED", "Escape"]

ESCAPES = DETAILS + NETWORK + PROCESSES + FILES + KERNEL + PYTHON + GREED
