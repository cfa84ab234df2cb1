"""aiocoap against itself: reading, writing, what is not there."""

import asyncio
import logging

import aiocoap
from aiocoap import resource

PROTOCOL = "coap"
PORTS = [5683]


class Level(resource.Resource):
    def __init__(self):
        super().__init__()
        self.value = b"1.5"

    async def render_get(self, request):
        return aiocoap.Message(payload=self.value)

    async def render_put(self, request):
        self.value = request.payload
        return aiocoap.Message(code=aiocoap.CHANGED, payload=self.value)


async def exchange(expect):
    logging.disable(logging.CRITICAL)
    site = resource.Site()
    site.add_resource(["pump", "level"], Level())
    server = await aiocoap.Context.create_server_context(site, bind=("127.0.0.1", PORTS[0]))
    client = await aiocoap.Context.create_client_context()
    uri = f"coap://127.0.0.1:{PORTS[0]}"
    for number in range(5):
        await client.request(aiocoap.Message(code=aiocoap.PUT, uri=f"{uri}/pump/level", payload=b"%d" % number)).response
        expect(3, "request", target="/pump/level")
        expect(68, "response")
        await client.request(aiocoap.Message(code=aiocoap.GET, uri=f"{uri}/pump/level")).response
        expect(1, "request", target="/pump/level")
        expect(69, "response")
    await client.request(aiocoap.Message(code=aiocoap.GET, uri=f"{uri}/nowhere")).response
    expect(1, "request", target="/nowhere")
    expect(132, "response")
    await client.shutdown()
    await server.shutdown()


def run(expect):
    asyncio.run(exchange(expect))
