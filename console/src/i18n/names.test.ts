import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { techniqueName } from '../pages/protocols/techniques';
import { operationName, placeName } from './names.zh';
import { TECHNIQUES_ZH } from './techniques.zh';

interface Names {
  operations: string[];
  sources: string[];
  techniques: Record<string, string>;
}
const names = JSON.parse(readFileSync(resolve('src/i18n/names.json'), 'utf8')) as Names;
const CHINESE = /[一-鿿]/;
/** Names without a word: commands of FTP and the like, and the names of services. */
const TERMS = /^[A-Z0-9 &/-]+$/;

describe('names of the program in Chinese', () => {
  test('every operation of every protocol has one', () => {
    const without = names.operations.filter((name) => operationName(name) === undefined);
    expect(without).toEqual([]);
    const said = names.operations.map((name) => operationName(name) ?? '');
    expect(said.filter((text) => !CHINESE.test(text) && !TERMS.test(text))).toEqual([]);
    expect(names.operations.length).toBeGreaterThan(3000);
  });

  test('two operations of different names rarely have the same', () => {
    const different = new Set(names.operations.map((name) => operationName(name)));
    expect(different.size).toBeGreaterThan(names.operations.length * 0.97);
  });

  test('every technique has one, and no other', () => {
    expect(Object.keys(TECHNIQUES_ZH).sort()).toEqual(Object.keys(names.techniques).sort());
    expect(Object.values(TECHNIQUES_ZH).filter((text) => !CHINESE.test(text))).toEqual([]);
  });

  test('techniques that findings name have their publisher’s name in English', () => {
    const rules = readdirSync(resolve('../crates/judge/src/review')).map((file) =>
      readFileSync(resolve('../crates/judge/src/review', file), 'utf8'),
    );
    const used = new Set(rules.flatMap((text) => [...text.matchAll(/"(T0\d{3})"/g)].map((one) => one[1] ?? '')));
    expect(used.size).toBeGreaterThan(0);
    for (const id of used) expect(techniqueName(id), id).toBe(names.techniques[id]);
  });

  test('they read naturally', () => {
    expect(
      [
        'read_holding_registers', 'write_single_coil', 'plc_stop', 'request_download', 'identity_get_attributes_all',
        'set_name_of_station', 'read_table_by_index', 'begin_upload_from_plc', 'who_is', 'single_point_cp56',
        'create_session_response', 'service_3a', 'find_first2',
      ].map(operationName),
    ).toEqual([
      '读取保持寄存器', '写入单个线圈', 'PLC 停止', '请求下载', '标识：获取全部属性',
      '设置站名称', '按索引读取表', '从 PLC 开始上传', '谁是（Who-Is）', '单点 CP56',
      '创建会话响应', '服务 3A', '查找第一 2',
    ]);
  });

  test('places keep the terms of their standards; the words around them are translated', () => {
    expect(
      [
        'ListIdentity serial number', 'CDP software version, number in it', 'SZL 0x001C serial number of the memory card',
        'BuildInfo ProductName', 'LLDP system description, Stratix by its software', 'MAC prefix',
      ].map(placeName),
    ).toEqual([
      'ListIdentity 序列号', 'CDP 软件版本（其中的编号）', 'SZL 0x001C 存储卡的序列号',
      'BuildInfo ProductName', 'LLDP 系统描述，Stratix by its software', 'MAC 前缀',
    ]);
  });

  test('every place that a protocol states things at is translated or a term', () => {
    const left = names.sources.filter((text) => /(?:^|[\s,])[a-z]{3,}(?=$|[\s,:])/.test(placeName(text)));
    // Names that the standards themselves write in small letters.
    const own = ['RDP cookie mstshash', 'syslog host name', 'syslog program', 'answers to 0121'];
    expect(left.filter((text) => !own.includes(text))).toEqual([]);
  });
});
