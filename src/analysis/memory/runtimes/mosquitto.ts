import { mebibytes } from '../../../base/bytes.ts';
import { lineSetting, mountedFiles } from '../conf-files.ts';
import { evidenceOf } from '../evidence.ts';
import { text } from '../beyond-text.ts';
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
      region('Broker', 'unreclaimable', 1.5, 1.6, measured(MEASURED)),
      region('Clients and their subscriptions', 'unreclaimable', 1, Math.min(CLIENTS, most), byDefault('no max_connections')),
      region(
        'Retained and queued messages',
        'unreclaimable',
        1,
        Math.min(QUEUED, most),
        cap?.from ?? queued?.from ?? byDefault('max_queued_messages 1000'),
      ),
      programText(6, measured(MEASURED)),
    ];
    return known('mosquitto', regions, mebibytes(6), 'measured', [text.retained]);
  },
  examples: [{ service: 'image: eclipse-mosquitto:2', peak: mebibytes(23), because: 'the defaults' }],
};

const MEASURED = 'mosquitto 2.0, x86_64';
/** Several hundred clients at some 10 KiB each, kernel socket buffers included. */
const CLIENTS = 3;
/** Some ten thousand retained messages of 200 bytes; each takes a kilobyte and more. */
const QUEUED = 12;
