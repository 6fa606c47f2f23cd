import { connect } from 'node:net';
import { type Target } from '../program.ts';

/** Sends requests that are each answered by one line, so many at a time on every connection; answers how many were. */
export async function linesOver(
  target: Target,
  port: number,
  connections: number,
  requests: number,
  batch: number,
  request: (n: number) => string,
): Promise<number> {
  let next = 0;
  const take = (): string => {
    const from = next;
    next = Math.min(requests, next + batch);
    return Array.from({ length: next - from }, (_, n) => request(from + n)).join('');
  };
  await Promise.all(Array.from({ length: connections }, () => client(target, port, take)));
  return next;
}

function client(target: Target, port: number, take: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: target.address, port });
    let awaited = 0;
    const send = (): void => {
      const text = take();
      if (text === '') socket.end();
      else awaited = countLines(text, 'request');
      if (text !== '') socket.write(text);
    };
    socket.on('connect', send);
    socket.on('data', (data) => {
      awaited -= countLines(data.toString('latin1'), 'answer');
      if (awaited <= 0) send();
    });
    socket.on('error', reject);
    socket.on('close', () => (awaited > 0 ? reject(new Error('the server hung up')) : resolve()));
  });
}

/** A memcached `set` is two lines and a plain command one; either is answered by one. */
function countLines(text: string, kind: 'request' | 'answer'): number {
  const lines = text.split('\n').length - 1;
  return kind === 'request' && text.startsWith('set ') ? lines / 2 : lines;
}
