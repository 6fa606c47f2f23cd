import type { Generated } from './generate.ts';
import type { RuleFile } from './load-rules.ts';

const languageOf: Readonly<Record<string, string>> = {
  compose: 'yaml',
  postgres: 'conf',
  dockerfile: 'dockerfile',
  project: 'yaml',
  mounted: 'text',
};

/** The page behind "why?": it ships with the extension and opens offline. */
export function rulePages(rules: readonly RuleFile[]): readonly Generated[] {
  return rules.map((file) => ({ path: `media/rules/${file.id}.md`, content: page(file) }));
}

function page({ folder, rule }: RuleFile): string {
  const { docs } = rule;
  const code = (text: string): string => `\`\`\`${languageOf[folder] ?? ''}\n${text.replace(/\n*$/, '\n')}\`\`\`\n`;
  return [
    `# ${rule.id}`,
    `${docs.what}\n\nSeverity: ${rule.severity} · Group: ${rule.group}`,
    `## Why it matters\n\n${docs.why}`,
    `## What to do instead\n\n${docs.instead}`,
    `## Found\n\n${docs.invalid.map(code).join('\n')}`.trimEnd(),
    `## Not found\n\n${docs.valid.map(code).join('\n')}`.trimEnd(),
    ...(docs.references.length > 0
      ? [`## References\n\n${docs.references.map((reference) => `- ${reference}`).join('\n')}`]
      : []),
    `## Switching it off\n\nFor one place, on the line above it:\n\n\`\`\`yaml\n# headroom-ignore ${rule.id} -- the reason\n\`\`\`\n\nFor a project, in \`headroom.yaml\`:\n\n\`\`\`yaml\nrules: { ${rule.id}: off }\n\`\`\``,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}
