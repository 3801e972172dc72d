"""Compares what DuckDB and pandas read in the CSV and Parquet of an export with its
JSON lines, record by record and value by value, and prints how many there were; any
difference ends it.

usage: compare.py JSONL CSV PARQUET_FOLDER
"""

import csv
import datetime
import json
import math
import sys

import duckdb
import pandas

lines_path, csv_path, parquet_path = sys.argv[1:]
csv.field_size_limit(1 << 30)
with open(lines_path, encoding="utf-8") as file:
    records = {r["row"]: r for r in map(json.loads, file)}


def plain(value):
    """What a program has, as JSON has it: what is null is left out."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items() if not empty(v)}
    if isinstance(value, (list, tuple)):
        # A map is a list of pairs to pandas.
        if value and all(isinstance(v, tuple) and len(v) == 2 for v in value):
            return {k: plain(v) for k, v in value if not empty(v)}
        return [plain(v) for v in value]
    if isinstance(value, datetime.datetime):
        return moment(value.isoformat())
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def empty(value):
    return value is None or value is pandas.NaT or value is pandas.NA or isinstance(value, float) and math.isnan(value)


def moment(text):
    """A moment as microseconds since 1970."""
    at = datetime.datetime.fromisoformat(text)
    if at.tzinfo is None:
        at = at.replace(tzinfo=datetime.timezone.utc)
    return round((at - datetime.datetime.fromtimestamp(0, datetime.timezone.utc)) / datetime.timedelta(microseconds=1))


MOMENTS = {"firstSeen", "lastSeen", "withdrawnAt", "fetchedAt"}


def expected(value, name=""):
    """A value of the JSON lines, with moments as plain has them."""
    if isinstance(value, dict):
        return {k: expected(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [expected(v) for v in value]
    if name in MOMENTS:
        return moment(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def compare(reader, rows, without=()):
    found = {}
    for row in rows:
        row = {k: v for k, v in plain(row).items() if k not in without}
        found[row["row"]] = row
    if found.keys() != records.keys():
        sys.exit(f"{reader}: {len(found)} rows, {len(records)} are wanted")
    for number, record in records.items():
        want = expected(record)
        if found[number] != want:
            for name in want.keys() | found[number].keys():
                if want.get(name) != found[number].get(name):
                    sys.exit(f"{reader}: row {number}, {name}: {found[number].get(name)!r}, want {want.get(name)!r}")
    print(f"{reader}: {len(found)} rows")


def cells(row, kinds):
    """A record of the cells of CSV: lists and objects are JSON, the kinds of the
    others are those of the JSON lines."""
    record = {}
    for name, cell in row.items():
        if empty(cell) or cell == "":
            continue
        kind = kinds.get(name, str)
        record[name] = moment(cell) if name in MOMENTS else cell if kind is str else expected(json.loads(cell))
    return record


kinds = {name: type(value) for record in records.values() for name, value in record.items()}

db = duckdb.connect()
db.execute("SET TimeZone = 'UTC'")


def ask(query, *parameters):
    answer = db.execute(query, parameters)
    names = [column[0] for column in answer.description]
    return [dict(zip(names, row)) for row in answer.fetchall()]


compare("duckdb, parquet", ask("SELECT * FROM read_parquet(?, hive_partitioning = true)", parquet_path + "/**/*.parquet"), ("day",))
frame = pandas.read_parquet(parquet_path)
compare("pandas, parquet", frame.astype(object).to_dict("records"), ("day",))

# An empty text and none are the same cell.
records = {n: {k: v for k, v in r.items() if v != ""} for n, r in records.items()}
compare("duckdb, csv", [cells(r, kinds) for r in ask("SELECT * FROM read_csv(?, all_varchar = true, max_line_size = 100000000)", csv_path)])
frame = pandas.read_csv(csv_path, dtype=str, keep_default_na=False)
compare("pandas, csv", [cells(r, kinds) for r in frame.to_dict("records")])

# And as their own guesses have the types, which is what people do: the same sums.
want = sum(r["wordCount"] if "wordCount" in r else r["length"] for r in records.values())
column = "wordCount" if "wordCount" in kinds else "length"
for reader, got in {
    "duckdb, csv": ask(f"SELECT sum({column})::BIGINT AS n FROM read_csv(?, max_line_size = 100000000)", csv_path)[0]["n"],
    "pandas, csv": int(pandas.read_csv(csv_path)[column].sum()),
    "duckdb, jsonl": ask(f"SELECT sum({column})::BIGINT AS n FROM read_json(?, maximum_object_size = 100000000)", lines_path)[0]["n"],
}.items():
    if got != want:
        sys.exit(f"{reader}: the sum of {column} is {got}, want {want}")
print(f"the sums of {column} are {want}")
