"""cpppo's simulated controller, read and written by its own client."""

import subprocess
import sys
import time

from cpppo.server.enip import client

PROTOCOL = "cip"
PORTS = [44818]
READ, WRITE = 0x4C, 0x4D


def run(expect):
    command = [sys.executable, "-m", "cpppo.server.enip", "--address", "127.0.0.1:44818", "SCADA=INT[100]", "LEVEL=REAL"]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(3)
        tags = []
        for number in range(0, 8):
            tags += [f"SCADA[{number}]=(INT){number * 11}", f"SCADA[{number}]"]
            expect(WRITE, "request", target=f"SCADA[{number}]", value=number * 11)
            expect(WRITE, "response", status="ok")
            expect(READ, "request", target=f"SCADA[{number}]")
            expect(READ, "response", value=number * 11, status="ok")
        with client.connector(host="127.0.0.1", timeout=5) as connection:
            operations = client.parse_operations(tags, fragment=False)
            for _ in connection.synchronous(operations, multiple=0, fragment=False, timeout=5):
                pass
    finally:
        server.terminate()
        server.wait()
