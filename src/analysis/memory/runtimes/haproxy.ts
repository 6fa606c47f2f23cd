import { mebibytes } from '../../../base/bytes.ts';
import { lineSetting, mountedFiles } from '../conf-files.ts';
import { evidenceOf } from '../evidence.ts';
import { originOf } from '../program.ts';
import { byDefault, known, measured, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

export const haproxy: RuntimeModel = {
  id: 'haproxy',
  references: ['https://docs.haproxy.org/2.8/configuration.html#3.2-maxconn'],
  detects: (inputs) => evidenceOf(inputs, { image: /^haproxy/, program: /^haproxy$/ }),
  estimate(inputs) {
    const conf = mountedFiles(inputs, /haproxy.*\.cfg$/);
    const written = lineSetting(conf, 'maxconn');
    const maxconn = Number(written?.text ?? UNSET);
    const busy = Math.min(Number.isFinite(maxconn) ? maxconn : UNSET, 2000) * BUSY;
    const regions = [
      region('Process and threads', 'unreclaimable', 5, 5.6, byDefault('one thread for each core')),
      // Buffers of 16 KiB for both ends of a connection while data passes, and the kernel's sockets.
      region(
        'Connections and their buffers',
        'unreclaimable',
        0.5,
        busy * PER_CONNECTION,
        originOf(written, 'maxconn comes from the limit on open files: 500 busy connections are planned for'),
      ),
      programText(TEXT, measured(MEASURED)),
    ];
    return known('haproxy', regions, mebibytes(FLOOR), 'measured');
  },
  examples: [{ service: 'image: haproxy:2.8', peak: mebibytes(21), because: 'the defaults' }],
};

const MEASURED = 'HAProxy 2.6, x86_64';
const PER_CONNECTION = 0.0199;
const UNSET = 1200;
/** Of the connections that are allowed. */
const BUSY = 0.4;
const TEXT = 6.2;
const FLOOR = 10;
