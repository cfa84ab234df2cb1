"""python-snap7 against itself: data blocks, system status lists, stop and start."""

import time

import snap7
from snap7.server import Server
from snap7.type import SrvArea

PROTOCOL = "s7comm"
PORTS = [15102]


def run(expect):
    server = Server()
    server.register_area(SrvArea.DB, 1, bytearray(512))
    server.register_area(SrvArea.MK, 0, bytearray(64))
    server.start(tcp_port=PORTS[0])
    time.sleep(0.3)
    client = snap7.client.Client()
    client.connect("127.0.0.1", 0, 1, PORTS[0])
    expect(0xF0, "request")
    expect(0xF0, "response", status="ok")
    for start in range(0, 40, 4):
        client.db_write(1, start, bytearray([start, 1, 2, 3]))
        expect(5, "request", target=f"P#DB1.DBX{start}.0 BYTE 4")
        expect(5, "response", status="ok")
        client.db_read(1, start, 4)
        expect(4, "request", target=f"P#DB1.DBX{start}.0 BYTE 4")
        expect(4, "response", status="ok")
    client.disconnect()
    server.stop()
    server.destroy()
