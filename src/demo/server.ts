import { generateKeyPairSync } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Connection, Server as SshServer, ServerChannel, Session } from 'ssh2';
import type { Disposable } from '../base/disposable.ts';
import { Server } from '../live/host/ssh2.ts';
import { sampler } from '../live/sample/sampler.ts';
import { answerCommand, isWhole, shellWords } from './commands.ts';
import { engineServer } from './engine-api.ts';
import { DemoFrames } from './frames.ts';
import type { DemoPi } from './pi.ts';

/** A real SSH server for the pretend Pi, over streams that are handed to it. It never listens. */
export class DemoSshServer implements Disposable {
  readonly #pi: DemoPi;
  readonly #server: SshServer;
  readonly #engine: HttpServer;
  readonly #streams = new Set<Duplex>();

  constructor(pi: DemoPi) {
    this.#pi = pi;
    this.#engine = engineServer(pi);
    this.#server = new Server({ hostKeys: [hostKey()], ident: 'HeadroomDemo' }, (client) => this.#client(client));
  }

  accept(stream: Duplex): void {
    this.#streams.add(stream);
    stream.on('close', () => this.#streams.delete(stream));
    this.#server.injectSocket(stream as unknown as Parameters<SshServer['injectSocket']>[0]);
  }

  dispose(): void {
    for (const stream of [...this.#streams]) stream.destroy();
    this.#engine.closeAllConnections();
  }

  #client(client: Connection): void {
    const watching = this.#pi.watch();
    const down = this.#pi.onDown(() => client.end());
    client
      .on('authentication', (context) => context.accept())
      .on('error', () => undefined)
      .on('close', () => {
        watching.dispose();
        down.dispose();
      })
      .on('session', (accept) => this.#session(accept()))
      .on('tcpip', (_accept, reject) => reject())
      .on('openssh.streamlocal', (accept, reject, info) => {
        if (info.socketPath !== '/var/run/docker.sock') reject();
        else this.#engine.emit('connection', asHttpSocket(accept()));
      });
  }

  #session(session: Session): void {
    session
      .on('pty', (accept) => accept())
      .on('env', (accept) => accept())
      .on('window-change', () => undefined)
      .on('signal', () => undefined)
      .on('shell', (accept) => shell(accept()))
      .on('exec', (accept, _reject, { command }) => this.#exec(accept(), command));
  }

  #exec(channel: ServerChannel, command: string): void {
    const words = shellWords(command);
    let input = '';
    let frames: DemoFrames | undefined;
    channel.on('error', () => undefined);
    channel.stderr.on('error', () => undefined);
    channel.setEncoding('utf8').on('data', (text: string) => {
      input += text;
      if (frames === undefined && isWhole(sampler, input)) {
        input = input.slice(sampler.text.length);
        frames = new DemoFrames(this.#pi);
        channel.write(frames.greeting());
      }
      if (frames !== undefined) {
        const lines = input.split('\n');
        input = lines.pop() ?? '';
        for (const line of lines) if (channel.writable) channel.write(frames.answer(line));
      }
      if (input.length > MAX_INPUT) end(channel, 1);
    });
    channel.on('end', () => {
      if (frames !== undefined) {
        end(channel, 0);
        return;
      }
      // Who asked may have given up and closed the channel.
      if (!channel.writable) return;
      const { stdout, stderr = '', exitCode } = answerCommand(this.#pi, words, input);
      channel.write(stdout);
      channel.stderr.write(stderr);
      end(channel, exitCode);
    });
  }
}

/** Nobody shall take it for a real one, so it answers with what it is. */
function shell(channel: ServerChannel): void {
  channel.on('error', () => undefined);
  channel.write(
    '\r\nThis is the demo Pi. It exists only in Headroom and runs no programs. Type exit to leave.\r\n\r\ndemo-pi (pretend) $ ',
  );
  let line = '';
  channel.setEncoding('utf8').on('data', (text: string) => {
    for (const sign of text) {
      if (sign === '\u0004' || (sign === '\r' && line.trim() === 'exit')) {
        end(channel, 0);
        return;
      }
      if (sign === '\r') {
        channel.write(line === '' ? '\r\ndemo-pi (pretend) $ ' : '\r\nNothing runs here.\r\ndemo-pi (pretend) $ ');
        line = '';
      } else if (sign >= ' ' && line.length < 200) {
        line += sign;
        channel.write(sign);
      }
    }
  });
  channel.on('end', () => end(channel, 0));
}

function end(channel: ServerChannel, code: number): void {
  if (channel.writable) channel.exit(code);
  channel.end();
  channel.close();
}

/** What Node's HTTP server expects of a socket and a channel doesn't have. */
function asHttpSocket(channel: ServerChannel): ServerChannel {
  const nothing = (): ServerChannel => channel;
  return Object.assign(channel, {
    setTimeout: nothing,
    setKeepAlive: nothing,
    setNoDelay: nothing,
    ref: nothing,
    unref: nothing,
  });
}

const MAX_INPUT = 256 * 1024;

/** Made by Node: of the ed25519 keys that ssh2 1.17 makes, one in a hundred can't be read by ssh2 itself (3 of 400). */
function hostKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  return privateKey.export({ type: 'sec1', format: 'pem' }).toString();
}
