import type { FileReader } from '../source.ts';

/** Files as a conf file's includes need them: their text, and what lies in a folder. */
export type ConfFiles = Required<FileReader>;
