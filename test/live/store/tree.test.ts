import { describe, expect, it } from 'vitest';
import { mebibytes } from '../../../src/base/bytes.ts';
import { render } from '../../../src/base/message.ts';
import { AGENT_LABEL } from '../../../src/live/store/facts.ts';
import { HostStore } from '../../../src/live/store/host-store.ts';
import { Peaks } from '../../../src/live/store/peaks.ts';
import { bar, describeHost, sparkline, treeOf, type TreeNode, type TreeOptions } from '../../../src/live/store/tree.ts';
import { details, reading, sample } from './samples.ts';

const store = new HostStore({ host: 'attic', peaks: new Peaks() });
store.inventory(
  [
    details('a'),
    details('b'),
    details('c', { name: 'lonely', labels: new Map() }),
    details('d', { state: 'exited' }),
    details('e', {
      labels: new Map([
        ['com.docker.compose.service', 'api'],
        ['com.docker.compose.project', 'agent-10'],
        [AGENT_LABEL, '10'],
      ]),
    }),
    details('f', {
      labels: new Map([
        ['com.docker.compose.service', 'api'],
        ['com.docker.compose.project', 'agent-2'],
        [AGENT_LABEL, '2'],
      ]),
    }),
  ],
  0,
);
store.sample(
  sample(1000, [reading('a'), reading('b', { usage: mebibytes(90), limit: 'none' }), reading('c'), reading('e'), reading('f')], {
    zram: { stored: mebibytes(56), used: mebibytes(20) },
  }),
);

function shown(options: Partial<TreeOptions> = {}): readonly string[] {
  const lines = (node: TreeNode): readonly string[] => [
    `${render(node.label)}: ${render(node.description)}`,
    ...('children' in node ? node.children.map((child) => `- ${render(child.label)}: ${render(child.description)}`) : []),
  ];
  return treeOf(store.view(), { sort: 'name', ...options }).flatMap(lines);
}

describe('the tree of a host', () => {
  it('has agents, then projects, then the rest, then the system', () => {
    expect(shown()).toEqual([
      'Agent 2: 40 MiB',
      '- api: 40 MiB of 100 MiB (40 %)',
      'Agent 10: 40 MiB',
      '- api: 40 MiB of 100 MiB (40 %)',
      'shop: 120 MiB',
      '- service-a: 40 MiB of 100 MiB (40 %)',
      '- service-b: 80 MiB, no limit',
      'Outside Compose: 40 MiB',
      '- lonely: 40 MiB of 100 MiB (40 %)',
      'System and cache: 36 MiB',
      'Swap (zram): 56 MiB of 416 MiB, takes 20 MiB of RAM',
    ]);
    expect(render(describeHost(store.view()))).toBe('166 MiB of 416 MiB (40 %)');
  });

  it('sorts by memory and by share, and filters without hiding the system', () => {
    expect(shown({ sort: 'memory' }).find((line) => line.startsWith('- service'))).toContain('service-b');
    expect(shown({ sort: 'share' }).find((line) => line.startsWith('- service'))).toContain('service-a');
    expect(shown({ filter: 'LONE' })).toEqual([
      'Outside Compose: 40 MiB',
      expect.stringContaining('lonely'),
      expect.stringContaining('System'),
      expect.stringContaining('Swap'),
    ]);
    expect(shown({ all: true }).some((line) => line.startsWith('- service-d: unknown'))).toBe(true);
  });

  it('a name from a host is never taken for a template', () => {
    const other = new HostStore({ host: 'attic', peaks: new Peaks() });
    const labels = new Map([
      ['com.docker.compose.project', '{used} of {total}'],
      ['com.docker.compose.service', 'Swap'],
    ]);
    other.inventory([details('a', { labels })], 0);
    const [group] = treeOf(other.view(), { sort: 'name' });
    const german = (english: string): string => (english === 'Swap' ? 'Auslagerung' : english);
    expect(render(group!.label, german)).toBe('{used} of {total}');
    expect('children' in group! && render(group.children[0]!.label, german)).toBe('Swap');
  });

  it('draws the last values as a curve', () => {
    expect(sparkline([9, 0, 25, 50, 75, 100], 5)).toBe('▁▃▅▆█');
    expect(sparkline([], 5)).toBe('');
    expect(sparkline([0, 0], 5)).toBe('▁▁');
  });

  it('draws bars of one length', () => {
    expect([undefined, 0, 0.5, 1, 7, -1].map((share) => bar(share))).toEqual([
      '        ',
      '░░░░░░░░',
      '████░░░░',
      '████████',
      '████████',
      '░░░░░░░░',
    ]);
  });
});
