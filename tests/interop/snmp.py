"""pysnmp's manager at pysnmp's agent: who the device is."""

import asyncio

from pysnmp.carrier.asyncio.dgram import udp
from pysnmp.entity import config, engine
from pysnmp.entity.rfc3413 import cmdrsp, context
from pysnmp.hlapi.v3arch.asyncio import (
    CommunityData, ContextData, ObjectIdentity, ObjectType, SnmpEngine, UdpTransportTarget, get_cmd,
)

PROTOCOL = "snmp"
PORTS = [10161]


async def exchange(expect):
    agent = engine.SnmpEngine()
    config.add_transport(agent, udp.DOMAIN_NAME, udp.UdpTransport().open_server_mode(("127.0.0.1", PORTS[0])))
    config.add_v1_system(agent, "area", "public")
    config.add_vacm_user(agent, 2, "area", "noAuthNoPriv", (1, 3, 6))
    cmdrsp.GetCommandResponder(agent, context.SnmpContext(agent))
    await asyncio.sleep(0.2)
    manager = SnmpEngine()
    target = await UdpTransportTarget.create(("127.0.0.1", PORTS[0]))
    for last in (1, 5, 1, 5):
        error, status, _, bindings = await get_cmd(
            manager, CommunityData("public"), target, ContextData(), ObjectType(ObjectIdentity(f"1.3.6.1.2.1.1.{last}.0"))
        )
        assert not error and not status, (error, status)
        expect(0, "request")
        expect(2, "response", status="ok")
    manager.close_dispatcher()
    agent.close_dispatcher()


def run(expect):
    asyncio.run(exchange(expect))
