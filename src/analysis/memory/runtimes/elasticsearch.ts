import { gibibytes, mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate, RegionOrigin } from '../estimate.ts';
import { variableChange, turnDown } from '../fitting.ts';
import { maxHeap } from '../java-options.ts';
import { evidenceOf } from '../evidence.ts';
import { baseImageOf, variable } from '../program.ts';
import { byDefault, formula, inMebibytes, known, programText, region } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel } from '../runtime-model.ts';

export const elasticsearch: RuntimeModel = {
  id: 'elasticsearch',
  references: ['https://www.elastic.co/guide/en/elasticsearch/reference/current/advanced-configuration.html'],
  detects: (inputs) => evidenceOf(inputs, { image: /^(?:elasticsearch|opensearch)(?:-oss)?$/ }),
  estimate: (inputs) => estimateOf(heapOf(inputs)),
  fitTo(inputs, limit) {
    const heap = heapOf({ ...inputs, limit });
    const name = baseImageOf(inputs)?.base.startsWith('opensearch') === true ? 'OPENSEARCH_JAVA_OPTS' : 'ES_JAVA_OPTS';
    return turnDown({
      least: 256,
      most: Math.ceil(heap.size),
      limit,
      estimate: (size) => estimateOf({ ...heap, size }),
      change: (size) => [
        variableChange(name, `-Xmx${String(Math.round(heap.size))}m`, `-Xms${String(size)}m -Xmx${String(size)}m`),
      ],
    });
  },
  examples: [
    {
      service: 'image: elasticsearch:8.15.0\nenvironment: { ES_JAVA_OPTS: -Xms512m -Xmx512m }',
      peak: mebibytes(960),
      because: 'its heap, and half as much again beside it',
    },
  ],
};

interface Heap {
  readonly size: number;
  readonly from: RegionOrigin;
}

/** A heap of 512 MiB was reported with 1.2 to 1.4 GiB in all, page cache included; its makers say twice the heap. */
function estimateOf({ size, from }: Heap): KnownEstimate {
  const regions = [
    region('Java heap', 'unreclaimable', size, size, from),
    region(
      'Metaspace, code, threads, buffers outside the heap',
      'unreclaimable',
      220,
      260 + size * 0.25,
      formula('260 MiB + 0.25 × heap'),
    ),
    programText(60, byDefault('the JVM and its archives')),
    region('Index in the page cache', 'cache', size * 0.25, size, formula('as much as the heap')),
  ];
  return known('elasticsearch', regions, mebibytes(640), 'documented');
}

/** Since 7.11 the heap is half of the memory that is seen; before, 1 GiB. */
function heapOf(inputs: RuntimeInputs): Heap {
  const written = variable(inputs, 'ES_JAVA_OPTS', 'OPENSEARCH_JAVA_OPTS');
  const size = maxHeap(written?.text);
  if (written !== undefined && size !== undefined) return { size, from: written.from };
  const memory = inMebibytes(inputs.limit ?? inputs.boardMemory ?? gibibytes(2));
  return { size: Math.min(Math.max(128, memory / 2), 31 * 1024), from: byDefault('half of the memory that it sees') };
}
