import { mebibytes } from '../../../base/bytes.ts';
import { lineSetting, mountedFiles } from '../conf-files.ts';
import { evidenceOf } from '../evidence.ts';
import { text } from '../beyond-text.ts';
import { byDefault, known, measured, programText, region } from '../regions.ts';
import type { RuntimeModel } from '../runtime-model.ts';

export const mosquitto: RuntimeModel = {
  id: 'mosquitto',
  references: ['https://mosquitto.org/man/mosquitto-conf-5.html'],
  detects: (inputs) => evidenceOf(inputs, { image: /^(?:eclipse-)?mosquitto$/, program: /^mosquitto$/ }),
  estimate(inputs) {
    const conf = mountedFiles(inputs, /mosquitto.*\.conf$/);
    const cap = lineSetting(conf, 'memory_limit');
    const capped = Number(cap?.text ?? 0) > 0 ? Number(cap?.text) / 1024 ** 2 : undefined;
    const queue = lineSetting(conf, 'max_queued_messages');
    const queued = queue === undefined ? PLANNED : Math.max(PLANNED, Number(queue.text ?? 0) * PER_QUEUED || 0);
    const regions = [
      region('Broker', 'unreclaimable', 1.5, 1.6, measured(MEASURED)),
      region('Clients and their subscriptions', 'unreclaimable', 0.5, 3, byDefault('some two hundred clients')),
      region(
        'Retained and queued messages',
        'unreclaimable',
        1,
        capped ?? queued,
        cap?.from ?? queue?.from ?? byDefault('ten thousand retained messages of 200 bytes'),
      ),
      programText(TEXT, measured(MEASURED)),
    ];
    return known(
      'mosquitto',
      regions,
      mebibytes(FLOOR),
      capped === undefined ? 'heuristic' : 'measured',
      capped === undefined ? [text.retained] : [],
    );
  },
  examples: [{ service: 'image: eclipse-mosquitto:2', peak: mebibytes(23), because: 'the defaults' }],
};

const MEASURED = 'mosquitto 2.0, x86_64';
const TEXT = 6;
const FLOOR = 6;
/** A retained message of 200 bytes takes some 1.2 KiB with its topic. */
const PLANNED = 12;
/** For each message that may wait, with a kilobyte of content, and twenty clients that are away. */
const PER_QUEUED = 0.02;
