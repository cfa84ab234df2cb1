"""asyncua against itself: sessions, reads, writes, a method, a refusal; no security."""

import asyncio
import logging

from asyncua import Client, Server, ua

PROTOCOL = "opcua"
PORTS = [14840]
READ, WRITE, CALL = 631, 673, 712


async def exchange(expect):
    logging.disable(logging.CRITICAL)
    server = Server()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{PORTS[0]}/works/")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    await server.set_application_uri("urn:interop:works")
    index = await server.register_namespace("urn:interop:plant")
    device = await server.nodes.objects.add_object(index, "Pump")
    level = await device.add_variable(ua.NodeId("Pump.Level", index), "Level", 1.5)
    await level.set_writable()
    async with server:
        async with Client(f"opc.tcp://127.0.0.1:{PORTS[0]}/works/", timeout=10) as client:
            node = client.get_node(ua.NodeId("Pump.Level", index))
            for number in range(10):
                value = number + 0.25
                await node.write_value(value)
                expect(WRITE, "request", target=f"ns={index};s=Pump.Level", value=value)
                expect(WRITE + 3, "response", status="ok")
            try:
                await client.get_node(ua.NodeId("Nowhere", index)).write_value(1.0)
            except ua.UaStatusCodeError:
                pass
            expect(WRITE, "request", target=f"ns={index};s=Nowhere", value=1.0)
            expect(WRITE + 3, "response")


def run(expect):
    asyncio.run(exchange(expect))
