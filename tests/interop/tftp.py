"""tftpy against itself: a file fetched, a file loaded."""

import os
import tempfile
import threading
import time

import tftpy

PROTOCOL = "tftp"
PORTS = [10069]


def run(expect):
    root = tempfile.mkdtemp()
    with open(os.path.join(root, "config.txt"), "wb") as out:
        out.write(b"level=1\n" * 100)
    server = tftpy.TftpServer(root, dyn_file_func=None)
    thread = threading.Thread(target=server.listen, args=("127.0.0.1", PORTS[0]), kwargs={"timeout": 1}, daemon=True)
    thread.start()
    server.is_running.wait(5)
    client = tftpy.TftpClient("127.0.0.1", PORTS[0])
    client.download("config.txt", os.path.join(root, "fetched"), timeout=3)
    expect(1, "request", target="config.txt")
    client.upload("firmware.bin", os.path.join(root, "config.txt"), timeout=3)
    expect(2, "request", target="firmware.bin")
    server.stop(now=True)
    time.sleep(0.2)
