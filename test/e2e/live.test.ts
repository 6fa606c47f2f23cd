import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Workbench } from './workbench.ts';

describe('the sidebar', () => {
  let workbench: Workbench;
  const row = (label: RegExp): Locator =>
    workbench.page.locator('.sidebar .monaco-list-row[role="treeitem"]').filter({ hasText: label });

  beforeAll(async () => {
    workbench = await Workbench.open({ files: { 'notes.txt': 'no compose file here\n' }, size: { width: 1280, height: 1000 } });
  });
  afterEach(async ({ task }) => workbench.screenshot(`live-${task.name.replaceAll(/\W+/g, '-')}`));
  afterAll(() => workbench.dispose());

  it('offers a Pi or the demo while it is empty', async () => {
    await workbench.page.locator('.activitybar .action-item a[aria-label^="Headroom"]').click();
    await workbench.page.locator('.sidebar .welcome-view').getByText('Open the demo Pi').waitFor();
    await workbench.page.locator('.sidebar .welcome-view').getByText('Add a Pi …').waitFor();
  });

  it('shows the containers of the demo with what they use, and says that it is one', async () => {
    await workbench.page.locator('.sidebar .welcome-view').getByText('Open the demo Pi').click();
    await row(/^demo \(made up\).* MiB of 416 MiB/).waitFor();
    await row(/^postgres.*\d MiB, limit not enforced/).waitFor();
    await row(/^System and cache/).waitFor();
    await row(/^Swap/).waitFor();
    expect(await row(/ MiB, limit not enforced/).count()).toBeGreaterThanOrEqual(8);
  });

  it('is read aloud in words, without the bar', async () => {
    const spoken = await row(/^postgres/).getAttribute('aria-label');
    expect(spoken).toMatch(/^postgres, running, [\d.]+ MiB, limit not enforced, healthy/);
    expect(spoken).not.toMatch(/[█░]/);
  });

  it('tells more where somebody points', async () => {
    const hover = workbench.page.locator('.workbench-hover, .monaco-hover').filter({ hasText: 'demo-shop-postgres-1' });
    // A row that is drawn again just then takes the pointer for gone: a person moves it again.
    await vi.waitFor(async () => {
      await row(/^(redis|postgres)/)
        .last()
        .hover();
      await row(/^postgres/).hover({ position: { x: 60, y: 10 } });
      await hover.first().waitFor({ timeout: 2_500 });
    }, 20_000);
    expect(await hover.first().innerText()).toMatch(/Image: postgres:17-alpine[^]*Up for [^]*anon [\d.]+ [KM]iB/);
  });

  it('shows the end of a log', async () => {
    await row(/^redis/).hover();
    await row(/^redis/)
      .locator('.action-label[aria-label="Show logs"]')
      .click();
    const lines = workbench.page.locator('.output-view-content, .panel .monaco-editor').locator('.view-line');
    await lines
      .filter({ hasText: /Background.saving.terminated.with.success/ })
      .first()
      .waitFor();
  });

  it('asks before it takes a service away, and shows that it is gone', async () => {
    await row(/^redis/).click({ button: 'right' });
    await workbench.page.locator('.monaco-menu').getByText('Stop …').waitFor();
    // The menu does not always take a click; it always takes keys.
    for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await workbench.page.keyboard.press(key);
    const dialog = workbench.page.locator('.monaco-dialog-box');
    await dialog.getByText('Stop demo-shop-redis-1 on demo?').waitFor();
    await workbench.screenshot('live-stop');
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await row(/^redis\s*exited/).waitFor();
  });

  it('checks the Pi on a page that says it is the demo', async () => {
    await row(/^Readiness/).click();
    await workbench.page
      .locator('.tab', { hasText: /Preview demo/ })
      .first()
      .waitFor();
    await workbench.page.waitForTimeout(1500);
  });
});
