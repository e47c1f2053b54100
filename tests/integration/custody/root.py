"""Recomputes the root of a log out of its events, one a line, with Python's standard library alone.

Reads the events from standard input; prints the tree's root and size as a C2SP checkpoint writes them, and the leaf
hashes that the chain must quote. Exits 1 where the chain is broken.
"""
import base64
import hashlib
import json
import sys


def leaf(data):
    return hashlib.sha256(b"\x00" + data).digest()


def root(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return hashlib.sha256(b"\x01" + root(hashes[:split]) + root(hashes[split:])).digest()


lines = sys.stdin.buffer.read().split(b"\n")[:-1]
before = None
for number, line in enumerate(lines):
    event = json.loads(line)
    again = json.dumps(event, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if event["prev"] != before or again != line:
        sys.exit(f"event {number}")
    before = leaf(line).hex()
print(len(lines))
print(base64.b64encode(root([leaf(line) for line in lines])).decode())
