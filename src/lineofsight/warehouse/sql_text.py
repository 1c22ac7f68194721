"""Statements become text once, in one narrow dialect that every engine understands.

Equality joins, CASE, SUM, COUNT, GROUP BY, UNION ALL, WITH, and window sums with ROWS; no date
arithmetic. Values stand in the text, so that an auditor can read and run what was run.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.default import DefaultDialect


class _Narrow(DefaultDialect):
    supports_native_boolean = True


def render(statement: sa.sql.ClauseElement) -> str:
    """Write a statement as the SQL text the engines run."""
    compiled: Any = statement.compile(dialect=_Narrow(), compile_kwargs={"literal_binds": True})
    return str(compiled)
