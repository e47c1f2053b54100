#!/usr/bin/env python3
"""Checks an evidence bag with Python's standard library alone, as docs/evidence-format.md describes it.

    check_bag.py BAG            prints one JSON object: what was recomputed, and every problem; exit status 0 or 1

CMS signatures and time-stamps are openssl's business and are not looked at here. Nothing of the product's code is used.
"""
import base64
import hashlib
import json
import os
import re
import sys
import unicodedata

problems = []


def problem(text):
    problems.append(text)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def read(path):
    with open(path, "rb") as file:
        return file.read()


# --- canonical JSON (RFC 8785, for documents of whole numbers and ASCII keys) -----------------------------------------

def no_twice(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError("a key stands twice")
    return dict(pairs)


def canonical(data, what):
    text = data.decode("utf-8")
    value = json.loads(text, object_pairs_hook=no_twice, parse_float=lambda _: 1 / 0)
    if json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False) != text:
        problem(f"{what}: not canonical")
    if unicodedata.normalize("NFC", text) != text:
        problem(f"{what}: not NFC")
    return value


# --- Merkle tree (RFC 6962, 2.1) -----------------------------------------------------------------------------------

def leaf(data):
    return hashlib.sha256(b"\0" + data).digest()


def node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


def root_of(hashes):
    if not hashes:
        return hashlib.sha256(b"").digest()
    if len(hashes) == 1:
        return hashes[0]
    split = 1
    while split * 2 < len(hashes):
        split *= 2
    return node(root_of(hashes[:split]), root_of(hashes[split:]))


def included(hash_, index, size, path, root):
    """RFC 9162, 2.1.3.2."""
    if index >= size:
        return False
    fn, sn, made = index, size - 1, hash_
    for sibling in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            made = node(sibling, made)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            made = node(made, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and made == root


def extends(first, old, second, new, path):
    """RFC 9162, 2.1.4.2."""
    if first == second:
        return not path and old == new
    if first == 0 or first > second:
        return False
    path = ([old] if first & (first - 1) == 0 else []) + path
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    if not path:
        return False
    fr = sr = path[0]
    for hash_ in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(hash_, fr), node(hash_, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, hash_)
        fn, sn = fn >> 1, sn >> 1
    return fr == old and sr == new and sn == 0


# --- Ed25519 verification (RFC 8032, 5.1.7), slow and plain ------------------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
I = pow(2, (P - 1) // 4, P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(k, p):
    q = (0, 1, 1, 0)
    while k:
        if k & 1:
            q = add(q, p)
        p, k = add(p, p), k >> 1
    return q


def point(data):
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * I % P
    if (x * x - x2) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


def same(p, q):
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


GY = 4 * pow(5, P - 2, P) % P
BASE = point(GY.to_bytes(32, "little"))


def ed25519(public, message, signature):
    a, r = point(public), point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    return same(times(s, BASE), add(r, times(h, a)))


# --- signed notes and checkpoints (C2SP) -------------------------------------------------------------------------------

def verifier(vkey):
    name, key_id, data = vkey.split("+", 2)
    data = base64.b64decode(data, validate=True)
    if hashlib.sha256(name.encode() + b"\n" + data).digest()[:4].hex() != key_id or data[0] != 1 or len(data) != 33:
        raise ValueError("verifier key")
    return name, bytes.fromhex(key_id), data[1:]


def checkpoint(note, vkey, origin, what):
    """Size and root of a checkpoint, after its signature was checked."""
    name, key_id, public = verifier(vkey)
    text, lines = note.rsplit("\n\n", 1)
    text += "\n"
    right = False
    for line in lines.rstrip("\n").split("\n"):
        dash, signer, signature = line.split(" ")
        signature = base64.b64decode(signature, validate=True)
        if dash == "\u2014" and signer == name and signature[:4] == key_id:
            right = ed25519(public, text.encode(), signature[4:])
    if not right:
        problem(f"{what}: signature")
    found, size, root = text.split("\n")[:3]
    if found != origin:
        problem(f"{what}: origin {found}")
    return int(size), base64.b64decode(root, validate=True)


# --- the bag -----------------------------------------------------------------------------------------------------------

def manifest(bag, name):
    lines = {}
    for line in read(os.path.join(bag, name)).decode("ascii").splitlines():
        digest, path = re.fullmatch(r"([0-9a-f]{64})  ([A-Za-z0-9._/-]+)", line).groups()
        if path in lines or ".." in path.split("/"):
            problem(f"{name}: {path}")
        lines[path] = digest
    return lines


def check_files(bag):
    there = set()
    for folder, folders, files in os.walk(bag):
        for name in folders + files:
            if os.path.islink(os.path.join(folder, name)):
                problem(f"link: {name}")
        there.update(os.path.relpath(os.path.join(folder, name), bag).replace(os.sep, "/") for name in files)
    payload, tags = manifest(bag, "manifest-sha256.txt"), manifest(bag, "tagmanifest-sha256.txt")
    if {path for path in there if path.startswith("data/")} != set(payload):
        problem("payload is not what the manifest lists")
    top = {path for path in there if not path.startswith("data/")}
    if top != set(tags) | {"tagmanifest-sha256.txt", "tagmanifest-sha256.txt.p7s"}:
        problem("tag files are not what the tag manifest lists")
    for path, digest in {**payload, **tags}.items():
        if path in there and sha256(read(os.path.join(bag, path))) != digest:
            problem(f"digest: {path}")


def check_part(data, exhibit, track, part, vkey):
    media = read(os.path.join(data, part["file"]))
    base = part["file"][: -len(".mp4")]
    if len(media) != part["bytes"] or sha256(media) != part["sha256"]:
        problem(f"{part['file']}: not the signed bytes")
    raw = read(os.path.join(data, base + ".segments.jsonl"))
    lines = raw.split(b"\n")[:-1]
    offset, end = 0, None
    for index, text in enumerate(lines):
        line = canonical(text, f"{base} line {index}")
        piece = media[offset : offset + line["length"]]
        if line["i"] != index or line["offset"] != offset or sha256(piece) != line["sha256"]:
            problem(f"{base} line {index}: segment")
        offset += line["length"]
        if end is not None and line["start_ms"] - end > 250:
            hole = (part["offset_ms"] + end, part["offset_ms"] + line["start_ms"])
            if not any(gap["from_ms"] <= hole[0] and gap["to_ms"] >= hole[1] for gap in track["gaps"]):
                problem(f"{base} line {index}: a gap that the record does not name")
        end = line["start_ms"] + line["duration_ms"] if index > 0 else None
    if offset != len(media) or not raw.endswith(b"\n"):
        problem(f"{base}: lines do not cover the part")
    hashes = [leaf(text) for text in lines]
    if len(lines) != part["lines"] or root_of(hashes).hex() != part["merkle_root"]:
        problem(f"{base}: merkle root")
    notes = re.split(r"\n\n(?=[^\u2014])", read(os.path.join(data, base + ".heads")).decode("utf-8").rstrip("\n"))
    last = 0
    for number, note in enumerate(notes):
        size, root = checkpoint(note + "\n", vkey, f"{exhibit}/{os.path.basename(base)}", f"{base} head {number}")
        if size < last or size > len(hashes) or root_of(hashes[:size]) != root:
            problem(f"{base} head {number}: tree")
        last = size
    if part["end"] != "crashed" and last != len(lines):
        problem(f"{base}: heads do not reach the end")
    return {"file": part["file"], "merkle_root": root_of(hashes).hex(), "lines": len(lines), "heads": len(notes)}


def logs_of(custody, record):
    """Folder, origin, key, head, size and root of each log in the bag, oldest first; and that each goes on from the one before."""
    found = []
    sides = {side: sorted(os.listdir(os.path.join(custody, side)), key=int) if os.path.isdir(os.path.join(custody, side)) else []
             for side in ("before", "after")}
    for side in sides:
        if sides[side] != [str(n + 1) for n in range(len(sides[side]))]:
            problem(f"custody/{side}: numbers")
    folders = [f"before/{n}" for n in sides["before"]] + [""] + [f"after/{n}" for n in sides["after"]]
    for place in folders:
        folder = os.path.join(custody, place)
        vkey = read(os.path.join(folder, "log.vkey")).decode().rstrip("\n")
        origin = record["log"]["origin"] if place == "" else verifier(vkey)[0]
        note = read(os.path.join(folder, "checkpoint")).decode("utf-8")
        size, root = checkpoint(note, vkey, origin, f"{place or 'custody'}: checkpoint")
        log = {"folder": folder, "origin": origin, "vkey": vkey, "note": note, "size": size, "root": root}
        if place == "" and vkey != record["log"]["vkey"]:
            problem("log.vkey")
        if found:
            goes_on(found[-1], log)
        check_witnessed(log)
        found.append(log)
    return found


def goes_on(earlier, log):
    text = read(os.path.join(log["folder"], "first.json"))
    first = canonical(text, "first.json")
    proof(log, 0, text, "first.tlog-proof")
    details = first["details"]
    quoted = {
        "origin": earlier["origin"], "size": earlier["size"], "root": earlier["root"].hex(),
        "checkpoint_sha256": sha256(earlier["note"].encode()), "vkey": earlier["vkey"],
    }
    further = earlier["note"].rsplit("\n\n", 1)[0].split("\n")[3:]
    if first["action"] != "log.continued" or first["log"] != log["origin"] or first["prev"] is not None:
        problem(f"{log['origin']}: first event")
    if details["earlier"] != quoted or details["vkey"] != log["vkey"]:
        problem(f"{log['origin']}: does not quote the log before it")
    if f"continued by {log['vkey']}" not in further:
        problem(f"{earlier['origin']}: was not closed for the log after it")


def check_witnessed(log):
    """Heads that the log had when witnesses saw them: its signature, and that it grew from there."""
    folder = os.path.join(log["folder"], "witnessed")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        if not name.endswith(".checkpoint"):
            continue
        path = os.path.join(folder, name)
        size, root = checkpoint(read(path).decode("utf-8"), log["vkey"], log["origin"], f"witnessed {name}")
        lines = read(path[: -len(".checkpoint")] + ".consistency").decode("ascii").split("\n")[:-1]
        way = [base64.b64decode(line, validate=True) for line in lines]
        if f"{size}.checkpoint" != name or not extends(size, root, log["size"], log["root"], way):
            problem(f"witnessed {name}")


def proof(log, index, text, name):
    content = read(os.path.join(log["folder"], name)).decode("utf-8")
    head, tail = content.split("\n\n", 1)
    head = [line for line in head.split("\n") if not line.startswith("extra ")]
    path = [base64.b64decode(line, validate=True) for line in head[2:]]
    if head[0] != "c2sp.org/tlog-proof@v1" or head[1] != f"index {index}" or tail != log["note"]:
        problem(f"{name}: form")
    if not included(leaf(text), index, log["size"], path, log["root"]):
        problem(f"{name}: not in the log")


def check_custody(data, record):
    custody = os.path.join(data, "custody")
    logs = logs_of(custody, record)
    home = next(log for log in logs if log["folder"] == os.path.join(custody, ""))
    origin, vkey, size, root = (home[name] for name in ("origin", "vkey", "size", "root"))
    lines = read(os.path.join(custody, "events.jsonl")).split(b"\n")[:-1]
    places = []
    for log in logs:
        folder = os.path.join(log["folder"], "proofs")
        names = os.listdir(folder) if os.path.isdir(folder) else []
        places += [(log, index) for index in sorted(int(name[: -len(".tlog-proof")]) for name in names)]
    if len(places) != len(lines):
        problem("as many proofs as events")
    prev, sealed = None, None
    events = []
    for seq, (text, (log, index)) in enumerate(zip(lines, places)):
        event = canonical(text, f"event {seq}")
        events.append(event)
        subject = event["subject"]
        if subject != {"id": record["exhibit"], "seq": seq, "prev": prev, "type": "exhibit"} or event["log"] != log["origin"]:
            problem(f"event {seq}: subject or log")
        prev = leaf(text).hex()
        if event["action"] == "exhibit.sealed":
            sealed = index if log is home else None
        proof(log, index, text, f"proofs/{index}.tlog-proof")
    actions = [event["action"] for event in events]
    order = ["interview.planned", "recording.started", "recording.ended", "exhibit.sealed"]
    if [action for action in actions if action in order] != order or actions[-1] != "bag.exported":
        problem("events that must be there once and in order")
    details = next(event["details"] for event in events if event["action"] == "exhibit.sealed")
    if details["record_sha256"] != sha256(read(os.path.join(data, "record.json"))):
        problem("seal: record")
    for signature in details["p7s"]:
        file = os.path.join(data, "signatures", os.path.basename(signature["file"]))
        if sha256(read(file)) != signature["sha256"]:
            problem(f"seal: {file}")
    seal_size, seal_root = checkpoint(
        read(os.path.join(custody, "seal.checkpoint")).decode("utf-8"), vkey, origin, "seal.checkpoint"
    )
    consistency = read(os.path.join(custody, "seal-to-head.consistency")).decode("ascii").split("\n")[:-1]
    if not extends(seal_size, seal_root, size, root, [base64.b64decode(line, validate=True) for line in consistency]):
        problem("seal-to-head")
    if sealed is None or sealed >= seal_size:
        problem("seal.checkpoint does not cover the seal")
    exported = read(os.path.join(custody, "exported-manifest.txt"))
    whole = read(os.path.join(data, "..", "manifest-sha256.txt")).decode("ascii").splitlines(keepends=True)
    if "".join(line for line in whole if "  data/custody/" not in line).encode() != exported:
        problem("exported-manifest.txt")
    if events[-1]["details"]["manifest_sha256"] != sha256(exported):
        problem("bag.exported")
    started = next(event["details"] for event in events if event["action"] == "recording.started")
    summary = {"origin": origin, "size": size, "root": root.hex(), "events": len(events), "logs": len(logs)}
    return summary, started["recorder_vkey"]


def check_copies(data, record):
    folder = os.path.join(data, "copies")
    parts = {part["file"]: part["sha256"] for track in record["tracks"] for part in track["parts"]}
    found = []
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
        inside = os.path.join(folder, name)
        copy = canonical(read(os.path.join(inside, "copy.json")), f"copies/{name}/copy.json")
        if copy["format"] != "birret-copy/1" or copy["id"] != name or copy["exhibit"] != record["exhibit"]:
            problem(f"copy {name}: of something else")
        if copy["record_sha256"] != sha256(read(os.path.join(data, "record.json"))):
            problem(f"copy {name}: of another record")
        for source in copy["sources"]:
            if parts.get(source["file"]) != source["sha256"] or not source["from_ms"] < source["to_ms"]:
                problem(f"copy {name}: master {source['file']}")
        for file in copy["files"]:
            data_of = read(os.path.join(inside, file["file"]))
            if len(data_of) != file["bytes"] or sha256(data_of) != file["sha256"]:
                problem(f"copy {name}: {file['file']} is not what was signed")
        named = {"copy.json"} | {file["file"] for file in copy["files"]} | {signer["file"] for signer in copy["signers"]}
        if {each for each in os.listdir(inside) if not each.endswith(".tsr")} != named:
            problem(f"copy {name}: other files than it names")
        found.append({"id": name, "kind": copy["kind"], "sources": len(copy["sources"])})
    return found


def check_additions(data, record):
    """Attachments and supplements: their digests, their chain, and that the log names each of them and no other."""
    events = [json.loads(line) for line in read(os.path.join(data, "custody", "events.jsonl")).splitlines()]
    kept, added = {}, {}
    for event in events:
        details = event["details"]
        if event["action"] == "attachment.kept":
            kept[details["file"]] = details["sha256"]
        if event["action"] == "attachment.removed":
            kept.pop(details["file"], None)
        if event["action"] == "supplement.added":
            added[details["n"]] = details
    named = {each["file"]: each["sha256"] for each in record["attachments"]}
    if named != kept:
        problem("the log tells of other attachments than the record")
    for file, digest in named.items():
        if sha256(read(os.path.join(data, file))) != digest:
            problem(f"{file}: not the signed bytes")
    prev, n, folder = None, 0, os.path.join(data, "supplements")
    while os.path.exists(os.path.join(folder, f"{n + 1}.json")):
        n += 1
        raw = read(os.path.join(folder, f"{n}.json"))
        one = canonical(raw, f"supplement {n}")
        whose = (one["format"], one["n"], one["exhibit"], one["record_sha256"])
        if whose != ("birret-supplement/1", n, record["exhibit"], sha256(read(os.path.join(data, "record.json")))):
            problem(f"supplement {n}: of something else")
        if one["prev"] != prev:
            problem(f"supplement {n}: chain")
        prev = sha256(raw)
        for each in one["attachments"]:
            if sha256(read(os.path.join(folder, each["file"]))) != each["sha256"]:
                problem(f"supplement {n}: {each['file']} is not what was signed")
        told = added.pop(n, None)
        p7s = {signer["file"]: sha256(read(os.path.join(folder, signer["file"]))) for signer in one["signers"]}
        if told is None or told["supplement_sha256"] != prev or {e["file"]: e["sha256"] for e in told["p7s"]} != p7s:
            problem(f"supplement {n}: not as the log tells")
    for each in added:
        problem(f"supplement {each}: the log tells of it, and it is not here")
    return {"attachments": len(named), "supplements": n}


def main():
    bag = sys.argv[1]
    data = os.path.join(bag, "data")
    result = {}
    try:
        check_files(bag)
        record = canonical(read(os.path.join(data, "record.json")), "record.json")
        result["exhibit"] = record["exhibit"]
        result["log"], vkey = check_custody(data, record)
        parts = [(track, part) for track in record["tracks"] for part in track["parts"]]
        result["copies"] = check_copies(data, record)
        result["additions"] = check_additions(data, record)
        result["parts"] = [check_part(data, record["exhibit"], track, part, vkey) for track, part in parts]
    except Exception as error:  # whatever cannot be read is a problem of the bag, not of its reader
        problem(f"{type(error).__name__}: {error}")
    result["problems"] = problems
    print(json.dumps(result))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
