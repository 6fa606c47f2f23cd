import { connect } from 'node:net';
import { type Target } from '../program.ts';

const BEGIN = 1;
const END = 3;
const PARAMS = 4;
const STDIN = 5;

/** One FastCGI request over a connection of its own, as nginx makes them by default. */
export function fastCgi(target: Target, script: string, query: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: target.address, port: 9000 });
    const parts: Buffer[] = [];
    socket.on('error', reject);
    socket.on('data', (data: Buffer) => parts.push(data));
    socket.on('connect', () => {
      const params = {
        SCRIPT_FILENAME: script,
        REQUEST_METHOD: 'GET',
        QUERY_STRING: query,
        SCRIPT_NAME: script,
        REQUEST_URI: script,
      };
      socket.write(record(BEGIN, Buffer.from([0, 1, 0, 0, 0, 0, 0, 0])));
      socket.write(record(PARAMS, Buffer.concat(Object.entries(params).map(([name, value]) => pair(name, value)))));
      socket.write(record(PARAMS, Buffer.alloc(0)));
      socket.write(record(STDIN, Buffer.alloc(0)));
    });
    socket.on('close', () => {
      const answer = Buffer.concat(parts);
      const ended = answer.length >= 16 && answer[answer.length - 15] === END;
      if (!ended || answer.includes('Status: 5')) reject(new Error(`no answer: ${answer.toString('latin1', 8, 200)}`));
      else resolve(answer.toString('latin1', 8));
    });
  });
}

function record(type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([1, type, 0, 1, content.length >> 8, content.length & 255, 0, 0]), content]);
}

function pair(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([name.length, value.length]), Buffer.from(name + value)]);
}
