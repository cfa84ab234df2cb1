"""nmap's script for WDB at an agent that is played here: nmap makes the requests, and judges the
answers, which are written from wdb.h with Python's packer of XDR."""

import socket
import subprocess
import threading
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    import xdrlib

PROTOCOL = "wdb"
PORTS = [17185]
AGENT, SYSTEM, BOARD, BOOT = "2.0", "VxWorks5.5.1", "Sample Controller REV 2", "host:vxWorks.st"
IDENTITY = {"software": AGENT, "os": SYSTEM, "model": BOARD, "description": BOOT, "hardware": "CPU type 83, little endian"}
PING, CONNECT, DISCONNECT = 0, 1, 2


def kept(records):
    """The scan does not wait between its requests: each answer is told behind its own."""
    return sorted(records, key=lambda record: (record.get("pair", record["frame"]), record["direction"] == "response"))


def numbers(packer, *all_of_them):
    for number in all_of_them:
        packer.pack_uint(number)


def text(packer, value):
    packer.pack_string(value.encode() + b"\0")


def target(packer):
    """What a connect is answered with: the agent, the run-time system, memory."""
    text(packer, AGENT)
    numbers(packer, 1500, 3, 1)
    text(packer, SYSTEM)
    numbers(packer, 83, 1, 0, 4096, 4321)
    text(packer, BOARD)
    text(packer, BOOT)
    # No regions, no pool: nmap would take the pool's address for the length of a text.
    numbers(packer, 0x100000, 0xF00000, 0, 0, 0, 0)


def answer(call, results=None):
    """An accepted call; checksum, size, the agent's own result."""
    body = xdrlib.Packer()
    if results:
        results(body)
    packer = xdrlib.Packer()
    transaction = xdrlib.Unpacker(call).unpack_uint()
    numbers(packer, transaction, 1, 0, 0, 0, 0, 0xFFFF0000, 36 + len(body.get_buffer()), 0)
    return packer.get_buffer() + body.get_buffer()


def serve(agent, calls):
    """Answers what nmap asks, until the socket is closed."""
    while True:
        try:
            call, client = agent.recvfrom(2048)
        except OSError:
            return
        unpacker = xdrlib.Unpacker(call)
        procedure = [unpacker.unpack_uint() for _ in range(6)][-1]
        calls.append(procedure)
        agent.sendto(answer(call, target if procedure == CONNECT else None), client)


def nmap():
    command = ["nmap", "-sU", "-Pn", "-n", "-p", str(PORTS[0]), "--script", "wdb-version", "-oX", "-", "127.0.0.1"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout


def run(expect):
    calls = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as agent:
        agent.bind(("127.0.0.1", PORTS[0]))
        threading.Thread(target=serve, args=(agent, calls), daemon=True).start()
        said = nmap()
    # The judge of the answers: as nmap read them.
    for key, value in (("Agent version", AGENT), ("VxWorks version", SYSTEM), ("Board Support Package", BOARD), ("Boot line", BOOT)):
        assert f'<elem key="{key}">{value}</elem>' in said, said
    # The scan itself sends a ping and a connect; the script connects, and leaves.
    assert calls[-2:] == [CONNECT, DISCONNECT] and PING in calls, calls
    for procedure in calls:
        expect(procedure, "request")
        memory = {"target": "memory[0x00100000..0x00ffffff]"} if procedure == CONNECT else {}
        expect(procedure, "response", status="ok", **memory)
