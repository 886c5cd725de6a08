#!/usr/bin/env python3
"""Scores a lake of workbooks where it lies: every file is read by Spark, scored by a `jixiao worker stream` beside it, and comes
back as rows of tables and as a returned workbook.

    spark-submit contrib/spark/score.py --input hdfs:///forms/2022 --output hdfs:///tables --region 东湖区

The folder of tables is that of `jixiao batch --export`, file by file: both may write to it, one at a time. What is in it under
the same settings is read, for its content says so, and not scored again: run it again after whatever went wrong. The program
must be there on every node (`--program`), of one version. docs/service.md says what a line in and a line out is.

Each workbook is a submission of its own; what Spark takes for hidden (names that begin with `_` or `.`) is not read. A workbook
that cannot be scored is a row of the table `file` that says why; only what is no fault of a workbook (a full disk, a program
that is not there) ends the job, after Spark has tried elsewhere.
"""

import argparse
import base64
import hashlib
import json
import os
import subprocess
import sys
import uuid

# The format of what is written down of a part (`_parts/NAME.json`).
WHOLE, BEGUN = ".json", ".begun"
# What lies there while a run goes on.
STAGING = "_staging"
KINDS = {"text": "string", "integer": "bigint", "decimal": "decimal(38,8)", "date": "date", "truth": "boolean"}
# What the values of JSON are: only whole numbers and truths are more than texts.
IN_JSON = {"integer": "bigint", "truth": "boolean"}
SCORED = "path string, content string, table string, row string"
# Rows of a table in a file, about.
ROWS_A_FILE = 2_000_000


class Stream:
    """A `jixiao worker stream`: it lives as long as the Python process that began it."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def ask(self, request):
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = b""
        if not line:
            raise RuntimeError(f"the worker ended: exit code {self.process.wait()}")
        answer = json.loads(line)
        if answer["id"] != request["id"]:
            raise RuntimeError(f"the worker is out of step: {answer['id']} for {request['id']}")
        if answer["outcome"] in ("failed", "unserved"):
            # No fault of the file: Spark tries the task again, elsewhere.
            raise RuntimeError(f"{answer['error']['message']} {answer['error']['hint']}")
        return answer


def stream(command):
    """The stream of this Python process, begun where there is none that lives."""
    # Spark loads this file anew for every task, but the process stays.
    key = "jixiao " + json.dumps(command)
    streams = sys.__dict__.setdefault("_jixiao_streams", {})
    if key not in streams or streams[key].process.poll() is not None:
        streams[key] = Stream(command)
    return streams[key]


def returned(root, path, book):
    """Writes a returned workbook below a folder that every node reaches, aside first; its name holds its content's digest."""
    from pyarrow import fs

    system, home = fs.FileSystem.from_uri(root)
    inside, name = os.path.split(path)
    data = base64.b64decode(book["base64"])
    stem, ending = os.path.splitext(book["name"])
    folder = f"{home}/{inside}".rstrip("/")
    to = f"{folder}/{stem}.{hashlib.sha256(data).hexdigest()[:12]}{ending}"
    system.create_dir(folder, recursive=True)
    draft = f"{to}.{uuid.uuid4().hex}.tmp"
    with system.open_output_stream(draft) as out:
        out.write(data)
    system.move(draft, to)


def scoring(options, settings, known):
    """What a task does with its batches of files."""

    def score(batches):
        import pyarrow as pa

        for batch in batches:
            for path, data in zip(batch.column("path"), batch.column("content")):
                path, data = path.as_py(), data.as_py()
                content = hashlib.sha256(data).hexdigest()
                inside = within(options["input"], path)
                # What a spreadsheet program leaves beside a workbook that is open.
                if content in known.value or os.path.basename(inside).startswith("~$"):
                    continue
                request = {
                    "id": content,
                    "name": os.path.basename(inside).replace("\\", "_"),
                    "bytes": base64.b64encode(data).decode(),
                    "rows": True,
                }
                if options["returned"]:
                    request["workbook"] = "base64"
                answer = stream(options["command"]).ask(request)
                if answer["settings"] != settings:
                    raise RuntimeError("the program, its mappings or its keys differ from node to node")
                for book in answer.get("workbooks", []):
                    returned(options["returned"], inside, book)
                rows = [(table, json.dumps(row)) for table, rows in answer["rows"].items() for row in rows]
                tables, texts = zip(*rows)
                yield pa.RecordBatch.from_arrays(
                    [
                        pa.array([path] * len(rows), pa.string()),
                        pa.array([content] * len(rows), pa.string()),
                        pa.array(tables, pa.string()),
                        pa.array(texts, pa.string()),
                    ],
                    ["path", "content", "table", "row"],
                )

    return score


def within(root, path):
    """The part of a path below the folder that was read; both are addresses, one of which may lack its scheme."""
    plain = lambda text: "/" + text.split(":", 1)[-1].lstrip("/") if ":/" in text else text
    root, path = plain(root).rstrip("/") + "/", plain(path)
    at = path.find(root)
    return path[at + len(root):] if at >= 0 else os.path.basename(path)


class Lake:
    """The folder of tables, on whatever file system Hadoop knows."""

    def __init__(self, spark, folder):
        self.jvm = spark._jvm
        self.home = self.jvm.org.apache.hadoop.fs.Path(folder)
        self.system = self.home.getFileSystem(spark._jsc.hadoopConfiguration())
        self.home = self.system.makeQualified(self.home)
        self.system.mkdirs(self.path("_parts"))

    def path(self, inside):
        return self.jvm.org.apache.hadoop.fs.Path(self.home, inside)

    def text(self, path):
        stream = self.system.open(path)
        try:
            return self.jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()

    def write(self, inside, text):
        out = self.system.create(self.path(inside), True)
        try:
            out.write(bytearray(text.encode()))
        finally:
            out.close()

    def move(self, source, inside):
        to = self.path(inside)
        self.system.mkdirs(to.getParent())
        if not self.system.rename(source, to):
            raise RuntimeError(f"{source} could not be put in its place, {to}")

    def remove(self, inside):
        self.system.delete(self.path(inside), True)

    def parts(self, schema):
        """What is written down of the parts; what a run that was killed left half is taken away."""
        found = [status.getPath() for status in self.system.listStatus(self.path("_parts"))]
        names = {path.getName(): path for path in found}
        whole = {name for name in names if name.endswith(WHOLE)}
        for name in sorted(name for name in names if name.endswith(BEGUN)):
            if name[: -len(BEGUN)] + WHOLE not in whole:
                try:
                    part = json.loads(self.text(names[name]))
                except ValueError:
                    # It was not written whole, and none of its files was begun.
                    part = {"files": []}
                for file in part["files"]:
                    if ".." not in file.split("/") and not file.startswith("/"):
                        self.remove(file)
            self.remove(f"_parts/{name}")
        self.remove(STAGING)
        parts = [json.loads(self.text(names[name])) for name in sorted(whole)]
        if any(part["schema"] != schema for part in parts):
            sys.exit(f"{self.home} was written by another version of the program: take an empty folder")
        return parts


def tables_of(spark, lake, scored, about, name):
    """Writes the rows of a run as files of tables, aside; gives each with the place where it belongs."""
    from pyspark.sql import functions as f

    counts = {row["table"]: row["count"] for row in scored.groupBy("table").count().collect()}
    moves = []
    for table, columns in sorted(about["tables"].items()):
        shape = ", ".join(f"`{one['name']}` {IN_JSON.get(one['holds'], 'string')}" for one in columns)
        typed = [f.col(f"one.{one['name']}").cast(KINDS[one["holds"]]).alias(one["name"]) for one in columns]
        rows = scored.where(f.col("table") == table)
        rows = rows.select(f.from_json("row", shape, {"mode": "FAILFAST"}).alias("one")).select(typed)
        rows = rows.coalesce(1 + counts.get(table, 0) // ROWS_A_FILE)
        aside = f"{STAGING}/{name}/{table}"
        if counts.get(table):
            # The year stands in the path as well as in the file, as in a batch's.
            rows.withColumn("_year", f.col("year")).write.partitionBy("_year").parquet(str(lake.path(aside)))
        else:
            # Every table is there, if only with its columns: whoever reads finds each.
            rows.limit(0).coalesce(1).write.parquet(str(lake.path(f"{aside}/_year=0")))
        files = lake.system.listFiles(lake.path(aside), True)
        number = 0
        while files.hasNext():
            path = files.next().getPath()
            if path.getName().endswith(".parquet"):
                year = path.getParent().getName().split("=", 1)[1]
                moves.append((path, table, year, number))
                number += 1
    return moves


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True, help="a folder of workbooks, on any file system that Hadoop knows")
    parser.add_argument("--output", required=True, help="the folder of tables")
    parser.add_argument("--returned", help="where returned workbooks go: an address that every node can write to (file:, hdfs:, s3:)")
    parser.add_argument("--region", default="未指明", help="the region that the workbooks are of")
    parser.add_argument("--program", default="jixiao", help="the program, on every node")
    parser.add_argument("--keys", help="the folder of keys, on every node; without it nothing is signed")
    parser.add_argument("--mapping", action="append", default=[], help="a mapping file, on every node")
    parser.add_argument("--files", default="*.{xlsx,xlsm,xls,xlsb,ods,et,XLSX,XLSM,XLS,XLSB,ODS,ET}", help="which files are workbooks")
    parser.add_argument("--max-memory", help="megabytes of memory that a workbook may cost")
    parser.add_argument("--max-seconds", help="seconds that a workbook may cost")
    parser.add_argument("--max-mb", type=int, default=256, help="larger files are named, and not read")
    return parser.parse_args()


def main():
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    told = arguments()
    spark = SparkSession.builder.appName("jixiao").getOrCreate()
    # A value that does not fit its column stops the job; it never becomes nothing.
    spark.conf.set("spark.sql.ansi.enabled", "true")
    # Workbooks are kilobytes, and take seconds: few in memory at a time, and few lost with a task.
    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", "16")
    spark.conf.set("spark.sql.files.maxPartitionBytes", spark.conf.get("spark.jixiao.partitionBytes", "64m"))
    command = [told.program, "worker", "stream", "--jobs", "1", "--region", told.region, "--max-line", str(told.max_mb * 2)]
    for option, value in (("--keys", told.keys), ("--max-memory", told.max_memory), ("--max-seconds", told.max_seconds)):
        command += [option, value] if value else []
    command += [word for mapping in told.mapping for word in ("--mapping", mapping)]
    answer = Stream(command).ask({"id": 0, "about": True})
    settings, about = answer["settings"], answer["about"]

    lake = Lake(spark, told.output)
    parts = lake.parts(about["tables_schema"])
    done = {content for part in parts if part["settings"] == settings for content in part["contents"]}
    entry = max((part["number"] for part in parts), default=0) + 1
    options = {"input": told.input, "returned": told.returned, "command": command + ["--entry", str(entry)]}

    files = spark.read.format("binaryFile").option("pathGlobFilter", told.files).option("recursiveFileLookup", "true")
    files = files.load(told.input)
    limit = told.max_mb * 1024 * 1024
    large = [row["path"] for row in files.where(f.col("length") > limit).select("path").collect()]
    for path in large:
        print(f"larger than {told.max_mb} MB, not read: {path}", file=sys.stderr)

    # What lies in a folder is written out first: what is scored once is not scored again, whatever is asked of it.
    name = uuid.uuid4().hex
    known = spark.sparkContext.broadcast(frozenset(done))
    aside = str(lake.path(f"{STAGING}/{name}/scored"))
    read = files.where(f.col("length") <= limit).select("path", "content")
    read.mapInArrow(scoring(options, settings, known), SCORED).write.parquet(aside)
    scored = spark.read.schema(SCORED).parquet(aside)
    # A content comes once, under the first of its names.
    first = scored.groupBy("content").agg(f.min("path").alias("path"))
    scored = scored.join(first, ["content", "path"]).select("table", "row")
    contents = sorted(row["content"] for row in first.select("content").collect())
    if contents:
        moves = tables_of(spark, lake, scored, about, name)
        region = about["region_folder"]
        place = lambda table, year, number: f"parquet/{table}/year={year}/region={region}/{name}-{number}.parquet"
        part = {
            "schema": about["tables_schema"],
            "number": entry,
            "settings": settings,
            "contents": contents,
            "files": [place(*rest) for _, *rest in moves],
        }
        lake.write(f"_parts/{name}{BEGUN}", json.dumps(part))
        for path, *rest in moves:
            lake.move(path, place(*rest))
        lake.move(lake.path(f"_parts/{name}{BEGUN}"), f"_parts/{name}{WHOLE}")
    lake.remove(STAGING)
    print(f"written: {len(contents)} submissions, part {entry}; {len(done)} were in already, {len(large)} too large")
    spark.stop()
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
