"""mcprotocol (Node.js) asks in frames 1E, in binary and in digits, at a module that is played: the
requests are the package's own, and it judges the answers, which are written from SH-080008."""

import json
import os
import socket
import struct
import subprocess
import threading

PROTOCOL = "melsec"
PORTS = [5551, 5552]
# Operations of 1E frames have the codes above their subheaders.
FRAME_1E = 0x10000
READ_WORDS, WRITE_BITS, WRITE_WORDS = 1, 2, 3
BIT_DEVICES = "MXYS"
VALUES = {"D100,3": [1000, -2, 32767], "R7": 99, "M16,4": [True, False, True, True], "Y20": True}


class Module:
    """Devices of a controller, asked for on one connection."""

    def __init__(self, port, ascii_):
        self.server = socket.create_server(("127.0.0.1", port))
        self.ascii, self.words, self.bits, self.told = ascii_, {}, {}, []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        connection, _ = self.server.accept()
        with connection:
            while request := connection.recv(1024):
                # The package waits for each answer, and on the loopback interface a request is whole.
                data = bytes.fromhex(request.decode()) if self.ascii else request
                answer = self.answer(data)
                connection.sendall(answer.hex().upper().encode() if self.ascii else answer)

    def head(self, data):
        """Subheader, PC number, timer; device, first point, number of points."""
        if self.ascii:
            command, pc, _, device, number, points = struct.unpack_from(">2BH2sIB", data)
        else:
            command, pc, _, number, device, points = struct.unpack_from("<2BHI2sB", data)
            device = device[::-1]
        return command, pc, device.decode().strip(), number, points

    def answer(self, data):
        command, pc, device, number, points = self.head(data)
        order, body = ">" if self.ascii else "<", data[12:]
        last = number + points - 1
        name = self.name(device, number) + (f"..{self.name('', last)}" if points > 1 else "")
        said = {"unit": pc, "target": name}
        if command == READ_WORDS:
            words = [self.word(device, number, at) for at in range(points)]
            answer = struct.pack(f"{order}{points}H", *words)
            self.told.append((command, "request", said))
            self.told.append((command, "response", {**said, "status": "ok", "value": self.shown(answer, points, words)}))
            return bytes((0x80 | command, 0)) + answer
        if command == WRITE_BITS:
            # Four bits each: two states in a byte.
            states = [bool(int(digit)) for digit in body.hex()[:points]]
            self.bits.update({(device, number + at): state for at, state in enumerate(states)})
            value = body.hex() if points > 1 or self.ascii else states[0]
        else:
            words = struct.unpack(f"{order}{points}H", body)
            self.words.update({(device, number + at): word for at, word in enumerate(words)})
            # This client sends small letters.
            value = body.hex() if self.ascii else self.shown(body, points, words)
        self.told.append((command, "request", {**said, "value": value}))
        self.told.append((command, "response", {"unit": pc, "status": "ok"}))
        return bytes((0x80 | command, 0))

    def shown(self, data, points, words):
        """Digits stay digits; one word is a number."""
        if self.ascii:
            return data.hex().upper()
        return words[0] if points == 1 else data.hex()

    def word(self, device, number, at):
        if device in BIT_DEVICES:
            bits = [self.bits.get((device, number + at * 16 + bit), False) for bit in range(16)]
            return sum(bit << place for place, bit in enumerate(bits))
        return self.words.get((device, number + at), 0)

    @staticmethod
    def name(device, number):
        """Inputs and outputs are counted in hexadecimal."""
        return f"{device}{number:X}" if device in ("X", "Y") else f"{device}{number}"


def run(expect):
    for port, mode in zip(PORTS, ("binary", "ascii")):
        module = Module(port, mode == "ascii")
        script = os.path.join(os.path.dirname(__file__), "melsec_1e.js")
        said = subprocess.run(["node", "--no-deprecation", script, str(port), mode], capture_output=True, text=True, timeout=20)
        assert said.returncode == 0, said.stderr
        assert json.loads(said.stdout) == VALUES, said.stdout
        for command, direction, more in module.told:
            expect(FRAME_1E | command, direction, **more)
