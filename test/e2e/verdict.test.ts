import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder } from '../../src/build/bundles.ts';
import { Workbench } from './workbench.ts';

const booking = readFileSync(join(projectFolder, 'examples/booking/compose.yml'), 'utf8');

describe('a stack whose board is named', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    workbench = await Workbench.open({
      files: {
        'compose.yml': booking,
        'headroom.yaml': 'board: pi-zero-2w\n',
        'postgresql.conf': '-- tuned\nshared_buffers = 128\nwork_mem = 4mb\n',
        Dockerfile: 'FROM node:20 AS build\nRUN npm run build\nFROM node:20-alpine\nCMD ["npm", "run", "dev"]\n',
      },
    });
  });
  afterEach(async ({ task }) => workbench.screenshot(`verdict-${task.name.replaceAll(/\W+/g, '-')}`));
  afterAll(() => workbench.dispose());

  it('shows the verdict above its services and in the status bar', async () => {
    await workbench.openFile('compose.yml');
    await workbench.page.locator('.codelens-decoration a', { hasText: /Overcommitted: .* Raspberry Pi Zero 2 W/ }).waitFor();
    await workbench.page.locator('.statusbar-item', { hasText: /MiB \/ \d+ MiB/ }).waitFor();
  });

  it('explains a service by its regions', async () => {
    await workbench.goTo(6, 4);
    await workbench.runCommand('Show or Focus Hover');
    await workbench.page.locator('.monaco-hover', { hasText: 'shared_buffers' }).first().waitFor();
  });

  it('opens its budget as a page', async () => {
    await workbench.focusEditor();
    await workbench.runCommand('Headroom: Show memory budget');
    await workbench.page
      .locator('.tab', { hasText: /Preview/ })
      .first()
      .waitFor();
    await workbench.page.waitForTimeout(1500);
  });

  it('judges a PostgreSQL conf file', async () => {
    await workbench.openFile('postgresql.conf');
    await workbench.squiggle().waitFor();
    expect(await workbench.squiggles('error')).toBe(2);
  });

  it('judges a Dockerfile', async () => {
    await workbench.openFile('Dockerfile');
    await workbench.squiggle('warning').waitFor();
  });
});
