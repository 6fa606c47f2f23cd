import { message } from '../../../base/message.ts';
import { folderOf, joinPath } from '../../../base/path.ts';
import type { FileId, Span } from '../../../base/span.ts';
import { parseServerArguments, type ServerArguments } from './arguments.ts';
import type { ConfFiles } from './conf-files.ts';
import { conflictWith } from './cross-checks.ts';
import { readIncluded, type IncludedSetting } from './includes.ts';
import type { ServerError } from './model.ts';
import { settingsOf, type SettingDefinition, type SettingsCatalogue } from './settings.ts';
import { serverWords as text } from './server-words.ts';
import { printValue, readValue, type SettingValue } from './value.ts';

export interface ResolveRequest {
  readonly file: FileId;
  readonly files: ConfFiles;
  readonly version: number;
  /** Where the server is started: relative paths among its arguments start there. */
  readonly folder: FileId;
  readonly words?: readonly string[];
}

/** What the server would run with, or why it doesn't start. */
export interface Resolution {
  readonly errors: readonly ServerError[];
  readonly settings: ReadonlyMap<string, ResolvedSetting>;
  /** Files that were asked for and can't be told yet; the answer is provisional then. */
  readonly wanted: readonly FileId[];
}

export interface ResolvedSetting {
  readonly name: string;
  /** In the base unit, as `postgres -C` prints it. */
  readonly value: string;
  readonly from: 'file' | 'auto-conf' | 'command';
  readonly span: Span | undefined;
  readonly definition: SettingDefinition | undefined;
}

/** Puts file, includes, postgresql.auto.conf and server arguments together, in the server's own order. */
export function resolveSettings(request: ResolveRequest): Resolution {
  const given = parseServerArguments(request.words ?? []);
  const state = new ServerState(request.version);
  if (!applyArguments(state, given)) return state.resolution([]);
  const main = given.configFile === undefined ? request.file : joinPath(request.folder, given.configFile);
  const conf = readIncluded(main, request.files, 'main');
  const auto =
    conf.errors.length > 0
      ? undefined
      : readIncluded(autoConf(main, given, conf.settings, request.folder), request.files, 'auto');
  const wanted = [...conf.wanted, ...(auto?.wanted ?? [])];
  const errors = [...conf.errors, ...(auto?.errors ?? [])];
  if (errors.length > 0) state.errors.push(...errors);
  else applyFiles(state, conf.settings, auto?.settings ?? []);
  return state.resolution(wanted);
}

/** The value of one setting, defaults included; undefined where the server knows no such name. */
export function valueOf(resolution: Resolution, name: string, version: number): string | undefined {
  const definition = settingsOf(version).find(name);
  const key = (definition?.name ?? name).toLowerCase();
  if (definition !== undefined && RESET_AT_START.has(definition.name)) return definition.defaultText;
  return resolution.settings.get(key)?.value ?? (definition === undefined ? undefined : startValue(definition));
}

/** Settings of one transaction: the server takes them from a file and starts every transaction without them. */
const RESET_AT_START = new Set(['transaction_isolation', 'transaction_read_only', 'transaction_deferrable']);

/** Some defaults are worked out at start. */
function startValue(definition: SettingDefinition): string {
  if (definition.name === 'max_stack_depth') return '2048';
  return definition.name === 'timezone_abbreviations' ? 'Default' : definition.defaultText;
}

/** Each is applied as it is read, so the first mistake counts, of whichever kind. */
function applyArguments(state: ServerState, given: ServerArguments): boolean {
  const applied = given.settings.every(({ name, value }) => state.apply(name, value, 'command', undefined));
  if (applied && given.problem !== undefined) state.errors.push({ message: given.problem.message });
  return applied && given.problem === undefined;
}

/** postgresql.auto.conf lies in the data folder, which the file itself may name. */
function autoConf(main: FileId, given: ServerArguments, settings: readonly IncludedSetting[], start: FileId): FileId {
  const named = settings.findLast(({ setting }) => setting.name.toLowerCase() === 'data_directory')?.setting.value;
  const folder = named ?? given.dataFolder;
  return joinPath(folder === undefined ? folderOf(main) : joinPath(start, folder), 'postgresql.auto.conf');
}

/** Names first, all of them; then values, in order, a later line taking the place of an earlier one. */
function applyFiles(state: ServerState, conf: readonly IncludedSetting[], auto: readonly IncludedSetting[]): void {
  const all = [
    ...conf.map((each) => ({ ...each, from: 'file' as const })),
    ...auto.map((each) => ({ ...each, from: 'auto-conf' as const })),
  ];
  const unknown = all.filter(({ setting }) => !state.knows(setting.name));
  for (const { setting, shownFile } of unknown) {
    const data = { name: setting.name, file: shownFile, line: setting.line };
    state.errors.push({ message: message(text.unrecognizedAt, data), span: setting.nameSpan });
  }
  if (unknown.length > 0) return;
  // An earlier line is dead, and not even read, where a later one spells the name in the same letters.
  const last = new Map(all.map(({ setting }, at) => [setting.name, at]));
  for (const [at, { setting, from }] of all.entries()) {
    if (last.get(setting.name) === at || setting.name.includes('.'))
      state.apply(setting.name, setting.value, from, setting.valueSpan);
  }
}

class ServerState {
  readonly errors: ServerError[] = [];
  readonly #catalogue: SettingsCatalogue;
  readonly #version: number;
  readonly #settings = new Map<string, ResolvedSetting>();

  constructor(version: number) {
    this.#version = version;
    this.#catalogue = settingsOf(version);
  }

  knows(name: string): boolean {
    return this.#catalogue.find(name) !== undefined || name.includes('.');
  }

  /** False where the value is refused. A value from the command line stays, but the file's is read all the same. */
  apply(name: string, value: string, from: ResolvedSetting['from'], span: Span | undefined): boolean {
    const definition = this.#catalogue.find(name);
    if (definition === undefined) return this.#applyCustom(name, value, from, span);
    const read = readValue(definition, value, { name, version: this.#version });
    if (!read.ok) {
      const { message: said, hint } = read.error;
      this.errors.push({ message: said, ...(hint === undefined ? {} : { hint }), ...(span === undefined ? {} : { span }) });
      return false;
    }
    const clash = conflictWith(definition.name, read.value, (other) => this.#current(other), this.#version);
    if (clash !== undefined) this.errors.push({ message: clash, ...(span === undefined ? {} : { span }) });
    else this.#set(definition.name, read.value, from, span, definition);
    return clash === undefined;
  }

  resolution(wanted: readonly FileId[]): Resolution {
    return { errors: this.errors, settings: this.#settings, wanted };
  }

  #applyCustom(name: string, value: string, from: ResolvedSetting['from'], span: Span | undefined): boolean {
    if (!CUSTOM_NAME.test(name)) {
      const known = name.includes('.');
      const said = message(known ? text.invalidCustomName : text.unrecognized, { name });
      this.errors.push({ message: said, ...(known ? { hint: message(text.customNames) } : {}) });
      return false;
    }
    this.#set(name, { kind: 'string', text: value }, from, span, undefined);
    return true;
  }

  #set(
    name: string,
    value: SettingValue,
    from: ResolvedSetting['from'],
    span: Span | undefined,
    definition: SettingDefinition | undefined,
  ): void {
    const key = name.toLowerCase();
    if (this.#settings.get(key)?.from === 'command' && from !== 'command') return;
    this.#settings.set(key, { name, value: printValue(value), from, span, definition });
  }

  #current(name: string): string {
    return this.#settings.get(name)?.value ?? this.#catalogue.find(name)?.defaultText ?? '';
  }
}

const CUSTOM_NAME = /^[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*(?:\.[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)+$/;
