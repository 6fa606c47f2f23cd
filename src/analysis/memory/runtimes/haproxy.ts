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
    const threads = Number(lineSetting(conf, 'nbthread')?.text ?? inputs.cores ?? 4);
    const written = lineSetting(conf, 'maxconn');
    const maxconn = Number(written?.text ?? 2000);
    const busy = Math.min(Number.isFinite(maxconn) ? maxconn : 2000, BUSY_CONNECTIONS);
    const regions = [
      region(
        'Process and threads',
        'unreclaimable',
        8,
        10 + (Number.isFinite(threads) ? Math.min(threads, 64) : 4) * 0.5,
        byDefault('nbthread: one for each core'),
      ),
      // Two buffers of 16 KiB for each end of a connection, socket buffers of the kernel on top.
      region(
        'Connections and their buffers',
        'unreclaimable',
        1,
        busy * 0.05,
        originOf(written, 'maxconn, from the limit on open files'),
      ),
      programText(4, measured(MEASURED)),
    ];
    return known('haproxy', regions, mebibytes(16), 'measured');
  },
  examples: [{ service: 'image: haproxy:2.8', peak: mebibytes(26), because: 'the defaults' }],
};

const MEASURED = 'haproxy 2.6, x86_64';
const BUSY_CONNECTIONS = 200;
