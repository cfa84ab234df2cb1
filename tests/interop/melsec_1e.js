// mcprotocol, whose frames are 1E, at a module that is played: one step after the other, and what
// was read is printed. usage: melsec_1e.js PORT binary|ascii
'use strict';
const MC = require('mcprotocol');

// What the package logs would stand before the answer.
const print = console.log;
console.log = () => {};

const [port, mode] = process.argv.slice(2);
const connection = new MC();
const written = (name, value) =>
  new Promise((done, failed) => connection.writeItems(name, value, (bad) => (bad ? failed(new Error(`write ${name}`)) : done())));
const read = (name) =>
  new Promise((done, failed) => {
    connection.addItems(name);
    connection.readAllItems((bad, values) => {
      connection.removeItems(name);
      return bad ? failed(new Error(`read ${name}`)) : done(values[name]);
    });
  });

async function work() {
  const values = {};
  await written('D100,3', [1000, -2, 32767]);
  values['D100,3'] = await read('D100,3');
  await written('R7', 99);
  values.R7 = await read('R7');
  await written('M16,4', [true, false, true, true]);
  values['M16,4'] = await read('M16,4');
  await written('Y20', true);
  values.Y20 = await read('Y20');
  print(JSON.stringify(values));
  process.exit(0);
}

connection.initiateConnection({ port: Number(port), host: '127.0.0.1', ascii: mode === 'ascii' }, (error) => {
  if (error !== undefined) throw new Error(String(error));
  connection.setTranslationCB((name) => name);
  work().catch((failure) => {
    console.error(failure);
    process.exit(1);
  });
});
