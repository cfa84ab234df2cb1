"""pymodbus against itself: registers, coils, refusals, who the device is."""

import asyncio

from pymodbus.client import AsyncModbusTcpClient
from pymodbus.pdu.device import ModbusDeviceIdentification
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.datastore import ModbusDeviceContext
from pymodbus.server import ModbusTcpServer

PROTOCOL = "modbus"
PORTS = [502]


async def exchange(expect):
    blocks = {kind: ModbusSequentialDataBlock(1, [7] * 200) for kind in ("di", "co", "hr", "ir")}
    context = ModbusServerContext(devices={1: ModbusDeviceContext(**blocks)}, single=False)
    identity = ModbusDeviceIdentification(
        info_name={"VendorName": "Interop Works", "ProductCode": "IW-100", "MajorMinorRevision": "2.5.1"}
    )
    server = ModbusTcpServer(context, identity=identity, address=("127.0.0.1", PORTS[0]))
    running = asyncio.create_task(server.serve_forever())
    await asyncio.sleep(0.3)
    client = AsyncModbusTcpClient("127.0.0.1", port=PORTS[0])
    assert await client.connect()
    for start in range(0, 60, 10):
        await client.write_registers(start, list(range(start, start + 10)), device_id=1)
        expect(16, "request", target=f"holding_register[{start}..{start + 9}]", value=list(range(start, start + 10)))
        expect(16, "response", status="ok")
        await client.read_holding_registers(start, count=10, device_id=1)
        expect(3, "request", target=f"holding_register[{start}..{start + 9}]")
        expect(3, "response", value=list(range(start, start + 10)), status="ok")
    await client.write_register(3, 4711, device_id=1)
    expect(6, "request", target="holding_register[3]", value=4711)
    expect(6, "response", status="ok")
    await client.write_coil(5, True, device_id=1)
    expect(5, "request", target="coil[5]", value=True)
    expect(5, "response", status="ok")
    await client.read_coils(5, count=1, device_id=1)
    expect(1, "request", target="coil[5]")
    expect(1, "response", status="ok")
    await client.mask_write_register(address=3, and_mask=0xFF00, or_mask=0x0012, device_id=1)
    expect(22, "request", target="holding_register[3]")
    expect(22, "response", status="ok")
    answer = await client.read_input_registers(5000, count=2, device_id=1)
    assert answer.isError()
    expect(4, "request", target="input_register[5000..5001]")
    expect(4, "response", status="illegal_data_address")
    await client.read_device_information(read_code=1, object_id=0, device_id=1)
    expect(43, "request")
    expect(43, "response", status="ok")
    client.close()
    await server.shutdown()
    running.cancel()


IDENTITY = {"vendor": "Interop Works", "order_number": "IW-100", "firmware": "2.5.1"}


def run(expect):
    asyncio.run(exchange(expect))
