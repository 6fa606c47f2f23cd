/**
 * What may stand in `headroom.yaml`, as data: the reader checks against it, the JSON schema for completion in
 * editors is generated from it, and so neither can say what the other doesn't.
 */
export type Shape = TextShape | NumberShape | ListShape | MapShape | TableShape | EitherShape;

interface Described {
  /** English; shown by editors that complete from the schema. */
  readonly description: string;
}

export interface TextShape extends Described {
  readonly kind: 'text';
  readonly oneOf?: readonly string[];
  /** A regular expression in the dialect that JSON schema and JavaScript share. */
  readonly pattern?: string;
}

export interface NumberShape extends Described {
  readonly kind: 'number';
  readonly minimum: number;
  readonly maximum: number;
}

export interface ListShape extends Described {
  readonly kind: 'list';
  readonly of: Shape;
}

/** A map with keys that are known. */
export interface MapShape extends Described {
  readonly kind: 'map';
  readonly keys: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
}

/** A map whose keys the user chooses. */
export interface TableShape extends Described {
  readonly kind: 'table';
  readonly of: Shape;
}

/** The first that fits; a mistake is explained by the last. */
export interface EitherShape extends Described {
  readonly kind: 'either';
  readonly of: readonly Shape[];
}
