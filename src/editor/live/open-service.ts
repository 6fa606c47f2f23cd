import * as vscode from 'vscode';
import { parseYaml } from '../../analysis/documents/yaml.ts';
import type { YamlNode } from '../../analysis/documents/yaml-tree.ts';
import type { ContainerView } from '../../live/store/container-entry.ts';
import { fileOf, Positions } from '../convert.ts';

/** Shows where the workspace describes the container's service; false where it doesn't. */
export async function openService({ belonging }: ContainerView): Promise<boolean> {
  const { service, files } = belonging;
  if (service === undefined) return false;
  for (const uri of await candidates(files)) {
    const document = await vscode.workspace.openTextDocument(uri);
    const { documents } = parseYaml({ file: fileOf(uri), text: document.getText() });
    const place = documents.map(({ root }) => keyOf(valueOf(root, 'services'), service)).find((key) => key !== undefined);
    if (place === undefined) continue;
    const position = new Positions(document.getText()).position(place.start);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
    return true;
  }
  return false;
}

/**
 * Files of the names that Compose wrote on the container, wherever they lie here: it may have been started from
 * another machine or folder. The one at the very place comes first.
 */
async function candidates(files: readonly string[]): Promise<readonly vscode.Uri[]> {
  const paths = files.map((path) => path.replaceAll('\\', '/'));
  const names = [...new Set(paths.map((path) => path.slice(path.lastIndexOf('/') + 1)))].filter((name) => /^[\w.-]+$/.test(name));
  const patterns = names.length === 0 ? '{compose,docker-compose}.{yml,yaml}' : `{${[...names, 'compose.yaml'].join(',')}}`;
  const found = await vscode.workspace.findFiles(`**/${patterns}`, '**/node_modules/**', MOST);
  const distance = ({ path }: vscode.Uri): number => (paths.includes(path) ? 0 : path.split('/').length);
  return found.sort((one, other) => distance(one) - distance(other));
}

const MOST = 50;

function keyOf(node: YamlNode | undefined, name: string): YamlNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.pairs.find(({ key }) => key.kind === 'scalar' && key.text === name)?.key;
}

function valueOf(node: YamlNode | undefined, name: string): YamlNode | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.pairs.find(({ key }) => key.kind === 'scalar' && key.text === name)?.value;
}
