#!/usr/bin/env python3
"""Holds JSON documents against a published JSON Schema (2020-12) with the jsonschema library.

    check_schema.py SCHEMA < documents, one a line        prints one JSON list: for each line null, or what is wrong first
"""
import json
import sys

from jsonschema import Draft202012Validator

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
Draft202012Validator.check_schema(schema)
validator = Draft202012Validator(schema)
found = []
for line in sys.stdin.buffer.read().split(b"\n")[:-1]:
    error = next(validator.iter_errors(json.loads(line)), None)
    found.append(None if error is None else f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")
print(json.dumps(found))
