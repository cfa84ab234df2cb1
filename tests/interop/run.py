"""Runs real clients and servers of other makers against each other on the loopback interface,
captures them, and compares what Ferrite says of the capture with what they did.

usage: run.py FERRITE [SCENARIO…]

A scenario is a module with PROTOCOL, PORTS, run(expect) and perhaps IDENTITY, IGNORED (codes), FAULTS
(that healthy traffic has), kept(records), judge(capture, expect): another dissector. It calls expect(code, direction, …) for each message in the
order of the wire; only what is named is compared.
"""

import collections
import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback

import wire

STACK_FAILED = 3
STACK_TRIES = 3

ALL = ["modbus", "s7", "opcua", "iec104", "enip", "bacnet", "mqtt", "coap", "snmp", "tftp", "iec101",
       "iec101_types", "iccp", "wdb", "hse", "melsec_1e"]


def same(wanted, seen):
    if isinstance(wanted, float) and isinstance(seen, (int, float)):
        return abs(wanted - seen) < 1e-4 * max(1, abs(wanted))
    if isinstance(wanted, list):
        return isinstance(seen, list) and len(wanted) == len(seen) and all(map(same, wanted, seen))
    return wanted == seen


def shown(record):
    keys = ("code", "subcode", "name", "direction", "target", "value", "status", "items")
    return {key: record[key] for key in keys if key in record}


def fits(expected, record):
    for key, wanted in expected.items():
        if key == "items":
            targets = [record.get("target")] + [item["target"] for item in record.get("items", [])]
            if targets != wanted:
                return False
        elif key == "pairs":
            # All values of a message with what they stand for.
            pairs = [[one.get("target"), one.get("value")] for one in (record, *record.get("items", []))]
            if not same(wanted, pairs):
                return False
        elif not same(wanted, record.get(key)):
            return False
    return True


def compare(expected, records, ignored):
    """Messages in the order of the wire, those of codes that the scenario does not tell left out."""
    codes = {one["code"] for one in expected}
    records = [r for r in records if r["code"] in codes and r["code"] not in ignored]
    faults = []
    for at, one in enumerate(expected):
        if at >= len(records):
            faults.append(f"message {at}: expected {one}, but there is none")
        elif not fits(one, records[at]):
            faults.append(f"message {at}: expected {one}\n      seen {shown(records[at])}")
    for record in records[len(expected):]:
        faults.append(f"one too many: {shown(record)}")
    return faults


def identity_faults(wanted, analysis):
    faults = []
    evidence = collections.defaultdict(set)
    for asset in analysis["assets"]:
        for one in asset.get("evidence", []):
            evidence[one["attribute"]].add(one["value"])
    for attribute, value in wanted.items():
        if value not in evidence[attribute]:
            faults.append(f"identity: {attribute} {value!r} is not among {sorted(evidence[attribute])}")
    return faults


def scenario(name, ferrite, folder):
    module = importlib.import_module(name)
    expected = []

    def expect(code, direction, **more):
        expected.append({"code": code, "direction": direction, **more})

    path = os.path.join(folder, f"{name}.pcap")
    with wire.Capture(path, module.PORTS):
        module.run(expect)
    if judge := getattr(module, "judge", None):
        judge(path, expect)
    said = subprocess.run([ferrite, "records", path, "--protocol", module.PROTOCOL], capture_output=True, check=True)
    records = [json.loads(line) for line in said.stdout.splitlines()]
    # What came before the protocol was recognised is said late, with its own frame.
    records.sort(key=lambda record: record["frame"])
    records = getattr(module, "kept", list)(records)
    faults = compare(expected, records, getattr(module, "IGNORED", ()))
    said = subprocess.run([ferrite, "analyze", path, "--format", "json"], capture_output=True, check=True)
    analysis = json.loads(said.stdout)
    faults += identity_faults(getattr(module, "IDENTITY", {}), analysis)
    for fault in analysis["capture"].get("faults", []):
        if fault["layer"] == module.PROTOCOL and fault["fault"] not in getattr(module, "FAULTS", ()):
            faults.append(f"fault on healthy traffic: {fault}")
    return len(expected), faults


def one(ferrite, name, folder):
    code = 0
    try:
        count, faults = scenario(name, ferrite, folder)
        code = 1 if faults else 0
    except Exception:  # the stacks did not do what they were asked
        count, faults, code = 0, [traceback.format_exc()], STACK_FAILED
    print(f"{name}: {count} messages, {'FAILED' if faults else 'ok'}", flush=True)
    for fault in faults[:12]:
        print("   ", fault)
    # Servers that do not end would keep the process.
    sys.stdout.flush()
    os._exit(code)


def attempt(name, command):
    """Other makers' stacks have timings of their own: where they do not do what they are asked, they
    are asked again. What Ferrite says of what they did gets no second chance."""
    code = STACK_FAILED
    for _ in range(STACK_TRIES):
        try:
            code = subprocess.run(command, timeout=40).returncode
        except subprocess.TimeoutExpired:
            print(f"{name}: FAILED, it did not end", flush=True)
        if code != STACK_FAILED:
            break
    return code


def main():
    ferrite, names = sys.argv[1], sys.argv[2:] or ALL
    if names[0] == "--one":
        one(ferrite, *names[1:])
    folder = tempfile.mkdtemp(prefix="ferrite-interop-")
    failed = 0
    # Each in a process of its own: stacks leave event loops and threads behind.
    for name in names:
        command = [sys.executable, __file__, ferrite, "--one", name, folder]
        failed += attempt(name, command) != 0
    if failed:
        print(f"captures: {folder}")
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
