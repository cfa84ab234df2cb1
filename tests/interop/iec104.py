"""c104 against itself: interrogation, measured values told, single commands."""

import time

import c104

PROTOCOL = "iec104"
PORTS = [2404]
INTERROGATION, COMMAND, FLOAT = 100, 45, 13


def run(expect):
    server = c104.Server(ip="127.0.0.1", port=PORTS[0])
    station = server.add_station(common_address=47)
    level = station.add_point(io_address=11, type=c104.Type.M_ME_NC_1)
    level.value = 2.5
    valve = station.add_point(io_address=12, type=c104.Type.C_SC_NA_1)
    valve.on_receive(callable=accept)
    server.start()
    client = c104.Client()
    connection = client.add_connection(ip="127.0.0.1", port=PORTS[0], init=c104.Init.NONE)
    remote = connection.add_station(common_address=47)
    command = remote.add_point(io_address=12, type=c104.Type.C_SC_NA_1)
    client.start()
    for _ in range(200):
        if connection.state == c104.ConnectionState.OPEN:
            break
        time.sleep(0.05)
    else:
        raise TimeoutError("the station does not answer")
    time.sleep(0.2)
    connection.interrogation(common_address=47, cause=c104.Cot.ACTIVATION, qualifier=c104.Qoi.STATION, wait_for_response=True)
    expect(INTERROGATION, "request", subcode=6, unit=47)
    expect(INTERROGATION, "response", subcode=7, unit=47)
    expect(INTERROGATION, "response", subcode=10, unit=47)
    time.sleep(0.3)
    for state in (True, False, True):
        command.value = state
        assert command.transmit(cause=c104.Cot.ACTIVATION)
        expect(COMMAND, "request", subcode=6, unit=47)
        expect(COMMAND, "response", subcode=7, unit=47)
        time.sleep(0.3)
    client.stop()
    server.stop()


def accept(point: c104.Point, previous_info: c104.Information, message: c104.IncomingMessage) -> c104.ResponseState:
    return c104.ResponseState.SUCCESS
