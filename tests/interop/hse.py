"""No stack speaks HSE to us, so another dissector is the judge: messages of all services are made
here, cross the loopback interface, and what is expected is what tshark says of the capture."""

import random
import re
import socket
import struct
import subprocess
from xml.etree import ElementTree

PROTOCOL = "hse"
FDA, SM, FMS, REDUNDANCY = 1, 2, 3, 4
PORT_OF = {FDA: 1090, SM: 1091, FMS: 1090, REDUNDANCY: 3622}
PORTS = sorted(set(PORT_OF.values()))
REQUEST, RESPONSE, ERROR = range(3)
CONFIRMED = 0x80
SERVICES = {
    FDA: [0x81, 0x83],
    SM: [0x01, 0x02, 0x10, 0x83, 0x8C, 0x8E, 0x8F],
    FMS: [0x00, 0x01, 0x02, 0x10, 0x11, 0x12, 0x70, 0x80, 0x81, 0x82, 0x83, 0x84, *range(0x87, 0x9A),
          *range(0x9C, 0xA2), 0xD2, 0xD3, 0xE0],
    REDUNDANCY: [0x01, 0x81, 0x82, 0x83],
}
IDENTITY = {"serial": "MAKER01DEV00042", "name": "FT-101", "vendor": "Maker", "model": "Model 7", "firmware": "1.20"}
# Bits of the options, the bytes that each adds behind the message.
TRAILER = {0x80: 4, 0x40: 4, 0x20: 8, 0x08: 4}
INVOKE_ID = 0x40
# How tshark's short names read in full.
WORDS = {
    "Get OD": "get_object_dictionary", "Initiate Put OD": "initiate_put_object_dictionary",
    "Put OD": "put_object_dictionary", "Terminate Put OD": "terminate_put_object_dictionary",
    "Set Assignment Info": "set_assignment", "Clear Assignment Info": "clear_assignment",
    "Diagnostic Message": "redundancy_diagnostic",
}
# Names that are another protocol's as well keep its name.
KEEP = ("FMS Identify", "FMS Status")


def name(text):
    return text.encode().ljust(32)


def body(proto, service, kind, draw):
    """Numbers that differ, and zeros where a number says how many follow."""
    words = struct.pack(">2I", draw.randrange(1, 60_000), draw.randrange(1, 9)) + bytes(draw.randrange(16, 40) * 4)
    device = struct.pack(">4B2H", 5, 0x20, 0, 0, 3, 32) + bytes(12) + bytes((10, 0, 0, 3))
    if kind == ERROR:
        refused = struct.pack(">2Bh", draw.randrange(1, 9), draw.randrange(0, 11), 0) + bytes(16)
        # The state of a program, or the index in a dictionary, stands before.
        return (struct.pack(">I", 2) if proto == FMS and service in (0x93, 0x94, 0x95, 0x96, 0x9E) else b"") + refused
    identity = device + name(IDENTITY["serial"]) + name(IDENTITY["name"]) + bytes(20)
    tags = name("MAKER01DEV00042") + name(f"FT-{draw.randrange(999)}") + bytes(64)
    return {
        (SM, 0x83, RESPONSE): identity,
        (SM, 0x10, REQUEST): identity,
        (SM, 0x01, REQUEST): struct.pack(">2I", 0, draw.randrange(99)) + name("FT-7") + name("VFD"),
        (SM, 0x02, REQUEST): bytes(140),
        (SM, 0x8C, REQUEST): tags,
        (SM, 0x8E, REQUEST): tags,
        (SM, 0x8F, REQUEST): tags[:64],
        (FMS, 0x81, RESPONSE): name(IDENTITY["vendor"]) + name(IDENTITY["model"]) + name(IDENTITY["firmware"]),
        (FMS, 0x84, REQUEST): struct.pack(">4BI", 1, 1, 0, 0, draw.randrange(60_000)),
        (FMS, 0x87, REQUEST): struct.pack(">3I", 2, 7, 8),
        (FMS, 0x91, REQUEST): struct.pack(">2BH2I", 1, 0, 2, 7, 8),
        (REDUNDANCY, 0x83, RESPONSE): bytes(160),
        (REDUNDANCY, 0x01, REQUEST): struct.pack(">H2BI", 3, 2, 0, 1000) + name(IDENTITY["name"]) + bytes(12),
    }.get((proto, service, kind), words)


def message(proto, service, kind, invoke, draw):
    """Header, body, padding, trailer. The invoke id is always there: it pairs answers."""
    options = INVOKE_ID | draw.choice((0, 0x80, 0x20, 0x08, 0xA8)) | draw.choice((0, 0, 3))
    inner = body(proto, service, kind, draw) + bytes(options & 7)
    trailer = b"".join(
        struct.pack(">Q" if size == 8 else ">I", invoke if bit == INVOKE_ID else draw.randrange(1 << 31))
        for bit, size in TRAILER.items()
        if options & bit
    )
    total = 12 + len(inner) + len(trailer)
    head = struct.pack(">4B2I", 1, options, proto << 2 | kind, service, draw.randrange(1, 1 << 24), total)
    return head + inner + trailer


def exchange(send):
    """Each service: asked and answered, asked and refused; the others said once."""
    draw, invoke = random.Random(7), 0
    for proto, services in SERVICES.items():
        for service in services:
            kinds = ((REQUEST, RESPONSE), (REQUEST, ERROR)) if service & CONFIRMED else ((REQUEST,),)
            for both in kinds:
                invoke += 1
                state = draw.getstate()
                for kind in both:
                    send(PORT_OF[proto], kind == REQUEST, message(proto, service, kind, invoke, draw))
                draw.setstate(state)
                draw.random()


def run(_):
    servers = {port: socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for port in PORTS}
    client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    client.bind(("127.0.0.1", 0))
    for port, server in servers.items():
        server.bind(("127.0.0.1", port))

    def by_datagram(port, asks, data):
        source, sink = (client, servers[port]) if asks else (servers[port], client)
        source.sendto(data, sink.getsockname())
        assert sink.recv(65_535) == data

    exchange(by_datagram)
    for one in (client, *servers.values()):
        one.close()
    for port in PORTS:
        in_a_stream(port)


def in_a_stream(port):
    """The same over TCP, in pieces that do not end where a message does."""
    with socket.create_server(("127.0.0.1", port)) as server:
        client = socket.create_connection(server.getsockname())
        far, _ = server.accept()
    ends = (client, far)
    for one in ends:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def by_stream(of, asks, data):
        if of != port:
            return
        source, sink = ends if asks else ends[::-1]
        for piece in (data[:9], data[9:40], data[40:]):
            source.sendall(piece)
        left = len(data)
        while left:
            left -= len(sink.recv(left))

    exchange(by_stream)
    for one in ends:
        one.close()


def judge(path, expect):
    """What tshark says of each message."""
    # Of TCP it knows only one port by itself.
    ports = [word for port in PORTS for word in ("-d", f"tcp.port=={port},ff")]
    command = ["tshark", "-n", "-r", path, *ports, "-Y", "ff", "-T", "pdml"]
    said = subprocess.run(command, capture_output=True, check=True).stdout
    for packet in ElementTree.fromstring(said).iter("packet"):
        assert packet.find("proto[@name='_ws.malformed']") is None, ElementTree.tostring(packet)
        (message,) = packet.findall("proto[@name='ff']")
        fields = [(one.get("name"), one.get("show"), one.get("showname")) for one in message.iter("field")]
        expect(**told(fields))


def told(fields):
    def ending(*names):
        return [show for key, show, _ in fields for one in names if key.endswith(one)]

    def label(*names):
        """What tshark calls a number: `Service Id: FMS Read (2)`."""
        shown = next(shown for key, _, shown in fields for one in names if one in key)
        return re.sub(r".*: | \(\d+\)$", "", shown)

    number = {key: int(show, 0) for key, show, _ in fields if key.startswith("ff.hdr") and show.replace("0x", "").isalnum()}
    proto, service, kind = (number[f"ff.{key}"] for key in ("hdr.proto_id", "hdr_srv", "hdr.confirm_msg_type"))
    more = {"direction": "event"}
    if service & CONFIRMED:
        more["direction"] = "request" if kind == REQUEST else "response"
    if kind == ERROR:
        error_class, code = int(ending(".err_class")[0]), int(ending(".err_code")[0])
        known = label(".err_code") if code else label(".err_class")
        if "nknown" in known or known == "reserved":
            known = f"error {error_class << 8 | code:#x}"
        # tshark has the codes of two classes the other way round than FMS and MMS have.
        if code == 0 or error_class not in (2, 3):
            more["status"] = {"od": "object_dictionary"}.get(known, known.replace(" ", "_").replace("error_", "error "))
    elif kind == RESPONSE:
        more["status"] = "ok"
    elif proto == FMS and (indexes := ending(".req.idx", ".req.dom_idx", ".list_of_idx", ".idxes.idx")):
        subs = ending(".req.subidx", ".req.ev_num")
        more["items"] = [f"object[{index}]" + (f".{subs[0]}" if subs else "") for index in indexes]
    elif proto == SM and service not in (0x02, 0x10) and (tags := ending(".req.pd_tag", ".req.tag")):
        more["target"] = tags[0].strip()
        if devices := ending(".req.dev_id"):
            more["value"] = devices[0].strip()
    if data := [show for key, show, _ in fields if key == "ff.data"]:
        # tshark counts the padding to the value.
        value = data[0].replace(":", "")
        more["value"] = value[:len(value) - 2 * number["ff.hdr.opts.pad"]]
    said = {"serial": ".dev_id", "name": ".pd_tag", "vendor": ".vendor_name", "model": ".model_name", "firmware": ".revision"}
    for attribute, key in said.items():
        # Who the device is, as tshark reads it.
        if more["direction"] != "request" and (texts := ending(key)) and (proto, service) not in ((FDA, 0x81), (SM, 0x02), (SM, 0x01)):
            assert IDENTITY[attribute] in [one.strip() for one in texts], (attribute, texts)
    verb = label(".service_id")
    if verb not in KEEP:
        verb = re.sub("^(FDA|SM|FMS) ", "", verb)
    more["name"] = WORDS.get(verb, verb.replace("LAN Redundancy", "Redundancy").lower().replace(" ", "_"))
    return {"code": proto << 8 | service, "unit": number["ff.hdr.fda_addr"], **more}
