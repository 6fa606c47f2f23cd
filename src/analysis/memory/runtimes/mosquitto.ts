import { mebibytes } from '../../../base/bytes.ts';
import { lineSetting, mountedFiles } from '../conf-files.ts';
import { evidenceOf } from '../evidence.ts';
import { byDefault, inMebibytes, known, measured, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';
import { bytes } from '../../../base/bytes.ts';

export const mosquitto: RuntimeModel = {
  id: 'mosquitto',
  references: ['https://mosquitto.org/man/mosquitto-conf-5.html'],
  detects: (inputs) => evidenceOf(inputs, { image: /^(?:eclipse-)?mosquitto$/, program: /^mosquitto$/ }),
  estimate(inputs) {
    const conf = mountedFiles(inputs, /mosquitto.*\.conf$/);
    const cap = lineSetting(conf, 'memory_limit');
    const capped = Number(cap?.text ?? 0);
    const most = capped > 0 ? inMebibytes(bytes(capped)) : Number.POSITIVE_INFINITY;
    const queued = lineSetting(conf, 'max_queued_messages');
    const regions = [
      region('Broker', 'unreclaimable', 1.5, 2, measured(MEASURED)),
      region('Clients and their subscriptions', 'unreclaimable', 1, Math.min(CLIENTS, most), byDefault('no max_connections')),
      region(
        'Retained and queued messages',
        'unreclaimable',
        1,
        Math.min(QUEUED, most),
        cap?.from ?? queued?.from ?? byDefault('max_queued_messages 1000'),
      ),
      programText(4, measured(MEASURED)),
    ];
    return known('mosquitto', regions, mebibytes(8), 'measured');
  },
  examples: [{ service: 'image: eclipse-mosquitto:2', peak: mebibytes(16), because: 'the defaults' }],
};

const MEASURED = 'mosquitto 2.0, x86_64';
/** Several hundred clients at some 10 KiB each, kernel socket buffers included. */
const CLIENTS = 4;
const QUEUED = 6;
