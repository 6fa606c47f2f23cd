import type { EnvironmentVariable } from '../documents/compose/model.ts';
import type { Located } from '../documents/located.ts';
import { byDefault } from './regions.ts';
import type { RegionOrigin } from './estimate.ts';
import type { RuntimeInputs } from './runtime-model.ts';
import { parseImage, type ImageReference } from './image-reference.ts';

/** A setting's text, with the place that decides it. `text` is undefined where it can't be known. */
export interface Setting {
  readonly text: string | undefined;
  readonly from: RegionOrigin;
  /** The word or the variable that carries it, where the Compose file does. */
  readonly located?: Located<string>;
}

/** Reads once what models will ask for again and again. */
export function withSeen(inputs: RuntimeInputs): RuntimeInputs {
  return { ...inputs, seen: { image: imageOf(inputs), words: programWords(inputs) } };
}

/**
 * What the container runs, one word each: entrypoint and command, wrappers left out and `sh -c` scripts opened.
 * Empty where the image decides.
 */
export function programWords(inputs: RuntimeInputs): readonly Located<string>[] {
  if (inputs.seen !== undefined) return inputs.seen.words;
  const { entrypoint, command } = inputs.service;
  const written = [...(entrypoint?.words ?? []), ...(command?.words ?? [])];
  const words = openScript(written.length > 0 ? written : (inputs.dockerfile?.command ?? []));
  let start = 0;
  while (WRAPPERS.test(words[start]?.text ?? '')) {
    // An init's own options end with a double dash: `tini -s -- node app.js`.
    const dash = words.findIndex((word, at) => at > start && word.text === '--');
    start = INITS.test(words[start]?.text ?? '') && dash > 0 ? dash + 1 : start + 1;
  }
  return words.slice(start);
}

/** The program's name without its folder: `node` of `/usr/local/bin/node`. */
export function programName(inputs: RuntimeInputs): string | undefined {
  const first = programWords(inputs)[0]?.text;
  return first === undefined || first.startsWith('-') ? undefined : first.slice(first.lastIndexOf('/') + 1);
}

/** The last of an option's values: `--name value`, `--name=value`. Without a value it is the empty text. */
export function option(words: readonly Located<string>[], ...names: readonly string[]): Setting | undefined {
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at];
    if (word === undefined) continue;
    const cut = word.text.indexOf('=');
    if (cut > 0 && names.includes(word.text.slice(0, cut))) return { ...settingOf(word), text: known(word)?.slice(cut + 1) };
    if (!names.includes(word.text)) continue;
    const next = words[at + 1];
    return next === undefined ? { ...settingOf(word), text: '' } : settingOf(next);
  }
  return undefined;
}

export function hasWord(words: readonly Located<string>[], pattern: RegExp): boolean {
  return words.some((word) => pattern.test(word.text));
}

/** The first of the variables that the container gets. */
export function variable(inputs: RuntimeInputs, ...names: readonly string[]): Setting | undefined {
  for (const name of names) {
    const found: EnvironmentVariable | undefined = inputs.service.environment.get(name);
    if (found !== undefined) return settingOf(found.value);
  }
  return undefined;
}

export function imageOf(inputs: RuntimeInputs): ImageReference | undefined {
  if (inputs.seen !== undefined) return inputs.seen.image;
  const { image } = inputs.service;
  return image === undefined ? undefined : parseImage(image.text);
}

/** The image that decides what runs: the one that the Dockerfile ends on, else the one that is named. */
export function baseImageOf(inputs: RuntimeInputs): ImageReference | undefined {
  const base = inputs.dockerfile?.baseImage;
  return base === undefined ? imageOf(inputs) : parseImage(base);
}

export function originOf(setting: Setting | undefined, source: string): RegionOrigin {
  return setting?.from ?? byDefault(source);
}

function settingOf(word: Located<string>): Setting {
  return { text: known(word), from: { kind: 'file', span: word.spans[0] }, located: word };
}

/** A value that can't be known still has a text (`${LIMIT}` or nothing), which nobody may compute with. */
function known(word: Located<string>): string | undefined {
  return word.value === undefined ? undefined : word.text;
}

const INITS = /^(?:.*\/)?(?:tini|dumb-init)$/;
const WRAPPERS =
  /^(?:(?:.*\/)?(?:docker-entrypoint\.sh|docker-php-entrypoint|entrypoint\.sh|tini|dumb-init|exec|env|time|sudo|nohup)|--|[A-Z_][A-Z0-9_]*=.*)$/;

/** Of a script, the last command is what stays: `migrate && exec node server.js`. */
function openScript(words: readonly Located<string>[]): readonly Located<string>[] {
  const at = words.findIndex((word) => /^(?:.*\/)?(?:sh|bash|ash|dash)$/.test(word.text));
  const script = at < 0 ? undefined : words[at + 2];
  if (script === undefined || !/^-[a-z]*c$/.test(words[at + 1]?.text ?? '')) return words;
  const commands = script.text.split(/&&|\|\||[;\n]/).filter((command) => command.trim() !== '');
  return (commands.at(-1)?.match(SHELL_WORD) ?? []).map((word) => ({ ...script, value: unquote(word), text: unquote(word) }));
}

const SHELL_WORD = /(?:[^\s'"]|'[^']*'|"[^"]*")+/g;

function unquote(word: string): string {
  return word.replace(
    /'([^']*)'|"([^"]*)"/g,
    (_, single: string | undefined, double: string | undefined) => single ?? double ?? '',
  );
}
