"""Spark: for a platform that has it already; here in local mode, which proves that the text runs.

Spark does the adding up and nothing else: the small sums come back and are finished here. PySpark
is an optional part, wants Java 17, and is named only inside the functions that use it.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import polars as pl

from lineofsight.errors import Fault, UsageFault
from lineofsight.warehouse.engine import as_columns, plain
from lineofsight.warehouse.prepared import prepared_tables

_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    # Sums are small and the machine is one: hundreds of tiny parts would take minutes.
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    # Names are quoted as in every other engine, not with backticks.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    # The session alone keeps its tables; no folder for a metastore.
    "spark.sql.catalogImplementation": "in-memory",
}
_ONLY_ERRORS = """\
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
rootLogger.level = error
rootLogger.appenderRef.console.ref = console
"""


class Spark:
    """A Spark session in local mode over the frames of a journey, or over folders of Parquet.

    Frames are written as Parquet to a private folder, which goes when the engine is closed. Spark
    itself is started once in a process and ends with it.
    """

    name = "Spark"

    def __init__(self, frames: Mapping[str, pl.DataFrame | Path]) -> None:
        self._session = _started().newSession()
        self._folder = Path(tempfile.mkdtemp(prefix="lineofsight-spark-"))
        self._folders = 0
        for name, frame in frames.items():
            if isinstance(frame, Path):
                self._view(name, frame)
            else:
                self.hold(name, frame)

    @classmethod
    def over(cls, folder: Path) -> Self:
        """Give an engine over prepared tables that stay in their files."""
        return cls({name: folder / name for name in prepared_tables(folder)})

    def hold(self, name: str, frame: pl.DataFrame) -> None:
        """Take a table in, or anew in place of the one of that name."""
        folder = self._new_folder()
        frame.write_parquet(folder / "rows.parquet")
        self._view(name, folder)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Run the text and give all rows; numbers are whole or floating, never decimal."""
        return self.frame(sql).rows()

    def columns(self, texts: Iterable[str]) -> Iterator[Mapping[str, Any]]:
        """Run texts and give the columns of each, arrays of numbers by name; blanks are NaN."""
        return (as_columns(self.frame(text)) for text in texts)

    def frame(self, sql: str) -> pl.DataFrame:
        """Run the text and give a frame."""
        # Through Parquet, not through PySpark's sockets: it keeps every type, and closes.
        folder = self._new_folder()
        self._session.sql(sql).write.parquet(str(folder), mode="overwrite")
        answer = pl.read_parquet(folder / "*.parquet")
        shutil.rmtree(folder)
        return plain(answer)

    def close(self) -> None:
        """Remove the private folder; Spark goes on until the process ends."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _new_folder(self) -> Path:
        # A new one each time: Spark remembers what stood in a file.
        self._folders += 1
        folder = self._folder / f"{self._folders}"
        folder.mkdir()
        return folder

    def _view(self, name: str, folder: Path) -> None:
        self._session.read.parquet(str(folder)).createOrReplaceTempView(name)


def _started() -> Any:
    if importlib.util.find_spec("pyspark") is None:
        raise UsageFault(_no_pyspark())
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise UsageFault(_no_java())
    from pyspark.sql import SparkSession

    with tempfile.TemporaryDirectory(prefix="lineofsight-spark-") as folder:
        log = Path(folder, "log4j2.properties")
        log.write_text(_ONLY_ERRORS, encoding="utf-8")
        quiet = f"-Dlog4j2.configurationFile={log}"
        builder = SparkSession.builder.master("local[2]").appName("Line of Sight")
        for name, value in {**_SETTINGS, "spark.driver.extraJavaOptions": quiet}.items():
            builder = builder.config(name, value)
        return builder.getOrCreate()


def _no_pyspark() -> Fault:
    return Fault(
        "Spark is not installed.",
        "It is the Python package 'pyspark', an optional part.",
        "Install it with: uv sync --extra spark, or pip install 'lineofsight[spark]'.",
    )


def _no_java() -> Fault:
    return Fault(
        "Spark needs Java, which is not on this machine.",
        "Neither a program 'java' nor JAVA_HOME was found.",
        "Install Java 17: on Debian, the package 'openjdk-17-jre-headless'.",
    )
