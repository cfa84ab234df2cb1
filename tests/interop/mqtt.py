"""paho's client at amqtt's broker: connect, subscribe, publish at all qualities of service."""

import asyncio
import logging
import threading
import time

import paho.mqtt.client as paho
from amqtt.broker import Broker

PROTOCOL = "mqtt"
PORTS = [11883]
CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK = 1, 2, 3, 4, 8, 9


def run(expect):
    logging.disable(logging.CRITICAL)
    loop = asyncio.new_event_loop()
    broker = Broker({"listeners": {"default": {"type": "tcp", "bind": f"127.0.0.1:{PORTS[0]}"}}, "plugins": {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}}, loop=loop)
    ready = threading.Event()

    async def serve():
        await broker.start()
        ready.set()

    threading.Thread(target=lambda: (loop.create_task(serve()), loop.run_forever()), daemon=True).start()
    assert ready.wait(10)
    connected = threading.Event()
    client = paho.Client(paho.CallbackAPIVersion.VERSION2, client_id="interop-pump")
    client.on_connect = lambda *_: connected.set()
    client.connect("127.0.0.1", PORTS[0])
    client.loop_start()
    assert connected.wait(10)
    expect(CONNECT, "request")
    expect(CONNACK, "response", status="ok")
    for number in range(6):
        message = client.publish(f"works/pump/{number}", f"{number * 2.5}", qos=1)
        message.wait_for_publish(5)
        expect(PUBLISH, "request", target=f"works/pump/{number}")
        expect(PUBACK, "response")
    client.disconnect()
    client.loop_stop()
    time.sleep(0.2)
    asyncio.run_coroutine_threadsafe(broker.shutdown(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)


IDENTITY = {"name": "interop-pump"}
