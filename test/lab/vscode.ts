import type { Browser, Page } from 'playwright-core';
import type { CodeServer } from '../../src/build/code-server/install.ts';
import { type ServeOptions, type Server, serve } from '../../src/build/code-server/serve.ts';
import { launchChromium } from './browser.ts';

export interface OpenOptions extends ServeOptions {
  readonly codeServer: CodeServer;
  readonly folder: string;
  /** Both are folders or files on this machine; VS Code heeds them only with `testDriver`. */
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  readonly size?: { readonly width: number; readonly height: number };
  /** Runs before the page is opened: the place for `page.exposeFunction`. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** One VS Code window in a real browser on a server of its own. */
export interface OpenWindow {
  readonly page: Page;
  readonly server: Server;
  dispose(): Promise<void>;
}

export async function openWindow(options: OpenOptions): Promise<OpenWindow> {
  const server = await serve(options.codeServer, options);
  let browser: Browser | undefined;
  const dispose = async (): Promise<void> => {
    await browser?.close();
    await server.dispose();
  };
  try {
    browser = await launchChromium();
    const context = await browser.newContext({
      viewport: options.size ?? { width: 1280, height: 800 },
      locale: options.locale ?? 'en',
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await context.newPage();
    await options.prepare?.(page);
    await page.goto(address(server.port, options));
    return { page, server, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

function address(port: number, options: OpenOptions): string {
  const authority = `127.0.0.1:${port}`;
  const payload: [string, string][] = [['skipWelcome', 'true']];
  const { extensionDevelopmentPath, extensionTestsPath } = options;
  if (extensionDevelopmentPath !== undefined) {
    payload.push(['extensionDevelopmentPath', `vscode-remote://${authority}${extensionDevelopmentPath}`]);
  }
  if (extensionTestsPath !== undefined) payload.push(['extensionTestsPath', `vscode-remote://${authority}${extensionTestsPath}`]);
  const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
  return `http://${authority}/?${query.toString()}`;
}
