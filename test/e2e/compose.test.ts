import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Workbench } from './workbench.ts';

const broken = `# The limit stands twice, and the two differ: Compose refuses this file.
services:
  web:
    image: nginx:1.27-alpine # pinned
    mem_limit: 64m
    deploy:
      resources:
        limits:
          memory: 128M
`;

describe('a compose file that Compose would refuse', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open({ files: { 'compose.yml': broken, 'notes.yaml': 'mem_limit: 64m\n' } });
  });
  afterEach(async ({ task }) => workbench.screenshot(`compose-${task.name.replaceAll(/\W+/g, '-')}`));
  afterAll(() => workbench.dispose());

  it('is underlined and listed under Problems', async () => {
    await workbench.openFile('compose.yml');
    await workbench.squiggle().waitFor();
    expect((await workbench.problems()).join('\n')).toMatch(/limit-split/);
  });

  it('is mended by the lightbulb, and the rest stays as it was written', async () => {
    await workbench.applyQuickFix(/limit|128|64/i);
    await workbench.squiggle().waitFor({ state: 'detached' });
    await workbench.save();
    const mended = await workbench.read('compose.yml');
    expect(mended).not.toBe(broken);
    expect(mended).toContain('# The limit stands twice');
    expect(mended).toContain('# pinned');
  });
});

describe('a folder that nobody has trusted', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open({ files: { 'compose.yml': broken }, restricted: true });
  });
  afterAll(() => workbench.dispose());

  it('is checked all the same', async () => {
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    await workbench.openFile('compose.yml');
    await workbench.squiggle().waitFor();
    await workbench.screenshot('restricted');
  });
});
