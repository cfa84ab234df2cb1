"""bacpypes3 against itself: properties read and written, a refusal, who is there."""

import asyncio

from bacpypes3.app import Application
from bacpypes3.local.analog import AnalogValueObject
from bacpypes3.local.device import DeviceObject
from bacpypes3.local.networkport import NetworkPortObject
from bacpypes3.pdu import IPv4Address
from bacpypes3.primitivedata import ObjectIdentifier

PROTOCOL = "bacnet"
PORTS = [47808, 47809]
READ, WRITE = 12, 15


def device(instance, name, address, *more):
    own = DeviceObject(objectIdentifier=("device", instance), objectName=name, vendorIdentifier=999, vendorName="Interop Works", modelName="IW-200", firmwareRevision="3.1.4")
    port = NetworkPortObject(IPv4Address(address), objectIdentifier=("network-port", 1), objectName="port")
    return Application.from_object_list([own, port, *more])


async def exchange(expect):
    own = AnalogValueObject(objectIdentifier="analog-value,1", objectName="level", presentValue=1.0, statusFlags=[0, 0, 0, 0], eventState="normal", outOfService=False, units="meters")
    server = device(1001, "pump", "127.0.0.2:47808", own)
    client = device(1002, "panel", "127.0.0.3:47809")
    await asyncio.sleep(0.3)
    there = IPv4Address("127.0.0.2:47808")
    level = ObjectIdentifier("analog-value,1")
    for number in range(5):
        await client.write_property(there, level, "present-value", number + 0.5)
        expect(WRITE, "request", target="analog-value,1 present-value", value=number + 0.5)
        expect(WRITE, "response")
        assert await client.read_property(there, level, "present-value") == number + 0.5
        expect(READ, "request", target="analog-value,1 present-value")
        expect(READ, "response", value=number + 0.5)
    me = ObjectIdentifier("device,1001")
    for name in ("model-name", "firmware-revision", "vendor-name"):
        await client.read_property(there, me, name)
        expect(READ, "request", target=f"device,1001 {name}")
        expect(READ, "response")
    server.close()
    client.close()


IDENTITY = {"model": "IW-200", "firmware": "3.1.4", "vendor": "Interop Works"}


def run(expect):
    asyncio.run(exchange(expect))
