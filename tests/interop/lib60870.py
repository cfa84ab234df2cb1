"""lib60870's serial side (IEC 60870-5-101) by its C interface: the package c104 carries its source,
which `scripts/interop` compiles."""

import ctypes
import os
import time

pointer, c_int = ctypes.c_void_p, ctypes.c_int
lib = ctypes.CDLL(os.environ["LIB60870"])


class Link(ctypes.Structure):
    """Parameters of the link layer."""

    _fields_ = [("address", c_int), ("ack_ms", c_int), ("repeat_ms", c_int), ("single", ctypes.c_bool), ("state_ms", c_int)]


class App(ctypes.Structure):
    """Parameters of the application layer: how many octets each field has."""

    _fields_ = [(name, c_int) for name in ("type", "vsq", "cause", "originator", "common", "object", "most")]


def call(name, *args, result=pointer):
    one = getattr(lib, name)
    one.restype = result
    return one(*args)


SPONTANEOUS, ACTIVATION, INTERROGATED, UNKNOWN_OBJECT = 3, 6, 20, 47

# What lib60870 calls the objects of a type, and how it says their values.
READ = {
    1: ("SinglePointInformation_getValue", ctypes.c_bool),
    3: ("DoublePointInformation_getValue", c_int),
    5: ("StepPositionInformation_getValue", c_int),
    7: ("BitString32_getValue", ctypes.c_uint32),
    9: ("MeasuredValueNormalized_getValue", ctypes.c_float),
    11: ("MeasuredValueScaled_getValue", c_int),
    13: ("MeasuredValueShort_getValue", ctypes.c_float),
    30: ("SinglePointInformation_getValue", ctypes.c_bool),
    45: ("SingleCommand_getState", ctypes.c_bool),
    46: ("DoubleCommand_getState", c_int),
    47: ("StepCommand_getState", c_int),
    49: ("SetpointCommandScaled_getValue", c_int),
    50: ("SetpointCommandShort_getValue", ctypes.c_float),
    51: ("Bitstring32Command_getValue", ctypes.c_uint32),
    112: ("ParameterFloatValue_getValue", ctypes.c_float),
}
RECEIVED = ctypes.CFUNCTYPE(ctypes.c_bool, pointer, c_int, pointer)
ASKED = ctypes.CFUNCTYPE(ctypes.c_bool, pointer, pointer, pointer, ctypes.c_uint8)
COMMANDED = ctypes.CFUNCTYPE(ctypes.c_bool, pointer, pointer, pointer)
READ_ASKED = ctypes.CFUNCTYPE(ctypes.c_bool, pointer, pointer, pointer, c_int)
STATE = ctypes.CFUNCTYPE(None, pointer, c_int, c_int)
CLOCK = ctypes.CFUNCTYPE(ctypes.c_bool, pointer, pointer, pointer, pointer)
RAW = ctypes.CFUNCTYPE(None, pointer, ctypes.POINTER(ctypes.c_uint8), c_int, ctypes.c_bool)


def create(name, *args):
    return pointer(call(f"{name}_create", None, *args))


def serial_port(path):
    port = pointer(call("SerialPort_create", path.encode(), 9600, ctypes.c_uint8(8), ctypes.c_char(b"E"), ctypes.c_uint8(1)))
    assert call("SerialPort_open", port, result=ctypes.c_bool)
    # What it waits for a byte before it looks whether there is something to send.
    call("SerialPort_setTimeout", port, 5)
    return port


def shown(kind, value):
    """Ferrite shows bits from the first to the last."""
    return f"{value:032b}"[::-1] if kind in (7, 51) else value


def said(asdu):
    """An ASDU as lib60870 reads it: its type, and what it says."""
    asdu = pointer(asdu)
    kind = call("CS101_ASDU_getTypeID", asdu, result=c_int)
    common = call("CS101_ASDU_getCA", asdu, result=c_int)
    cause = call("CS101_ASDU_getCOT", asdu, result=c_int)
    told = {"subcode": cause, "unit": common, "direction": "event" if cause == SPONTANEOUS else "response"}
    if call("CS101_ASDU_isNegative", asdu, result=ctypes.c_bool):
        told["status"] = "activation_refused"
    elif cause == UNKNOWN_OBJECT:
        told["status"] = "unknown_object_address"
    if kind in READ:
        elements = range(call("CS101_ASDU_getNumberOfElements", asdu, result=c_int))
        told["pairs"] = [pair for at in elements for pair in read(kind, common, call("CS101_ASDU_getElement", asdu, at))]
    return kind, told


def read(kind, common, element):
    """An object: what it stands for and its value, and its time."""
    element = pointer(element)
    target = f"ca[{common}].ioa[{call('InformationObject_getObjectAddress', element, result=c_int)}]"
    name, result = READ[kind]
    yield [target, shown(kind, call(name, element, result=result))]
    if kind == 30:
        stamp = pointer(call("SinglePointWithCP56Time2a_getTimestamp", element))
        at = call("CP56Time2a_toMsTimestamp", stamp, result=ctypes.c_uint64)
        yield [f"{target}.time", time.strftime("%Y-%m-%dT%H:%M:%S.000000000Z", time.gmtime(at // 1000))]
    call("InformationObject_destroy", element)
