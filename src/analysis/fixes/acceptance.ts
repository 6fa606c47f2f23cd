import type { TextEdit } from '../../base/edit.ts';
import { insertComment, insertItem, setPath, type Edits } from '../documents/yaml-edit.ts';
import { pairAt } from '../documents/yaml-search.ts';
import { pairOf, type YamlFile } from '../documents/yaml-tree.ts';
import type { SourceText } from '../documents/source.ts';
import type { Finding, Severity } from '../rules/rule.ts';

/** The comment that accepts a finding where it stands; `yaml` is undefined for files of one statement a line. */
export function ignoreHere(
  { rule, span }: Finding,
  source: SourceText,
  yaml: YamlFile | undefined,
  reason: string,
): readonly TextEdit[] {
  const comment = `headroom-ignore ${rule} -- ${oneLine(reason)}`;
  if (yaml !== undefined) return insertComment(yaml, pairAt(yaml, span)?.key ?? span, comment);
  const start = source.text.lastIndexOf('\n', span.start - 1) + 1;
  const lineEnd = source.text.includes('\r\n') ? '\r\n' : '\n';
  return [{ span: { file: source.file, start, end: start }, text: `# ${comment}${lineEnd}` }];
}

/** The entry of headroom.yaml that accepts the rule in the whole project. */
export function ignoreInProject(project: YamlFile, { rule }: Finding, reason: string): Edits {
  const entry = { rule, reason: oneLine(reason) };
  const list = pairOf(project.documents[0]?.root, 'ignore')?.value;
  return list?.kind === 'list' && list.items.length > 0
    ? insertItem(project, list, entry)
    : setPath(project, undefined, ['ignore'], [entry]);
}

/** The line of headroom.yaml that gives the rule another severity, or switches it off. */
export function severityInProject(project: YamlFile, { rule }: Finding, severity: Severity | 'off'): Edits {
  return setPath(project, undefined, ['rules', rule], severity);
}

function oneLine(reason: string): string {
  return reason.replace(/\s+/g, ' ').trim();
}
