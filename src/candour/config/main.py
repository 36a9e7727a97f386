"""The command line: which words there are, and what each needs before it runs."""

import argparse
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from candour.config import env, roles, serve, supervise
from candour.config.postgres import Cluster
from candour.core.errors import CandourError, Misconfigured, Unavailable

# The clinic's commands, in the order `candour --help` lists them.
COMMANDS = (
    "candour.cli.policy",
    "candour.cli.explain",
    "candour.cli.promises",
    "candour.cli.staff",
    "candour.cli.demo",
    "candour.cli.mail",
    "candour.cli.trail",
    "candour.cli.maintain",
    "candour.cli.vectors",
)

# What starts and keeps the system; they are found without loading the clinic's.
OWN = ("run", "migrate", "web", "worker", "manage")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    What can go wrong by itself is said in a sentence and ends with 1; anything else
    is a mistake of ours and keeps its traceback.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        args = _parser(own_only=_command_of(words) in OWN).parse_args(words)
        if args.data is not None:
            os.environ["CANDOUR_DATA"] = str(args.data.absolute())
        if args.needs == "nothing":
            return int(args.run(args))
        with _database(args):
            return int(args.run(args))
    except CandourError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has had enough (`| head`).
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def _command_of(words: list[str]) -> str | None:
    """Return the command among the words, without knowing its own options."""
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    first.add_argument("--data")
    _, rest = first.parse_known_args(words)
    return rest[0] if rest else None


def _parser(*, own_only: bool) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="candour",
        description="Runs a clinic and keeps the promises in its privacy notice.",
        allow_abbrev=False,
    )
    _add_data(parser, default=None)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_own(commands)
    if not own_only:
        for module in COMMANDS:
            importlib.import_module(module).add(commands)
    return parser


def _add_data(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=default,
        help="the folder of everything this clinic keeps (default: var)",
    )


def _add_own(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    _add_run(commands)
    migrate = commands.add_parser(
        "migrate", help="bring the database to this version: tables, walls, grants"
    )
    migrate.set_defaults(run=serve.migrate, needs="django", role="owner", empty=True)

    opening = commands.add_parser("open")  # what `run` does between migrate and serving
    opening.add_argument("--policy", metavar="NAME", required=True)
    opening.add_argument("--no-demo", dest="demo", action="store_false")
    opening.set_defaults(run=supervise.prepare, needs="django", role="runtime")

    web = commands.add_parser("web", help="serve the site only")
    web.add_argument("--port", type=_port, default=8000)
    web.add_argument("--address", default="127.0.0.1")
    web.set_defaults(run=serve.web, needs="database", role="runtime", pool=True)

    worker = commands.add_parser("worker", help="do the queued jobs only")
    worker.set_defaults(run=serve.worker, needs="django", role="runtime", pool=True)

    manage = commands.add_parser(
        "manage", help="Django's own commands, for developers", add_help=False
    )
    manage.add_argument("words", nargs=argparse.REMAINDER)
    manage.set_defaults(run=serve.manage, needs="django", role="owner", empty=True)


def _add_run(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = commands.add_parser("run", help="open a clinic on this machine")
    run.add_argument(
        "--policy",
        metavar="NAME",
        default="model",
        help="whose promises to keep: a folder of policies/ (default: model)",
    )
    run.add_argument(
        "--port", type=_port, default=8000, help="where to serve (default: 8000)"
    )
    run.add_argument(
        "--no-demo",
        dest="demo",
        action="store_false",
        help="start with an empty clinic instead of an invented one",
    )
    # Said before or after the command, it means the same.
    _add_data(run, default=argparse.SUPPRESS)
    run.set_defaults(run=supervise.run, needs="nothing")


def _port(word: str) -> int:
    number = int(word)
    if not 0 < number < 65536:
        raise ValueError(word)
    return number


@contextmanager
def _database(args: argparse.Namespace) -> Iterator[None]:
    """Have a database to speak to, as the command's role, and Django where it asks."""
    os.environ["CANDOUR_DB_ROLE"] = args.role
    os.environ["DJANGO_SETTINGS_MODULE"] = "candour.config.settings"
    if not getattr(args, "pool", False):
        os.environ["CANDOUR_DB_POOL"] = "off"
    cluster = Cluster(env.data_dir()) if env.is_embedded() else None
    if cluster is not None:
        cluster.attach_or_start()
    try:
        roles.ensure(cluster)
        if not getattr(args, "empty", False) and not roles.has_tables():
            raise Misconfigured(
                "The database is empty: run `candour migrate`, or `./run`, first."
            )
        if args.needs == "django":
            _set_up_django()
        with _told_plainly():
            yield
    finally:
        _close_connections()
        if cluster is not None:
            cluster.stop(wait_for_others=True)


def _set_up_django() -> None:
    import django

    django.setup()


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn a database that went away into its sentence."""
    try:
        yield
    except Exception as error:
        from django.db.utils import InterfaceError, OperationalError

        if isinstance(error, InterfaceError | OperationalError):
            raise Unavailable from error
        raise


def _close_connections() -> None:
    if "django.db" in sys.modules:
        from django.db import connections

        connections.close_all()


if __name__ == "__main__":
    sys.exit(main())
