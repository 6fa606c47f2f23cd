/**
 * What Compose knows about each place of a file, in one table: which kinds of value it takes there, how a
 * substituted text is cast, how two files merge, which entries of a list are the same thing, and what becomes
 * of the value in the resolved project. Every step of resolving walks the same table beside the tree.
 */
export interface Shape {
  readonly scalar?: ScalarShape;
  readonly map?: MapShape;
  readonly list?: ListShape;
  readonly merge?: MergeRule;
  readonly unique?: UniqueRule;
  /** Turns a short form into the long one. */
  readonly canonical?: CanonicalRule;
  /** Resolved against the folder of its file. */
  readonly path?: PathRule;
  readonly prints: Printer;
}

const UNFAILING = new Set<Printer>(['labels', 'mapping', 'environment', 'options', 'texts', 'ssh', 'ulimits', 'raw', 'nothing']);

/** Whether something below may be of the right kind and still be refused when it is decoded: `12x` as a size. */
export function mayFail({ prints, map, list: items }: Shape): boolean {
  if (map?.others === undefined && map !== undefined) return map.fails;
  return prints === 'objects' || prints === 'list' ? (map?.fails ?? items?.fails ?? false) : !UNFAILING.has(prints);
}

/** Whether a path may stand anywhere below, so that looking for paths can pass by the rest. */
export function mayHoldPaths({ path, map, list: items }: Shape): boolean {
  return path !== undefined || map?.holdsPaths === true || items?.holdsPaths === true;
}

export interface ScalarShape {
  readonly accepts: readonly JsonType[];
  readonly cast?: Cast;
  readonly oneOf?: readonly string[];
  readonly range?: readonly [minimum: number, maximum: number];
}

/** `number` takes whole numbers too. */
export type JsonType = 'string' | 'integer' | 'number' | 'boolean' | 'null';
export type Cast = 'int' | 'float' | 'boolean';

export interface MapShape {
  readonly keys: ReadonlyMap<string, Shape>;
  /** For names that users choose; `pattern` is what a name may look like. */
  readonly others?: { readonly pattern: RegExp; readonly shape: Shape };
  /** Keys that neither stand in the table nor begin with `x-` are taken without a word. */
  readonly open?: boolean;
  /** `x-` keys are extensions here, not names. */
  readonly extensible: boolean;
  readonly required?: readonly string[];
  /** Printed as `{}` even where nothing is set. */
  readonly always?: readonly string[];
  /** Printed in full and with capitals, as Go prints what nobody named for it. */
  readonly capitalised?: boolean;
  /** Printed as null where nothing is set. */
  readonly nulls?: readonly string[];
  readonly holdsPaths: boolean;
  readonly fails: boolean;
}

export interface ListShape {
  readonly items: Shape;
  readonly distinct: boolean;
  readonly holdsPaths: boolean;
  readonly fails: boolean;
}

export type MergeRule =
  'replace' | 'sequence' | 'hosts' | 'build' | 'dependencies' | 'networks' | 'logging' | 'ulimit' | 'address-pools';
export type UniqueRule = 'name' | 'target' | 'device' | 'port' | 'env-file' | 'exposed' | 'config' | 'secret';
export type CanonicalRule =
  | 'build'
  | 'contexts'
  | 'ssh'
  | 'dependencies'
  | 'env-files'
  | 'extends'
  | 'networks'
  | 'ports'
  | 'volume'
  | 'device'
  | 'mount'
  | 'string-list'
  | 'gpus'
  | 'external'
  | 'ulimit';
export type PathRule = 'file' | 'context' | 'maybe-foreign' | 'mount' | 'volume-options';

/** What the value becomes. `kept…` stays where it is zero; everything else that is zero vanishes, as in the tool. */
export type Printer =
  | 'string'
  | 'boolean'
  | 'kept-boolean'
  | 'integer'
  | 'kept-integer'
  | 'unsigned'
  | 'kept-unsigned'
  | 'float'
  | 'float32'
  | 'cpus'
  | 'size'
  | 'duration'
  | 'kept-duration'
  | 'strings'
  | 'texts'
  | 'string-list'
  | 'command'
  | 'health-test'
  | 'labels'
  | 'environment'
  | 'mapping'
  | 'options'
  | 'string-map'
  | 'hosts'
  | 'ssh'
  | 'object'
  | 'objects'
  | 'list'
  | 'ulimits'
  | 'device-count'
  | 'external'
  | 'env-files'
  | 'raw'
  | 'nothing';

export function scalar(
  prints: Printer,
  accepts: readonly JsonType[],
  more: Partial<ScalarShape> & Pick<Shape, 'path'> = {},
): Shape {
  const { path, ...rest } = more;
  return { scalar: { accepts, ...rest }, prints, ...(path === undefined ? {} : { path }) };
}

export function object(
  keys: Readonly<Record<string, Shape>>,
  more: Partial<Omit<MapShape, 'keys' | 'holdsPaths' | 'fails'>> & Partial<Shape> = {},
): Shape {
  const { others, open, required, always, nulls, capitalised, extensible = true, ...shape } = more;
  const map: MapShape = {
    ...keysOf(keys),
    extensible,
    ...(others === undefined ? {} : { others }),
    ...(open === undefined ? {} : { open }),
    ...(required === undefined ? {} : { required }),
    ...(always === undefined ? {} : { always }),
    ...(nulls === undefined ? {} : { nulls }),
    ...(capitalised === undefined ? {} : { capitalised }),
  };
  return { map, prints: 'object', ...shape };
}

/** A map whose keys users choose. */
export function named(
  shape: Shape,
  pattern: RegExp,
  more: Partial<Shape> & { extensible?: boolean; open?: boolean } = {},
): Shape {
  const { extensible = false, open, ...rest } = more;
  const map: MapShape = {
    keys: new Map(),
    others: { pattern, shape },
    extensible,
    holdsPaths: mayHoldPaths(shape),
    fails: mayFail(shape),
    ...(open === undefined ? {} : { open }),
  };
  return { map, prints: 'objects', ...rest };
}

export function list(items: Shape, more: Partial<Shape> & { distinct?: boolean } = {}): Shape {
  const { distinct = false, ...rest } = more;
  return { list: listOf(items, distinct), prints: 'list', ...rest };
}

export function keysOf(keys: Readonly<Record<string, Shape>>): Pick<MapShape, 'keys' | 'holdsPaths' | 'fails'> {
  return {
    keys: new Map(Object.entries(keys)),
    holdsPaths: Object.values(keys).some(mayHoldPaths),
    fails: Object.values(keys).some(mayFail),
  };
}

export function listOf(items: Shape, distinct = false): ListShape {
  return { items, distinct, holdsPaths: mayHoldPaths(items), fails: mayFail(items) };
}

/** The shape of what stands under a key. */
export function childShape(shape: Shape | undefined, key: string): Shape | undefined {
  const map = shape?.map;
  if (map === undefined) return undefined;
  return map.keys.get(key) ?? (map.others?.pattern.test(key) === true ? map.others.shape : undefined);
}
