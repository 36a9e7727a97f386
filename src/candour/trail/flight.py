"""Several statements in one journey to the database and back.

PostgreSQL answers each journey when it is rung for, and being rung for costs more than
most statements do. The client's own pipeline does the same for any statement and any
type; what is sent here is a handful of texts, which can be had for far less.
"""

from collections.abc import Generator, Sequence
from typing import Any

import psycopg
from psycopg import errors, generators, pq, waiting

Statement = tuple[bytes, Sequence[bytes | None]]
BEGIN: Statement = (b"BEGIN", ())
COMMIT: Statement = (b"COMMIT", ())
_FINE = {pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK}


def fly(
    connection: psycopg.Connection[Any], *statements: Statement
) -> list[pq.abc.PGresult]:
    """Send `statements` together and return their results; values go as texts.

    A transaction is begun first where the connection would begin one. The first
    statement that fails is raised as psycopg's error, and none after it has been
    carried out, a COMMIT included. Raises ValueError for a value with a zero byte.
    """
    if any(
        value is not None and 0 in value for _, said in statements for value in said
    ):
        raise ValueError("a text for the database cannot hold a zero byte")
    server = connection.pgconn
    with connection.lock:
        begin = (
            not connection.autocommit
            and server.transaction_status == pq.TransactionStatus.IDLE
        )
        sent = (BEGIN, *statements) if begin else statements
        try:
            results = connection.wait(_there_and_back(server, sent))
        except BaseException:
            # What was sent is unknown: this connection is good for nothing any more.
            connection.pgconn.finish()
            raise
    for result in results:
        if result.status not in _FINE:
            raise errors.error_from_result(result, encoding=connection.info.encoding)
    return results[1:] if begin else results


def array(values: Sequence[object]) -> bytes:
    """Return `values` as PostgreSQL writes an array."""
    quoted = (str(v).replace("\\", "\\\\").replace('"', '\\"') for v in values)
    return ("{" + ",".join(f'"{value}"' for value in quoted) + "}").encode()


def _there_and_back(
    server: pq.abc.PGconn, statements: Sequence[Statement]
) -> Generator[waiting.Wait, waiting.Ready | int, list[pq.abc.PGresult]]:
    server.enter_pipeline_mode()
    for text, values in statements:
        server.send_query_params(text, values)
    server.pipeline_sync()
    while server.flush():
        if (yield waiting.Wait.RW) & waiting.Ready.R:
            server.consume_input()
    results = []
    for _ in statements:
        result = yield from generators.fetch(server)
        if result is None:
            raise psycopg.OperationalError("an answer of the database is missing")
        results.append(result)
        yield from generators.fetch(server)  # the mark between two statements
    yield from generators.fetch(server)  # the mark at the end of the journey
    server.exit_pipeline_mode()
    return results
