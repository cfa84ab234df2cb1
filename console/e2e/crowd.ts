import { closeSync, openSync, writeSync } from 'node:fs';

/** A plant far larger than the virtual one: zones of devices that one collector asks over SNMP. */
export interface Crowd {
  devices: number;
  /** The first ones are switches with firmware that advisories name. */
  switches: number;
  perZone: number;
}

const COLLECTOR = { mac: [0x02, 0, 0, 0, 0, 1], ip: [10, 255, 0, 1] };
export const COLLECTOR_IP = COLLECTOR.ip.join('.');
export const COLLECTOR_ID = COLLECTOR.mac.map((byte) => byte.toString(16).padStart(2, '0')).join(':');
const SWITCH =
  'Siemens, SIMATIC NET, SCALANCE XC208, 6GK5 208-0BA00-2AC2, HW: Version 1, FW: Version V04.01.00, VPK0000000';

/** Type, length, content. ITU-T X.690 §8.1. */
const ber = (kind: number, ...content: number[][]): number[] => {
  const bytes = content.flat();
  const length = bytes.length < 128 ? [bytes.length] : [0x82, bytes.length >> 8, bytes.length & 255];
  return [kind, ...length, ...bytes];
};
const text = (said: string) => [...Buffer.from(said)];

/** A get of sysDescr, or its response. RFC 3416 §4.2.1. */
function snmp(id: number, answer: string | undefined): number[] {
  const value = answer === undefined ? ber(5) : ber(4, text(answer));
  const name = ber(6, [0x2b, 6, 1, 2, 1, 1, 1, 0]);
  const number = ber(2, [(id >> 8) & 0x7f, id & 255]);
  const pdu = ber(answer === undefined ? 0xa0 : 0xa2, number, ber(2, [0]), ber(2, [0]), ber(0x30, ber(0x30, name, value)));
  return ber(0x30, ber(2, [1]), ber(4, text('public')), pdu);
}

/** Ones' complement sum of 16-bit words. RFC 1071 §1. */
function checksum(bytes: number[]): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return ~sum & 0xffff;
}

const be16 = (value: number) => [value >> 8, value & 255];

interface End {
  mac: number[];
  ip: number[];
  port: number;
}

/** Ethernet with a VLAN tag, IPv4, UDP without checksum. */
function datagram(from: End, to: End, vlan: number, payload: number[]): number[] {
  const udp = [...be16(from.port), ...be16(to.port), ...be16(8 + payload.length), 0, 0, ...payload];
  const start = [0x45, 0, ...be16(20 + udp.length), 0, 1, 0, 0, 64, 17];
  const sum = checksum([...start, 0, 0, ...from.ip, ...to.ip]);
  const ip = [...start, ...be16(sum), ...from.ip, ...to.ip, ...udp];
  return [...to.mac, ...from.mac, 0x81, 0, ...be16(vlan), 8, 0, ...ip];
}

/** The record of a packet in a pcap file of microseconds. */
function record(second: number, micro: number, bytes: number[]): Buffer {
  const head = Buffer.alloc(16);
  [second, micro, bytes.length, bytes.length].forEach((value, at) => head.writeUInt32LE(value, at * 4));
  return Buffer.concat([head, Buffer.from(bytes)]);
}

/** Writes a capture in which the collector asks every device once and each answers. */
export function crowd(path: string, { devices, switches, perZone }: Crowd): void {
  const file = openSync(path, 'w');
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(65_535, 16);
  head.writeUInt32LE(1, 20);
  writeSync(file, head);
  for (let at = 0; at < devices; at += 1) {
    const own = [(at >> 16) & 255, (at >> 8) & 255, at & 255];
    const device = { mac: [0x00, 0x1b, 0x1b, ...own], ip: [10, ...own], port: 161 };
    const collector = { ...COLLECTOR, port: 40_000 + (at % 20_000) };
    const vlan = 100 + Math.floor(at / perZone);
    const second = 1_772_436_600 + Math.floor(at / 1_000);
    const micro = (at % 1_000) * 1_000;
    const answer = at < switches ? SWITCH : `Unit ${at}`;
    writeSync(
      file,
      Buffer.concat([
        record(second, micro, datagram(collector, device, vlan, snmp(at, undefined))),
        record(second, micro + 400, datagram(device, collector, vlan, snmp(at, answer))),
      ]),
    );
  }
  closeSync(file);
}
