"""Control centres: libiec61850 with its TASE.2 client (pyiec61850-ng), and Hat's MMS client, at a
server on Hat's MMS with the objects of TASE.2. What is expected is what the server was asked, as
Hat reads it, and what it answered."""

import asyncio
import sys

import pyiec61850.pyiec61850 as native
from hat.drivers import mms, net
from pyiec61850.tase2 import TASE2Client, TASE2Error

PROTOCOL = "iccp"
PORTS = [10102]
DOMAIN = "GRID"
IDENTITY = {"software": "TASE.2 2000-08", "description": "BT-7"}
READ, WRITE, REPORT = 4, 5, 0x300
NONE = mms.DataAccessError.OBJECT_NON_EXISTENT
DENIED = mms.DataAccessError.OBJECT_ACCESS_DENIED
GOOD = mms.BitStringData([False] * 8)


def kept(records):
    """An association is TASE.2's from the first message on that has one of its names."""
    return records[next((at for at, record in enumerate(records) if record["code"] == READ), 0):]


def named(name, domain=DOMAIN):
    return mms.DomainSpecificObjectName(domain, name) if domain else mms.VmdSpecificObjectName(name)


def variable(name, domain=DOMAIN):
    return mms.NameVariableSpecification(named(name, domain))


def text(name):
    """How Ferrite writes a name."""
    return name.identifier if isinstance(name, mms.VmdSpecificObjectName) else f"{name.domain_id}/{name.item_id}"


OBJECTS = {
    "TASE2_Version": mms.StructureData([mms.IntegerData(2000), mms.IntegerData(8)]),
    "Supported_Features": mms.BitStringData([True, True, False, True, True, False, False, False, False, False, False, False]),
    "Bilateral_Table_ID": mms.VisibleStringData("BT-7"),
    "Next_DSTransfer_Set": mms.StructureData([mms.IntegerData(1), mms.VisibleStringData(DOMAIN), mms.VisibleStringData("DSTS1")]),
    "Feeder_MW": mms.StructureData([mms.FloatingPointData(12.5), GOOD]),
    "Feeder_Count": mms.IntegerData(-7),
    "Breaker_7_SBO": mms.IntegerData(7),
    "Breaker_7_TAG": mms.StructureData([mms.IntegerData(0), mms.VisibleStringData("free")]),
}
WRITABLE = {"Breaker_7", "Breaker_7_TAG", "Setpoint_1", "DSTS1", "Transfer_Report_ACK"}
POINTS = ["Feeder_MW", "Feeder_Count"]


def leaves(target, data):
    """A value as Ferrite shows it: members of a structure are counted from 1."""
    if isinstance(data, mms.StructureData):
        for at, member in enumerate(data.elements, 1):
            yield from leaves(f"{target}:{at}", member)
    elif isinstance(data, mms.BitStringData):
        yield [target, "".join("01"[bit] for bit in data.value)]
    elif isinstance(data, mms.DataAccessError):
        yield [target, None]
    else:
        yield [target, data.value]


def status(results):
    """A message failed where all of its parts did."""
    if results and all(isinstance(one, mms.DataAccessError) for one in results):
        return {NONE: "object_non_existent", DENIED: "object_access_denied"}[results[0]]
    return "ok"


class Server:
    """Answers as a control centre does, and keeps what was asked and answered."""

    def __init__(self):
        self.told, self.sets = [], {}
        # What writing a name means, one time after the other.
        self.kinds = {"Breaker_7": [OPERATE], "Breaker_7_TAG": [TAG], "DSTS1": [None, START, STOP, START, STOP], "Transfer_Report_ACK": [6]}
        self.connection, self.acknowledged = None, asyncio.Event()

    def keep(self, code, direction, subcode=None, **more):
        self.told.append((code, direction, {"subcode": subcode, **more}))

    def asked(self, connection, request):
        self.connection = connection
        return getattr(self, type(request).__name__)(request)

    def IdentifyRequest(self, _):
        return mms.IdentifyResponse("Hat", "control centre", "1", None)

    def GetNameListRequest(self, request):
        scope = request.object_scope
        names = {
            mms.ObjectClass.DOMAIN: [DOMAIN],
            mms.ObjectClass.NAMED_VARIABLE: sorted(OBJECTS),
            mms.ObjectClass.NAMED_VARIABLE_LIST: [name.item_id for name in self.sets],
        }[request.object_class]
        self.keep(1, "request")
        self.keep(1, "response", status="ok")
        assert isinstance(scope, (mms.VmdSpecificObjectScope, mms.DomainSpecificObjectScope))
        return mms.GetNameListResponse(names, False)

    def GetVariableAccessAttributesRequest(self, request):
        self.keep(6, "request", target=text(request.value))
        self.keep(6, "response", status="ok")
        return mms.GetVariableAccessAttributesResponse(False, mms.IntegerTypeDescription(32))

    def values(self, names):
        return [OBJECTS.get(name.identifier if isinstance(name, mms.VmdSpecificObjectName) else name.item_id, NONE) for name in names]

    def ReadRequest(self, request):
        whole = not isinstance(request.value, list)
        names = [one.name for one in self.sets[request.value]] if whole else [one.name for one in request.value]
        results = self.values(names)
        subcode = 1 if whole else READS.get(text(names[0]).rpartition("/")[2])
        if whole:
            self.keep(READ, "request", subcode)
            self.keep(READ, "response", subcode, status="ok")
        else:
            self.keep(READ, "request", subcode, pairs=[[text(name), None] for name in names])
            pairs = [pair for name, one in zip(names, results) for pair in leaves(text(name), one)]
            self.keep(READ, "response", subcode, status=status(results), pairs=pairs)
        return mms.ReadResponse(results)

    def WriteRequest(self, request):
        if not isinstance(request.specification, list):
            # The elements of a data set, by its name.
            elements = [pair for at, data in enumerate(request.data) for pair in leaves(f"{text(request.specification)}[{at}]", data)]
            self.keep(WRITE, "request", 1, pairs=elements)
            self.keep(WRITE, "response", 1, status="ok")
            return mms.WriteResponse([None] * len(request.data))
        name = request.specification[0].name
        results = [None if name.item_id in WRITABLE else DENIED if name.item_id in OBJECTS else NONE]
        subcode = self.kinds[name.item_id].pop(0) if name.item_id in self.kinds else None
        # Hat does not say which component of a structure is written.
        more = {} if name.item_id == "DSTS1" else {"pairs": list(leaves(text(name), request.data[0]))}
        self.keep(WRITE, "request", subcode, **more)
        self.keep(WRITE, "response", subcode, status=status(results))
        return mms.WriteResponse(results)

    def DefineNamedVariableListRequest(self, request):
        self.sets[request.name] = list(request.specification)
        members = [text(one.name) for one in request.specification]
        self.keep(11, "request", items=[text(request.name)] + members)
        self.keep(11, "response", status="ok")
        return mms.DefineNamedVariableListResponse()

    def GetNamedVariableListAttributesRequest(self, request):
        self.keep(12, "request", target=text(request.value))
        self.keep(12, "response", status="ok")
        return mms.GetNamedVariableListAttributesResponse(True, self.sets[request.value])

    def DeleteNamedVariableListRequest(self, request):
        for name in request.names:
            del self.sets[name]
        self.keep(13, "request")
        self.keep(13, "response", status="ok")
        return mms.DeleteNamedVariableListResponse(len(request.names), len(request.names))

    def told_back(self, _, report):
        """The client acknowledges a report by one of its own."""
        self.keep(REPORT, "event", 3, pairs=list(pairs_of(report)))
        self.acknowledged.set()

    async def report(self, subcode, specification, data):
        report = mms.InformationReportUnconfirmed(specification, data)
        self.keep(REPORT, "event", subcode, **({"pairs": list(pairs_of(report))} if isinstance(specification, list) else {}))
        await self.connection.send_unconfirmed(report)


def pairs_of(report):
    for one, data in zip(report.specification, report.data):
        yield from leaves(text(one.name), data)


# What reading a name means.
READS = {
    "Bilateral_Table_ID": 5, "Supported_Features": 5, "TASE2_Version": 5, "Next_DSTransfer_Set": 2,
    "Breaker_7_SBO": 3, "Breaker_7_TAG": 4,
}
START, STOP, OPERATE, TAG = 2, 3, 4, 5


def transfer_set(runs):
    """A DS transfer set: data set, times, conditions, flags, status, event code."""
    numbers = [mms.IntegerData(number) for number in (0, 0, 0, 5, 60)]
    conditions = mms.BitStringData([False, True, True, False, False])
    flags = [mms.BooleanData(flag) for flag in (False, True, True, False, runs)]
    name = mms.StructureData([mms.IntegerData(1), mms.VisibleStringData(DOMAIN), mms.VisibleStringData("DS1")])
    return mms.StructureData([name, *numbers, conditions, *flags, mms.IntegerData(0)])


def connected():
    """Now and then the library closes a connection as soon as it is there: before it asked anything."""
    for _ in range(6):
        client = TASE2Client()
        assert client.connect("127.0.0.1", PORTS[0], timeout=5000)
        try:
            assert client.get_domain_variables(DOMAIN)
            return client
        except TASE2Error:
            client.disconnect()
    raise ConnectionError("the library keeps no connection")


def by_libiec61850():
    """Runs in a process of its own: the library holds Python's lock while it waits."""
    client = connected()
    connection = native.IedConnection_getMmsConnection(client._connection._connection)

    def must(function, *args):
        error = native.MmsError_create()
        answer = function(connection, error, *args)
        code = native.MmsError_getValue(error)
        assert code == 0, (function.__name__, args, code)
        return answer

    assert abs(client.read_point(DOMAIN, "Feeder_MW").value - 12.5) < 1e-6
    assert client.read_point(DOMAIN, "Feeder_Count").value == -7
    client.write_point(DOMAIN, "Setpoint_1", 42)
    for refused in ("Feeder_Count", "Nothing"):
        try:
            client.write_point(DOMAIN, refused, 1)
        except Exception:
            continue
        raise AssertionError(refused)
    # A device: selected by reading, then operated; another value stays a value.
    client.read_point(DOMAIN, "Breaker_7_SBO")
    client.write_point(DOMAIN, "Breaker_7", 1)
    client.read_point(DOMAIN, "Breaker_7_TAG")
    client.write_point(DOMAIN, "Breaker_7_TAG", 1)
    # A transfer set, one component at a time.
    client.read_point(DOMAIN, "Next_DSTransfer_Set")
    must(native.MmsConnection_writeVariableComponent, DOMAIN, "DSTS1", "Interval", native.MmsValue_newIntegerFromInt32(5))
    for runs in (True, False):
        must(native.MmsConnection_writeVariableComponent, DOMAIN, "DSTS1", "Status", native.MmsValue_newBoolean(runs))
    client.disconnect()


async def by_hat(server):
    got = asyncio.Queue()
    client = await mms.connect(net.TcpAddress("127.0.0.1", PORTS[0]), unconfirmed_cb=lambda _, report: got.put_nowait(report))

    async def ask(request):
        answer = await client.send_confirmed(request)
        assert not isinstance(answer, mms.Error), answer
        return answer

    await ask(mms.ReadRequest([variable("TASE2_Version", None), variable("Supported_Features", None), variable("Bilateral_Table_ID")]))
    await ask(mms.ReadRequest([variable("Nothing")]))
    await ask(mms.GetNameListRequest(mms.ObjectClass.NAMED_VARIABLE, mms.DomainSpecificObjectScope(DOMAIN), None))
    await ask(mms.GetVariableAccessAttributesRequest(named("Feeder_Count")))
    data_set = named("DS1")
    members = [variable("Transfer_Set_Name", None), *map(variable, POINTS)]
    await ask(mms.DefineNamedVariableListRequest(data_set, members))
    await ask(mms.GetNamedVariableListAttributesRequest(data_set))
    await ask(mms.ReadRequest(data_set))
    await ask(mms.ReadRequest([variable("Next_DSTransfer_Set")]))
    await ask(mms.WriteRequest([variable("DSTS1")], [transfer_set(True)]))
    name = mms.StructureData([mms.IntegerData(1), mms.VisibleStringData(DOMAIN), mms.VisibleStringData("DSTS1")])
    stamp = mms.IntegerData(1_700_000_000)
    for specification in (members, data_set):
        await server.report(1, specification, [name, *(OBJECTS[point] for point in POINTS)])
        await got.get()
        server.acknowledged.clear()
        names = [variable("Transfer_Report_ACK"), variable("Transfer_Set_Time_Stamp")]
        await client.send_unconfirmed(mms.InformationReportUnconfirmed(names, [name, stamp]))
        await server.acknowledged.wait()
    # As some clients acknowledge, and a report that is no transfer set's.
    await ask(mms.WriteRequest([variable("Transfer_Report_ACK")], [mms.IntegerData(1)]))
    await server.report(None, [variable("Feeder_Count")], [OBJECTS["Feeder_Count"]])
    await got.get()
    await ask(mms.WriteRequest(data_set, [mms.VisibleStringData("DSTS1"), OBJECTS["Feeder_MW"], mms.IntegerData(9)]))
    header = mms.StructureData([mms.IntegerData(number) for number in (1, 2, 3, 18)])
    message = [variable("Info_Mess_Header", None), variable("Info_Buff_1", None)]
    await server.report(2, message, [header, mms.VisibleStringData("switching at nine.")])
    await got.get()
    await ask(mms.WriteRequest([variable("DSTS1")], [transfer_set(False)]))
    await ask(mms.DeleteNamedVariableListRequest([data_set]))
    await client.async_close()


async def exchange():
    server = Server()
    listener = await mms.listen(lambda _: None, net.TcpAddress("127.0.0.1", PORTS[0]), request_cb=server.asked, unconfirmed_cb=server.told_back)
    client = await asyncio.create_subprocess_exec(sys.executable, __file__)
    assert await client.wait() == 0, "libiec61850 was not served"
    await by_hat(server)
    await listener.async_close()
    return server.told


def run(expect):
    told = asyncio.run(exchange())
    while told[0][0] != READ:
        told.pop(0)
    for code, direction, more in told:
        expect(code, direction, **more)


if __name__ == "__main__":
    by_libiec61850()
