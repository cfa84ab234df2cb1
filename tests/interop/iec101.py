"""lib60870 against itself on two serial lines that serial servers carry over TCP: a polled line with
small addresses, a balanced one with large addresses. What is expected is what the controlling
station was asked to send, and what it says it received."""

import collections
import ctypes
import threading
import time

import serial_line
from lib60870 import (
    ACTIVATION, ASKED, CLOCK, COMMANDED, INTERROGATED, RAW, READ_ASKED, RECEIVED, SPONTANEOUS, STATE, UNKNOWN_OBJECT,
    App, Link, c_int, call, create, pointer, said, serial_port, shown,
)

PROTOCOL = "iec101"
PORTS = [14001, 14002]
POLLED, LARGE = 7, 300
IDENTITY = {"address": str(POLLED)}
BALANCED, UNBALANCED = 0, 1
AVAILABLE = 3
GOOD, INVALID = 0, 0x80
# Functions of the link layer have the codes of their primary station from here; where data was
# acknowledged, of their secondary station.
FUNCTION, ACKNOWLEDGE = 0x100, 0x110
PRIMARY, SINGLE, FIXED = 0x40, 0xE5, 0x10
CLOCK_MS = 1_700_000_000_000


def kept(records):
    """The functions of the link layer can be told in order where one station speaks at a time, and
    from the first message that has data: before it, each direction is said alone."""
    first = next((at for at, record in enumerate(records) if record["code"] < FUNCTION), 0)
    return [r for r in records[first:] if r["code"] < FUNCTION or r.get("unit") in (POLLED, None)]


class Station:
    """The controlled station: tells values, answers an interrogation, carries out commands."""

    def __init__(self, port, link, app, mode, address):
        self.slave = pointer(call("CS101_Slave_create", port, ctypes.byref(link), ctypes.byref(app), mode))
        self.app, self.common = pointer(call("CS101_Slave_getAppLayerParameters", self.slave)), address
        call("CS101_Slave_setLinkLayerAddress", self.slave, address)
        call("CS101_Slave_setLinkLayerAddressOtherStation", self.slave, address)
        # The references keep the callbacks alive.
        self.handlers = {
            "Interrogation": ASKED(self.interrogated),
            "CounterInterrogation": ASKED(self.counters_asked),
            "ASDU": COMMANDED(self.commanded),
            "Read": READ_ASKED(self.read),
            "ClockSync": CLOCK(lambda *_: True),
        }
        for name, handler in self.handlers.items():
            call(f"CS101_Slave_set{name}Handler", self.slave, handler, None)

    def asdu(self, cause, objects, sequence=False):
        asdu = pointer(call("CS101_ASDU_create", self.app, sequence, cause, 0, self.common, False, False))
        for one in objects:
            assert call("CS101_ASDU_addInformationObject", asdu, one, result=ctypes.c_bool)
            call("InformationObject_destroy", one)
        return asdu

    def tell(self, objects, sequence=False):
        asdu = self.asdu(SPONTANEOUS, objects, sequence)
        call("CS101_Slave_enqueueUserDataClass1", self.slave, asdu)
        call("CS101_ASDU_destroy", asdu)

    def send(self, connection, asdu):
        call("IMasterConnection_sendASDU", pointer(connection), pointer(asdu) if isinstance(asdu, int) else asdu)
        return True

    def confirm(self, connection, asdu, objects=None):
        call("IMasterConnection_sendACT_CON", pointer(connection), pointer(asdu), False)
        if objects:
            self.send(connection, self.asdu(INTERROGATED, objects))
        call("IMasterConnection_sendACT_TERM", pointer(connection), pointer(asdu))
        return True

    def interrogated(self, _, connection, asdu, qualifier):
        values = [create("MeasuredValueScaled", 110 + at, value, GOOD) for at, value in enumerate((-1, 23, 32767))]
        return self.confirm(connection, asdu, values)

    def counters_asked(self, _, connection, asdu, qualifier):
        """There are none."""
        call("IMasterConnection_sendACT_CON", pointer(connection), pointer(asdu), True)
        return True

    def read(self, _, connection, asdu, address):
        return self.send(connection, self.asdu(5, [create("MeasuredValueShort", address, ctypes.c_float(7.25), INVALID)]))

    def commanded(self, _, connection, asdu):
        """Carries out commands to objects below 900; the others are not known."""
        one = pointer(call("CS101_ASDU_getElement", pointer(asdu), 0))
        known = call("InformationObject_getObjectAddress", one, result=c_int) < 900
        call("InformationObject_destroy", one)
        if known:
            return self.confirm(connection, asdu)
        call("CS101_ASDU_setCOT", pointer(asdu), UNKNOWN_OBJECT)
        return self.send(connection, asdu)


class Line:
    """A line with a station at each end, and what the controlling one did and heard."""

    def __init__(self, tcp, mode, link_octets, app, address):
        self.line = serial_line.Line(tcp)
        # Longer than any pause of a busy machine: a frame that is sent again is one message more.
        link = Link(link_octets, 4000, 9000, mode == UNBALANCED, 4000)
        app = App(1, 1, *app, 249)
        ends = [serial_port(path) for path in self.line.paths]
        self.station = Station(ends[1], link, app, mode, address)
        self.master = pointer(call("CS101_Master_create", ends[0], ctypes.byref(link), ctypes.byref(app), mode))
        self.handlers = {
            "ASDUReceived": RECEIVED(self.received), "RawMessage": RAW(self.crossed), "LinkLayerStateChanged": STATE(self.changed),
        }
        for name, handler in self.handlers.items():
            suffix = "" if name.endswith("Changed") else "Handler"
            call(f"CS101_Master_set{name}{suffix}", self.master, handler, None)
        call("CS101_Master_setOwnAddress", self.master, address)
        call("CS101_Master_setDIR", self.master, True)
        if mode == UNBALANCED:
            call("CS101_Master_addSlave", self.master, address)
        call("CS101_Master_useSlaveAddress", self.master, address)
        self.mode, self.common = mode, address
        # All that crossed the line, and how many messages with data came.
        self.told, self.heard, self.asked = [], 0, None
        self.outgoing, self.sending = collections.deque(), collections.deque()
        self.available, self.done, self.left = False, threading.Event(), threading.Event()

    def received(self, _, address, asdu):
        self.told.append(said(asdu))
        self.heard += 1
        return True

    def crossed(self, _, frame, size, sent):
        """A frame, in the order of the wire. One without data on the polled line is a request, or
        answers what was asked last; one with data that was sent is what is being asked."""
        data = frame[0] not in (SINGLE, FIXED)
        if self.mode == UNBALANCED and not data:
            request = FUNCTION | frame[1] & 0x0F if sent else None
            unit = self.common if sent or frame[0] == FIXED or self.asked else None
            code = request or self.asked or ACKNOWLEDGE
            direction = "request" if sent else "response" if self.asked else "event"
            if self.heard:
                self.told.append((code, {"direction": direction, "unit": unit}))
            self.asked = request
        if data:
            self.asked = None
            if sent:
                self.told.append(self.sending.popleft())

    def changed(self, _, address, state):
        self.available = state == AVAILABLE

    def run_master(self):
        while not self.done.is_set():
            call("CS101_Master_run", self.master)
            # A polled line has one message at a time on its way; a balanced one has a queue.
            if self.mode == UNBALANCED and not call("CS101_Master_isChannelReady", self.master, self.common, result=ctypes.c_bool):
                continue
            if self.outgoing:
                self.outgoing.popleft()()
            elif self.mode == UNBALANCED:
                call("CS101_Master_pollSingleSlave", self.master, self.common)
        # The last poll is sent, and answered.
        for _ in range(20):
            call("CS101_Master_run", self.master)
        self.wait(lambda: call("CS101_Master_run", self.master) or self.asked is None)
        self.left.set()

    def run_station(self):
        while not self.left.is_set():
            call("CS101_Slave_run", self.station.slave)

    def wait(self, condition):
        end = time.monotonic() + 10
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"no answer; so far: {self.told}")
            time.sleep(0.002)

    def ask(self, name, *args, answers, kind, **more):
        """Sends one message and waits for what it brings."""
        told = {"subcode": ACTIVATION, "unit": self.common, "direction": "request", **more}
        wanted = self.heard + answers

        def send():
            self.sending.append((kind, told))
            call(f"CS101_Master_send{name}", self.master, *args)

        self.outgoing.append(send)
        self.wait(lambda: self.heard >= wanted)

    def command(self, kind, name, address, value, *args, answers=2):
        pairs = [[f"ca[{self.common}].ioa[{address}]", shown(kind, value)]]
        command = create(name, address, ctypes.c_float(value) if isinstance(value, float) else value, *args)
        self.ask("ProcessCommand", ACTIVATION, self.common, command, answers=answers, kind=kind, pairs=pairs)
        call("InformationObject_destroy", command)

    def events(self, clock):
        """The station tells values on its own."""
        for objects, sequence in (
            ([create("SinglePointInformation", 300 + at, at % 2 == 0, GOOD) for at in range(5)], True),
            ([create("DoublePointInformation", 20, 2, GOOD), create("DoublePointInformation", 25, 1, INVALID)], False),
            ([create("StepPositionInformation", 30, -7, False, GOOD)], False),
            ([create("BitString32", 40, ctypes.c_uint32(0xDEADBEEF))], False),
            ([create("MeasuredValueNormalized", 50 + at, ctypes.c_float(value), GOOD) for at, value in enumerate((0.5, -0.25))], False),
            ([create("MeasuredValueShort", 60, ctypes.c_float(-1.5), GOOD)], False),
            ([create("SinglePointWithCP56Time2a", 70, True, GOOD, clock)], False),
        ):
            before = self.heard
            self.station.tell(objects, sequence)
            self.wait(lambda before=before: self.heard > before)

    def work(self):
        threads = [threading.Thread(target=run, daemon=True) for run in (self.run_station, self.run_master)]
        for thread in threads:
            thread.start()
        # A message that is sent before the link was reset gets lost.
        self.wait(lambda: self.available)
        clock = pointer(call("CP56Time2a_createFromMsTimestamp", None, ctypes.c_uint64(CLOCK_MS)))
        self.events(clock)
        self.ask("InterrogationCommand", ACTIVATION, self.common, 20, answers=3, kind=100)
        self.ask("CounterInterrogationCommand", ACTIVATION, self.common, 5, answers=1, kind=101)
        self.ask("ReadCommand", self.common, 61, answers=1, kind=102, subcode=5, target=f"ca[{self.common}].ioa[61]")
        self.ask("ClockSyncCommand", self.common, clock, answers=1, kind=103, value="2023-11-14T22:13:20.000000000Z")
        self.command(45, "SingleCommand", 16, True, True, 0)
        self.command(45, "SingleCommand", 16, True, False, 0)
        self.command(45, "SingleCommand", 901, True, False, 0, answers=1)
        self.command(46, "DoubleCommand", 17, 2, False, 0)
        self.command(47, "StepCommand", 18, 1, False, 0)
        self.command(49, "SetpointCommandScaled", 19, -100, False, 0)
        self.command(50, "SetpointCommandShort", 20, 12.75, False, 0)
        self.command(51, "Bitstring32Command", 21, 5)
        self.command(112, "ParameterFloatValue", 22, 0.5, 1)
        self.done.set()
        for thread in threads:
            thread.join()
        self.line.close()


def run(expect):
    for port, mode, link_octets, app, address in (
        (PORTS[0], UNBALANCED, 1, (1, 0, 1, 2), POLLED),
        (PORTS[1], BALANCED, 2, (2, 3, 2, 3), LARGE),
    ):
        line = Line(port, mode, link_octets, app, address)
        line.work()
        for code, told in line.told:
            expect(code, told.pop("direction"), **told)
