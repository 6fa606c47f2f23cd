import { bytes, mebibytes } from '../../../base/bytes.ts';
import type { RegionOrigin } from '../estimate.ts';
import { lineSetting, mountedFiles } from '../conf-files.ts';
import { evidenceOf } from '../evidence.ts';
import { imageOf, variable } from '../program.ts';
import { text } from '../beyond-text.ts';
import { byDefault, formula, inMebibytes, known, measured, programText, region } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const rabbitmq: RuntimeModel = {
  id: 'rabbitmq',
  references: ['https://www.rabbitmq.com/docs/memory'],
  detects: (inputs) => evidenceOf(inputs, { image: /^rabbitmq$/, program: /^rabbitmq-server$/ }),
  estimate(inputs) {
    const management = (imageOf(inputs)?.tag ?? '').includes('management') ? MANAGEMENT : 0;
    const start = BASE + management;
    const { watermark, from } = watermarkOf(inputs);
    // Publishers are blocked above the watermark. Most of it is seldom used, and never all by what is in memory.
    const room = Math.max(0, watermark - start);
    const backlog = Math.max(LEAST_BACKLOG, Math.min(room + watermark * 0.05, 30 + room * 0.45, MOST_BACKLOG));
    const regions = [
      region('Erlang machine and server', 'unreclaimable', start, start, measured(MEASURED)),
      region('Queues, connections and garbage', 'unreclaimable', 10, backlog, from),
      programText(TEXT, measured(MEASURED)),
    ];
    return known('rabbitmq', regions, mebibytes(FLOOR + management), 'measured', [text.backlog]);
  },
  examples: [
    {
      service: 'image: rabbitmq:3.13',
      peak: mebibytes(224),
      because: "without a board the watermark, a share of the host's memory, is unknown",
    },
  ],
};

const MEASURED = 'rabbitmq 3.10, x86_64';
const BASE = 112;
const MANAGEMENT = 30;
const TEXT = 12;
const FLOOR = 112;
const LEAST_BACKLOG = 20;
/** What is planned for where the watermark lies far above. */
const MOST_BACKLOG = 100;

/** It is taken from the host's memory unless it is absolute, and it blocks publishers only. */
function watermarkOf(inputs: RuntimeInputs): { readonly watermark: number; readonly from: RegionOrigin } {
  const conf = mountedFiles(inputs, /rabbitmq.*\.conf$|conf\.d\/.*\.conf$/);
  const absolute = lineSetting(conf, 'vm_memory_high_watermark.absolute');
  const size = absoluteSize(absolute?.text);
  if (absolute !== undefined && size !== undefined) return { watermark: size, from: absolute.from };
  const arguments_ = variable(inputs, 'RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS');
  const inline = /vm_memory_high_watermark\s+\{absolute,\s*"?(\w+)"?\}/.exec(arguments_?.text ?? '');
  const inlineSize = absoluteSize(inline?.[1]);
  if (arguments_ !== undefined && inlineSize !== undefined) return { watermark: inlineSize, from: arguments_.from };
  const relative =
    lineSetting(conf, 'vm_memory_high_watermark.relative') ?? variable(inputs, 'RABBITMQ_VM_MEMORY_HIGH_WATERMARK');
  const share = Number(relative?.text ?? ((imageOf(inputs)?.major ?? 3) >= 4 ? 0.6 : 0.4));
  const memory = inputs.boardMemory;
  if (memory === undefined || !Number.isFinite(share))
    return { watermark: Number.POSITIVE_INFINITY, from: byDefault("a share of the host's memory") };
  return { watermark: inMebibytes(memory) * share, from: relative?.from ?? formula(`${String(share)} × the host's memory`) };
}

function absoluteSize(text: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kmg]?)(i?)b?$/i.exec(text ?? '');
  if (match === null) return undefined;
  const power = ['', 'k', 'm', 'g'].indexOf((match[2] ?? '').toLowerCase());
  return inMebibytes(bytes(Number(match[1]) * 1024 ** power));
}
