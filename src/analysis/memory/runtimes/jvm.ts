import { gibibytes, mebibytes } from '../../../base/bytes.ts';
import type { KnownEstimate, RegionOrigin } from '../estimate.ts';
import { evidenceOf } from '../evidence.ts';
import { turnDown } from '../fitting.ts';
import { maxHeap, numberOption, sizeOption } from '../java-options.ts';
import { programWords, variable, type Setting } from '../program.ts';
import { byDefault, formula, inMebibytes, known, measured, programText, region, unknown } from '../regions.ts';
import type { RuntimeInputs, RuntimeModel, SettingChange } from '../runtime-model.ts';

export const jvm: RuntimeModel = {
  id: 'jvm',
  references: ['https://docs.oracle.com/en/java/javase/17/docs/specs/man/java.html'],
  detects: (inputs) =>
    evidenceOf(inputs, {
      image: /^(?:openjdk|eclipse-temurin|amazoncorretto|liberica-openjdk-\w+|zulu-openjdk|ibm-semeru-runtimes|tomcat|jetty)$/,
      program: /^java$/,
      variable: /^(?:JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS|JAVA_OPTS|CATALINA_OPTS|SPRING_\w+)$/,
    }),
  estimate(inputs) {
    const settings = settingsOf(inputs);
    return settings === undefined ? unknown('jvm', 'variable') : estimateOf(settings);
  },
  fitTo(inputs, limit) {
    const settings = settingsOf({ ...inputs, limit });
    if (settings === undefined) return undefined;
    return turnDown({
      least: 16,
      most: Math.floor(settings.heap),
      limit,
      estimate: (heap) => estimateOf({ ...settings, heap }),
      change: (heap) => [heapCap(inputs, settings, heap)],
    });
  },
  examples: [
    {
      service: 'image: eclipse-temurin:17\ncommand: java -Xmx128m -jar app.jar',
      peak: mebibytes(181),
      because: 'a plain program near its cap',
    },
    {
      service: 'image: eclipse-temurin:17\ncommand: java -Xmx128m -jar app.jar\nenvironment: { SPRING_PROFILES_ACTIVE: prod }',
      peak: mebibytes(271),
      because: 'a framework loads many more classes',
    },
  ],
};

interface Settings {
  /** MiB. */
  readonly heap: number;
  readonly from: RegionOrigin;
  readonly metaspace: number;
  readonly framework: boolean;
}

const MEASURED = 'OpenJDK 17.0.15, x86_64';
const TEXT = 20;

function estimateOf({ heap, from, metaspace, framework }: Settings): KnownEstimate {
  const loaded = Math.min(framework ? 70 : 9, metaspace);
  const code = framework ? 40 : 11;
  const regions = [
    region('Java heap', 'unreclaimable', heap * 0.5, heap, from),
    region(
      'Metaspace and compiled code',
      'unreclaimable',
      (loaded + code) * 0.8,
      loaded + code,
      framework ? byDefault('a framework such as Spring') : measured(MEASURED),
    ),
    region('Collector, threads, native', 'unreclaimable', 8, 10 + heap * 0.02, formula('10 MiB + 0.02 × heap')),
    programText(TEXT, measured(MEASURED)),
  ];
  return known('jvm', regions, mebibytes(framework ? 160 : 48), framework ? 'heuristic' : 'measured');
}

function settingsOf(inputs: RuntimeInputs): Settings | undefined {
  const words = programWords(inputs);
  const fromVariables = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS', ...SCRIPTED]
    .map((name) => variable(inputs, name))
    .filter((setting) => setting !== undefined);
  if (fromVariables.some((setting) => setting.text === undefined)) return undefined;
  const command: readonly Setting[] = words.map((word) => ({ text: word.text, from: { kind: 'file', span: word.spans[0] } }));
  // _JAVA_OPTIONS come last and win, the command line beats the other two.
  const all = [...fromVariables, ...command];
  const options = all.map((setting) => setting.text).join(' ');
  const framework =
    [...inputs.service.environment.keys()].some((name) => name.startsWith('SPRING_')) ||
    /tomcat|jetty/.test(inputs.service.image?.text ?? '');
  const metaspace = sizeOption(options, /-XX:MaxMetaspaceSize=(\d+[kmgtKMGT]?)(?=\s|$)/g) ?? 512;
  const written = all.findLast((setting) => maxHeap(setting.text) !== undefined);
  const heap = maxHeap(written?.text);
  if (written !== undefined && heap !== undefined) return { heap, from: written.from, metaspace, framework };
  return { ...defaultHeap(inputs, options), metaspace, framework };
}

/** Start scripts of these images pass them on; the JVM itself reads neither. */
const SCRIPTED = ['CATALINA_OPTS', 'JAVA_OPTS'];

/** A quarter of the memory that it sees; half of it under 250 MiB. Measured: 128→64, 256→126, 512→128, 1024→256. */
function defaultHeap(inputs: RuntimeInputs, options: string): Pick<Settings, 'heap' | 'from'> {
  const memory = inMebibytes(inputs.limit ?? inputs.boardMemory ?? gibibytes(1));
  const percentage = numberOption(options, 'MaxRAMPercentage');
  const least = numberOption(options, 'MinRAMPercentage') ?? 50;
  if (percentage !== undefined && memory > 250) {
    return {
      heap: (memory * Math.min(percentage, 100)) / 100,
      from: formula(`${String(percentage)} % of the memory that it sees`),
    };
  }
  const heap = Math.max(memory / 4, Math.min((memory * least) / 100, 126));
  return { heap, from: byDefault('a quarter of the memory that it sees, 126 MiB at least where that is under half') };
}

/** Where the cap stands it is changed, the last one of several: that one wins. Else every JVM reads JAVA_TOOL_OPTIONS. */
function heapCap(inputs: RuntimeInputs, settings: Settings, heap: number): SettingChange {
  const value = `-Xmx${String(heap)}m`;
  const sizes = { setting: '-Xmx', before: `${String(Math.round(settings.heap))}m`, after: `${String(heap)}m` };
  const final = ['_JAVA_OPTIONS'].filter((name) => maxHeap(variable(inputs, name)?.text) !== undefined);
  const word = programWords(inputs).findLast((each) => maxHeap(each.text) !== undefined);
  if (word !== undefined && final.length === 0) {
    return { ...sizes, place: { kind: 'words', words: [value], replaces: word, program: 'java' } };
  }
  const named = [...final, 'JDK_JAVA_OPTIONS', 'CATALINA_OPTS', 'JAVA_OPTS'].find(
    (name) => maxHeap(variable(inputs, name)?.text) !== undefined,
  );
  const name = named ?? 'JAVA_TOOL_OPTIONS';
  const kept = (variable(inputs, name)?.text ?? '')
    .replace(/(?:^|\s)-(?:Xm[xs]|XX:MaxHeapSize=|XX:MaxRAMPercentage=)\S*/g, ' ')
    .trim();
  return { ...sizes, place: { kind: 'variable', name, value: kept === '' ? value : `${kept} ${value}` } };
}
