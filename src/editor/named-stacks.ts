import * as vscode from 'vscode';
import { PROJECT_NAME } from '../analysis/documents/project/find-project.ts';
import { readProject } from '../analysis/documents/project/read-project.ts';
import { parseYaml } from '../analysis/documents/yaml.ts';
import { folderOf, joinPath } from '../base/path.ts';
import type { FileId } from '../base/span.ts';
import { fileOf } from './convert.ts';

/** More than any workspace has; a folder of cloned repositories is not one project. */
const MOST_PROJECTS = 20;

/** The first file of every stack that a `headroom.yaml` of the workspace names. */
export async function namedStacks(): Promise<readonly FileId[]> {
  const projects = await vscode.workspace.findFiles(`**/${PROJECT_NAME}`, '**/node_modules/**', MOST_PROJECTS);
  const named = await Promise.all(projects.map(firstFiles));
  return [...new Set(named.flat())];
}

async function firstFiles(uri: vscode.Uri): Promise<FileId[]> {
  try {
    const file = fileOf(uri);
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    return readProject(parseYaml({ file, text })).stacks.flatMap(({ files: [first] }) =>
      first === undefined ? [] : [joinPath(folderOf(file), first.value)],
    );
  } catch {
    // It went away between the search and the look.
    return [];
  }
}
