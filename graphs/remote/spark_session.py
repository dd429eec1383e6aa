"""Spark's session, and its errors in words."""

from __future__ import annotations

import importlib
import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from graphs.errors import BadArgument, GraphError, ParseError


def need_spark() -> Any:
    """The package pyspark.

    Raises:
        GraphError: it is not installed; the message names the extra.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of pandas, which is not used here
            importlib.import_module("pyspark.sql")
            return importlib.import_module("pyspark")
    except ImportError as error:
        raise GraphError(
            "a graph on Spark needs the package 'pyspark' and Java 17; install them: pip install 'konigsberg[spark]'"
        ) from error


def functions() -> Any:
    """Spark's column functions."""
    need_spark()
    return importlib.import_module("pyspark.sql.functions")


def session(master: str, memory: str = "") -> Any:
    """The session with this master; the one that runs already, where there is one.

    master: "" takes what Spark is configured for, else all processors of this machine. memory: of a local session,
    such as "4g"; by default Spark's own, 1 GB.

    Raises:
        GraphError: pyspark or Java is missing, or the master does not answer. BadArgument: memory is no size.
    """
    pyspark = need_spark()
    if memory and not re.fullmatch(r"\d+[kmgt]?", memory):
        raise BadArgument(f"memory={memory[:20]!r} is no size of memory; write it as Spark does, such as memory=4g")
    running = pyspark.sql.SparkSession.getActiveSession()
    if running is not None and master and running.sparkContext.master != master:
        raise GraphError(
            f"Spark runs already with the master {running.sparkContext.master}, and one program has one session; "
            f"stop it, or ask for {master} in another program"
        )
    builder = pyspark.sql.SparkSession.builder.appName("konigsberg").config("spark.ui.showConsoleProgress", "false")
    if master or not os.environ.get("SPARK_CONF_DIR"):
        builder = builder.master(master or "local[*]")
    if master.startswith("local") or not master:
        cores = re.search(r"\[(\d+)", master)
        parts = 2 * (int(cores[1]) if cores else os.cpu_count() or 1)
        builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", str(max(4, parts)))
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    if memory:
        builder = builder.config("spark.driver.memory", memory)
    with refusing():
        try:
            made = builder.getOrCreate()
        except (OSError, RuntimeError) as error:
            raise GraphError(
                f"Spark does not start with the master {master or 'local[*]'} ({str(error)[:200]}); see that Java 17 "
                "or later is installed (JAVA_HOME) and that the master listens there"
            ) from error
    if not hasattr(made, "_jvm"):
        raise GraphError("GraphX is reached by Spark's own session and not through Spark Connect; unset SPARK_REMOTE")
    made.sparkContext.setLogLevel("ERROR")
    logging.getLogger("DataFrameQueryContextLogger").setLevel(logging.CRITICAL)  # its errors are raised as well
    return made


@contextmanager
def refusing(what: str = "") -> Iterator[None]:
    """Errors of Spark as errors of this package; `what` is being read."""
    errors = importlib.import_module("pyspark.errors")
    py4j = importlib.import_module("py4j.protocol")
    try:
        yield
    except errors.AnalysisException as error:
        first = str(error).strip().split("\n")[0][:300]
        if what:
            raise ParseError(f"Spark cannot read it: {first}", where=what) from error
        raise GraphError(f"Spark refused: {first}") from error
    except (errors.PySparkException, py4j.Py4JError) as error:
        raise GraphError(f"Spark failed: {_cause(str(error))}") from error


def _cause(text: str) -> str:
    """The line of a stack trace that tells most."""
    found = re.findall(r"Caused by: ([^\n]+)", text) or re.findall(r"^[\w.$]+(?:Exception|Error): [^\n]+", text, re.M)
    return (found[-1] if found else text.strip().split("\n")[0])[:300]
