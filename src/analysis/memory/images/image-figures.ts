/** What is known of an image's memory. Figures are MiB of unreclaimable memory and program text together. */
export type ImageFigures = Reported | Like | Unreported | Empty;

/** Somebody published figures: read on a machine, or the makers' own minimum. */
export interface Reported {
  readonly images: readonly string[];
  readonly typical: number;
  readonly peak: number;
  readonly floor: number;
  readonly source: string;
}

/** No figure, but a language whose knobs tell: with its heap capped it is as known as any program of that language. */
export interface Like {
  readonly images: readonly string[];
  readonly like: 'node' | 'jvm' | 'phpfpm' | 'python';
}

/** Looked for and not found. A guess would be worth less than saying so. */
export interface Unreported {
  readonly images: readonly string[];
  readonly unreported: true;
}

/** A system without a program: what its command starts decides, and the name says nothing. */
export interface Empty {
  readonly images: readonly string[];
  readonly empty: true;
}
