import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ComposeAnswer, ComposeQuestion } from '../../lab/compose-plugin.ts';

/**
 * A question and what `docker compose` 2.26 answered. `expect` is the resolved string where there is a `template`
 * (it stands in the label `probe` of the service `web`), a number of bytes or null (the key is dropped without a
 * word) where there is a `path`, else the project; or `{error}`, of which only that there is one counts.
 */
export interface ComposeCase extends ComposeQuestion {
  readonly name: string;
  readonly kind: string;
  readonly template?: string;
  readonly input?: string;
  readonly path?: string;
  readonly expect: unknown;
}

const FOLDER = join(import.meta.dirname, 'fixtures');

export function caseFiles(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(FOLDER, name));
}

export function readCases(path: string): readonly ComposeCase[] {
  return JSON.parse(readFileSync(path, 'utf8')) as readonly ComposeCase[];
}

export function refuses(expected: unknown): boolean {
  return isRecord(expected) && 'error' in expected;
}

/** Brings a tool's answer into the form of `expect`. */
export function inCaseForm({ template, path }: ComposeCase, answer: ComposeAnswer): unknown {
  if ('error' in answer) return { error: shortened(answer.error) };
  const project = asFragment(answer.json);
  if (template !== undefined) return at(project, 'services.web.labels.probe');
  if (path === undefined) return project;
  const value = at(project, path);
  return value === undefined ? null : Number(value);
}

/**
 * The project without what the tool adds to every one: its name `w`, null commands, the network `default` where
 * nothing is said about it.
 */
export function asFragment(json: unknown): unknown {
  const project = structuredClone(json);
  if (!isRecord(project)) return project;
  if (project.name === 'w') delete project.name;
  for (const service of Object.values(isRecord(project.services) ? project.services : {})) {
    if (!isRecord(service)) continue;
    if (service.command === null) delete service.command;
    if (service.entrypoint === null) delete service.entrypoint;
    const { networks } = service;
    if (isRecord(networks) && Object.keys(networks).length === 1 && networks.default === null) delete service.networks;
  }
  const { networks } = project;
  if (isRecord(networks) && isImplied(networks.default)) delete networks.default;
  if (isRecord(networks) && Object.keys(networks).length === 0) delete project.networks;
  return project;
}

function isImplied(network: unknown): boolean {
  return (
    isRecord(network) && Object.keys(network).every((key) => key === 'name' || key === 'ipam') && network.name === 'w_default'
  );
}

/** A panic of the tool prints its whole stack, with addresses that differ each time. */
function shortened(error: string): string {
  return error.startsWith('panic:') ? (error.split('\n')[0] ?? '') : error;
}

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
