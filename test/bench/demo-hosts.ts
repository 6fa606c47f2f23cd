import { createServer } from 'node:net';
import { DemoPi } from '../../src/demo/pi.ts';
import { DemoSshServer } from '../../src/demo/server.ts';
import { DEMO_SERVICES } from '../../src/demo/stack.ts';
import { systemClock } from '../../src/live/system-clock.ts';

/*
 * A process of simulated hosts for `many-hosts.ts`: a port on the loopback, a new Pi with twenty containers for each
 * connection, the real protocol between. In a process of its own, so that only the watching side is measured.
 */
const services = Array.from({ length: 20 }, (_, index) => {
  const like = DEMO_SERVICES[index % DEMO_SERVICES.length] ?? DEMO_SERVICES[0];
  if (like === undefined) throw new Error('no services');
  return { ...like, name: `${like.name}-${String(index)}` };
});
const server = createServer((socket) => {
  const pi = new DemoPi(systemClock, 'v2', services);
  const ssh = new DemoSshServer(pi);
  ssh.accept(socket);
  socket
    .on('error', () => undefined)
    .on('close', () => {
      ssh.dispose();
      pi.dispose();
    });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address !== null ? address.port : 0);
});
process.on('disconnect', () => process.exit());
