#!/usr/bin/env python3
"""Asks the questions of `contrib/sql` where the tables lie, on a cluster, and prints the answers as CSV.

    spark-submit contrib/spark/ask.py --tables hdfs:///tables contrib/sql/ranking.sql

The tables are those that `jixiao batch --export` or `score.py` wrote as Parquet. Of several questions each answer has the
question's name as a line of its own before it.
"""

import argparse
import csv
import decimal
import os
import sys

TABLES = ["project", "indicator", "finding", "budget", "ledger_month", "survey", "file", "roll"]


def statements(text):
    """The statements of a file without its comments; none of ours has a semicolon or `--` within."""
    lines = [line.split("--")[0] for line in text.splitlines()]
    return [one for one in "\n".join(lines).split(";") if one.strip()]


def read(path):
    with open(path, encoding="utf-8") as file:
        return statements(file.read())


def views(spark, options):
    """The tables, and the views that the questions ask."""
    hadoop = spark._jvm.org.apache.hadoop.fs.Path
    for table in TABLES:
        # Each file holds its year and region itself; the names of its folders only sort them.
        files = f"{options.tables.rstrip('/')}/parquet/{table}/*/*/*.parquet"
        found = hadoop(files).getFileSystem(spark._jsc.hadoopConfiguration()).globStatus(hadoop(files))
        # A table that no workbook had a row for has no file; a question that needs it says so.
        if found:
            spark.read.parquet(files).createOrReplaceTempView(table)
    for statement in read(os.path.join(options.views, "views.sql")):
        spark.sql(statement)


def plain(value):
    """A value as a table shows it: nothing where there is none, a decimal with all its digits."""
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, decimal.Decimal) else value


def main():
    from pyspark.sql import SparkSession

    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", required=True, help="the folder of tables, on any file system that Spark reads")
    parser.add_argument("--views", default=os.path.join(here, "..", "sql"), help="the folder of views.sql")
    parser.add_argument("questions", nargs="+", help="files of contrib/sql")
    options = parser.parse_args()

    spark = SparkSession.builder.appName("jixiao ask").getOrCreate()
    views(spark, options)
    out = csv.writer(sys.stdout, lineterminator="\n")
    for question in options.questions:
        if len(options.questions) > 1:
            out.writerow([os.path.basename(question)])
        (query,) = read(question)
        answer = spark.sql(query)
        out.writerow(answer.columns)
        for row in answer.toLocalIterator():
            out.writerow([plain(value) for value in row])
    sys.stdout.flush()
    spark.stop()


if __name__ == "__main__":
    main()
