"""Hat's controlling and controlled station on a polled serial line over TCP: all types of values with
and without time, all commands and parameters. What is expected is what each of them says it received."""

import asyncio

import serial_line
from hat.drivers import iec101
from hat.drivers.iec60870 import link

PROTOCOL = "iec101"
PORTS = [14003]
LINK, COMMON = 513, 258
IDENTITY = {"address": str(COMMON)}
GOOD = iec101.MeasurementQuality(False, False, False, False, False)
OLD = iec101.MeasurementQuality(False, True, False, False, False)
SEEN, BLOCKED = iec101.IndicationQuality(False, False, False, False), iec101.IndicationQuality(False, False, False, True)
COUNTED = iec101.CounterQuality(False, False, False, 3)
PROTECTED = iec101.ProtectionQuality(False, False, False, False, False)
SEVEN = iec101.Time(iec101.TimeSize.SEVEN, 20_250, False, False, 13, False, 22, 2, 14, 11, 23)
THREE = iec101.Time(iec101.TimeSize.THREE, 20_250, False, False, 13, None, None, None, None, None, None)
STAMPS = {SEVEN: ["time", "2023-11-14T22:13:20.250000000Z"], THREE: ["time_in_hour", 800_250]}


# A value, its type without time, with a time in the hour, with a full one; how Ferrite shows it, and
# what time it took.
VALUES = [
    (iec101.SingleData(iec101.SingleValue.ON, SEEN), (1, 2, 30), True),
    (iec101.DoubleData(iec101.DoubleValue.OFF, BLOCKED), (3, 4, 31), 1),
    (iec101.StepPositionData(iec101.StepPositionValue(-64, False), GOOD), (5, 6, 32), -64),
    (iec101.BitstringData(iec101.BitstringValue(b"\x01\x00\x00\x80"), GOOD), (7, 8, 33), "10000000000000000000000000000001"),
    (iec101.NormalizedData(iec101.NormalizedValue(-0.5), OLD), (9, 10, 34), -0.5),
    (iec101.ScaledData(iec101.ScaledValue(-32768), GOOD), (11, 12, 35), -32768),
    (iec101.FloatingData(iec101.FloatingValue(0.125), GOOD), (13, 14, 36), 0.125),
    (iec101.BinaryCounterData(iec101.BinaryCounterValue(-70_000), COUNTED), (15, 16, 37), -70_000),
    (iec101.ProtectionData(iec101.ProtectionValue.ON, PROTECTED, 1234), (None, 17, 38), 2, 1234),
    (iec101.ProtectionStartData(iec101.ProtectionStartValue(True, False, True, False, False, False), PROTECTED, 99), (None, 18, 39), "101000", 99),
    (iec101.ProtectionCommandData(iec101.ProtectionCommandValue(False, True, False, False), PROTECTED, 77), (None, 19, 40), "0100", 77),
    (iec101.StatusData(iec101.StatusValue([True] + [False] * 15, [False, True] + [False] * 14), GOOD), (20, None, None), "1" + "0" * 15 + "01" + "0" * 14),
    (iec101.NormalizedData(iec101.NormalizedValue(0.25), None), (21, None, None), 0.25),
]
ON, HALF = iec101.SingleValue.ON, iec101.NormalizedValue(0.5)
COMMANDS = [
    (45, iec101.SingleCommand(ON, True, 0), True),
    (46, iec101.DoubleCommand(iec101.DoubleValue.ON, False, 1), 2),
    (47, iec101.RegulatingCommand(iec101.RegulatingValue.LOWER, False, 0), 1),
    (48, iec101.NormalizedCommand(HALF, False), 0.5),
    (49, iec101.ScaledCommand(iec101.ScaledValue(-7), False), -7),
    (50, iec101.FloatingCommand(iec101.FloatingValue(1.5), True), 1.5),
    (51, iec101.BitstringCommand(iec101.BitstringValue(b"\x80\x00\x00\x01")), "00000001000000000000000010000000"),
]
PARAMETERS = [
    (110, iec101.NormalizedParameter(HALF, 1), 0.5),
    (111, iec101.ScaledParameter(iec101.ScaledValue(12), 1), 12),
    (112, iec101.FloatingParameter(iec101.FloatingValue(-2.5), 1), -2.5),
]


ACTIVATION = iec101.CommandReqCause.ACTIVATION
# What else a controlling station sends: its type, and what Ferrite says it is about.
SYSTEM = [
    (100, iec101.InterrogationMsg(False, 0, COMMON, 20, False, ACTIVATION), None),
    (101, iec101.CounterInterrogationMsg(False, 0, COMMON, 5, iec101.FreezeCode.READ, False, ACTIVATION), None),
    (104, iec101.TestMsg(False, 0, COMMON, iec101.ActivationReqCause.ACTIVATION), None),
    (105, iec101.ResetMsg(False, 0, COMMON, 1, iec101.ActivationReqCause.ACTIVATION), None),
    (106, iec101.DelayMsg(False, 0, COMMON, 250, iec101.DelayReqCause.ACTIVATION), None),
    (113, iec101.ParameterActivationMsg(False, 0, COMMON, 350, 3, iec101.ParameterActivationReqCause.ACTIVATION), "ca[258].ioa[350]"),
]


async def stations():
    line = serial_line.Line(PORTS[0])
    sizes = (iec101.CauseSize.ONE, iec101.AsduAddressSize.TWO, iec101.IoAddressSize.TWO)
    near = await link.unbalanced.create_master_link(line.paths[0], link.AddressSize.TWO)
    far = await link.unbalanced.create_slave_link(line.paths[1], link.AddressSize.TWO)
    # The controlled one waits until it is asked.
    master, slave = await asyncio.gather(near.open_connection(LINK, poll_class1_delay=0.005), far.open_connection(LINK))
    return line, (near, far), iec101.Connection(master, *sizes), iec101.Connection(slave, *sizes)


async def exchange(expect):
    line, links, master, slave = await stations()

    async def cross(source, sink, message, direction, code, cause, values):
        await source.send([message])
        (heard,) = await asyncio.wait_for(sink.receive(), 10)
        # Hat divides fractions by one less than the standard does.
        assert heard == message or "Normalized" in repr(message), (heard, message)
        target = f"ca[{COMMON}].ioa[{message.io_address}]"
        pairs = [[target + (f".{part}" if part else ""), value] for part, value in values]
        expect(code, direction, subcode=cause, unit=COMMON, pairs=pairs)

    address = 300
    for data, codes, value, *elapsed in VALUES:
        for code, time in zip(codes, (None, THREE, SEVEN)):
            if code:
                address += 1
                message = iec101.DataMsg(False, 0, COMMON, address, data, time, iec101.DataResCause.SPONTANEOUS)
                said = [["", value], *(["elapsed", one] for one in elapsed), *([STAMPS[time]] if time else [])]
                await cross(slave, master, message, "event", code, 3, said)
    for code, command, value in COMMANDS:
        address += 1
        asks = iec101.CommandMsg(False, 0, COMMON, address, command, False, iec101.CommandReqCause.ACTIVATION)
        await cross(master, slave, asks, "request", code, 6, [["", value]])
        confirms = asks._replace(cause=iec101.CommandResCause.ACTIVATION_CONFIRMATION)
        await cross(slave, master, confirms, "response", code, 7, [["", value]])
    for code, parameter, value in PARAMETERS:
        address += 1
        asks = iec101.ParameterMsg(False, 0, COMMON, address, parameter, iec101.ParameterReqCause.ACTIVATION)
        await cross(master, slave, asks, "request", code, 6, [["", value]])
    for code, message, target in SYSTEM:
        await master.send([message])
        assert await asyncio.wait_for(slave.receive(), 10) == [message]
        expect(code, "request", subcode=6, unit=COMMON, target=target)
    for one in links:
        await one.async_close()
    line.close()


def run(expect):
    asyncio.run(exchange(expect))
