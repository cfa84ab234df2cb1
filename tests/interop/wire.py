"""Captures what crosses the loopback interface into a pcap file, without any tool."""

import socket
import struct
import threading
import time

ETH_P_ALL = 3
PACKET_OUTGOING = 4


class Capture:
    """Frames of the loopback interface with one of the given ports, each once."""

    def __init__(self, path, ports):
        self.path, self.ports = path, set(ports)
        self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        self.socket.bind(("lo", 0))
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 20)
        self.socket.settimeout(0.1)
        self.done = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self.thread.start()
        time.sleep(0.1)
        return self

    def __exit__(self, *_):
        # What is on its way still counts.
        time.sleep(0.3)
        self.done.set()
        self.thread.join()
        self.socket.close()

    def _wanted(self, frame):
        if frame[12:14] != b"\x08\x00" or frame[23] not in (6, 17):
            return False
        at = 14 + (frame[14] & 15) * 4
        # A fragment that is not the first has no ports.
        if struct.unpack_from("!H", frame, 20)[0] & 0x1FFF:
            return True
        return bool(self.ports & set(struct.unpack_from("!HH", frame, at)))

    def _run(self):
        with open(self.path, "wb") as out:
            out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1))
            while not self.done.is_set():
                try:
                    frame, address = self.socket.recvfrom(262144)
                except TimeoutError:
                    continue
                # The loopback interface shows each frame going out and coming in.
                if address[2] == PACKET_OUTGOING or not self._wanted(frame):
                    continue
                now = time.time()
                head = struct.pack("<IIII", int(now), int(now % 1 * 1e6), len(frame), len(frame))
                out.write(head + frame)
