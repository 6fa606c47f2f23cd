import { bytes, gibibytes, kibibytes, mebibytes, parseSize, type Bytes } from '../../base/bytes.ts';
import type { Board } from './budget.ts';

/** The board of that id; a plain size (`768M`) is a board too. Undefined where the text is neither. */
export function boardById(id: string): Board | undefined {
  return boards.find((board) => board.id === id) ?? plainBoard(id);
}

const ALL: Board['architectures'] = ['arm64', 'arm/v7', 'arm/v6'];

/*
 * MemTotal is what Linux reports on a 64-bit system (32-bit where nothing else runs), read from public logs of
 * such boards; `derived` takes the figure of a sibling with the same chip and memory. The Pi 5 loses less than the
 * Pi 4 because pages of 16 KiB need fewer page structures.
 */
export const boards: readonly Board[] = [
  old('pi-zero', 'Raspberry Pi Zero', mebibytes(512), mebibytes(432)),
  old('pi-zero-w', 'Raspberry Pi Zero W', mebibytes(512), mebibytes(432)),
  quad('pi-zero-2w', 'Raspberry Pi Zero 2 W', mebibytes(512), kibibytes(426_068), 'reported'),
  old('pi-1', 'Raspberry Pi 1 Model B+', mebibytes(512), mebibytes(432)),
  {
    ...quad('pi-2', 'Raspberry Pi 2 Model B', gibibytes(1), mebibytes(925), 'reported'),
    architectures: ['arm/v7', 'arm/v6'],
  },
  quad('pi-3a-plus', 'Raspberry Pi 3 Model A+', mebibytes(512), kibibytes(426_068), 'derived'),
  quad('pi-3b', 'Raspberry Pi 3 Model B', gibibytes(1), mebibytes(906), 'reported'),
  quad('pi-3b-plus', 'Raspberry Pi 3 Model B+', gibibytes(1), mebibytes(906), 'reported'),
  ...sizes('pi-4', 'Raspberry Pi 4 Model B', quad, [
    [1, mebibytes(906), 'derived'],
    [2, kibibytes(1_893_276), 'reported'],
    [4, mebibytes(3794), 'reported'],
    [8, mebibytes(7813), 'reported'],
  ]),
  quad('pi-400', 'Raspberry Pi 400', gibibytes(4), mebibytes(3794), 'derived'),
  ...sizes('pi-5', 'Raspberry Pi 5', five, [
    [1, kibibytes(1_014_768), 'derived'],
    [2, mebibytes(2013), 'derived'],
    [4, mebibytes(4045), 'reported'],
    [8, mebibytes(8052), 'reported'],
    [16, mebibytes(16_114), 'derived'],
  ]),
  five('pi-500', 'Raspberry Pi 500', gibibytes(8), mebibytes(8059), 'reported'),
  five('pi-500-plus', 'Raspberry Pi 500+', gibibytes(16), mebibytes(16_114), 'derived'),
  quad('pi-cm3', 'Compute Module 3', gibibytes(1), mebibytes(906), 'derived'),
  ...sizes('pi-cm4', 'Compute Module 4', quad, [
    [1, mebibytes(906), 'derived'],
    [2, kibibytes(1_893_276), 'derived'],
    [4, mebibytes(3794), 'derived'],
    [8, mebibytes(7813), 'derived'],
  ]),
  ...sizes('pi-cm5', 'Compute Module 5', five, [
    [2, mebibytes(2013), 'derived'],
    [4, mebibytes(4045), 'derived'],
    [8, mebibytes(8052), 'derived'],
    [16, mebibytes(16_114), 'derived'],
  ]),
];

type MemTotalFrom = Board['memTotalFrom'];
type Maker = (id: string, name: string, installed: Bytes, memTotal: Bytes, from: MemTotalFrom) => Board;

function quad(id: string, name: string, installed: Bytes, memTotal: Bytes, memTotalFrom: MemTotalFrom): Board {
  const pageSize = kibibytes(4);
  return { id, name, installed, memTotal, memTotalFrom, cores: 4, architectures: ALL, pageSize, armv82: false };
}

/** The Pi 5 family: Cortex-A76, and a default kernel with pages of 16 KiB. */
function five(id: string, name: string, installed: Bytes, memTotal: Bytes, memTotalFrom: MemTotalFrom): Board {
  return { ...quad(id, name, installed, memTotal, memTotalFrom), pageSize: kibibytes(16), armv82: true };
}

/** BCM2835: one core, ARMv6. Docker ships no engine for it any more, and most images no variant. */
function old(id: string, name: string, installed: Bytes, memTotal: Bytes): Board {
  return { ...quad(id, name, installed, memTotal, 'derived'), cores: 1, architectures: ['arm/v6'] };
}

function sizes(id: string, name: string, make: Maker, variants: readonly (readonly [number, Bytes, MemTotalFrom])[]): Board[] {
  return variants.map(([size, memTotal, from]) => {
    return make(`${id}-${String(size)}gb`, `${name} ${String(size)} GB`, gibibytes(size), memTotal, from);
  });
}

function plainBoard(text: string): Board | undefined {
  const size = parseSize(text.trim());
  if (!size.ok || size.value < SMALLEST || !/^\d/.test(text.trim())) return undefined;
  const plain = quad(text.trim(), text.trim(), size.value, size.value, 'given');
  return { ...plain, armv82: undefined };
}

/** Less is a typing mistake (`512` without a unit), not a machine that runs Docker. */
const SMALLEST = bytes(64 * 1024 ** 2);
