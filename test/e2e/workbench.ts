import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { projectFolder } from '../../src/build/bundles.ts';
import { installCodeServer } from '../../src/build/code-server/install.ts';
import { installExtension } from '../../src/build/code-server/serve.ts';
import { openWindow, type OpenWindow } from '../lab/vscode.ts';

export interface WorkbenchOptions {
  /** The workspace's files by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly size?: { readonly width: number; readonly height: number };
  readonly locale?: string;
  /** Opens the folder as one that nobody has trusted yet. */
  readonly restricted?: boolean;
}

const SCREENSHOTS = join(projectFolder, '.cache/screenshots');

/** VS Code with the packed extension, driven as a person would: keys, clicks and what stands on the screen. */
export class Workbench {
  readonly page: Page;
  readonly folder: string;
  readonly #window: OpenWindow;
  readonly #scratch: string;

  private constructor(window: OpenWindow, scratch: string) {
    this.#window = window;
    this.#scratch = scratch;
    this.page = window.page;
    this.folder = join(scratch, 'workspace');
  }

  static async open({ files, settings, size, locale, restricted = false }: WorkbenchOptions): Promise<Workbench> {
    const vsix = process.env.HEADROOM_E2E_VSIX;
    if (vsix === undefined) throw new Error('The suite runs as `npm test -- e2e`, which packs the extension first.');
    const codeServer = await installCodeServer();
    const scratch = await mkdtemp(join(tmpdir(), 'headroom-window-'));
    const profile = join(scratch, 'profile');
    for (const [name, text] of Object.entries(files)) {
      const path = join(scratch, 'workspace', name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    await installExtension(codeServer, profile, vsix);
    const window = await openWindow({
      codeServer,
      profile,
      folder: join(scratch, 'workspace'),
      workspaceTrust: restricted,
      ...(settings !== undefined && { settings }),
      ...(size !== undefined && { size }),
      ...(locale !== undefined && { locale }),
    });
    const workbench = new Workbench(window, scratch);
    await window.page.locator('.monaco-workbench .explorer-folders-view').waitFor({ timeout: 60_000 });
    return workbench;
  }

  async dispose(): Promise<void> {
    await this.#window.dispose();
    await rm(this.#scratch, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Into an ignored folder, to be looked at. */
  async screenshot(name: string): Promise<void> {
    await mkdir(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
  }

  read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  async openFile(name: string): Promise<void> {
    await this.#palette(name);
    // A file that was open before is listed at once, but not yet as the one that Enter takes.
    await this.page.locator('.quick-input-list .monaco-list-row.focused .label-name').getByText(name, { exact: true }).waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
    await this.focusEditor();
  }

  async runCommand(label: string): Promise<void> {
    await this.#palette(`>${label}`);
    await this.page.locator('.quick-input-list .label-name').getByText(label, { exact: true }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }

  /** Like `runCommand`, for one that opens the same box again with a question of its own. */
  async runCommandThatAsks(label: string): Promise<void> {
    await this.#palette(`>${label}`);
    await this.page.locator('.quick-input-list .label-name').getByText(label, { exact: true }).first().waitFor();
    await this.page.keyboard.press('Enter');
  }

  /** Takes what is offered, or writes something else first. */
  async answer(question: RegExp, written?: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget');
    const asked = box.getByText(question).or(box.getByPlaceholder(question)).first();
    await asked.waitFor();
    if (written !== undefined) await box.locator('input.input').fill(written);
    await this.page.keyboard.press('Enter');
    await asked.waitFor({ state: 'hidden' });
  }

  /** A click on the text may hit a hover; the element that takes the keys has no such thing over it. */
  async focusEditor(): Promise<void> {
    await this.page.locator('.editor-group-container.active .native-edit-context').first().focus();
  }

  /** One-based, as the status bar shows it. */
  async goTo(line: number, column: number): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press('Control+g');
    const input = this.page.locator('.quick-input-widget input.input');
    await input.waitFor();
    await input.fill(`:${line}:${column}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
  }

  /** The rows of the Problems view; each reads "message source(code) [Ln 1, Col 2]". The view is virtual: long lists need a scroll. */
  async problems(): Promise<readonly string[]> {
    const rows = this.page.locator('.markers-panel .monaco-list-row').filter({ hasText: /\[Ln \d+, Col \d+\]/ });
    if (!(await this.page.locator('.markers-panel').isVisible())) await this.runCommand('View: Toggle Problems');
    await rows.first().waitFor();
    return (await rows.allTextContents()).map((text) => text.replace(/\s+/g, ' ').trim());
  }

  /** Waits for the squiggles, whatever the Problems view shows. */
  squiggle(severity: 'error' | 'warning' | 'info' = 'error'): Locator {
    return this.page.locator(`.editor-group-container.active .squiggly-${severity}`).first();
  }

  squiggles(severity: 'error' | 'warning' | 'info'): Promise<number> {
    return this.page.locator(`.editor-group-container.active .squiggly-${severity}`).count();
  }

  /** What stands behind the focused entry of the list. The key that shows it hides it, too, and VS Code remembers which it was. */
  async suggestionDetails(text: RegExp): Promise<void> {
    const details = this.page.locator('.suggest-details', { hasText: text });
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const shown = await details.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
      if (shown) return;
      await this.page.keyboard.press('Control+Space');
    }
    await details.waitFor();
  }

  /** Opens the lightbulb's menu at the next problem and takes the entry of that title. */
  async applyQuickFix(title: string | RegExp): Promise<void> {
    await this.openLightbulb();
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    const titles = await rows.allTextContents();
    const wanted = titles.findIndex((text) => (typeof title === 'string' ? text.trim() === title : title.test(text)));
    if (wanted < 0) throw new Error(`No such fix; there are: ${titles.join(' | ')}`);
    // The menu does not always take a click; it always takes keys.
    for (let press = 0; press <= wanted + 5; press += 1) {
      const focused = (await this.page.locator('.action-widget .monaco-list-row.focused').first().textContent()) ?? '';
      if (focused === titles[wanted]) break;
      await this.page.keyboard.press('ArrowDown');
    }
    await this.page.keyboard.press('Enter');
    await rows.first().waitFor({ state: 'hidden' });
  }

  /** Goes to the next problem of the file, whose own small window is in the way, and clicks the lightbulb beside it. */
  async openLightbulb(): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press('F8');
    await this.page.locator('.peekview-widget, .zone-widget.marker-widget').first().waitFor();
    await this.page.keyboard.press('Escape');
    const bulb = this.page
      .locator('.editor-group-container.active')
      .locator('.lightBulbWidget.codicon, [class*="codicon-gutter-lightbulb"]')
      .first();
    await bulb.waitFor();
    await bulb.click();
    await this.page.locator('.action-widget .monaco-list-row.action').first().waitFor();
  }

  async save(): Promise<void> {
    // Waiting for the change first: a save that comes before it saves the old text.
    await this.page.locator('.tab.active.dirty').waitFor();
    await this.focusEditor();
    await this.page.keyboard.press('Control+s');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  /** F1 may be pressed before the page listens: pressed until it is open. */
  async #palette(text: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await this.page.keyboard.press(text.startsWith('>') ? 'F1' : 'Control+p');
      const open = await input.waitFor({ timeout: 1_000 }).then(
        () => true,
        () => false,
      );
      if (open) break;
    }
    await input.fill(text);
  }
}
