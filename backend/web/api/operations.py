"""Every operation there is."""

from backend.web.api.operation import Operation
from backend.web.api.v1 import account

OPERATIONS: tuple[Operation, ...] = (*account.OPERATIONS,)
