import type { FileId } from '../../../base/span.ts';
import { pairOf, spanOf, type YamlFile, type YamlNode } from '../yaml-tree.ts';
import { checkShape } from './check-shape.ts';
import type { AgentScheme, Ignore, NamedStack, Placed, ProjectFile } from './model.ts';
import { projectShape } from './project-shape.ts';
import type { Shape } from './shape.ts';

/** Reads `headroom.yaml`. Never throws; a value that its shape refuses is as good as absent. */
export function readProject(yaml: YamlFile): ProjectFile {
  const { file } = yaml.source;
  const root = new Place(file, yaml.documents[0]?.root);
  const syntax = yaml.problems.map(({ message, span }) => ({ code: 'yaml-syntax' as const, message, span }));
  return {
    kind: 'project',
    file,
    board: root.at('board').word(projectShape.keys.board),
    reserve: root.at('reserve').at('size').word() ?? root.at('reserve').at('system').word(),
    host: root.at('host').word(projectShape.keys.host),
    stacks: root.at('stacks').items().map(namedStack),
    agents: agents(root.at('agents')),
    importance: new Map(
      root
        .at('importance')
        .entries()
        .flatMap(([name, place]) => withNumber(name, place.number())),
    ),
    rules: new Map(
      root
        .at('rules')
        .entries()
        .flatMap(([name, place]) => withWord(name, place.word())),
    ),
    ignores: root.at('ignore').items().flatMap(ignore),
    problems: [...syntax, ...(root.node === undefined ? [] : checkShape(file, root.node, projectShape))],
  };
}

function namedStack(place: Place): NamedStack {
  return {
    name: place.at('name').word()?.value,
    files: place.at('files').words(),
    profiles: place
      .at('profiles')
      .words()
      .map(({ value }) => value),
    env: place.at('env').words(),
    board: place.at('board').word(projectShape.keys.board),
  };
}

function agents(place: Place): AgentScheme | undefined {
  if (place.node === undefined) return undefined;
  const base = place.at('ports').at('base').number();
  const step = place.at('ports').at('step').number();
  return {
    template: place.at('template').word(),
    max: place.at('max').number(),
    ports: base === undefined || step === undefined ? undefined : { base, step },
  };
}

function ignore(place: Place): Ignore[] {
  const rule = place.at('rule').word();
  if (rule === undefined) return [];
  return [
    {
      rule,
      files: place
        .at('files')
        .words()
        .map(({ value }) => value),
      service: place.at('service').word()?.value,
      reason: reason(place),
      span: rule.span,
    },
  ];
}

/** A reason of nothing but spaces is none. */
function reason(place: Place): string | undefined {
  const written = place.at('reason').word()?.value.trim();
  return written === '' ? undefined : written;
}

function withNumber(name: string, value: number | undefined): [string, number][] {
  return value === undefined ? [] : [[name, value]];
}

function withWord(name: string, value: Placed<string> | undefined): [string, Placed<string>][] {
  return value === undefined ? [] : [[name, value]];
}

/** A place in the file that may hold nothing: asking on is free. */
class Place {
  readonly node: YamlNode | undefined;
  readonly #file: FileId;

  constructor(file: FileId, node: YamlNode | undefined) {
    this.#file = file;
    this.node = node?.kind === 'alias' ? node.target : node;
  }

  at(key: string): Place {
    return new Place(this.#file, pairOf(this.node, key)?.value);
  }

  items(): readonly Place[] {
    return this.node?.kind === 'list' ? this.node.items.map((item) => new Place(this.#file, item)) : [];
  }

  entries(): readonly (readonly [string, Place])[] {
    if (this.node?.kind !== 'map') return [];
    return this.node.pairs.flatMap(({ key, value }) =>
      key.kind === 'scalar' ? [[key.text, new Place(this.#file, value)] as const] : [],
    );
  }

  word(shape?: Shape): Placed<string> | undefined {
    if (this.node?.kind !== 'scalar' || this.node.style === 'missing') return undefined;
    const refused = shape !== undefined && checkShape(this.#file, this.node, shape).length > 0;
    return refused ? undefined : { value: this.node.text, span: spanOf(this.#file, this.node) };
  }

  /** A list of words, or one alone. */
  words(): readonly Placed<string>[] {
    const one = this.word();
    if (one !== undefined) return [one];
    return this.items().flatMap((item) => item.word() ?? []);
  }

  number(): number | undefined {
    const written = this.word()?.value;
    return written !== undefined && /^\d{1,9}$/.test(written) ? Number(written) : undefined;
  }
}
