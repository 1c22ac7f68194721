"""The command line: one command a verb of the cycle, and no thought of its own.

A verb loads only the doors that it opens, so that taking a file in does not wait for the libraries
that draw a paper. What a verb prints stands beside it.
"""

from __future__ import annotations

import getpass
import importlib
import sys
import traceback
from pathlib import Path

import click

from lineofsight.access.roles import Actor, Role
from lineofsight.desk import Desk
from lineofsight.errors import Fault, LineOfSightError, StoreFault
from lineofsight.progress import log_to

BUG = 70
STOPPED = 130
# Of several files the first may be kept when the second is stopped.
STOPPED_SENTENCE = "Stopped: a delivery is in the store whole or not at all, and none was torn."
# In which of this room's files each verb stands.
VERBS = {
    "receive": "receiving", "template": "receiving",
    "validate": "checking", "reconcile": "checking", "linked": "checking",
    "measure": "figures", "explain": "explaining", "judge": "figures", "trace": "figures",
    "overview": "papers", "claims": "claims", "compare": "papers", "comparators": "comparators",
    "commentary": "commenting",
    "edition": "remembering", "restated": "remembering",
    "review": "reviewing", "audit": "auditing", "worklist": "listing",
    "demo": "synthetic", "synthesise": "synthetic",
}  # fmt: skip
FOLDER = click.Path(path_type=Path, file_okay=False)


class _Verbs(click.Group):
    """Loads a verb when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = importlib.import_module(f"{__name__}.{VERBS[cmd_name]}")
        found: click.Command = getattr(module, cmd_name)
        return found


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--store",
    type=FOLDER,
    default=Path("store"),
    show_default=True,
    envvar="LINEOFSIGHT_STORE",
    help="The folder that keeps the submissions.",
)
@click.option("--log", type=str, default=None, help="Write lines of progress to this file.")
@click.pass_context
def lineofsight(ctx: click.Context, store: Path, log: str | None) -> None:
    """From a council's records to its Performance Overview, every figure traceable."""
    log_to(log)
    ctx.obj = Desk(store, Actor(getpass.getuser(), Role.ANALYST))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; exit codes tell the family of the error."""
    # A council's terminal may still write in a code page that lacks the characters we print.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        lineofsight.main(args=arguments, standalone_mode=False)
    except LineOfSightError as error:
        click.echo(str(error), err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo(STOPPED_SENTENCE, err=True)
        sys.exit(STOPPED)
    except OSError as problem:
        click.echo(str(_disk_fault(problem)), err=True)
        sys.exit(StoreFault.exit_code)
    except Exception:
        # The one place where a traceback is shown: this is our own bug, not the reader's doing.
        traceback.print_exc()
        sys.exit(BUG)


def _disk_fault(problem: OSError) -> Fault:
    name = Path(str(problem.filename or "")).name
    return Fault(
        f"A file cannot be read or written: {problem.strerror or 'the disk gave no reason'}.",
        f"File or folder: '{name}'." if name else "The disk did not say which file.",
        "Check that its folder exists, that you may write there, and that there is room.",
    )
