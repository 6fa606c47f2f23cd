import { expect, it } from 'vitest';
import { message } from '../../../src/base/message.ts';
import { openDemo } from '../../../src/demo/open-demo.ts';
import { examine, readinessPage } from '../../../src/editor/live/readiness-page.ts';

const english = (text: string): string => text;

it('shows each check of a Pi with its reason and the line that mends it, and says that the demo is one', async () => {
  const demo = openDemo();
  const report = await examine(demo.session, new AbortController().signal);
  demo.dispose();
  expect(report.ok).toBe(true);
  const page = report.ok ? readinessPage(report.value, english) : '';
  expect(page).toContain('> This is the demo Pi');
  expect(page).toMatch(/### ❌ The memory cgroup is off/);
  expect(page).toMatch(/```sh\nconsole=.* cgroup_enable=memory\n```/);
});

it('takes what a host says for text', () => {
  const page = readinessPage(
    {
      host: 'attic',
      identity: { model: '[click](command:evil) <img src=x>' },
      checks: [
        {
          id: 'x',
          status: 'bad',
          said: message('{name}', { name: '# **a**\n# b' }),
          fix: { kind: 'command', command: '```\nrm', reboot: false },
        },
      ],
    },
    english,
  );
  expect(page).toContain('\\[click\\](command:evil) \\<img src=x\\>');
  expect(page).toContain('### ❌ \\# \\*\\*a\\*\\* \\# b');
  expect(page).toContain('````sh\n```\nrm\n````');
});
