import { parseSize } from '../../base/bytes.ts';
import { inMebibytes } from './regions.ts';

/** The last `-Xmx` (or its long form) of a list of Java options, in MiB. `-Xmx77mb` stops a JVM: it counts as none. */
export function maxHeap(options: string | undefined): number | undefined {
  return sizeOption(options, /(?:^|\s)(?:-Xmx|-XX:MaxHeapSize=)(\d+[kmgtKMGT]?)(?=\s|$)/g);
}

export function sizeOption(options: string | undefined, pattern: RegExp): number | undefined {
  const last = [...(options ?? '').matchAll(pattern)].at(-1)?.[1];
  const size = last === undefined ? undefined : parseSize(last);
  return size?.ok === true ? inMebibytes(size.value) : undefined;
}

export function numberOption(options: string | undefined, name: string): number | undefined {
  const value = Number(new RegExp(`-XX:${name}=(\\d+(?:\\.\\d+)?)`).exec(options ?? '')?.[1]);
  return Number.isNaN(value) ? undefined : value;
}
